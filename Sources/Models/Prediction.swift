package import Columnar
import Compiler
package import Estimation
package import Values

/// What a model says about the rows of one batch after the other.
package struct Prediction {
  let model: TrainedModel
  let reasons: Int
  /// The place of each column in a batch.
  let places: [String: Int]
  /// Rows of groups that no member is for.
  package private(set) var unknownRows = 0
  /// Of a single model it gives the codes that the model knows; of several, which may know other
  /// values each, the codes of the batch.
  private var reader: FrameBuilder
  private let placesOfMembers: [[Value]: Int]

  /// The columns that features are computed from.
  private let origins: [Origin]

  private struct Origin {
    var feature: String
    var column: String
    var type: DataType
    var place: Int
  }

  /// `columns` are those of a batch in order.
  package init(_ model: TrainedModel, reasons: Int, columns: [Column]) {
    self.model = model
    self.reasons = reasons
    let places = Dictionary(
      columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    origins = columns.enumerated().compactMap { place, column in
      guard let told = ModelColumn.told(column.name),
        model.shape.features.indices.contains(told.place)
      else { return nil }
      return Origin(
        feature: model.shape.features[told.place].text, column: told.column,
        type: column.type.base, place: place)
    }
    self.places = places
    placesOfMembers = model.placesOfMembers
    let features = Dictionary(
      model.shape.features.enumerated().map { ($1.text, places[ModelColumn.feature($0)] ?? 0) },
      uniquingKeysWith: { first, _ in first })
    if model.shape.keys.isEmpty, let only = model.members.first?.model.preparation {
      reader = FrameBuilder(
        scoring: only, positions: only.columns.map { features[$0.name] ?? 0 })
    } else {
      reader = FrameBuilder(model.preparedColumns.map { .init($0, at: features[$0.name] ?? 0) })
    }
  }

  /// The columns of `ModelShape.predictions`, for each row of the batch. A batch is read once, and
  /// each member gets its own rows alone.
  package mutating func columns(of batch: RecordBatch) throws(PredictionFailure) -> [AddedColumn] {
    var answer = Answer(
      shape: model.shape, reasons: reasons, rows: batch.rowCount, origins: try origins(of: batch))
    let offset = try offset(of: batch)
    let rows = try rowsOfMembers(batch)
    do throws(ColumnarError) {
      try reader.append(batch)
    } catch {
      throw .columnar(error)
    }
    let frame = reader.takeFrame()
    do throws(EstimationError) {
      guard let rows else {
        for member in model.members.prefix(1) {
          try answer.add(member.model, frame, offset: offset, at: nil)
        }
        return answer.columns
      }
      for (member, rows) in zip(model.members, rows) where !rows.isEmpty {
        try answer.add(
          member.model, frame.rows(rows), offset: offset.map { all in rows.map { all[$0] } },
          at: rows)
      }
    } catch {
      throw .estimation(error)
    }
    return answer.columns
  }

  /// The rows of each member; nil where there is one for all.
  private mutating func rowsOfMembers(
    _ batch: RecordBatch
  ) throws(PredictionFailure) -> [[Int]]? {
    guard let members = try members(of: batch) else { return nil }
    var rows = [[Int]](repeating: [], count: model.members.count)
    for (row, member) in members.enumerated() {
      if member < 0 { unknownRows += 1 } else { rows[member].append(row) }
    }
    return rows
  }

  private func origins(
    of batch: RecordBatch
  ) throws(PredictionFailure) -> [String: ReasonText.Origin] {
    var result: [String: ReasonText.Origin] = [:]
    for origin in origins {
      do throws(ColumnarError) {
        result[origin.feature] = ReasonText.Origin(
          column: origin.column, values: try batch.values(column: origin.place, as: origin.type))
      } catch {
        throw .columnar(error)
      }
    }
    return result
  }

  private func offset(of batch: RecordBatch) throws(PredictionFailure) -> [Double]? {
    guard model.shape.role(.offset) != nil, let place = places[ModelColumn.offset] else {
      return nil
    }
    var values: [Double] = []
    do throws(ColumnarError) {
      try batch.append(numbers: place, to: &values)
    } catch {
      throw .columnar(error)
    }
    return values
  }

  /// Which member each row is of, -1 for none; nil where there is one for all.
  private func members(of batch: RecordBatch) throws(PredictionFailure) -> [Int]? {
    guard !model.shape.keys.isEmpty else { return nil }
    var keys: [[Value]] = []
    for (position, key) in model.shape.keys.enumerated() {
      guard let place = places[ModelColumn.key(position)] else { continue }
      do throws(ColumnarError) {
        keys.append(try batch.values(column: place, as: key.type))
      } catch {
        throw .columnar(error)
      }
    }
    return (0..<batch.rowCount).map { row in placesOfMembers[keys.map { $0[row] }] ?? -1 }
  }
}

package enum PredictionFailure: Error {
  case columnar(ColumnarError)
  case estimation(EstimationError)
}

/// The columns of a prediction in the making.
private struct Answer {
  let shape: ModelShape
  var numbers: [Double?]
  var labels: [String?]
  var lists: [[Double]?]
  var own: [[Double?]]
  var why: [[String?]]
  let origins: [String: ReasonText.Origin]

  init(
    shape: ModelShape, reasons: Int, rows: Int, origins: [String: ReasonText.Origin]
  ) {
    self.shape = shape
    self.origins = origins
    let isClasses = shape.answer == .classes
    numbers = isClasses ? [] : Array(repeating: nil, count: rows)
    labels = isClasses ? Array(repeating: nil, count: rows) : []
    lists = isClasses ? Array(repeating: nil, count: rows) : []
    own = shape.estimator.outputs.map { _ in Array(repeating: nil, count: rows) }
    why = (0..<reasons).map { _ in Array(repeating: nil, count: rows) }
  }

  mutating func add(
    _ model: Model, _ frame: Estimation.Frame, offset: [Double]?, at rows: [Int]?
  ) throws(EstimationError) {
    let scores = try model.scores(frame, offset: offset, threads: 1)
    let count = frame.rowCount
    func place(_ row: Int) -> Int { rows?[row] ?? row }
    if case .classification(let labels) = model.task, shape.answer == .classes {
      for row in 0..<count { set(labels, scores, row, count, at: place(row)) }
    } else {
      for row in 0..<count where scores[row].isFinite { numbers[place(row)] = scores[row] }
    }
    for (output, values) in try model.outputs(frame).enumerated() where output < own.count {
      for row in 0..<count { own[output][place(row)] = values[row] }
    }
    guard !why.isEmpty else { return }
    try addReasons(model, frame, scores, place)
  }

  private mutating func set(
    _ labels: [String], _ scores: [Double], _ row: Int, _ count: Int, at place: Int
  ) {
    // Of two classes the second is the positive one, with one score.
    let list =
      labels.count == 2
      ? [1 - scores[row], scores[row]] : labels.indices.map { scores[$0 * count + row] }
    if list.contains(where: \.isNaN) { return }
    lists[place] = list
    let best = list.indices.max { (list[$0], $1) < (list[$1], $0) } ?? 0
    self.labels[place] = labels[best]
  }

  private mutating func addReasons(
    _ model: Model, _ frame: Estimation.Frame, _ scores: [Double], _ place: (Int) -> Int
  ) throws(EstimationError) {
    guard let found = try model.contributions(frame, threads: 1) else { return }
    let byColumn = found.byColumn(model.preparation.features)
    for row in 0..<frame.rowCount {
      let output = Self.output(scores, row, frame.rowCount, byColumn.outputs)
      let reasons = byColumn.reasons(row: row, count: why.count, output: output)
      for (position, reason) in reasons.enumerated() {
        let origin = origins[reason.column]
        why[position][place(row)] = ReasonText.text(
          reason, frame, row, from: origin.map { ($0.column, $0.values[place(row)]) })
      }
    }
  }

  /// Of several classes the one that was chosen.
  private static func output(_ scores: [Double], _ row: Int, _ count: Int, _ outputs: Int) -> Int {
    guard outputs > 1 else { return 0 }
    return (0..<outputs).max { (scores[$0 * count + row], $1) < (scores[$1 * count + row], $0) }
      ?? 0
  }

  var columns: [AddedColumn] {
    let answer: [AddedColumn] =
      shape.answer == .classes ? [.texts(labels), .floatLists(lists)] : [.floats(numbers)]
    return answer + own.map { .floats($0) } + why.map { .texts($0) }
  }
}
