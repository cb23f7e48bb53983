import Diagnostics
import Syntax
import Values

/// `orders | describe`: a row for each column with what a person asks first of new data.
///
///     column  type  count  missing  distinct  min  q25  median  q75  max  mean  top
///
/// `top` is the most frequent value, of equally frequent ones the smallest; nothing where all
/// differ. One query: every column's figures side by side, then turned into rows.
struct ColumnProfile {
  let checker: Checker
  let input: LogicalPlan
  let scope: Scope
  let span: Span

  func plan() -> LogicalPlan? {
    guard let figures = figures() else { return nil }
    let names = ["column", "type"] + Figure.allCases.map(\.rawValue)
    let lists = names.map { name in NamedExpr(name, list(name, figures)) }
    let columns = zip(names, lists).compactMap { name, list -> Column? in
      guard case .list(let element) = list.expr.type.base else { return nil }
      return Column(name, element)
    }
    return LogicalPlan(
      .expand(figures, lists, lists: Set(names)), schema: Schema(columns),
      facts: Facts(order: .source, uniqueKeys: [["column"]], name: input.facts.name), span: span)
  }

  /// The figures in the order in which they are shown.
  private enum Figure: String, CaseIterable {
    case count, missing, distinct, min, q25, median, q75, max, mean, top

    var type: DataType {
      switch self {
      case .count, .missing, .distinct: .int
      case .mean, .q25, .median, .q75: .float
      case .min, .max, .top: .text
      }
    }

    var isNullable: Bool {
      switch self {
      case .count, .missing, .distinct: false
      case .min, .q25, .median, .q75, .max, .mean, .top: true
      }
    }
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
      return column.type.base.isOrdered ? call("text", call(figure.rawValue, x)) : nil
    case .top: return column.type.base.isOrdered ? call("text", call("mode", x)) : nil
    }
  }

  private func quantile(_ x: Expr, _ share: Double) -> Expr {
    call("quantile", x, Expr(.number(.float(share)), span))
  }

  private func call(_ name: String, _ arguments: Expr...) -> Expr {
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

  private func text(_ text: String) -> TypedExpr {
    TypedExpr(.literal(.text(text)), ValueType(.text), span)
  }

  private func figure(_ name: String, _ column: Column, _ figures: LogicalPlan) -> TypedExpr {
    guard let figure = Figure(rawValue: name), let own = figures.schema[self.name(figure, column)]
    else {
      let type = Figure(rawValue: name)?.type ?? .text
      return TypedExpr(.literal(.null), ValueType(type, nullable: true), span)
    }
    let value = TypedExpr.column(own, span)
    return figure == .top ? whereRepeated(value, column, figures) : value
  }

  /// The most frequent of values that are all different says nothing.
  private func whereRepeated(
    _ top: TypedExpr, _ column: Column, _ figures: LogicalPlan
  ) -> TypedExpr {
    func count(_ figure: Figure) -> TypedExpr {
      TypedExpr(.column(name(figure, column)), ValueType(.int), span)
    }
    let isRepeated = TypedExpr(
      .compare(.less, count(.distinct), count(.count)), ValueType(.bool), span)
    let type = ValueType(.text, nullable: true)
    return TypedExpr(
      .conditional(
        [TypedBranch(condition: isRepeated, value: top)],
        otherwise: TypedExpr(.literal(.null), type, span)), type, span)
  }
}
