/// What a search for arguments goes by: `tune 30 on auc`.
package enum TuningMeasure: String, Hashable, Sendable, CaseIterable {
  case auc, averagePrecision = "average_precision", logLoss = "log_loss", brier, accuracy
  case rmse, mae, r2, ndcg, concordance

  package var isGreaterBetter: Bool {
    switch self {
    case .auc, .averagePrecision, .accuracy, .r2, .ndcg, .concordance: true
    case .logLoss, .brier, .rmse, .mae: false
    }
  }
}

/// How probabilities are mended: `calibrate isotonic`.
package enum CalibrationMethod: String, Hashable, Sendable, CaseIterable {
  case isotonic, sigmoid
}
