/// One statement that went to an engine, as the statement log keeps it.
package struct StatementRecord: Hashable, Sendable {
  package var sql: String
  package var kind: Kind

  package enum Kind: Hashable, Sendable {
    /// Only its schema was asked for: nothing ran.
    case describe
    case query
    case execute
  }

  package init(sql: String, kind: Kind) {
    self.sql = sql
    self.kind = kind
  }
}
