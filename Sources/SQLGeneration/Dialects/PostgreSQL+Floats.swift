import Glibc
import SQLTree
import Values

/// Arithmetic of floats that has no error. The server refuses a result beyond the range of floats,
/// and one so small that it is 0; in the language the first is missing, and the second is 0.
///
///     case when pg_temp.tame("a", 1e-140, 1e140) and pg_temp.tame("b", 1e-140, 1e140)
///       then "a" * "b" else pg_temp.times("a", "b") end
///
/// Between such sizes nothing can leave the range, and to look at them is cheap: 3 million products
/// take 1.3 s instead of 0.7. A function that catches the error takes 5 s, so it is for the rest.
enum GuardedFloats {
  /// The tree without errors; `nil` where it is none of arithmetic or has very many parts.
  static func guarded(_ tree: SQLExpr) -> SQLExpr? {
    guard let careful = careful(tree) else { return nil }
    var parts: [SQLExpr] = []
    for part in leaves(tree) where !parts.contains(part) { parts.append(part) }
    guard parts.count <= 12 else { return nil }
    // Each part is written three times: one that holds arithmetic would grow with its depth.
    guard parts.allSatisfy(isPlain) else { return careful }
    let exponent = (300 - 20 * sums(tree)) / max(1, degree(tree))
    guard exponent > 10 else { return careful }
    let (low, high) = (pow(10, -Double(exponent)), pow(10, Double(exponent)))
    var conditions: [SQLExpr] = []
    for part in parts {
      switch isTame(part, low, high) {
      case true?: continue
      case false?: return careful
      case nil:
        conditions.append(
          PostgreSQLForms.own("tame", [part, .literal(.float(low)), .literal(.float(high))]))
      }
    }
    guard let condition = SQLExpr.joined(conditions, by: .and) else { return tree }
    return .conditional([SQLBranch(when: condition, then: tree)], otherwise: careful)
  }

  /// Whether a number written in the program is of such a size; `nil` where only the run knows.
  private static func isTame(_ part: SQLExpr, _ low: Double, _ high: Double) -> Bool? {
    switch part {
    case .literal(.float(let x)): x == 0 || (low...high).contains(abs(x))
    case .literal(.int(let n)): n == 0 || Double(n.magnitude) <= high
    default: nil
    }
  }

  private static func isPlain(_ part: SQLExpr) -> Bool {
    switch part {
    case .column, .literal, .exact: true
    case .cast(let inner, _, _), .field(let inner, _), .element(let inner, _): isPlain(inner)
    case .call(_, let arguments): arguments.allSatisfy(isLeaf)
    case .aggregate, .window, .chain, .prefix, .postfix, .inList, .inQuery, .exists, .subquery,
      .conditional, .list, .record, .star:
      false
    }
  }

  private static func isLeaf(_ expr: SQLExpr) -> Bool {
    switch expr {
    case .column, .literal: true
    case .exact, .call, .aggregate, .window, .chain, .prefix, .postfix, .inList, .inQuery, .exists,
      .subquery, .cast, .conditional, .list, .record, .field, .element, .star:
      false
    }
  }

  // MARK: The tree

  /// Each operation as a function that catches the error.
  private static func careful(_ expr: SQLExpr) -> SQLExpr? {
    switch expr {
    case .chain(let first, let rest):
      var result = carefulOperand(first)
      for operand in rest {
        guard let name = name(of: operand.sign) else { return nil }
        result = PostgreSQLForms.own(name, [result, carefulOperand(operand.value)])
      }
      return result
    case .prefix(.minus, let inner): return careful(inner).map { .prefix(.minus, $0) }
    default: return nil
    }
  }

  private static func carefulOperand(_ expr: SQLExpr) -> SQLExpr { careful(expr) ?? expr }

  private static func name(of sign: SQLSign) -> String? {
    switch sign {
    case .plus: "plus"
    case .minus: "minus"
    case .times: "times"
    case .divide: "divide"
    default: nil
    }
  }

  private static func leaves(_ expr: SQLExpr) -> [SQLExpr] {
    switch expr {
    case .chain(let first, let rest): ([first] + rest.map(\.value)).flatMap(leaves)
    case .prefix(.minus, let inner): leaves(inner)
    // What stands below is never 0.
    case .call("nullif", let arguments): [arguments[0]]
    default: [expr]
    }
  }

  /// How many parts are multiplied at most.
  private static func degree(_ expr: SQLExpr) -> Int {
    switch expr {
    case .chain(let first, let rest):
      let isSum = rest.allSatisfy { $0.sign == .plus || $0.sign == .minus }
      let degrees = ([first] + rest.map(\.value)).map(degree)
      return isSum ? degrees.max() ?? 1 : degrees.reduce(0, +)
    case .prefix(.minus, let inner): return degree(inner)
    default: return 1
    }
  }

  /// How many sums and differences there are: each may lose all digits but the last.
  private static func sums(_ expr: SQLExpr) -> Int {
    switch expr {
    case .chain(let first, let rest):
      rest.count { $0.sign == .plus || $0.sign == .minus }
        + ([first] + rest.map(\.value)).reduce(0) { $0 + sums($1) }
    case .prefix(.minus, let inner): sums(inner)
    default: 0
    }
  }
}
