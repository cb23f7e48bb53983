package import Diagnostics

/// `reveal email because "campaign export 2025-04"`: what may leave though it is personal.
package struct Disclosure: Sendable {
  package var columns: [String]
  package var reason: String
  /// The rows whose columns they are.
  package var plan: LogicalPlan
  package var span: Span
}
