import Glibc
import Values

/// Digests of texts, and the random numbers that are made of them.
extension Reference {
  static let hashes: [Reference] = [
    Reference("md5", [.value(.text)], .text) { .text(MD5.digest(of: try $0.text(0))) },
    // The program's own code, not the engine's.
    Reference("sha256", [.value(.text)], .text) {
      .text(SHA256.digest(of: Array(try $0.text(0).utf8)))
    },
  ]

  static let draws: [Reference] = [Kind.int, .text, .bool, .date].flatMap { key in
    [
      draw("uniform", "-2, 8", key, .float) { .float(-2 + 10 * $0.share(0)) },
      draw("normal", "100, 15", key, .float) { .float(100 + 15 * $0.standard) },
      draw("lognormal", "0, 0.5", key, .float) { .float(exp(0.5 * $0.standard)) },
      draw("exponential", "2", key, .float) { .float(-log($0.share(0)) / 2) },
      draw("triangular", "1, 2, 5", key, .float) { hash in
        let u = hash.share(0)
        return .float(u * 4 < 1 ? 1 + (u * 4).squareRoot() : 5 - ((1 - u) * 12).squareRoot())
      },
      draw("int", "1, 6", key, .int) { .int(1 + Int64($0.share(0) * 6)) },
      draw("bool", "30%", key, .bool) { .bool($0.share(0) < 0.3) },
    ]
  }

  /// By one key with seed 7, and by two.
  private static func draw(
    _ name: String, _ parameters: String, _ key: Kind, _ result: Kind,
    _ value: @escaping @Sendable (Hash) -> Value
  ) -> Reference {
    Reference(
      "draw_" + name, [.value(key), .value(.int)], result,
      withNulls: { keys in
        value(Hash(MD5.digest(of: "draw:7:" + keys.map(written).joined())))
      }
    ).written { "draw_\(name)(\(parameters), key = [\($0[0]), \($0[1])], seed = 7)" }
  }

  /// Each part of a key behind its length; a missing one is a dash.
  @Sendable private static func written(_ key: Value) -> String {
    let text: String
    switch key {
    case .int(let x): text = "\(x)"
    case .text(let x): text = x
    case .bool(let x): text = "\(x)"
    case .date(let days): text = iso(Int(days))
    default: return "-"
    }
    return "\(text.unicodeScalars.count):\(text)"
  }

  struct Hash {
    private var digits: [Character]
    init(_ digest: String) { digits = Array(digest) }

    /// The n-th 13 digits as a number between 0 and 1.
    func share(_ n: Int) -> Double {
      let whole = UInt64(String(digits[(13 * n)..<(13 * n + 13)]), radix: 16) ?? 0
      return (Double(whole) + 0.5) / 4_503_599_627_370_496
    }

    var standard: Double { (-2 * log(share(0))).squareRoot() * cos(2 * .pi * share(1)) }
  }
}
