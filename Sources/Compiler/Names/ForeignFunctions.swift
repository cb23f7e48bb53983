/// What analysts call our functions elsewhere, and what to say to them.
package enum ForeignFunctions {
  package struct Entry: Sendable {
    package var names: [Substring]
    package var advice: String
  }

  package static func advice(for name: String) -> String? { byName[name.lowercased()[...]] }

  package static func entries(of table: ForeignTable) -> [Entry] {
    logicalLines(table.lines).compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return Entry(
        names: line[..<colon].split(separator: " "),
        advice: String(line[line.index(colon, offsetBy: 2)...]))
    }
  }

  /// What is indented goes on from the line before.
  private static func logicalLines(_ text: String) -> [String] {
    text.split(separator: "\n").reduce(into: [String]()) { lines, line in
      if line.hasPrefix(" "), let last = lines.popLast() {
        lines.append(last + " " + line.drop { $0 == " " })
      } else {
        lines.append(String(line))
      }
    }
  }

  private static let byName: [Substring: String] = Dictionary(
    ForeignTable.allCases.flatMap(entries).flatMap { entry in
      entry.names.map { ($0, entry.advice) }
    }, uniquingKeysWith: { first, _ in first })
}

extension ForeignFunctions {
  /// `None` and its kin, which other languages write without quotes.
  static func constant(_ name: String) -> String? {
    switch name {
    case "None", "NULL", "Null", "NA", "nil", "undefined", "NaN": "null"
    case "True", "TRUE": "true"
    case "False", "FALSE": "false"
    default: nil
    }
  }
}
