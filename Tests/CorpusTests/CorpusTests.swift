import Glibc
import Testing

@Suite("The corpus")
struct CorpusTests {
  static let cases = CorpusFile.all().flatMap(\.cases)

  /// Snapshots of SQL and messages may be written anew; results never are.
  static let isUpdating = getenv("UPDATE_SNAPSHOTS") != nil && getenv("CI") == nil

  @Test("Each case gives what it says", arguments: cases)
  func gives(_ test: CorpusCase) throws {
    let program = try #require(test.block("whom")?.text)
    let run = CorpusRun(program)
    for block in test.blocks {
      switch block.kind {
      case "whom": break
      case "sql": Self.check(block, run.sql.joined(separator: "\n\n"), test)
      case "types": #expect(run.types == block.text)
      case "result": #expect(Self.cells(run.tables.last ?? "") == Self.cells(block.text))
      case "results":
        #expect(Self.cells(run.tables.joined(separator: "\n")) == Self.cells(block.text))
      case "postgresql": break
      case "error": Self.check(block, run.errors, test)
      case "warning": Self.check(block, run.warnings, test)
      default: Issue.record("unknown block \(block.kind)")
      }
    }
    if test.block("error") == nil { #expect(run.errors == "") }
    if test.block("warning") == nil { #expect(run.warnings == "") }
    // Rows that a run refuses have no columns to compare.
    if test.block("error") == nil {
      #expect(run.disagreements == [], "the engine's columns are what the checker promised")
    }
    #expect(!run.isRawEngineError, "no engine speaks for itself")
  }

  @Test("There are cases, and each name comes once in its file")
  func names() {
    #expect(Self.cases.count > 50)
    let names = Self.cases.map(\.testDescription)
    #expect(Set(names).count == names.count)
  }

  static func check(_ block: CorpusCase.Block, _ got: String, _ test: CorpusCase) {
    if isUpdating {
      if got != block.text { Updates.add(test.file, block.lines, got) }
      return
    }
    #expect(got == block.text)
  }

  /// `100` and `100.0` are one number.
  private static func number(_ cell: String) -> String {
    guard cell.contains("."), let value = Double(cell), !cell.hasSuffix("0000") else {
      return Double(cell).map { _ in cell } ?? cell
    }
    return value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }

  /// A Markdown table without the padding of its cells.
  static func cells(_ table: String) -> [[String]] {
    table.split(separator: "\n").filter { !$0.hasPrefix("| -") && !$0.hasPrefix("|-") }.map {
      line in
      line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
        var cell = $0
        while cell.first == " " { cell.removeFirst() }
        while cell.last == " " { cell.removeLast() }
        return number(String(cell))
      }
    }
  }
}
