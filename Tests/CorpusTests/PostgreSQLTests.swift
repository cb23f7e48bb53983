import Connectivity
import Glibc
import ServerForTests
import Testing

/// The cases of verbs, functions and the language mean the same on a server: rows, types, order.
@Suite("The corpus on PostgreSQL", .serialized, .enabled(if: PostgreSQLServer.shared != nil))
struct PostgreSQLTests {
  static let cases = CorpusFile.all().filter { file in
    ["/verbs/", "/functions/", "/language/", "/errors/"].contains { file.path.contains($0) }
  }.flatMap(\.cases).filter { test in
    ["result", "results", "error"].contains { test.block($0) != nil }
  }

  @Test("Each case gives the rows it says", arguments: cases)
  func gives(_ test: CorpusCase) throws {
    let server = try #require(PostgreSQLServer.shared)
    let program = try #require(test.block("whom")?.text)
    let run = CorpusRun(program, on: .postgreSQL(server.address))
    if let refusal = test.block("postgresql") {
      CorpusTests.check(refusal, run.errors, test)
      return
    }
    // A server finds the same mistakes at the same places; what it quotes of them is its own.
    #expect(Self.places(run.errors) == Self.places(test.block("error")?.text ?? ""))
    #expect(!run.isRawEngineError, "no server speaks for itself")
    for block in test.blocks {
      if block.kind == "types" { #expect(run.types == block.text) }
      if block.kind == "result" {
        #expect(CorpusTests.cells(run.tables.last ?? "") == CorpusTests.cells(block.text))
      }
      if block.kind == "results" {
        #expect(
          CorpusTests.cells(run.tables.joined(separator: "\n")) == CorpusTests.cells(block.text))
      }
    }
    // Rows that a run refuses have no columns to compare.
    if test.block("error") == nil {
      #expect(run.disagreements == [], "the server's columns are what the checker promised")
    }
  }

  /// The codes, and where they point to.
  private static func places(_ errors: String) -> [String] {
    errors.split(separator: "\n").compactMap { line in
      if line.hasPrefix("error[") { return String(line.prefix(12)) }
      // The line: a server may know better than the other engine which value it was.
      return line.hasPrefix(" --> ") ? line.split(separator: ":").prefix(2).joined() : nil
    }
  }

  @Test("At most one case in twenty is refused there")
  func exceptions() {
    let exceptions = Self.cases.filter { $0.block("postgresql") != nil }
    #expect(exceptions.count * 20 <= Self.cases.count)
    #expect(exceptions.allSatisfy { $0.block("postgresql")?.text.hasPrefix("error[") == true })
  }
}
