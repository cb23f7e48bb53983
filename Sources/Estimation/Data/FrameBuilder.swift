package import Columnar

/// Fills a frame from record batches, column by column.
///
///     var builder = FrameBuilder([.init("tenure", .number), .init("plan", .category)])
///     while let batch = try stream.next() { try builder.append(batch) }
///     let frame = builder.takeFrame()
///
/// A number takes 8 bytes a row, a category 4, a date 4, yes or no 1; a batch can go as soon as it
/// was added. The order of the rows is the stream's: the query sorts them by a key.
package struct FrameBuilder: Sendable {
  package struct Column: Sendable {
    package var name: String
    package var kind: Kind
    /// Its place in the batches; else that in the list of columns.
    package var position: Int?

    package init(_ name: String, _ kind: Kind, at position: Int? = nil) {
      self.name = name
      self.kind = kind
      self.position = position
    }

    /// What a model reads, with its categories as the rows have them.
    package init(_ column: PreparedColumn, at position: Int) {
      name = column.name
      self.position = position
      kind =
        switch column.kind {
        case .number: .number
        case .boolean: .flag
        case .category: .category
        case .date: .date
        }
    }
  }

  package enum Kind: Sendable {
    /// Numbers of any kind, yes or no as 1 or 0. What is not finite is missing.
    case number
    /// Texts, whole numbers, or yes and no, each as it is written.
    case category
    /// Categories of which only these are known.
    case levels([String], missing: Int?)
    case flag
    /// Dates, or the days of instants.
    case date
  }

  package private(set) var rowCount = 0
  private var columns: [Filling] = []
  private let expectedRows: Int

  /// With the number of rows, if it is known, no array grows.
  package init(_ columns: [Column], expectedRows: Int = 0) {
    self.expectedRows = expectedRows
    for (place, column) in columns.enumerated() {
      self.columns.append(
        Filling(
          name: column.name, position: column.position ?? place,
          values: FillingValues(column.kind, expectedRows)))
    }
  }

  /// For rows to score: what a model reads, in the order of `preparation.columns`. Categories come
  /// as the model's own codes, so that nothing has to be looked up twice.
  package init(scoring preparation: Preparation, positions: [Int]? = nil) {
    self.init(
      preparation.columns.enumerated().map { place, column in
        Column(column.name, Kind(column.kind), at: positions?[place])
      })
  }

  package mutating func append(_ batch: RecordBatch) throws(ColumnarError) {
    for place in columns.indices {
      try columns[place].values.append(batch, columns[place].position)
    }
    rowCount += batch.rowCount
  }

  /// The rows so far; the builder is empty again and can be filled anew.
  package mutating func takeFrame() -> Frame {
    let result = columns.indices.map { place in
      FrameColumn(columns[place].name, columns[place].values.take(expectedRows))
    }
    defer { rowCount = 0 }
    return Frame(rowCount: rowCount, columns: result)
  }

  private struct Filling: Sendable {
    var name: String
    var position: Int
    var values: FillingValues
  }
}

extension FrameBuilder.Kind {
  init(_ kind: PreparedColumn.Kind) {
    switch kind {
    case .number: self = .number
    case .boolean: self = .flag
    case .category(let levels): self = .levels(levels.names, missing: levels.missing)
    case .date: self = .date
    }
  }
}

/// A column in the making.
private enum FillingValues: Sendable {
  case numbers([Double])
  case codes([Int32], TextDictionary, levels: [String]?)
  case flags([Int8])
  case days([Int32])

  init(_ kind: FrameBuilder.Kind, _ rows: Int) {
    switch kind {
    case .number: self = .numbers(Self.reserved(rows))
    case .category: self = .codes(Self.reserved(rows), TextDictionary(), levels: nil)
    case .levels(let names, let missing):
      // The level of missing values is not a text that a row can have.
      let texts = missing == nil ? names : Array(names.dropLast())
      self = .codes(Self.reserved(rows), TextDictionary(only: texts), levels: names)
    case .flag: self = .flags(Self.reserved(rows))
    case .date: self = .days(Self.reserved(rows))
    }
  }

  private static func reserved<T>(_ rows: Int) -> [T] {
    var values: [T] = []
    values.reserveCapacity(rows)
    return values
  }

  mutating func append(_ batch: RecordBatch, _ position: Int) throws(ColumnarError) {
    // The array is moved out while it grows, so that it is not copied.
    switch self {
    case .numbers(var values):
      self = .numbers([])
      defer { self = .numbers(values) }
      try batch.append(numbers: position, to: &values)
    case .codes(var codes, var dictionary, let levels):
      self = .flags([])
      defer { self = .codes(codes, dictionary, levels: levels) }
      try batch.append(codes: position, of: &dictionary, to: &codes)
    case .flags(var values):
      self = .flags([])
      defer { self = .flags(values) }
      try batch.append(flags: position, to: &values)
    case .days(var values):
      self = .days([])
      defer { self = .days(values) }
      try batch.append(days: position, to: &values)
    }
  }

  mutating func take(_ rows: Int) -> FrameValues {
    switch self {
    case .numbers(let values):
      self = .numbers(Self.reserved(rows))
      return .numbers(values)
    case .codes(let codes, let dictionary, let levels):
      self = .codes(
        Self.reserved(rows), levels == nil ? TextDictionary() : dictionary, levels: levels)
      return .categories(codes: codes, levels: levels ?? dictionary.texts)
    case .flags(let values):
      self = .flags(Self.reserved(rows))
      return .booleans(values)
    case .days(let values):
      self = .days(Self.reserved(rows))
      return .dates(values)
    }
  }
}
