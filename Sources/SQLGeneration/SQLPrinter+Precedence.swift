import SQLTree
import Values

/// How tightly an expression binds; the engines agree on these.
enum SQLLevel: Int, Comparable {
  case or, and, not, comparison, concatenation, sum, product, unary, atom

  static func < (a: SQLLevel, b: SQLLevel) -> Bool { a.rawValue < b.rawValue }

  /// What the first operand of an operator of this level must have to stand bare.
  var first: SQLLevel {
    switch self {
    case .comparison: .concatenation
    case .or, .and, .not, .concatenation, .sum, .product, .unary, .atom: self
    }
  }

  /// And the operands behind it: `a - (b - c)` needs its parentheses, `a and b and c` none.
  var following: SQLLevel {
    switch self {
    case .or: .or
    case .and: .and
    case .not: .not
    case .comparison: .concatenation
    case .concatenation: .sum
    case .sum: .product
    case .product: .unary
    case .unary, .atom: .atom
    }
  }
}

extension SQLSign {
  var level: SQLLevel {
    switch self {
    case .or: .or
    case .and: .and
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isDistinct,
      .isNotDistinct, .like:
      .comparison
    case .concatenate: .concatenation
    case .plus, .minus: .sum
    case .times, .divide, .integerDivide, .modulo: .product
    }
  }
}

extension SQLExpr {
  var level: SQLLevel {
    switch self {
    case .chain(let first, let rest): rest.last?.sign.level ?? first.level
    case .prefix(.not, _), .exists(_, negated: true): .not
    case .prefix(.minus, _): .unary
    case .postfix, .inList, .inQuery: .comparison
    case .literal(let value): value.isNegativeNumber ? .unary : .atom
    case .exact(let number): number.hasPrefix("-") ? .unary : .atom
    case .column, .call, .aggregate, .window, .exists, .subquery, .cast, .conditional, .list,
      .record, .field, .element, .star:
      .atom
    }
  }
}

extension Value {
  fileprivate var isNegativeNumber: Bool {
    switch self {
    case .int(let number): number < 0
    case .float(let number): number.sign == .minus
    case .decimal(let unscaled, _): unscaled < 0
    case .null, .bool, .text, .date, .timestamp, .duration, .months, .period, .list, .record:
      false
    }
  }
}
