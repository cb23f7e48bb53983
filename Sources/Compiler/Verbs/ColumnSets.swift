import Diagnostics
import Syntax
import Values

// `columns("q_*", type = "number")`: an item with a set of columns in it stands for one item a
// column. Without a name each takes the name of its column, `avg = mean(columns(...))` gives
// `avg_price`, `avg_weight`.
extension StageCheck {
  private static let verbs: Set<String> = [
    "select", "drop", "derive", "summarize", "distinct", "sort", "unpivot", "expect", "pivot",
    "series",
  ]

  /// Where no column at all means that the rows stay as they are.
  private static let mayBeEmpty: Set<String> = ["drop", "derive"]

  /// The stage with its sets of columns written out; `nil` after a mistake was reported.
  func withoutSets() -> StageCheck? {
    var writer = SetWriter(check: self)
    var stage = stage
    for index in stage.clauses.indices {
      switch stage.clauses[index].word {
      case .by, .on, .sort:
        guard let items = writer.items(stage.clauses[index].items) else { return nil }
        stage.clauses[index].items = items
      default: break
      }
    }
    if Self.verbs.contains(verb) {
      // A set in a measure means the columns that are folded, not those that make the groups.
      if verb != "select", verb != "drop" {
        writer.keys = Set(
          (stage.clauses.first { $0.word == .by }?.items ?? []).compactMap { item in
            if case .name(let name) = item.expr.kind { name } else { nil }
          })
      }
      guard let items = writer.items(stage.items) else { return nil }
      if items.isEmpty, let first = stage.items.first, !Self.mayBeEmpty.contains(verb) {
        report(.emptySet(at: first.span, help: ["`\(verb)` needs one column at least"]))
        return nil
      }
      stage.items = items
    }
    return writer.isChanged
      ? StageCheck(checker: checker, stage: stage, input: input, scope: writer.scope) : self
  }

  /// Whole rows of a source are compared by the columns that it will gain, too (L83).
  func warnIfOpen(_ plan: LogicalPlan, _ label: String) {
    guard plan.isOpen else { return }
    report(
      Diagnostic(
        .dependsOnSource, "what `\(verb)` means depends on what the source holds", at: span,
        label: label, help: ["say which columns are meant, with `select` before it"]))
  }

  /// What is wrong with an item that a set stands for says of which column.
  func sayColumn(_ item: Item, since count: Int) {
    guard let column = item.column else { return }
    for index in checker.diagnostics.indices.dropFirst(count)
    where checker.diagnostics[index].code != .unknownColumn {
      checker.diagnostics[index].notes.append(.init("with the column `\(column)`", at: nil))
    }
  }
}

/// Writes out the sets of columns in the items of a stage.
private struct SetWriter {
  let check: StageCheck
  var scope: Scope
  var keys: Set<String> = []
  var isChanged = false
  private var holes = 0

  init(check: StageCheck) {
    self.check = check
    scope = check.scope
  }

  /// One of the columns of a set: its name, and what stands in the place of the set.
  private struct Member {
    var name: String
    var expr: Expr
  }

  mutating func items(_ items: [Item]) -> [Item]? {
    var result: [Item] = []
    var unnamed: [String: Span] = [:]
    for item in items {
      guard let written = self.items(of: item) else { return nil }
      if item.name == nil, written.first?.column != nil, item.expr.isComputed {
        for name in written.compactMap(\.column) {
          if let first = unnamed[name] {
            check.report(twice(name, item, first))
            return nil
          }
          unnamed[name] = item.span
        }
      }
      result += written
    }
    return result
  }

  private mutating func items(of item: Item) -> [Item]? {
    var sets: [[Member]] = []
    guard find(item.expr, &sets), item.filter.map({ find($0, &sets) }) ?? true else { return nil }
    guard let first = sets.first else { return [item] }
    isChanged = true
    if let other = sets.first(where: { $0.map(\.name) != first.map(\.name) }) {
      check.report(
        Diagnostic(
          .badArgument, "two sets of columns in one expression", at: item.span,
          label: "\(words(first)), and \(words(other))",
          help: ["a set stands for one column after the other: make them the same"]))
      return nil
    }
    return first.map { member in
      var written = item
      written.column = member.name
      written.expr = replacing(item.expr, by: member)
      written.filter = item.filter.map { replacing($0, by: member) }
      let name = item.name.map { "\($0.text)_\(member.name)" } ?? member.name
      if item.name != nil || item.expr.isComputed { written.name = Name(name, item.span) }
      return written
    }
  }

