import Glibc
import Values

extension Reference {
  static let arithmetic: [Reference] = [
    int("abs") { abs($0) }, float("abs") { abs($0) },
    Reference("sign", [.value(.int)], .int) { .int(try $0.int(0).signum()) },
    Reference("sign", [.value(.float)], .int) { arguments in
      let x = try arguments.float(0)
      return .int(x > 0 ? 1 : x < 0 ? -1 : 0)
    },
    toInt("round") { $0.rounded(.toNearestOrAwayFromZero) },
    toInt("floor") { $0.rounded(.down) }, toInt("ceil") { $0.rounded(.up) },
    toInt("trunc") { $0.rounded(.towardZero) }, toInt("int") { $0.rounded(.towardZero) },
    Reference("round", [.value(.float), .oneOf(digits)], .float) { arguments in
      let scale = pow(10, Double(try arguments.int(1)))
      let x = try arguments.float(0)
      let rounded = (abs(x) * scale + 0.5).rounded(.down) / scale
      return .float(abs(x) * scale < 4_503_599_627_370_496 ? (x < 0 ? -rounded : rounded) : x)
    },
    float("sqrt") { $0 < 0 ? .nan : $0.squareRoot() },
    float("exp") { exp($0) }, float("log") { $0 > 0 ? log($0) : .nan },
    float("log10") { $0 > 0 ? log10($0) : .nan }, float("log2") { $0 > 0 ? log2($0) : .nan },
    Reference("mod", [.value(.int), .value(.int)], .int) { arguments in
      let (a, b) = (try arguments.int(0), try arguments.int(1))
      return b == 0 ? .null : .int(a - b * Interpreter.floorDivide(a, b))
    },
    Reference("power", [.value(.float), .value(.float)], .float) {
      .finite(pow(try $0.float(0), try $0.float(1)))
    },
    extreme("greatest", .float) { $0 > 0 }, extreme("least", .int) { $0 < 0 },
    extreme("greatest", .date) { $0 > 0 }, extreme("least", .text) { $0 < 0 },
    Reference("clamp", [.value(.int), .oneOf([("-2", .int(-2))]), .oneOf([("7", .int(7))])], .int) {
      .int(min(max(try $0.int(0), -2), 7))
    },
  ]

  static let digits: [(String, Value)] = [("0", .int(0)), ("1", .int(1)), ("3", .int(3))]

  static func int(_ name: String, _ f: @escaping @Sendable (Int64) -> Int64) -> Reference {
    Reference(name, [.value(.int)], .int) { .int(f(try $0.int(0))) }
  }

  static func float(_ name: String, _ f: @escaping @Sendable (Double) -> Double) -> Reference {
    Reference(name, [.value(.float)], .float) { .finite(f(try $0.float(0))) }
  }

  /// Beyond 64 bits the engine fails, with a place and a reason; there is nothing to compare.
  private static func toInt(
    _ name: String, _ f: @escaping @Sendable (Double) -> Double
  ) -> Reference {
    Reference(name, [.value(.float)], .int) { arguments in
      guard let whole = Int64(exactly: f(try arguments.float(0))) else { throw Undefined() }
      return .int(whole)
    }
  }

  private static func extreme(
    _ name: String, _ kind: Kind, _ isBetter: @escaping @Sendable (Int) -> Bool
  ) -> Reference {
    Reference(name, [.value(kind), .value(kind), .value(kind)], kind) { arguments in
      arguments.dropFirst().reduce(arguments[0]) {
        isBetter(Interpreter.compare($1, $0)) ? $1 : $0
      }
    }
  }
}

extension [Value] {
  func int(_ at: Int) throws -> Int64 {
    guard case .int(let x) = self[at] else { throw Undefined() }
    return x
  }

  func float(_ at: Int) throws -> Double {
    guard let x = self[at].number else { throw Undefined() }
    return x
  }

  func text(_ at: Int) throws -> String {
    guard case .text(let x) = self[at] else { throw Undefined() }
    return x
  }

  /// The day of a date or an instant.
  func day(_ at: Int) throws -> Int {
    switch self[at] {
    case .date(let days): Int(days)
    case .timestamp(let micros): Civil.day(ofInstant: micros)
    default: throw Undefined()
    }
  }
}
