import Compiler
import Diagnostics
import Glibc
import Syntax
import Testing

/// A stage that a program wrote, not a person: thousands of items, each with the columns of all
/// before it in sight.
@Suite("Stages of thousands of items", .serialized)
struct LongStageTests {
  private static func items(_ count: Int, _ item: (Int) -> String) -> String {
    (0..<count).map(item).joined(separator: ", ")
  }

  static let stages: [(name: String, stage: @Sendable (Int) -> String)] = [
    ("derive", { "derive " + items($0) { "c\($0) = x + \($0)" } }),
    ("derive by", { "derive " + items($0) { "c\($0) = sum(x) + \($0)" } + " by y" }),
    ("select", { "select " + items($0) { "c\($0) = x + \($0)" } }),
    ("summarize", { "summarize " + items($0) { "c\($0) = sum(x + \($0))" } + " by y" }),
    ("expect", { "expect " + items($0) { "x > -\($0)" } }),
    ("distinct", { "distinct " + items($0) { "c\($0) = x + \($0)" } }),
  ]

  /// Seconds of the processor, of which other tests take none; the least of three.
  private func time(_ program: String) -> Double {
    (0..<3).map { _ in
      let start = processorSeconds()
      let checker = Checker(
        catalog: CompletionTests.NoFiles(), constants: RunConstants(now: 0), isPrompt: false)
      let file = SourceFile(id: FileID(1), name: "long.whom", text: program)
      _ = checker.check(Parser.parse(file).statements)
      #expect(checker.takeDiagnostics() == [])
      return processorSeconds() - start
    }.min() ?? 0
  }

  /// Of this thread.
  private func processorSeconds() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
  }

  @Test("Eight times as many take not thirty times as long", arguments: stages.map(\.name))
  func linear(verb: String) throws {
    let stage = try #require(Self.stages.first { $0.name == verb }).stage
    let short = time("rows [{x: 1, y: 2}] | " + stage(500))
    let long = time("rows [{x: 1, y: 2}] | " + stage(4_000))
    // One that looks at all before it would take 64 times as long.
    #expect(long < short * 30, "\(short) for 500 items, \(long) for 4,000")
  }
}
