import Values

/// How near two texts are, by characters (code points). The engines' own functions count bytes.
extension BuiltinFunction {
  static let similarities: [BuiltinFunction] = [
    BuiltinFunction(
      "similarity", .text,
      "how alike two texts are, 0 to 1 for equal ones (Jaro and Winkler); good for names",
      examples: ["similarity(\"Martha\", \"Marhta\")"],
      overloads: [
        Overload(
          [.text("a"), .text("b")], texts { .float(TextDistance.jaroWinkler($0, $1)) },
          result: Overload.type(.float))
      ]),
    BuiltinFunction(
      "levenshtein", .text,
      "how many characters must be put in, taken out or replaced to make one text the other",
      examples: ["levenshtein(\"kitten\", \"sitting\")"],
      overloads: [
        Overload(
          [.text("a"), .text("b")], texts { .int(Int64(TextDistance.levenshtein($0, $1))) },
          result: Overload.type(.int))
      ]),
  ]

  private static func texts(
    _ code: @escaping @Sendable ([Unicode.Scalar], [Unicode.Scalar]) -> Value
  ) -> Overload.Form {
    var host = HostCode { arguments -> Value in
      guard case .text(let a) = arguments[0], case .text(let b) = arguments[1] else {
        return .null
      }
      return code(Array(a.unicodeScalars), Array(b.unicodeScalars))
    }
    host.refusal = tooLong
    return .host(host)
  }

  /// Each character is held against each of the other text: of a thousand million pairs that takes
  /// seconds.
  @Sendable
  private static func tooLong(_ arguments: [Value]) -> String? {
    guard case .text(let a) = arguments[0], case .text(let b) = arguments[1],
      a.utf8.count.multipliedReportingOverflow(by: b.utf8.count).partialValue > 1_000_000_000
    else { return nil }
    let lengths = [a, b].map { NumberPrinting.grouped("\($0.unicodeScalars.count)") }
    return "texts of \(lengths[0]) and \(lengths[1]) characters take too long to compare"
  }
}

enum TextDistance {
  /// Wagner and Fischer, "The string-to-string correction problem" (1974), with one row kept.
  static func levenshtein(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let replaced = diagonal + (x == y ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }

  /// Winkler, "String comparator metrics" (1990): Jaro's measure, raised by a tenth of what is
  /// missing to 1 for each of up to four first characters in common.
  static func jaroWinkler(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Double {
    let jaro = jaro(a, b)
    let prefix = zip(a.prefix(4), b.prefix(4)).prefix { $0 == $1 }.count
    return jaro + Double(prefix) * 0.1 * (1 - jaro)
  }

  private static func jaro(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Double {
    if a == b { return 1 }
    let reach = max(max(a.count, b.count) / 2 - 1, 0)
    var isTaken = Array(repeating: false, count: b.count)
    var fromA: [Unicode.Scalar] = []
    for (i, x) in a.enumerated() {
      let low = max(0, i - reach)
      let high = min(b.count - 1, i + reach)
      guard low <= high, let j = (low...high).first(where: { !isTaken[$0] && b[$0] == x }) else {
        continue
      }
      isTaken[j] = true
      fromA.append(x)
    }
    if fromA.isEmpty { return 0 }
    let fromB = zip(b, isTaken).filter(\.1).map(\.0)
    let m = Double(fromA.count)
    let swapped = Double(zip(fromA, fromB).filter { $0 != $1 }.count / 2)
    return (m / Double(a.count) + m / Double(b.count) + (m - swapped) / m) / 3
  }
}
