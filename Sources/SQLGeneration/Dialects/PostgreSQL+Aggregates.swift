import Compiler
import SQLTree
import Values

extension PostgreSQLForms {
  /// The order-free sum of floats, as on every engine (see `SumGrid`).
  static func sum(of x: SQLExpr) -> SQLExpr {
    .call("coalesce", [limbs(of: x), .literal(.float(0))])
  }

  static func limbs(of x: SQLExpr) -> SQLExpr {
    let parts = (1...5).reversed().map { part in
      SQLExpr.aggregate(SQLAggregate("sum", [own("limb\(part)", [x])]))
    }
    return SQLExpr.joined(parts, by: .plus) ?? .int(0)
  }

  static func aggregate(_ call: SQLAggregate) -> SQLExpr {
    switch call.name {
    case "first": return .element(.aggregate(gathered(call)), 1)
    case "last": return .element(.aggregate(gathered(reversed(call))), 1)
    case "list": return .aggregate(gathered(call))
    case "median": return quantile(call, .literal(.float(0.5)))
    case "quantile_cont": return quantile(call, call.arguments[1])
    case "mad": return own("mad_of", [.aggregate(gathered(call))])
    case "avg": return mean(call)
    case "product":
      var product = call
      product.name = "pg_temp.product"
      return .aggregate(product)
    case "mode":
      return .aggregate(
        SQLAggregate(
          "mode", [], order: call.order, filter: call.filter, isWithinGroup: true))
    default: return .aggregate(call)
    }
  }

  /// An aggregate over the rows of a window. Those that the server has for groups only work on
  /// the list of the window's values.
  static func window(_ call: SQLExpr, _ window: SQLWindow) -> SQLExpr {
    switch call {
    case .element(.aggregate(let list), let position):
      return .element(.window(.aggregate(windowed(list)), placed(window, list)), position)
    case .call("pg_temp.mad_of", let list): return own("mad_of", list.map { over($0, window) })
    case .aggregate(let inner) where inner.isWithinGroup: return ordered(inner, window)
    case .chain(.cast(.aggregate(let sum), let type, _), let rest):
      // A mean: both of its halves are over the window.
      return .chain(
        .cast(.window(.aggregate(sum), window), type, isTry: false),
        rest.map { SQLOperand($0.sign, over($0.value, window)) })
    case .aggregate(let inner) where inner.name == "first_value" || inner.name == "last_value":
      return looked(inner, window)
    case .aggregate(let inner) where !inner.order.isEmpty && window.frame != nil:
      return framed(inner, window)
    case .aggregate(let inner) where !inner.order.isEmpty:
      return .window(.aggregate(windowed(inner)), placed(window, inner))
    case .aggregate(let inner) where inner.isDistinct && inner.name == "count":
      let list = SQLAggregate("array_agg", inner.arguments, filter: inner.filter)
      return own("distinct_of", [.window(.aggregate(list), window)])
    default: return .window(call, window)
    }
  }

  private static func over(_ expr: SQLExpr, _ window: SQLWindow) -> SQLExpr {
    if case .aggregate = expr { return .window(expr, window) }
    return expr.mapChildren { over($0, window) }
  }

  /// `array_agg("x" order by ...)`
  private static func gathered(_ call: SQLAggregate) -> SQLAggregate {
    // A text that is written in the statement has no type of its own.
    let arguments = call.arguments.map { argument -> SQLExpr in
      if case .literal(.text) = argument { .cast(argument, .text, isTry: false) } else { argument }
    }
    return SQLAggregate("array_agg", arguments, order: call.order, filter: call.filter)
  }

  private static func reversed(_ call: SQLAggregate) -> SQLAggregate {
    var call = call
    call.order = call.order.map {
      SQLOrder($0.key, descending: !$0.isDescending, nullable: $0.isNullable)
    }
    return call
  }

  /// Without an order of its own, which over a window belongs to the window.
  private static func windowed(_ call: SQLAggregate) -> SQLAggregate {
    SQLAggregate(call.name, call.arguments, filter: call.filter)
  }

