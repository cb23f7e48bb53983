package import Columnar

/// What can go wrong between Whom and an engine: facts; words are made where they are shown.
package enum EngineError: Error, Hashable, Sendable {
  /// No library for `engine` in any of `searched`; `make setup` installs it.
  case driverMissing(engine: String, searched: [String])
  /// The library is there and does not load, or is not the kind that it should be.
  case driverUnusable(path: String, reason: String)
  /// The engine refused or failed.
  case failed(EngineFailure)
  /// Somebody called `cancel()`.
  case cancelled
  /// The engine answered with data that Whom cannot hold.
  case unreadable(ColumnarError)
}

/// An engine's own account of a failure. `message` may quote data and hold any character: it is
/// to be escaped, and masked, before it is shown.
package struct EngineFailure: Hashable, Sendable {
  package var kind: Kind
  /// Without the engine's own title: `Could not convert string 'x' to INT64`.
  package var message: String
  /// Five characters, or empty where the engine gives none.
  package var sqlState: String
  /// The statement; empty when the failure belongs to none.
  package var sql: String

  /// The kinds that a message to the user tells apart.
  package enum Kind: Hashable, Sendable {
    /// The statement itself is wrong (syntax, names, types): a defect of Whom's SQL.
    case statement
    /// A value could not be converted, or data do not have the form they should have.
    case conversion
    /// A number left the range of its type.
    case outOfRange
    case constraint
    /// A file or server could not be read or written.
    case io
    case outOfMemory
    /// Refused by a setting, such as the sandbox's.
    case permission
    case internalError
    case other
  }

  package init(kind: Kind, message: String, sqlState: String = "", sql: String = "") {
    self.kind = kind
    self.message = message
    self.sqlState = sqlState
    self.sql = sql
  }
}

extension EngineFailure {
  /// Reads the title that DuckDB puts in front: `Binder Error: `, `IO Error: `.
  init(raw: String, sqlState: String, sql: String) {
    for (title, kind) in Self.titles where raw.hasPrefix(title) {
      self.init(
        kind: kind, message: String(raw.dropFirst(title.count)), sqlState: sqlState, sql: sql)
      return
    }
    self.init(kind: .other, message: raw, sqlState: sqlState, sql: sql)
  }

  private static let titles: [(String, Kind)] = [
    ("Parser Error: ", .statement), ("Syntax Error: ", .statement),
    ("Binder Error: ", .statement), ("Catalog Error: ", .statement),
    ("Not implemented Error: ", .statement), ("Parameter Not Resolved Error: ", .statement),
    ("Conversion Error: ", .conversion), ("Invalid Input Error: ", .conversion),
    ("Mismatch Type Error: ", .conversion), ("Invalid type Error: ", .conversion),
    ("Out of Range Error: ", .outOfRange), ("Decimal Error: ", .outOfRange),
    ("Divide by Zero Error: ", .outOfRange), ("Constraint Error: ", .constraint),
    ("IO Error: ", .io), ("HTTP Error: ", .io), ("Serialization Error: ", .io),
    ("Out of Memory Error: ", .outOfMemory), ("Permission Error: ", .permission),
    ("INTERNAL Error: ", .internalError), ("FATAL Error: ", .internalError),
  ]

  static let interruption = "INTERRUPT Error"
}
