/// A labelled column that the run read, and what became of it: a line of the privacy ledger.
package struct ReportPrivacy: Hashable, Sendable {
  package struct Use: Hashable, Sendable {
    /// `shown masked`
    package var words: String
    /// The cells in which it happened.
    package var cells: [String]
    package init(_ words: String, cells: [String]) {
      self.words = words
      self.cells = cells
    }
  }
  package var column: String
  /// `pii`, `pseudonym`, `protected`
  package var labels: String
  package var relation: String?
  package var uses: [Use]

  package init(column: String, labels: String, relation: String?, uses: [Use]) {
    self.column = column
    self.labels = labels
    self.relation = relation
    self.uses = uses
  }

  /// What is said of a column without uses.
  package static let unused = "read, and nothing of it left"

  /// What stands below the ledger, so that nobody takes it for more than it is.
  package static let limits =
    "The ledger tells where labelled columns went. What can be inferred from figures about few people,"
    + " or from the difference of two tables, it does not tell."
}
