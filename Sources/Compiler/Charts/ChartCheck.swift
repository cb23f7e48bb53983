import Diagnostics
import Syntax
import Values

/// The arguments of one `chart` stage while they are checked.
struct ChartCheck {
  let check: StageCheck
  let kind: ChartKind
  let mark: Name
  private(set) var channels: [Given] = []
  private var settings = ChartPlan.Settings()
  private var title: String?
  private var bins: Int64?
  private var names: [String: Span] = [:]

  /// A channel with what it shows.
  struct Given {
    var name: Name
    /// What the reader calls it.
    var column: String
    var expr: TypedExpr
  }

  init(_ check: StageCheck, _ kind: ChartKind, _ mark: Name) {
    self.check = check
    self.kind = kind
    self.mark = mark
  }

  /// `nil` after a mistake was reported.
  mutating func plan() -> ChartPlan? {
    for argument in check.stage.arguments where !add(argument) { return nil }
    for channel in kind.channels where channel.isRequired && given(channel.name) == nil {
      check.report(.missingChannel(channel.name, of: kind, at: mark.span))
      return nil
    }
    guard isDrawable else { return nil }
    return switch kind {
    case .line, .bar, .area, .point, .funnel, .heatmap: rows()
    case .histogram: binned()
    case .box: boxed()
    }
  }

  func given(_ channel: String) -> Given? { channels.first { $0.name.text == channel } }

  // MARK: Arguments

  private mutating func add(_ argument: Argument) -> Bool {
    guard let name = argument.name else {
      check.report(.unnamedChannel(kind, at: argument.value.span))
      return false
    }
    if let first = names.updateValue(name.span, forKey: name.text) {
      check.report(.repeatedChannel(name, first: first))
      return false
    }
    if let channel = kind.channels.first(where: { $0.name == name.text }) {
      return add(channel, name, argument.value)
    }
    guard let option = ChartOption(rawValue: name.text),
      option == .title || kind.options.contains(option)
    else {
      check.report(.unknownChannel(name, of: kind))
      return false
    }
    return set(option, argument.value)
  }

  private mutating func add(_ channel: ChartKind.Channel, _ name: Name, _ value: Expr) -> Bool {
    let expr = check.checker.check(value, check.rowContext)
    if expr.isFailed { return false }
    guard expr.type.base.fits(channel.accepted) else {
      check.report(.wrongType(of: name.text, kind, channel.accepted, expr))
      return false
    }
    var column = StageCheck.ownName(of: value, check.scope)?.text ?? name.text
    guard !expr.type.labels.isPII else {
      check.report(.wouldLeave(column, "be shown in a chart", at: value.span))
      return false
    }
    // Two expressions of one name: `x = round(a), y = round(b)`.
    while channels.contains(where: { $0.column == column && $0.expr.kind != expr.kind }) {
      column += "_\(name.text)"
    }
    channels.append(Given(name: name, column: column, expr: expr))
    return true
  }

  private mutating func set(_ option: ChartOption, _ value: Expr) -> Bool {
    if option == .title {
      title = check.checker.constantText(value, "a title", check.scope)
      return title != nil
    }
    let expr = check.checker.check(value, .outside(check.scope))
    if expr.isFailed { return false }
    guard let constant = expr.constant else {
      check.report(.notConstant("`\(option.rawValue)`", at: value.span))
      return false
    }
    guard take(constant, for: option) else {
      check.report(.wrongOption(option, of: kind, at: value.span))
      return false
    }
    return true
  }

  private mutating func take(_ value: Value, for option: ChartOption) -> Bool {
    switch (option, value) {
    case (.bins, .int(let count)) where (1...1000).contains(count): bins = count
    case (.stacked, .bool(let isStacked)): settings.isStacked = isStacked
    case (.xScale, .text(let name)), (.yScale, .text(let name)):
      guard name == "log" || name == "linear" else { return false }
      if name == "log" { settings.logAxes.insert(option == .xScale ? "x" : "y") }
    case (.reference, .text("diagonal")) where kind != .bar: settings.reference = .diagonal
    case (.reference, .int(let level)): settings.reference = .level(Double(level))
    case (.reference, .float(let level)): settings.reference = .level(level)
    default: return false
    }
    return true
  }

  // MARK: What belongs together

  private var isDrawable: Bool {
    if kind.needsOneMeasure, let y = given("y"), !y.expr.type.base.isMeasure,
      !(given("x")?.expr.type.base.isMeasure ?? false)
    {
      check.report(.noMeasure(kind, channels))
      return false
    }
    return hasWholeInterval && hasLogAxes
  }

  private var hasWholeInterval: Bool {
    let ends = ["low", "high"].compactMap(given)
    guard let end = ends.first else { return true }
    if ends.count == 1 {
      check.report(.halfInterval(end.name))
      return false
    }
    if kind == .bar, settings.isStacked == true {
      check.report(.stackedInterval(end.name))
      return false
    }
    guard kind != .point || measured != nil else {
      check.report(.noMeasure(kind, channels))
      return false
    }
    return true
  }

  /// The axis along which the intervals of a chart lie.
  private var measured: Given? {
    [given("y"), given("x")].compactMap { $0 }.first { $0.expr.type.base.isMeasure }
  }

