import Values

/// Scores of rows by models that never saw them.
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
      let model = try Model.train(request.rows(kept))
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

extension Model {
  /// Learns the calibration from scores of rows that were held out in turn, so that it corrects
  /// what new rows will get.
  func calibrated(
    _ request: TrainingRequest, _ kind: Calibration.Kind
  ) throws(EstimationError) -> Calibration {
    guard case .classes(let codes, let labels) = request.target, labels.count == 2 else {
      throw .unsupportedTask(
        estimator: "calibrate", task: task.kind, supported: [.binary])
    }
    let held = try CrossValidation(request)
    return try Calibration(
      kind, scores: held.scores, outcomes: codes.map { $0 == 1 }, weights: request.weights)
  }
}
