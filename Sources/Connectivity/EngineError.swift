package import Columnar

/// What can go wrong between Whom and an engine: facts; words are made where they are shown.
package enum EngineError: Error, Hashable, Sendable {
  /// No library for `engine` in any of `searched`; `make setup` installs it.
  case driverMissing(engine: String, searched: [String])
  /// The library is there and does not load, or is not the kind that it should be.
  case driverUnusable(path: String, reason: String)
  /// The engine refused or failed.
  case failed(EngineFailure)
  /// No connection to the server; the reason never holds the address, which may hold a password.
  case unreachable(String)
  /// The engine has nothing that means this; the words say what.
  case unsupported(String)
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
    if let own = Self.postgreSQL(raw, sqlState, sql) {
      self = own
      return
    }
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

  /// What DuckDB and PostgreSQL say of a query that was stopped.
  static func isInterruption(_ message: String) -> Bool {
    message.hasPrefix("INTERRUPT Error")
      || message.contains("canceling statement due to user request")
  }

  /// `[libpq] Execution error [PGRES_FATAL_ERROR]: ERROR:  bigint out of range`: the server's own
  /// words stand behind its title. Where rows were on their way the state is not given.
  private static func postgreSQL(
    _ raw: String, _ sqlState: String, _ sql: String
  ) -> EngineFailure? {
    if let inner = titles.lazy.compactMap({ raw.firstRange(of: $0.0) }).first,
      raw.hasPrefix("nanoarrow")
    {
      return EngineFailure(raw: String(raw[inner.lowerBound...]), sqlState: sqlState, sql: sql)
    }
    guard let title = raw.firstRange(of: "ERROR:  ") ?? raw.firstRange(of: "FATAL:  ") else {
      guard raw.contains("libpq") else { return nil }
      return EngineFailure(kind: .io, message: raw, sqlState: sqlState, sql: sql)
    }
    let words = raw[title.upperBound...]
    let message = String(words.prefix { $0 != "\n" })
    return EngineFailure(
      kind: kind(ofState: sqlState) ?? kind(ofWords: message), message: message,
      sqlState: sqlState, sql: sql)
  }

  /// The classes of PostgreSQL's appendix A.
  private static func kind(ofState state: String) -> Kind? {
    switch state.prefix(2) {
    case "22": state == "22003" ? .outOfRange : .conversion
    case "08", "57", "58": .io
    case "23": .constraint
    case "42": state == "42501" ? .permission : .statement
    case "53": .outOfMemory
    case "XX": .internalError
    default: nil
    }
  }

  private static func kind(ofWords message: String) -> Kind {
    if message.contains("out of range") || message.contains("overflow") { return .outOfRange }
    if message.contains("ould not convert") || message.contains("invalid input syntax") {
      return .conversion
    }
    return .other
  }
}
