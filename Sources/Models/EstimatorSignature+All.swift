import Estimation
package import Values

extension EstimatorSignature {
  /// What can be trained.
  package static let all: [EstimatorSignature] = Estimator.all.map(\.signature)
}
