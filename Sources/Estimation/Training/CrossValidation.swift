import Values

/// Scores of rows by models that never saw them (Stone 1974).
package struct CrossValidation: Sendable {
  /// As `Model.scores` gives them.
  package var scores: [Double]
  package var foldOfRows: [Int32]

  /// Trains once for each fold, on the rows of all others.
  package init(_ request: TrainingRequest) throws(EstimationError) {
    var request = request
    request.calibration = nil
    foldOfRows = request.foldOfRows
    let folds = Set(foldOfRows).sorted()
    guard folds.count > 1 else {
      throw .tooFewRows(rows: folds.count, needed: 2, why: "a fold without others")
    }
    let rowCount = request.frame.rowCount
    scores = [Double](repeating: .nan, count: rowCount * request.target.task.width)
    for fold in folds {
      let held = foldOfRows.indices.filter { foldOfRows[$0] == fold }
      let kept = foldOfRows.indices.filter { foldOfRows[$0] != fold }
      let model: Model
      do throws(EstimationError) {
        model = try Model.train(request.rows(kept))
      } catch {
        throw error.withoutFold
      }
      let offset = request.offset.map { all in held.map { all[$0] } }
      let part = try model.scores(request.frame.rows(held), offset: offset)
      for output in 0..<request.target.task.width {
        for (place, row) in held.enumerated() {
          scores[output * rowCount + row] = part[output * held.count + place]
        }
      }
    }
  }
}

extension EstimationError {
  /// The same, said of the rows without a fold: of all rows it may not hold.
  fileprivate var withoutFold: EstimationError {
    switch self {
    case .oneClass, .constantTarget, .noEvents, .separated: .withoutFold(self)
    default: self
    }
  }
}

extension CrossValidation {
  /// Learns to correct what new rows will get, from scores of rows that were held out in turn.
  package func calibration(
    _ kind: Calibration.Kind, _ request: TrainingRequest
  ) throws(EstimationError) -> Calibration {
    guard case .classes(let codes, let labels) = request.target else {
      throw .unsupportedTask(
        estimator: "calibrate", task: request.target.task.kind, supported: [.binary, .multiclass])
    }
    guard labels.count == 2 else {
      return try Calibration(
        kind, scores: scores, classes: codes, count: labels.count, weights: request.weights)
    }
    return try Calibration(
      kind, scores: scores, outcomes: codes.map { $0 == 1 }, weights: request.weights)
  }

  /// The scores of each fold, corrected by what the scores of the others teach: as a row that
  /// neither model nor calibration saw.
  package func calibratedScores(
    _ kind: Calibration.Kind, _ request: TrainingRequest
  ) throws(EstimationError) -> [Double] {
    var result = scores
    let width = request.target.task.width
    let rowCount = foldOfRows.count
    for fold in Set(foldOfRows).sorted() {
      let held = foldOfRows.indices.filter { foldOfRows[$0] == fold }
      let kept = foldOfRows.indices.filter { foldOfRows[$0] != fold }
      var others = self
      others.foldOfRows = kept.map { foldOfRows[$0] }
      others.scores = pick(kept, width)
      let part = try others.calibration(kind, request.rows(kept)).apply(pick(held, width))
      for output in 0..<width {
        for (place, row) in held.enumerated() {
          result[output * rowCount + row] = part[output * held.count + place]
        }
      }
    }
    return result
  }

  private func pick(_ rows: [Int], _ width: Int) -> [Double] {
    (0..<width).flatMap { output in rows.map { scores[output * foldOfRows.count + $0] } }
  }
}
