import Diagnostics
import Testing

/// What `whom explain` shows is checked and run: the wrong program has the finding, the right one
/// has none.
@Suite("The programs of explanations")
struct ExplanationTests {
  /// The relations that they speak of.
  private static let data = """
    let orders = rows [
      {order_id: 1, customer_id: 1, ordered_at: @2025-01-31, plan: "pro", region: "EMEA",
       status: "paid", amount: 10.0, net: 8.0, discount: 2.0, name: "Ann", code: "a", paid: true, a: 1.0, b: 2.0},
      {order_id: 2, customer_id: 2, ordered_at: @2025-02-28, plan: "free", region: "AMER",
       status: "sent", amount: 20.0, net: 9.0, discount: 1.0, name: "Bob", code: "b", paid: null, a: 1.0, b: 2.0},
    ]
    let customers = rows [{customer_id: 1, age: 30}, {customer_id: 2, age: 40}]
    let refunds = rows [{order_id: 1, amount: 5.0}]
    let visits = rows [{customer_id: 1, at: @2025-01-31, page: "home"}]
    let touches = rows [{customer_id: 1, channel: "mail"}, {customer_id: 1, channel: "web"}]

    """

  /// Programs that need what a test of this kind does not have.
  private static let apart: [DiagnosticCode: String] = [
    .ambiguousDates: "a file of its own; the corpus has one",
    .badRow: "a file of its own; the corpus has one",
    .unexpectedCharacter: "a column with letters of its own",
    .notYetAVerb: "which verbs are not there changes",
    .expectationFailed: "the verb `expect` is not here yet",
    .unknownFormat: "writes a file",
  ]

  @Test("The wrong one has the finding", arguments: DiagnosticCode.allCases)
  func wrong(_ code: DiagnosticCode) {
    let program = Explanation.of(code).wrong
    guard !program.isEmpty, Self.apart[code] == nil else { return }
    let run = CorpusRun(Self.data + program)
    let found = run.errors + run.warnings
    #expect(found.contains("[\(code.rawValue)]:"), "\(code): \(found)")
  }

  @Test("The right one has none", arguments: DiagnosticCode.allCases)
  func right(_ code: DiagnosticCode) {
    guard Self.apart[code] == nil else { return }
    let run = CorpusRun(Self.data + Explanation.of(code).right)
    #expect(run.errors == "" && run.warnings == "", "\(code)")
  }
}
