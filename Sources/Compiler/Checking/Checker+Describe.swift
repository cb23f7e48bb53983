import Diagnostics
import Syntax
import Values

/// `orders | describe`: a row for each column with what a person asks first of new data.
///
///     column  type  count  missing  distinct  min  q25  median  q75  max  mean  top
///
/// One query: every column's figures side by side, then turned into rows, and beside each the most
/// frequent values. What a label keeps private is not shown, only counted.
struct ColumnProfile {
  let checker: Checker
  let input: LogicalPlan
  let scope: Scope
  let span: Span

  func plan() -> LogicalPlan? {
    guard let figures = figures() else { return nil }
    let lists = names.map { name in NamedExpr(name, list(name, figures)) }
    let columns = zip(names, lists).compactMap { name, list -> Column? in
      guard case .list(let element) = list.expr.type.base else { return nil }
      return Column(name, element)
    }
    let place = NamedExpr(HiddenColumn.order(0), places)
    let key = SortKey(TypedExpr(.column(place.name), ValueType(.int), span))
    let rows = LogicalPlan(
      .expand(figures, lists + [place], lists: Set(names + [place.name])), schema: Schema(columns),
      facts: Facts(order: .by([key]), uniqueKeys: [["column"]], name: input.facts.name), span: span)
    return FrequentValues(profile: self).added(to: rows)
  }

  /// What the engine works out for every column; the most frequent values come from counts of
  /// their own.
  private var names: [String] { ["column", "type"] + Figure.allCases.map(\.rawValue) }

  /// The figures in the order in which they are shown.
  private enum Figure: String, CaseIterable {
    case count, missing, distinct, min, q25, median, q75, max, mean

    var type: DataType {
      switch self {
      case .count, .missing, .distinct: .int
      case .mean, .q25, .median, .q75: .float
      case .min, .max: .text
      }
    }

    var isNullable: Bool {
      switch self {
      case .count, .missing, .distinct: false
      case .min, .q25, .median, .q75, .max, .mean: true
      }
    }
  }

  static func isMasked(_ column: Column) -> Bool {
    column.type.labels.isPII || column.type.labels.isPseudonym
  }

  // MARK: One row with everything

  /// `summarize "amount count" = count(amount), "amount mean" = mean(amount), ...`
  private func figures() -> LogicalPlan? {
    var stage = Stage(path: [Name("summarize", span)], isVerb: true, span: span)
    for column in input.schema.columns {
      for figure in Figure.allCases {
        guard let expr = expr(figure, column) else { continue }
        stage.items.append(Item(name: Name(name(figure, column), span), expr: expr, span: span))
      }
    }
    guard let verb = Verb.named("summarize"), !stage.items.isEmpty else { return nil }
    let check = StageCheck(checker: checker, stage: stage, input: input, scope: scope)
    guard case .relation(let plan) = verb.apply(check) else { return nil }
    return plan
  }

  private func name(_ figure: Figure, _ column: Column) -> String {
    "\(column.name) \(figure.rawValue)"
  }

  /// `nil` where the figure means nothing for the column.
  private func expr(_ figure: Figure, _ column: Column) -> Expr? {
    let x = Expr(.name(column.name), span)
    let isMeasure = column.type.base.isNumber && !column.type.labels.isKey
    switch figure {
    case .count: return call("count", x)
    case .missing: return call("count_missing", x)
    case .distinct: return call("count_distinct", x)
    case .mean, .median: return isMeasure ? call(figure.rawValue, x) : nil
    case .q25: return isMeasure ? quantile(x, 0.25) : nil
    case .q75: return isMeasure ? quantile(x, 0.75) : nil
    case .min, .max:
      guard column.type.base.isOrdered, !Self.isMasked(column) else { return nil }
      return call("text", call(figure.rawValue, x))
    }
  }

  private func quantile(_ x: Expr, _ share: Double) -> Expr {
    call("quantile", x, Expr(.number(.float(share)), span))
  }

  func call(_ name: String, _ arguments: Expr...) -> Expr {
    Expr(.call(Name(name, span), arguments.map { Argument(name: nil, value: $0) }), span)
  }

  // MARK: Turned into rows

  private func list(_ name: String, _ figures: LogicalPlan) -> TypedExpr {
    let items = input.schema.columns.map { column -> TypedExpr in
      switch name {
      case "column": text(column.name)
      case "type": text("\(column.type.base)")
      default: self.figure(name, column, figures)
      }
    }
    let figure = Figure(rawValue: name)
    let element = ValueType(figure?.type ?? .text, nullable: figure?.isNullable ?? false)
    return TypedExpr(.list(items), ValueType(.list(element)), span)
  }

  /// `[1, 2, 3]`: where each column stands, so that the rows stay in that order.
  private var places: TypedExpr {
    let places = input.schema.columns.indices.map { place in
      TypedExpr(.literal(.int(Int64(place + 1))), ValueType(.int), span)
    }
    return TypedExpr(.list(places), ValueType(.list(ValueType(.int))), span)
  }

  private func text(_ text: String) -> TypedExpr {
    TypedExpr(.literal(.text(text)), ValueType(.text), span)
  }

  private func figure(_ name: String, _ column: Column, _ figures: LogicalPlan) -> TypedExpr {
    guard let figure = Figure(rawValue: name), let own = figures.schema[self.name(figure, column)]
    else {
      let figure = Figure(rawValue: name)
      let type = ValueType(figure?.type ?? .text, nullable: true)
      let isHidden = Self.isMasked(column) && [.min, .max].contains(figure)
      return TypedExpr(.literal(isHidden ? .text(PersonalData.mask) : .null), type, span)
    }
    return TypedExpr.column(own, span)
  }
}
