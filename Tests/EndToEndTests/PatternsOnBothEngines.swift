import Foundation
import ServerForTests
import Testing

/// Patterns that nobody would write, the same on every run: what the server finds by one is what
/// the embedded engine finds, or it is refused there.
@Suite("Patterns on both engines", .enabled(if: PostgreSQLServer.shared != nil))
struct PatternsOnBothEngines {
  private struct Generator {
    var state: UInt64

    mutating func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }

    mutating func one(of all: [String]) -> String { all[draw(all.count)] }

    mutating func pattern(depth: Int) -> String {
      let branches = draw(4) == 0 ? 2 : 1
      return (0..<branches).map { _ in
        (0...draw(3)).map { _ in atom(depth) + repetition() }.joined()
      }.joined(separator: "|")
    }

    private mutating func atom(_ depth: Int) -> String {
      guard depth > 0, draw(3) == 0 else { return one(of: ["a", "b", "c", "[ab]", "[^a]", "."]) }
      return one(of: ["(", "(?:"]) + pattern(depth: depth - 1) + ")"
    }

    private mutating func repetition() -> String {
      one(of: ["", "", "", "", "?", "*", "+", "{1,2}", "{2}", "+?"])
    }
  }

  @Test("The same parts are found, taken out and replaced")
  func same() throws {
    var generator = Generator(state: 11)
    let texts = (0..<12).map { _ in
      (0..<generator.draw(8)).map { _ in generator.one(of: ["a", "b", "c", "c", " "]) }.joined()
    }
    let rows = texts.enumerated().map { "{i: \($0), t: \"\($1)\"}" }.joined(separator: ", ")
    let patterns = (0..<120).map { _ in generator.pattern(depth: 2) }
    let cells = patterns.map { pattern in
      """
      ```whom
      #| on_error: continue
      rows [\(rows)]
        | derive first = extract(t, r"\(pattern)"), all = extract_all(t, r"\(pattern)"),
            n = count_matches(t, r"\(pattern)"), other = replace_pattern(t, r"\(pattern)", "X")
        | sort i
      ```
      """
    }
    let text = "# Patterns\n\n" + cells.joined(separator: "\n\n") + "\n"
    let own = try outputs(of: text, [])
    let address = try #require(PostgreSQLServer.shared).address
    let server = try outputs(of: text, ["--engine", address])
    try #require(own.count == patterns.count && server.count == patterns.count)
    var compared = 0
    for (pattern, (mine, theirs)) in zip(patterns, zip(own, server)) {
      #expect(!mine.contains("E0"), "\(pattern): \(mine)")
      if theirs.contains("E0710") { continue }
      compared += 1
      #expect(mine == theirs, "\(pattern)")
    }
    #expect(compared > 40 && compared < patterns.count)
  }

  /// What each cell gave, as JSON.
  private func outputs(of notebook: String, _ options: [String]) throws -> [String] {
    let whom = Program()
    try whom.folder.write("p.md", notebook)
    let arguments = ["run", "p.md", "--to", "json", "-o", "out"] + options
    _ = try whom.start(arguments).result()
    let data = Data(try whom.folder.read("out/p.json").utf8)
    let report = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let blocks = try #require(report["blocks"] as? [[String: Any]])
    return try blocks.compactMap { block in
      guard let outputs = block["outputs"] as? [Any] else { return nil }
      let json = try JSONSerialization.data(withJSONObject: outputs, options: .sortedKeys)
      return String(decoding: json, as: UTF8.self)
    }
  }
}
