import Compiler
import Diagnostics
import Syntax
import Testing
import Values

/// What the prompt offers next.
@Suite("Completion")
struct CompletionTests {
  /// Knows no files.
  private final class NoFiles: Catalog {
    private func none(_ span: Span) -> Diagnostic {
      Diagnostic(.fileNotFound, "there are no files here", at: span)
    }
    func source(_ request: SourceRequest) -> Result<SourceDescription, Diagnostic> {
      .failure(none(request.span))
    }
    func query(_ text: SQLText, at span: Span) -> Result<SQLDescription, Diagnostic> {
      .failure(none(span))
    }
    func promise(_ target: SaveTarget, _ schema: Schema, by statement: BindingID) {
      Issue.record("a look at what may come next promises nothing")
    }
    func module(_ request: ModuleRequest) -> Result<SourceFile, Diagnostic> {
      .failure(none(request.span))
    }
    func modules(declaring function: String) -> [String] { [] }
  }

  private func checker(_ program: String) -> Checker {
    let checker = Checker(
      catalog: NoFiles(), constants: RunConstants(now: 0), isPrompt: true)
    let file = SourceFile(id: FileID(1), name: "<prompt>", text: program)
    _ = checker.check(Parser.parse(file).statements)
    #expect(checker.takeDiagnostics() == [])
    return checker
  }

  private static let program = """
    let orders = rows [{order_id: 1, amount: 2.0, `net worth`: 1.0}]
    let customers = rows [{customer_id: 1, age: 3}]
    let rate = 2
    metric revenue on orders = sum(amount)
    fn best(orders: relation, n: int) = orders | take $n
    """

  @Test(
    "By what stands before the cursor",
    arguments: [
      ("ord", ["orders"]),
      ("let x = cust", ["customers"]),
      ("orders | summ", ["summarize"]),
      ("orders | reven", ["revenue"]),
      ("orders | bes", ["best"]),
      ("orders | where am", ["amount"]),
      ("let x = orders | where am", ["amount"]),
      ("orders | summarize s = sum(am", ["amount"]),
      ("orders | derive gain = amount * 2 | select gain", ["gain"]),
      ("orders | select order_id | where am", []),
      ("orders | where amount in (customers | where ag", ["age"]),
      ("orders | select order_id\n| sort ord", ["order_id"]),
      ("orders | join cu", ["customers"]),
      ("orders | where amount > $ra", ["$rate"]),
      ("orders | select `", ["`net worth`"]),
      ("orders | save \"x.csv\" | where am", ["amount"]),
      ("orders | wher", ["where"]),
      ("met", ["metric"]),
    ])
  func offers(_ text: String, _ expected: [String]) {
    let checker = checker(Self.program)
    let word = text.hasSuffix("`") ? String(text.dropLast()) : text
    let found = checker.completions(for: word)
    #expect(text.hasSuffix("`") ? found.contains(expected[0]) : found == expected)
    #expect(checker.takeDiagnostics() == [], "nothing is left of it")
  }

  @Test("500 columns in under 20 ms")
  func isFast() {
    let columns = (0..<500).map { "column_\($0): \($0)" }.joined(separator: ", ")
    let checker = checker("let wide = rows [{\(columns)}]")
    let clock = ContinuousClock()
    let times = (0..<5).map { _ in
      clock.measure {
        let found = checker.completions(for: "wide | derive more = column_1 + 1 | select column_4")
        #expect(found.count == 111)
      }
    }
    #expect((times.min() ?? .zero) < .milliseconds(20))
  }
}
