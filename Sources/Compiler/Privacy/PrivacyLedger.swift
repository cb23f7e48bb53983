import Diagnostics
import Values

/// What a program does with labelled columns, as far as it can be told before a row is read: which
/// were read, where they went, what was revealed and why.
///
/// It tells of columns, not of what can be inferred: figures about few people, or the difference of
/// two tables, may say something about one of them.
package struct PrivacyLedger: Sendable {
  /// What became of a column.
  package enum Use: Hashable, Sendable {
    case revealed(reason: String)
    case saved(path: String)
    case shown, charted
    /// Left with its values masked, or by pseudonyms in their place.
    case masked, renamed
    /// A feature of a model, or its target.
    case learned(model: String?)
    /// Rows of one person were kept together, or a model was made for each group.
    case kept
    /// Went into conditions, joins, groups or aggregates.
    case counted
    /// Groups of it left that had so many people at least; with 1, groups of any size.
    case grouped(least: Int)
  }

  package struct Entry: Sendable {
    package var column: LabelledColumn
    /// In the order of the program; the places are cells, empty for a program without any.
    package var uses: [(use: Use, places: [String])]
  }

  private var trace = PrivacyTrace()
  private var columns: [LabelledColumn] = []
  private var uses: [LabelledColumn: [(use: Use, places: [String])]] = [:]

  package init() {}

  package var entries: [Entry] {
    columns.map { Entry(column: $0, uses: uses[$0] ?? []) }
  }

  /// Follows the statements of one cell, or of a whole program.
  package mutating func add(_ statements: [CheckedStatement], at place: String?) {
    for statement in statements {
      for step in statement.steps.flatMap(\.all) { add(step, place) }
    }
  }

  private mutating func add(_ step: Step, _ place: String?) {
    switch step {
    case .define, .choose: break
    case .evaluate(let id, let value): count(trace.note(value, as: id), place)
    case .show(.relation(let plan), _): leave(plan, plan.schema.names, .shown, place)
    case .show(.value(let value), _):
      let flow = trace.flow(of: value)
      add(flow, ["value"], .shown, place)
      for plan in value.plans { tell(plan.facts.smallGroups, flow, place) }
    case .show(.chart(let chart), _):
      leave(chart.plan, chart.encodings.map(\.column), .charted, place)
    case .save(let plan, let target):
      leave(plan, plan.schema.names, .saved(path: target.path), place)
    case .train(let plan): learn(trace.flow(of: plan.rows), plan.name, place)
    case .saveModel(let model):
      if let keys = model.keys { count(trace.flow(of: keys.digests), place) }
    case .expect(let expectation): check(expectation, place)
    case .assert(let condition, _, let message):
      count(trace.flow(of: condition), place)
      if let message { count(trace.flow(of: message), place) }
    case .reveal(let disclosure):
      let flow = trace.flow(of: disclosure.plan)
      read(flow)
      for name in disclosure.columns {
        for column in Self.sorted(flow.columns[name] ?? []) {
          note(.revealed(reason: disclosure.reason), of: column, place)
        }
      }
    }
  }

  private mutating func check(_ expectation: Expectation, _ place: String?) {
    count(trace.flow(of: expectation.counts), place)
    guard case .quarantine(let target, let plan) = expectation.remedy else { return }
    leave(plan, plan.schema.names, .saved(path: target.path), place)
  }

  private mutating func leave(
    _ plan: LogicalPlan, _ names: [String], _ use: Use, _ place: String?
  ) {
    let flow = trace.flow(of: plan)
    add(flow, names, use, place)
    tell(plan.facts.smallGroups, flow, place)
  }

  /// That groups of people left, and which of them did not.
  private mutating func tell(
    _ groups: SmallGroups?, _ flow: PrivacyTrace.Flow, _ place: String?
  ) {
    guard let groups else { return }
    for column in Self.sorted(flow.read)
    where column.labels.isPII || column.labels.isPseudonym {
      note(.grouped(least: groups.least), of: column, place)
    }
  }

  /// What leaves in these columns, and what only shaped them.
  private mutating func add(
    _ flow: PrivacyTrace.Flow, _ names: [String], _ use: Use, _ place: String?
  ) {
    read(flow)
    for name in names {
      for column in Self.sorted(flow.columns[name] ?? []) {
        let hiding = column.labels.isPII ? flow.hidden[name] : nil
        note(hiding.map(Use.init) ?? use, of: column, place)
      }
    }
    for column in Self.sorted(flow.used) { note(.counted, of: column, place) }
  }

  private mutating func count(_ flow: PrivacyTrace.Flow, _ place: String?) {
    read(flow)
    for column in Self.sorted(flow.asUse) { note(.counted, of: column, place) }
  }

  private mutating func learn(_ flow: PrivacyTrace.Flow, _ model: String?, _ place: String?) {
    read(flow)
    for (name, found) in flow.columns.sorted(by: { $0.key < $1.key }) {
      let isLearned = ModelColumn.isLearned(name)
      for column in Self.sorted(found) {
        note(isLearned ? .learned(model: model) : .kept, of: column, place)
      }
    }
    for column in Self.sorted(flow.used) { note(.counted, of: column, place) }
  }

  private mutating func read(_ flow: PrivacyTrace.Flow) {
    for column in Self.sorted(flow.read) where !columns.contains(column) {
      columns.append(column)
    }
  }

  private mutating func note(_ use: Use, of column: LabelledColumn, _ place: String?) {
    var all = uses[column] ?? []
    let at = all.firstIndex { $0.use == use } ?? all.endIndex
    if at == all.endIndex { all.append((use, [])) }
    if let place, !all[at].places.contains(place) { all[at].places.append(place) }
    uses[column] = all
  }

  private static func sorted(_ columns: Set<LabelledColumn>) -> [LabelledColumn] {
    columns.sorted {
      ($0.relation ?? "", $0.name, "\($0.labels)") < ($1.relation ?? "", $1.name, "\($1.labels)")
    }
  }
}

extension PrivacyLedger.Use {
  init(_ hiding: PrivacyTrace.Hiding) {
    switch hiding {
    case .mask: self = .masked
    case .pseudonym: self = .renamed
    }
  }

  /// For people: `written to out/refusals.csv`.
  package var words: String {
    switch self {
    case .revealed(let reason): "revealed: “\(reason)”"
    case .saved(let path): "written to \(path)"
    case .shown: "shown"
    case .charted: "shown in a chart"
    case .masked: "shown masked"
    case .renamed: "left as a pseudonym"
    case .learned(let model): "learned from" + Self.by(model)
    case .kept: "told rows and groups apart for models"
    case .counted: "went into conditions, joins, groups or figures"
    case .grouped(1): "left in groups of any size: min_group is 1"
    case .grouped(let least): "left in groups of at least \(least) people, others are suppressed"
    }
  }

  private static func by(_ model: String?) -> String {
    model.map { " by the model `\($0)`" } ?? " by a model"
  }
}
