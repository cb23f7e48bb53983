package import Compiler
package import Values

/// How one engine writes SQL: a value that the printer reads. What differs between engines in a
/// function is said in the function's own declaration.
package struct Dialect: Sendable {
  package var name: DialectName
  /// `"x" nulls last` must be written where the engine would put nulls elsewhere.
  package var nullOrder: NullOrder
  /// Whether a select may filter on its windows itself.
  package var hasQualify: Bool
  /// Whether a conversion that fails can give null.
  package var hasTryCast: Bool
  package var floats: FloatStyle
  package var lists: ListStyle
  /// Texts go as the database's locale says unless the statement says how.
  package var ordersTextByLocale: Bool
  /// `7 / 2` is 3, and a count of days has 32 bits.
  package var cutsWholeNumbers: Bool
  package var records: RecordStyle
  /// The lead-in of an instant: `timestamp '2025-01-31 09:30:00'`.
  package var timestampLiteral: TimestampStyle
  /// Where the relations are that stand for files.
  package var schemaOfFiles: String
  package var typeName: @Sendable (DataType) -> String

  package enum NullOrder: Hashable, Sendable {
    /// Nulls are last both ways without a word.
    case alwaysLast
    /// Nulls count as the largest value, so a descending key has to say `nulls last`.
    case largest
  }

  package enum FloatStyle: Hashable, Sendable {
    /// `0.1e0`: an exponent makes the number a float.
    case exponent
    /// `float8 '0.1'`
    case typed(String)
  }

  package enum ListStyle: Hashable, Sendable {
    /// `[1, 2]`
    case brackets
    /// `array[1, 2]`
    case array
  }

  package enum RecordStyle: Hashable, Sendable {
    /// `{'a': 1}` and `"r"."a"`
    case braces
    /// `jsonb_build_object('a', 1)` and `"r" -> 'a'`
    case json
  }

  package enum TimestampStyle: Hashable, Sendable {
    /// `timestamp '2025-01-31 09:30:00'`, read as UTC.
    case plain
    /// `timestamptz '2025-01-31 09:30:00+00'`
    case zoned
  }
}

extension Dialect {
  package static func named(_ name: DialectName) -> Dialect {
    switch name {
    case .duckDB: .duckDB
    case .postgreSQL: .postgreSQL
    }
  }
}
