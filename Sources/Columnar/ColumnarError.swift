package import Values

/// Why Arrow data could not be brought home.
package enum ColumnarError: Error, Hashable, Sendable {
  /// An Arrow type that no Whom type stands for.
  case unsupported(column: String, type: ArrowType)
  /// The engine sent another type than the checker inferred: a defect, never the user's error.
  case mismatch(column: String, found: ArrowType, wanted: DataType)
  /// A number that `wanted` cannot hold; `row` counts from 0 within the batch.
  case overflow(column: String, row: Int, wanted: DataType)
  /// An exact length of time was wanted and the interval holds months or years.
  case monthsInDuration(column: String, row: Int)
  /// A calendar amount was wanted and the interval holds days or less.
  case daysInMonths(column: String, row: Int)
  /// The data break Arrow's own rules: a child missing, an offset out of range.
  case malformed(String)
  /// What works on a batch cannot go on, and why, for people.
  case refused(String)
  /// Work on texts would not end in time; and why, for people.
  case tooLong(String)

  /// What stands before the words where they go through an engine.
  package static let tooLongMark = "whom: too long: "
}
