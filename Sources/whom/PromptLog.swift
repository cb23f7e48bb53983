import Compiler
import Diagnostics
import Notebooks
import Syntax

/// What was run at the prompt, so that it can be kept as a notebook.
final class PromptLog {
  /// One input without a mistake.
  private struct Entry {
    /// As it would stand in a file: `| take 5` with what it went on from.
    var text: String
    var kinds: [StatementKind]
    var uses: Set<BindingID>
    var defines: Set<BindingID>
    var showsResult: Bool
  }

  private enum StatementKind {
    case declaration(name: String?), constant(name: String), result, other
  }

  private var entries: [Entry] = []
  /// The relation or chart that was shown last.
  private(set) var lastPlan: LogicalPlan?
  /// The latest that ran to its end.
  var lastInput: String { entries.last?.text ?? "" }
  /// What was offered for texts that are compared with columns, by how it was asked for.
  var values: [String: [String]] = [:]
  var rows: Int
  var format = ResultFormat.table

  init(rows: Int) { self.rows = rows }

  /// Takes an input that was run to its end.
  func note(_ text: String, _ checked: [CheckedStatement]) {
    let tree = Parser.parse(
      SourceFile(id: FileID(-1), name: "<prompt>", text: text), isPrompt: true)
    let shows = checked.flatMap(\.steps).contains { if case .show = $0 { true } else { false } }
    var entry = Entry(
      text: text, kinds: tree.statements.map(Self.kind), uses: Set(checked.flatMap(\.uses)),
      defines: Set(checked.flatMap(\.defines)), showsResult: shows)
    if tree.tokens.contains(where: { $0.kind == .it }),
      let last = entries.last(where: \.showsResult)
    {
      entry.text = Self.withoutIt(text, tree.tokens, last.text)
      entry.uses.formUnion(last.uses)
    }
    entries.append(entry)
    if shows, let plan = checked.flatMap(\.steps).flatMap(\.plans).last { lastPlan = plan }
  }

  private static func kind(_ statement: Statement) -> StatementKind {
    switch statement.kind {
    case .function(let declaration): .declaration(name: declaration.name.text)
    case .metric(let name, _, _): .declaration(name: name.text)
    case .param(let parameter, domain: _): .declaration(name: parameter.name.text)
    // A constant leaves nothing but its value in what reads it.
    case .letBinding(let name, value: _): .constant(name: name.text)
    case .use: .declaration(name: nil)
    case .pipeline: .result
    case .connect, .ifBlock, .forBlock, .assert: .other
    }
  }

  /// `it` is for the prompt: in its place comes what it stood for.
  private static func withoutIt(_ text: String, _ tokens: [Token], _ last: String) -> String {
    let bytes = Array(text.utf8)
    if tokens.first?.kind == .it, !tokens.dropFirst().contains(where: { $0.kind == .it }) {
      let rest = String(decoding: bytes[tokens[0].end...], as: UTF8.self)
      return last + "\n" + rest.drop { $0 == " " }
    }
    var result: [UInt8] = []
    var at = 0
    for token in tokens where token.kind == .it {
      result += bytes[at..<token.start] + Array("last_result".utf8)
      at = token.end
    }
    let indented = last.replacing("\n", with: "\n  ")
    return "let last_result = \(indented)\n"
      + String(decoding: result + bytes[at...], as: UTF8.self)
  }

  // MARK: The notebook

  /// What the last result needs, the result in a cell of its own; nil where there is none.
  func notebook(settings: [String]) -> String? {
    guard let last = entries.lastIndex(where: \.showsResult) else { return nil }
    let needed = needed(by: last).sorted()
    var blocks =
      ["---", "title: A session", "whom: 1"] + settings + ["---", "", "# A session", ""]
    let setup = needed.filter { $0 != last }.map { entries[$0].text }
    if !setup.isEmpty { blocks += fence("setup", setup) + [""] }
    blocks += fence("result", [entries[last].text])
    let text = blocks.joined(separator: "\n") + "\n"
    return Self.laidOut(text) ?? text
  }

  private static func laidOut(_ text: String) -> String? {
    try? NotebookFormatter.format(SourceFile(id: FileID(0), name: "session.md", text: text))
  }

  private func fence(_ id: String, _ texts: [String]) -> [String] {
    var ticks = "```"
    while texts.contains(where: { $0.contains(ticks) }) { ticks += "`" }
    return ["\(ticks)whom #\(id)"] + texts + [ticks]
  }

  /// Entries that bind what it reads, and declarations whose name stands in what is needed.
  private func needed(by last: Int) -> Set<Int> {
    var found: Set<Int> = [last]
    var open = [last]
    while let next = open.popLast() {
      for index in 0..<last where !found.contains(index) && isNeeded(entries[index], by: next) {
        found.insert(index)
        open.append(index)
      }
    }
    return found
  }

  private func isNeeded(_ entry: Entry, by index: Int) -> Bool {
    let reader = entries[index]
    if !entry.defines.isDisjoint(with: reader.uses), !isResultAlone(entry) { return true }
    return entry.kinds.contains { kind in
      switch kind {
      case .declaration(let name?): reader.text.contains(name)
      case .declaration(nil): true
      case .constant(let name): entry.defines.isEmpty && reader.text.contains(name)
      case .result, .other: false
      }
    }
  }

  /// Its text stands in what goes on from it.
  private func isResultAlone(_ entry: Entry) -> Bool {
    entry.kinds.allSatisfy { if case .result = $0 { true } else { false } }
  }
}