  private func words(_ set: [Member]) -> String {
    let names = set.prefix(3).map { "`\($0.name)`" }.joined(separator: ", ")
    return set.count > 3 ? "\(names), ..." : names
  }

  private func twice(_ name: String, _ item: Item, _ first: Span) -> Diagnostic {
    Diagnostic(
      .duplicateName, "the name `\(name)` is given twice", at: item.span, label: "second time here",
      notes: [.init("first here", at: first)],
      help: ["name the sets: `low = min(columns(...))` gives `low_\(name)`"])
  }

  // MARK: Finding and replacing

  private mutating func find(_ expr: Expr, _ sets: inout [[Member]]) -> Bool {
    if isSet(expr) {
      guard let members = members(of: expr) else { return false }
      sets.append(members)
      return true
    }
    for child in expr.children where !find(child, &sets) { return false }
    return true
  }

  private func isSet(_ expr: Expr) -> Bool {
    switch expr.kind {
    case .call(let name, _): return name.text == "columns" && scope.functions["columns"] == nil
    case .variable(let name):
      if case .columns? = scope.bindings[name] { return true }
      return false
    default: return false
    }
  }

  private mutating func members(of expr: Expr) -> [Member]? {
    switch expr.kind {
    case .call(_, let arguments):
      return ColumnSet(check.checker, check.scope).columns(
        arguments, expr.span, of: check.input, without: keys
      )?.map { Member(name: $0.name, expr: Expr(.name($0.name), expr.span)) }
    case .variable(let name):
      guard case .columns(let all)? = scope.bindings[name] else { return nil }
      return all.map { argument in
        holes += 1
        let hole = "\u{0}set\(holes)"
        scope.bind(hole, .column(argument), at: expr.span)
        let own = StageCheck.ownName(of: argument.expr, argument.scope)?.text
        return Member(name: own ?? argument.parameter, expr: Expr(.variable(hole), expr.span))
      }
    default: return nil
    }
  }

  private func replacing(_ expr: Expr, by member: Member) -> Expr {
    isSet(expr) ? member.expr : expr.mapChildren { replacing($0, by: member) }
  }
}

extension Expr {
  /// More than the set itself, or the set with a minus in an order.
  fileprivate var isComputed: Bool {
    switch kind {
    case .call(let name, _): name.text != "columns"
    case .variable: false
    default: true
    }
  }
}

/// What `columns(...)` means over a relation.
struct ColumnSet {
  let checker: Checker
  let scope: Scope

  init(_ checker: Checker, _ scope: Scope) {
    self.checker = checker
    self.scope = scope
  }

  private struct Wish {
    /// `nil` where any name will do.
    var patterns: [String]?
    /// Whether it may mean none.
    var isOptional = false
    var types: [String] = []
    var labels: [String] = []
    var except: [String] = []
  }

  /// The columns in the order of the relation; `nil` after a mistake was reported.
  func columns(
    _ arguments: [Argument], _ span: Span, of input: LogicalPlan, without keys: Set<String> = []
  ) -> [Column]? {
    guard let wish = wish(arguments, span, input.schema) else { return nil }
    let found = input.schema.columns.filter { matches($0, wish) && !keys.contains($0.name) }
    if found.isEmpty {
      if wish.isOptional { return [] }
      report(nothing(wish, input.schema, span))
      return nil
    }
    if wish.patterns?.contains("*") == true, wish.types.isEmpty, wish.labels.isEmpty, input.isOpen {
      report(
        Diagnostic(
          .dependsOnSource, "what this means depends on what the source holds", at: span,
          label: "all columns, those that it will gain too",
          help: ["say which ones are meant with `select` before, or a pattern or type here"]))
    }
    return found
  }

