import Compiler
import Diagnostics
import Syntax
import Testing
import Values

/// What the prompt offers next.
@Suite("Completion")
struct CompletionTests {
  /// Knows no files.
  final class NoFiles: Catalog {
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
    let found = checker.completions(for: text).map(\.text)
    #expect(found == expected)
    #expect(checker.takeDiagnostics() == [], "nothing is left of it")
  }

  @Test("What is near comes first, each with what it is")
  func notes() {
    let found = checker(Self.program).completions(for: "orders | where ")
    #expect(
      found.prefix(3) == [
        CompletionItem("`net worth`", "float"), CompletionItem("amount", "float"),
        CompletionItem("order_id", "int"),
      ])
    #expect(found.contains(CompletionItem("round", "round(x: number, digits: int)", isNear: false)))
    #expect(found.contains(CompletionItem("best", "best(orders, n)", isNear: false)))
    let stages = checker(Self.program).completions(for: "orders | whe")
    #expect(stages.map(\.note) == [Verb.named("where")?.summary])
  }

  @Test(
    "A text that is compared with a column",
    arguments: [
      ("people | where city == \"", "people ", "city"),
      (
        "people | where age > 3 | where `home town` in [\"a\", \"", "people | where age > 3 ",
        "`home town`"
      ),
      ("people | where secret == \"", nil, nil), ("people | where age == \"", nil, nil),
      ("read \"", nil, nil), ("people | derive x = city + \"", nil, nil),
    ] as [(String, String?, String?)])
  func comparison(_ text: String, _ pipeline: String?, _ column: String?) {
    let checker = checker(
      """
      let people = rows [{city: "a", `home town`: "b", secret: "c", age: 1}]
        | label secret = pii
      """)
    let found = checker.openComparison(in: String(text.dropLast()))
    #expect(found?.pipeline == pipeline)
    #expect(found?.column == column)
  }

  @Test("500 columns; `Tests/Benchmarks/prompt.py` measures the time")
  func many() {
    let columns = (0..<500).map { "column_\($0): \($0)" }.joined(separator: ", ")
    let checker = checker("let wide = rows [{\(columns)}]")
    let found = checker.completions(for: "wide | derive more = column_1 + 1 | select column_4")
    #expect(found.count == 111)
  }
}