  private static func placed(_ window: SQLWindow, _ call: SQLAggregate) -> SQLWindow {
    guard !call.order.isEmpty else { return window }
    return SQLWindow(
      partition: window.partition, order: call.order, frame: SQLFrame(start: nil, end: nil))
  }

  /// A list over a frame stands in the order of the window, which must be the one asked for or the
  /// reverse of it, or is sorted by its items behind it.
  private static func framed(_ call: SQLAggregate, _ window: SQLWindow) -> SQLExpr {
    let list = SQLExpr.window(.aggregate(windowed(call)), window)
    // A product, say, has an order only so that it is the same on every run.
    guard call.name == "array_agg" else { return list }
    if window.order.starts(with: call.order) { return list }
    if isReversed(call, window) { return own("list_reverse", [list]) }
    guard call.order.count == 1, let key = call.order.first, key.key.isSameText(call.arguments[0])
    else { return unsupported("an order of its own within a frame of rows") }
    return own(key.isDescending ? "list_sort_desc" : "list_sort_asc", [list])
  }

  private static func quantile(_ call: SQLAggregate, _ share: SQLExpr) -> SQLExpr {
    .aggregate(
      SQLAggregate(
        "percentile_cont", [share], order: [SQLOrder(call.arguments[0], nullable: false)],
        filter: call.filter, isWithinGroup: true))
  }

  /// Over a window: of the list of its values.
  private static func ordered(_ call: SQLAggregate, _ window: SQLWindow) -> SQLExpr {
    let values = call.order.map(\.key)
    let list = SQLExpr.window(
      .aggregate(SQLAggregate("array_agg", values, filter: call.filter)), window)
    return call.name == "mode"
      ? own("mode_of", [list]) : own("quantile_of", [list] + call.arguments)
  }

  /// `first_value("x" ignore nulls) over (...)` is the first item of a list, which stands in the
  /// order of the window: so that must be the order asked for, or the reverse of it.
  private static func looked(_ call: SQLAggregate, _ window: SQLWindow) -> SQLExpr {
    guard call.ignoresNulls || !call.order.isEmpty else {
      return .window(.aggregate(call), window)
    }
    if window.order.starts(with: call.order) { return present(call, window) }
    guard isReversed(call, window) else {
      return unsupported("an order of its own within a frame of rows")
    }
    var call = call
    call.name = call.name == "first_value" ? "last_value" : "first_value"
    return present(call, window)
  }

  /// Missing keys are last in both directions, so that with them no order is the reverse of another;
  /// missing items are left out.
  private static func isReversed(_ call: SQLAggregate, _ window: SQLWindow) -> Bool {
    window.order.starts(with: reversed(call).order)
      && call.order.allSatisfy { !$0.isNullable || $0.key.isSameText(call.arguments[0]) }
  }

  private static func present(_ call: SQLAggregate, _ window: SQLWindow) -> SQLExpr {
    let isThere = SQLExpr.postfix(call.arguments[0], .isNotNull)
    let list = SQLExpr.window(
      .aggregate(SQLAggregate("array_agg", call.arguments, filter: isThere)), window)
    return call.name == "first_value" ? .element(list, 1) : own("last_of", [list])
  }

  /// Of whole numbers and decimals: the exact sum, then one division, as the other engines do.
  private static func mean(_ call: SQLAggregate) -> SQLExpr {
    var sum = call
    sum.name = "sum"
    var count = call
    count.name = "count"
    return .chain(
      .cast(.aggregate(sum), .float, isTry: false),
      [SQLOperand(.divide, .call("nullif", [.aggregate(count), .int(0)]))])
  }
}

extension SQLExpr {
  /// Whether it is the other one, or that one by code point.
  fileprivate func isSameText(_ other: SQLExpr) -> Bool {
    if case .postfix(let inner, .byCodePoint) = self { return inner == other }
    return self == other
  }
}