  private func report(_ diagnostic: Diagnostic) { checker.report(diagnostic) }

  private func matches(_ column: Column, _ wish: Wish) -> Bool {
    let name = column.name
    return (wish.patterns?.contains { NamePattern.matches(name, $0) } ?? true)
      && (wish.types.isEmpty || wish.types.contains { ColumnKind.matches(column.type.base, $0) })
      && (wish.labels.isEmpty || wish.labels.contains { ColumnKind.has(column.type.labels, $0) })
      && !wish.except.contains { NamePattern.matches(name, $0) }
  }

  private func wish(_ arguments: [Argument], _ span: Span, _ schema: Schema) -> Wish? {
    var wish = Wish()
    for argument in arguments {
      if argument.name?.text == "optional" {
        guard let isOptional = flag(argument.value) else { return nil }
        wish.isOptional = isOptional
        continue
      }
      guard let texts = texts(argument.value, schema) else { return nil }
      switch argument.name?.text {
      case nil: wish.patterns = (wish.patterns ?? []) + texts
      case "type"?:
        guard fit(texts, ColumnKind.types, "type", argument.value.span) else { return nil }
        wish.types += texts
      case "label"?:
        guard fit(texts, ColumnKind.labels, "label", argument.value.span) else { return nil }
        wish.labels += texts
      case "except"?: wish.except += texts
      case let other?:
        report(
          Diagnostic(
            .badArgument, "`columns` has no argument `\(other)`",
            at: argument.name?.span ?? argument.value.span, label: "unknown",
            help: ["it takes patterns, `type =`, `label =`, `except =` and `optional =`"]))
        return nil
      }
    }
    guard arguments.allSatisfy({ $0.name?.text == "optional" }) else { return wish }
    report(
      Diagnostic(
        .wrongArgumentCount, "`columns` needs to know which", at: span, label: "which columns?",
        help: ["`columns(\"q_*\")`, `columns(type = \"number\")`, `columns(\"*\")` for all"]))
    return nil
  }

  /// `optional = true`: a set of no columns is no mistake.
  private func flag(_ expr: Expr) -> Bool? {
    let value = checker.check(expr, .outside(scope))
    if value.isFailed { return nil }
    if case .bool(let flag)? = value.constant { return flag }
    report(.mismatch("`optional` is true or false", at: expr.span, label: "this is \(value.type)"))
    return nil
  }

  /// The plain columns that parameters of a function stand for; `nil` if it is another binding.
  private func columns(of variable: String) -> [String]? {
    let given: [ColumnArgument]
    switch scope.bindings[variable] {
    case .column(let argument)?: given = [argument]
    case .columns(let all)?: given = all
    case .relation?, .value?, .chart?, .record?, .model?, .failed?, nil: return nil
    }
    return given.compactMap { argument in
      switch argument.expr.kind {
      case .name(let name): name
      case .variable: StageCheck.ownName(of: argument.expr, argument.scope)?.text
      default: nil
      }
    }
  }

  /// Patterns as texts, or the names of columns as they are: one of them, or a list. A column
  /// parameter that is no plain column has no name here.
  private func texts(_ expr: Expr, _ schema: Schema) -> [String]? {
    switch expr.kind {
    case .list(let items):
      var all: [String] = []
      for item in items {
        guard let texts = texts(item, schema) else { return nil }
        all += texts
      }
      return all
    case .name(let name):
      if schema[name] != nil { return [name] }
      report(.unknownColumn(name, in: schema, relation: nil, binding: false, at: expr.span))
      return nil
    case .variable(let name) where columns(of: name) != nil:
      return columns(of: name)
    default:
      let value = checker.check(expr, .outside(scope))
      if value.isFailed { return nil }
      switch value.constant {
      case .text(let text)?: return [text]
      case .list(let items)?:
        let texts = items.compactMap { if case .text(let text) = $0 { text } else { nil } }
        if texts.count == items.count { return texts }
      default: break
      }
      report(
        value.constant == nil
          ? .notConstant("a set of columns", at: expr.span)
          : .mismatch(
            "`columns` takes texts", at: expr.span, label: "this is \(value.type)",
            help: ["`columns(\"q_*\")`, `columns([q1, q2])`"]))
      return nil
    }
  }

