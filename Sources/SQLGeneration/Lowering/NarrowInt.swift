import SQLTree
import Values

/// Which whole numbers an engine may hold in 32 bits: those made of literals alone.
enum NarrowInt {
  static func isNarrow(_ expr: SQLExpr) -> Bool { !(literals(expr) ?? []).isEmpty }

  /// A literal that can lead out of 32 bits in one step, whatever small number stands beside it.
  static func isLarge(_ expr: SQLExpr) -> Bool {
    guard case .literal(.int(let number)) = expr else { return false }
    return number.magnitude >= 1 << 15 && Int32(exactly: number) != nil
  }

  /// As a column it says its width where later stages may reckon out of 32 bits:
  /// `cast(case when "vip" then 100000 else 0 end as bigint)`
  static func widened(_ expr: SQLExpr) -> SQLExpr {
    guard let all = literals(expr), all.contains(where: { $0.magnitude >= 1 << 15 }) else {
      return expr
    }
    return .cast(expr, .int, isTry: false)
  }

  /// The literals that the expression is one of, when all of them are narrow.
  private static func literals(_ expr: SQLExpr) -> [Int64]? {
    switch expr {
    case .literal(.int(let number)): Int32(exactly: number) == nil ? nil : [number]
    case .literal(.null): []
    case .prefix(.minus, let inner): literals(inner)
    case .call("coalesce", let all): merged(all)
    case .conditional(let branches, let otherwise):
      merged(branches.map(\.value) + [otherwise].compactMap(\.self))
    case .column, .literal, .exact, .call, .aggregate, .window, .chain, .prefix, .postfix, .inList,
      .inQuery, .exists, .subquery, .cast, .list, .record, .field, .element, .star:
      nil
    }
  }

  private static func merged(_ all: [SQLExpr]) -> [Int64]? {
    var result: [Int64] = []
    for expr in all {
      guard let numbers = literals(expr) else { return nil }
      result += numbers
    }
    return result
  }
}
