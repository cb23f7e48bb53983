import Diagnostics
import Testing

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("ordered_on", "ordered_at"), ("staus", "status"), ("STATUS", "status"),
    ("date_order", "order_date"), ("customer", "customer_id"), ("amuont", "amount"),
    ("order_dat", "order_date"), ("ID", "id"), ("amnt", "amount"), ("stats", "status"),
  ])
  func isFound(_ written: String, _ meant: String) {
    #expect(Suggestion.nearest(to: written, in: Self.names) == meant)
  }

  /// A wrong guess is worse than none.
  @Test(arguments: ["q3", "revenue", "x", "ab", "p_reason_4", "cost", ""])
  func isNotGuessed(_ written: String) {
    #expect(Suggestion.nearest(to: written, in: Self.names) == nil)
  }

  @Test func theNearestWins() {
    #expect(Suggestion.nearest(to: "montth", in: ["months", "month"]) == "month")
    #expect(Suggestion.nearest(to: "name", in: [String]()) == nil)
  }

  private static let names = [
    "ordered_at", "status", "order_date", "customer_id", "amount", "id", "q1", "q2", "p_reason_1",
  ]
}
