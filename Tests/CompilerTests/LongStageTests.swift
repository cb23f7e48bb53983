import Compiler
import Diagnostics
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

  /// Found to be quadratic, once, in each of these; how the time grows is measured by
  /// `Tests/Benchmarks/growth.py`.
  @Test("Thousands of items are checked without a finding", arguments: stages.map(\.name))
  func checks(verb: String) throws {
    let stage = try #require(Self.stages.first { $0.name == verb }).stage
    let text = "rows [{x: 1, y: 2}] | " + stage(4_000) + " | derive last = c3999 + 1"
    let checker = Checker(
      catalog: CompletionTests.NoFiles(), constants: RunConstants(now: 0), isPrompt: false)
    let file = SourceFile(id: FileID(1), name: "long.whom", text: text)
    let statements = checker.check(Parser.parse(file).statements)
    // The last item is in sight behind the stage, but for `expect`, which makes no columns.
    let codes = checker.takeDiagnostics().map(\.code)
    #expect(codes == (verb == "expect" ? [.unknownColumn] : []))
    #expect(statements.count == (verb == "expect" ? 0 : 1))
  }
}
