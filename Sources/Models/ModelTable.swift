package import Columnar
import Compiler
package import Estimation
package import Values

/// The rows that a model is trained on or measured with, column by column, as the engine gave
/// them. Columns are told apart by the names of `ModelColumn`.
package struct ModelTable {
  private var builder: FrameBuilder
  private var frame: Estimation.Frame?
  package let schema: Schema

  package init(_ schema: Schema) {
    self.schema = schema
    builder = FrameBuilder(
      schema.columns.enumerated().map { place, column in
        FrameBuilder.Column(column.name, Self.kind(column), at: place)
      })
  }

  private static func kind(_ column: Column) -> FrameBuilder.Kind {
    switch column.type.base {
    case .bool: .flag
    case .date, .timestamp: .date
    case .int
    where column.name.hasPrefix("#feature") || column.name == ModelColumn.target
      || ModelColumn.isSortKey(column.name):
      .number
    case .int, .text: .category
    case .float, .decimal, .duration, .months, .period, .list, .record, .json, .null: .number
    }
  }

  package mutating func append(_ batch: RecordBatch) throws(ColumnarError) {
    try builder.append(batch)
  }

  /// All rows; to be called once, when the last batch is in.
  package mutating func finish() -> ModelRowsTable {
    ModelRowsTable(frame: builder.takeFrame(), schema: schema)
  }

  /// All rows, sorted by these columns and then by all others. What they are only sorted by is
  /// left out.
  package mutating func finish(sortedBy names: [String], threads: Int = 1) -> ModelRowsTable {
    var rows = finish()
    let types = Dictionary(
      schema.columns.map { ($0.name, $0.type.base) }, uniquingKeysWith: { first, _ in first })
    let order = RowOrder(rows.frame, by: names, types: types)
    rows.frame.columns.removeAll { ModelColumn.isSortKey($0.name) }
    order.apply(&rows.frame, threads: threads)
    return rows
  }
}

/// Rows in memory.
package struct ModelRowsTable: Sendable {
  package var frame: Estimation.Frame
  package var schema: Schema

  package init(frame: Estimation.Frame, schema: Schema) {
    self.frame = frame
    self.schema = schema
  }

  package var rowCount: Int { frame.rowCount }

  func values(_ name: String) -> FrameValues? {
    frame.columns.first { $0.name == name }?.values
  }

  func numbers(_ name: String) -> [Double]? {
    if case .numbers(let numbers)? = values(name) { return numbers }
    return nil
  }

  /// The features under their own names.
  func features(_ shape: ModelShape) -> Estimation.Frame {
    var columns: [FrameColumn] = []
    for (place, feature) in shape.features.enumerated() {
      if let values = values(ModelColumn.feature(place)) {
        columns.append(FrameColumn(feature.text, values))
      }
    }
    return Estimation.Frame(rowCount: frame.rowCount, columns: columns)
  }

  /// The rows of each member of a model, by the keys of its `by`.
  func members(of shape: ModelShape) -> [RowGroups.Group] {
    RowGroups(
      shape.keys.indices.compactMap { values(ModelColumn.key($0)) },
      types: shape.keys.map(\.type), rowCount: rowCount
    ).groups
  }

  /// What is to be predicted; classes in the order of `labels`, else of their texts.
  func target(
    _ shape: ModelShape, labels: [String]? = nil
  ) throws(ModelFailure) -> Target {
    switch (shape.answer, values(ModelColumn.target)) {
    case (.probability, .booleans(let flags)?):
      return .classes(codes: flags.map(Int32.init), labels: ["false", "true"])
    case (.classes, .categories(let codes, let levels)?):
      return Self.classes(codes, levels, labels)
    case (.number, .numbers(let numbers)?): return .numbers(numbers)
    case (.rank, .numbers(let numbers)?):
      return .relevance(
        numbers.map { $0.isNaN ? Target.unknownRelevance : Self.whole($0) })
    case (.risk, .numbers(let times)?):
      guard case .booleans(let events)? = values(ModelColumn.event) else { break }
      return .survival(
        times: zip(times, events).map { $1 < 0 ? .nan : $0 }, events: events.map { $0 == 1 })
    case (.probability, _), (.classes, _), (.number, _), (.rank, _), (.risk, _): break
    }
    throw ModelFailure(
      .wrongKind(column: shape.target.text, found: "something else", wanted: "a target"))
  }

  /// Never that of a missing relevance.
  private static func whole(_ number: Double) -> Int32 {
    Int32(max(-1e9, min(1e9, number)))
  }

  /// The texts of the target that a model does not know, in their order, and how many rows have one.
  func unknownClasses(_ labels: [String]) -> (names: [String], rows: Int) {
    guard case .categories(let codes, let levels)? = values(ModelColumn.target) else {
      return ([], 0)
    }
    let known = Set(labels)
    let isUnknown = levels.map { !known.contains($0) }
    var counts = [Int](repeating: 0, count: levels.count)
    for code in codes where code >= 0 && isUnknown[Int(code)] { counts[Int(code)] += 1 }
    let names = levels.indices.filter { counts[$0] > 0 }.map { levels[$0] }.sorted {
      $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
    }
    return (names, counts.reduce(0, +))
  }

  /// By the order of code points, so that no order of rows can matter.
  private static func classes(
    _ codes: [Int32], _ levels: [String], _ labels: [String]?
  ) -> Target {
    let wanted =
      labels
      ?? PositiveClass(
        levels.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
      ).labels
    let places = levels.map { level in Int32(wanted.firstIndex(of: level) ?? -1) }
    return .classes(codes: codes.map { $0 < 0 ? -1 : places[Int($0)] }, labels: wanted)
  }

  /// Which rows of a ranking stand in one list; none may stand in none.
  func lists() throws(ModelFailure) -> [Int32]? {
    let missing =
      switch values(ModelColumn.group) {
      case .categories(let codes, _)?: codes.count { $0 < 0 }
      case .booleans(let flags)?: flags.count { $0 < 0 }
      case .dates(let days)?: days.count { $0 == .min }
      case .numbers(let numbers)?: numbers.count(where: \.isNaN)
      case nil: 0
      }
    guard missing == 0 else { throw ModelFailure(.missingGroups(rows: missing)) }
    return codes(ModelColumn.group)
  }

  /// Which rows belong together, as whole numbers.
  func codes(_ name: String) -> [Int32]? {
    switch values(name) {
    case .categories(let codes, _)?: return codes
    case .booleans(let flags)?: return flags.map(Int32.init)
    case .dates(let days)?: return days
    case .numbers(let numbers)?:
      var known: [Double: Int32] = [:]
      return numbers.map { number in
        if let code = known[number] { return code }
        let code = Int32(known.count)
        known[number] = code
        return code
      }
    case nil: return nil
    }
  }

  /// The hashes of what stays together: eight hexadecimal digits each.
  func units() -> [UInt64]? {
    guard case .categories(let codes, let texts)? = values(ModelColumn.fold) else { return nil }
    let hashes = texts.map { UInt64($0, radix: 16) ?? 0 }
    return codes.map { $0 < 0 ? 0 : hashes[Int($0)] }
  }
}