  private func fit(_ texts: [String], _ known: [String], _ what: String, _ span: Span) -> Bool {
    guard let bad = texts.first(where: { !known.contains($0) }) else { return true }
    let near = Suggestion.nearest(to: bad, in: known)
    report(
      Diagnostic(
        .badArgument, "there is no \(what) \"\(bad)\"", at: span, label: "unknown",
        help: [
          near.map { "did you mean \"\($0)\"?" }
            ?? "it is one of \(known.joined(separator: ", "))"
        ]))
    return false
  }

  private func nothing(_ wish: Wish, _ schema: Schema, _ span: Span) -> Diagnostic {
    let plain = (wish.patterns ?? []).filter { !$0.contains("*") && !$0.contains("?") }
    let near = plain.compactMap { Suggestion.nearest(to: $0, in: schema.names) }.first
    let list = schema.columns.prefix(8).map { "\($0.name): \($0.type.base)" }
    return .emptySet(
      at: span,
      help: [
        near.map { "did you mean `\($0)`?" }
          ?? "the columns: \(list.joined(separator: ", "))\(schema.count > 8 ? ", ..." : "")"
      ])
  }
}

extension Diagnostic {
  fileprivate static func emptySet(at span: Span, help: [String]) -> Diagnostic {
    Diagnostic(
      .unknownColumn, "no column is meant by this", at: span, label: "an empty set", help: help)
  }
}

/// `q_*`, `q?`: `*` is any text, `?` one character; all else is itself.
enum NamePattern {
  static func matches(_ name: String, _ pattern: String) -> Bool {
    let (name, pattern) = (Array(name), Array(pattern))
    var (at, place) = (0, 0)
    var star: (pattern: Int, name: Int)?
    while at < name.count {
      if place < pattern.count, pattern[place] == "*" {
        star = (place, at)
        place += 1
      } else if place < pattern.count, pattern[place] == "?" || pattern[place] == name[at] {
        at += 1
        place += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        place = last.pattern + 1
        at = last.name + 1
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "*" }
  }
}

/// The words of `type =` and `label =`.
private enum ColumnKind {
  static let types = [
    "number", "int", "float", "decimal", "text", "bool", "time", "date", "timestamp", "duration",
    "months", "list", "record", "json",
  ]
  static let labels = ["key", "pii", "pseudonym", "protected", "money", "percent"]

  static func matches(_ type: DataType, _ word: String) -> Bool {
    switch type {
    case .int: word == "int" || word == "number"
    case .float: word == "float" || word == "number"
    case .decimal: word == "decimal" || word == "number"
    case .date: word == "date" || word == "time"
    case .timestamp: word == "timestamp" || word == "time"
    case .bool: word == "bool"
    case .text: word == "text"
    case .duration: word == "duration"
    case .months: word == "months"
    case .list: word == "list"
    case .record: word == "record"
    case .json: word == "json"
    case .period, .null: false
    }
  }

  static func has(_ labels: LabelSet, _ word: String) -> Bool {
    switch word {
    case "key": labels.isKey
    case "pii": labels.isPII
    case "pseudonym": labels.isPseudonym
    case "protected": labels.isProtected
    case "money": labels.currency != nil
    default: labels.isPercent
    }
  }
}

extension LogicalPlan {
  /// Whether it gains a column when its source does: nothing on the way says which are kept.
  var isOpen: Bool {
    switch op {
    case .scan: true
    case .rows, .sql, .aggregate, .computed: false
    case .filter(let input, _), .sort(let input), .limit(let input, _), .distinct(let input),
      .host(let input, _), .reference(_, _, let input):
      input.isOpen
    case .project(let input, _) where facts.keepsRest: input.isOpen
    case .project(let input, let items), .expand(let input, let items, _):
      input.isOpen && input.schema.names.allSatisfy { name in items.contains { $0.name == name } }
    case .join(let left, let right, _): left.isOpen || right.isOpen
    case .combine(_, let all): all.contains(where: \.isOpen)
    }
  }
}
