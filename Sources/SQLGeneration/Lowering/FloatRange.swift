import Compiler
import Glibc
import Values

/// How large a number can get, so that only those operations are guarded that may leave the
/// range of floats: there is no infinity in the language, what is beyond is missing.
///
///     amount * 1.19            finite("amount" * 1.19e0)
///     quantity * 2.5           "quantity" * 2.5e0           an int times 2.5 stays far below
enum FloatRange {
  private static let limit = 308.2

  /// Whether some step on the way may give an infinity.
  static func mayOverflow(_ expr: TypedExpr) -> Bool {
    switch expr.kind {
    case .arithmetic(_, let a, let b):
      expr.type.base == .float && (digits(expr) > limit || mayOverflow(a) || mayOverflow(b))
    case .negate(let inner): mayOverflow(inner)
    default: false
    }
  }

  /// The decimal logarithm of the largest size that the value can have.
  private static func digits(_ expr: TypedExpr) -> Double {
    if expr.constant == .null { return -.infinity }
    if let constant = expr.constant, expr.type.base.isNumber { return digits(constant) }
    guard expr.type.base == .float else { return digits(expr.type.base) }
    switch expr.kind {
    case .arithmetic(let sign, let a, let b): return digits(sign, a, b)
    case .negate(let inner), .widen(let inner): return digits(inner)
    case .coalesce(let all): return all.map(digits).max() ?? limit
    case .conditional(let branches, let otherwise):
      return (branches.map(\.value) + [otherwise]).map(digits).max() ?? limit
    case .scalar(let function, let arguments): return digits(function.name, arguments, expr)
    case .aggregate(let call) where call.function.name == "share": return 0
    default: return digits(expr.type.base)
    }
  }

  private static func digits(_ sign: ArithmeticSign, _ a: TypedExpr, _ b: TypedExpr) -> Double {
    switch sign {
    case .plus, .minus:
      // Beside the largest float, a number below the half of its last digit changes nothing.
      let (x, y) = (digits(a), digits(b))
      let (low, high) = (min(x, y), max(x, y))
      return high > limit - 1 ? (low < 291 ? limit : limit + 1) : high + 0.31
    case .times: return digits(a) + digits(b)
    case .divide, .floorDivide: return digits(a) - smallest(b)
    case .power: return power(a, b)
    }
  }

  private static func power(_ base: TypedExpr, _ exponent: TypedExpr) -> Double {
    guard case .int(let times)? = exponent.constant, times >= 0 else { return .infinity }
    return digits(base) * Double(times)
  }

  /// The decimal logarithm of the smallest size of a divisor (0 itself makes null).
  private static func smallest(_ expr: TypedExpr) -> Double {
    switch expr.constant {
    case .int(let n)? where n != 0: Glibc.log10(Double(n).magnitude)
    case .float(let x)? where x != 0: Glibc.log10(x.magnitude)
    case _ where isAboveOne(expr): 0
    default: expr.type.base == .int || expr.type.base == .duration ? 0 : -.infinity
    }
  }

  /// `1 + exp(x)`: no guard is needed against a division by zero.
  static func isAboveOne(_ expr: TypedExpr) -> Bool {
    guard case .arithmetic(.plus, let a, let b) = expr.kind, case .float(let least)? = a.constant,
      case .scalar(let function, _) = b.kind
    else { return false }
    return least >= 1 && function.name == "exp"
  }

  private static func digits(
    _ function: String, _ arguments: [TypedExpr], _ expr: TypedExpr
  ) -> Double {
    switch function {
    case "sqrt": (arguments.map(digits).max() ?? limit) / 2
    case "log", "log10", "log2": 4
    case "abs", "round", "floor", "ceil", "trunc", "float":
      arguments.first.map(digits) ?? limit
    default: digits(expr.type.base)
    }
  }

  private static func digits(_ value: Value) -> Double {
    switch value {
    case .int(let n): n == 0 ? -.infinity : Glibc.log10(Double(n).magnitude)
    case .float(let x): x == 0 ? -.infinity : Glibc.log10(x.magnitude)
    default: limit
    }
  }

  private static func digits(_ type: DataType) -> Double {
    switch type {
    case .int: 19
    case .decimal(let precision, let scale): Double(precision - scale)
    case .duration: 19
    default: limit
    }
  }
}
