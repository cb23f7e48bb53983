/// A column that was worked out for the rows of a batch; nil is a missing value.
package enum AddedColumn: Sendable {
  case floats([Double?])
  case ints([Int64?])
  case texts([String?])
  case bools([Bool?])
  case floatLists([[Double]?])

  package enum Kind: Hashable, Sendable {
    case float, int, text, bool, floatList

    /// Arrow's word for it.
    var format: String {
      switch self {
      case .float: "g"
      case .int: "l"
      case .text: "U"
      case .bool: "b"
      case .floatList: "+L"
      }
    }
  }

  var kind: Kind {
    switch self {
    case .floats: .float
    case .ints: .int
    case .texts: .text
    case .bools: .bool
    case .floatLists: .floatList
    }
  }

  var count: Int {
    switch self {
    case .floats(let values): values.count
    case .ints(let values): values.count
    case .texts(let values): values.count
    case .bools(let values): values.count
    case .floatLists(let values): values.count
    }
  }
}

/// Columns that are put behind those of every batch of a stream.
package struct ColumnExtension {
  /// One column for each of `columns`, as long as the batch. What it throws ends the stream.
  package typealias Work = (RecordBatch) throws(ColumnarError) -> [AddedColumn]

  package var columns: [(name: String, kind: AddedColumn.Kind)]
  /// Columns of the stream that are only there for the work, and go no further.
  package var consumed: Set<String>
  /// How many batches are worked on at a time.
  package var workers: Int
  /// The work of each worker, made before any of them begins: what it keeps from one batch to the
  /// next is its own, and which batches it gets is not known.
  package var makeWork: () -> Work

  package init(
    columns: [(name: String, kind: AddedColumn.Kind)], consuming consumed: Set<String> = [],
    workers: Int = 1, makeWork: @escaping () -> Work
  ) {
    self.columns = columns
    self.consumed = consumed
    self.workers = max(1, workers)
    self.makeWork = makeWork
  }
}
