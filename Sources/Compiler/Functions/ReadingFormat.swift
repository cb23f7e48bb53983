/// A format that texts are read by: of strftime's directives those that every engine reads in one
/// way.
///
///     %d/%m/%Y %T        %d/%m/%Y %H:%M:%S
enum ReadingFormat {
  private static let directives: Set<Character> = [
    "Y", "y", "m", "d", "b", "B", "H", "I", "M", "S", "p", "j", "f", "%",
  ]
  private static let groups: [Character: String] = [
    "F": "%Y-%m-%d", "T": "%H:%M:%S", "R": "%H:%M",
  ]

  /// With the groups spelt out.
  static func spelt(_ format: String) -> String {
    var result = ""
    var rest = format[...]
    while let letter = rest.popFirst() {
      guard letter == "%", let directive = rest.popFirst() else {
        result.append(letter)
        continue
      }
      result += groups[directive] ?? "%\(directive)"
    }
    return result
  }

  /// The first that no engine reads, or that only some do: `%q`.
  static func unknownDirective(in format: String) -> String? {
    var rest = format[...]
    while let letter = rest.popFirst() {
      guard letter == "%" else { continue }
      if rest.first == "-" { rest.removeFirst() }
      guard let directive = rest.popFirst() else { return "%" }
      if !directives.contains(directive), groups[directive] == nil { return "%\(directive)" }
    }
    return nil
  }

  static func hasYear(_ format: String) -> Bool {
    let plain = spelt(format)
    return plain.contains("%Y") || plain.contains("%y") || plain.contains("%-y")
  }
}