  private var hasLogAxes: Bool {
    for axis in settings.logAxes.sorted() {
      guard let axis = given(axis), !axis.expr.type.base.isNumber else { continue }
      check.report(.logOfOther(axis.name.text, axis.expr, at: names["\(axis.name.text)_scale"]))
      return false
    }
    return true
  }

  // MARK: Plans

  /// The rows as they are, each a mark or a part of one.
  private func rows() -> ChartPlan {
    var items: [NamedExpr] = []
    for channel in channels where !items.contains(where: { $0.name == channel.column }) {
      items.append(NamedExpr(channel.column, channel.expr))
    }
    let encodings = channels.map { ChartPlan.Encoding($0.name.text, $0.column) }
    return chart(Projection.plan(check.input, items, check.span), encodings)
  }

  private func chart(_ plan: LogicalPlan, _ encodings: [ChartPlan.Encoding]) -> ChartPlan {
    ChartPlan(
      mark: kind.rawValue, plan: plan, encodings: encodings, title: title, settings: settings,
      span: check.span)
  }

  /// `value` as a float, and `group`.
  private func values(_ value: Given, _ group: Given?) -> LogicalPlan {
    var number = value.expr
    switch number.type.base {
    case .int, .decimal:
      number = TypedExpr(
        .scalar(FunctionReference("float", overload: 1), [number]),
        ValueType(.float, nullable: number.type.isNullable), number.span)
    default: break
    }
    let items = [NamedExpr("value", number)] + (group.map { [NamedExpr("group", $0.expr)] } ?? [])
    var plan = Projection.plan(check.input, items, check.span)
    if !plan.facts.hiddenColumns.isEmpty { plan = plan.withoutHidden(check.span) }
    return plan
  }

  private func binned() -> ChartPlan? {
    guard let x = given("x") else { return nil }
    let values = values(x, given("color"))
    let text = StageText(checker: check.checker, scope: check.scope, span: check.span)
    guard
      let plan = Bins(
        text: text, values: values, isWhole: x.expr.type.base == .int, count: bins
      ).plan()
    else { return nil }
    var columns = RenamedColumns(plan, check.span)
    let group = given("color").map { columns.add("group", as: $0.column) }
    let from = columns.add("start", as: "\(x.column)_from", like: x.expr.type.labels)
    let to = columns.add("until", as: "\(x.column)_to", like: x.expr.type.labels)
    let count = columns.add("count", as: "count")
    return chart(
      columns.plan,
      [
        .init("x", from, title: x.column), .init("until", to, title: x.column), .init("y", count),
      ] + (group.map { [.init("color", $0)] } ?? []))
  }

  private func boxed() -> ChartPlan? {
    guard let value = measured else { return nil }
    let group = channels.first { $0.name.text != value.name.text }
    var boxes = Quartiles(
      text: StageText(checker: check.checker, scope: check.scope, span: check.span),
      values: values(value, group))
    guard let plan = boxes.plan() else { return nil }
    var columns = RenamedColumns(plan, check.span)
    var encodings =
      group.map { group in
        [ChartPlan.Encoding(group.name.text, columns.add("group", as: group.column))]
      } ?? []
    for figure in Quartiles.figures {
      let isCount = figure == "count" || figure == "outliers"
      let name = columns.add(
        figure, as: figure, like: isCount ? LabelSet() : value.expr.type.labels)
      encodings.append(
        figure == "median"
          ? .init(value.name.text, name, title: value.column) : .init(figure, name))
    }
    return chart(columns.plan, encodings)
  }
}

/// Columns of a worked out relation under the names that a reader sees.
private struct RenamedColumns {
  private let input: LogicalPlan
  private let span: Span
  private var items: [NamedExpr] = []

  init(_ input: LogicalPlan, _ span: Span) {
    self.input = input
    self.span = span
  }

  /// Gives the name it got: another where the wanted one is taken.
  mutating func add(_ column: String, as wanted: String, like labels: LabelSet? = nil) -> String {
    guard let own = input.schema[column] else { return wanted }
    var name = wanted
    while items.contains(where: { $0.name == name }) { name += "_" }
    var expr = TypedExpr.column(own, span)
    if let labels { expr.type = expr.type.labelled(labels) }
    items.append(NamedExpr(name, expr))
    return name
  }

  var plan: LogicalPlan { Projection.plan(input, items, span) }
}

extension LogicalPlan {
  /// Without an order that lives in hidden columns: for figures over all rows no order counts.
  fileprivate func withoutHidden(_ span: Span) -> LogicalPlan {
    var plan = self
    plan.facts.order = .unknown
    return Projection.plan(plan, Projection.identity(plan, span), span)
  }
}

extension DataType {
  var isMeasure: Bool { isNumber || self == .duration || self == .months }

  fileprivate func fits(_ accepted: ChartKind.Accepted) -> Bool {
    switch (accepted, self) {
    case (_, .null): true
    case (_, .list), (_, .record), (_, .json), (_, .period): false
    case (.anything, _): true
    case (.measure, _): isMeasure
    case (.number, _): isNumber
    }
  }
}
