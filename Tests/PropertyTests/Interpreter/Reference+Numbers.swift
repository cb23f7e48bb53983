import Glibc
import Values

/// Angles, logarithms near 0, whole numbers, bits and bins.
extension Reference {
  static let numbers: [Reference] = [
    turn("sin") { sin($0) }, turn("cos") { cos($0) }, turn("tan") { tan($0) },
    float("asin") { asin($0) }, float("acos") { acos($0) }, float("atan") { atan($0) },
    float("tanh") { tanh($0) }, float("cbrt") { cbrt($0) },
    float("degrees") { $0 * 180 / .pi }, float("radians") { $0 * .pi / 180 },
    float("log1p") { $0 > -1 ? log1p($0) : .nan }, float("expm1") { expm1($0) },
    float("logit") { $0 > 0 && $0 < 1 ? log($0 / (1 - $0)) : .nan },
    float("inverse_logit") { $0 < 0 ? exp($0) / (1 + exp($0)) : 1 / (1 + exp(-$0)) },
    Reference("atan2", [.value(.float), .value(.float)], .float) {
      .float(atan2(try $0.float(0), try $0.float(1)))
    },
    Reference("haversine", Array(repeating: .value(.float), count: 4), .float) { arguments in
      let angles = try (0..<4).map { try arguments.float($0) * .pi / 180 }
      let places = zip(angles, [90.0, 360, 90, 360])
      if places.contains(where: { abs($0) > $1 * .pi / 180 }) { return .null }
      let (a, b) = (sin((angles[2] - angles[0]) / 2), sin((angles[3] - angles[1]) / 2))
      let half = a * a + cos(angles[0]) * cos(angles[2]) * b * b
      if half < 1e-6 || half > 0.999 { throw Undefined() }
      return .float(2 * 6371.0088 * asin(half.squareRoot()))
    },
    pair("gcd") { Int64(clamping: gcd($0.magnitude, $1.magnitude)) },
    pair("lcm") { a, b in
      let divisor = gcd(a.magnitude, b.magnitude)
      if divisor == 0 { return 0 }
      let (product, isOver) = (a.magnitude / divisor).multipliedReportingOverflow(by: b.magnitude)
      guard !isOver, let whole = Int64(exactly: product) else { throw Undefined() }
      return whole
    },
    pair("bit_and") { $0 & $1 }, pair("bit_or") { $0 | $1 }, pair("bit_xor") { $0 ^ $1 },
    Reference("bin", [.value(.int), .oneOf([("5", .int(5))])], .int) { arguments in
      .int(Interpreter.floorDivide(try arguments.int(0), 5) * 5)
    },
    Reference("bin", [.value(.float), .oneOf([("0.5", .float(0.5))])], .float) { arguments in
      .finite((try arguments.float(0) / 0.5).rounded(.down) * 0.5)
    },
    Reference(
      "width_bucket",
      [
        .value(.float), .oneOf([("-2", .int(-2))]), .oneOf([("6", .int(6))]),
        .oneOf([("4", .int(4))]),
      ], .int
    ) { arguments in
      let x = try arguments.float(0)
      return .int(x < -2 ? 0 : x >= 6 ? 5 : Int64(((x + 2) / 2).rounded(.down)) + 1)
    },
    Reference("signif", [.value(.float), .oneOf([("3", .int(3))])], .float) { arguments in
      let x = try arguments.float(0)
      if x == 0 { return .float(x) }
      let place = log10(abs(x)).rounded(.down)
      let size = abs(x)
      let rounded =
        place < 3
        ? (size * pow(10, 2 - place) + 0.5).rounded(.down) / pow(10, 2 - place)
        : (size / pow(10, place - 2) + 0.5).rounded(.down) * pow(10, place - 2)
      return .finite(x < 0 ? -rounded : rounded)
    },
    Reference("bool", [.value(.int)], .bool) { .bool(try $0.int(0) != 0) },
  ]

  /// Of ints, dates and texts: null where both are equal.
  static let nullIf: [Reference] = [Kind.int, .text, .date].map { kind in
    Reference(
      "null_if", [.value(kind), .value(kind)], kind,
      withNulls: { $0[0] == $0[1] ? .null : $0[0] })
  }

  /// Of many turns only the last counts, and of that the last digits are lost.
  private static func turn(
    _ name: String, _ f: @escaping @Sendable (Double) -> Double
  ) -> Reference {
    Reference(name, [.value(.float)], .float) { arguments in
      let x = try arguments.float(0)
      if abs(x) > 100 { throw Undefined() }
      return .finite(f(x))
    }
  }

  private static func gcd(_ a: UInt64, _ b: UInt64) -> UInt64 { b == 0 ? a : gcd(b, a % b) }

  private static func pair(
    _ name: String, _ f: @escaping @Sendable (Int64, Int64) throws -> Int64
  ) -> Reference {
    Reference(name, [.value(.int), .value(.int)], .int) {
      .int(try f(try $0.int(0), try $0.int(1)))
    }
  }
}
