package import Diagnostics
import Values

/// `expect unique(order_id), amount >= 0 for 99% else warn`: what must hold for the rows of a
/// relation, and one query that counts what does not.
package struct Expectation: Hashable, Sendable {
  package struct Check: Hashable, Sendable {
    /// Where the condition stands; its text is what a reader sees.
    package var span: Span
    /// The share of rows that must hold: an exact decimal in (0, 1]. All of them when nil.
    package var share: String?
    /// The rows that do not hold, in their order; nil of a condition on the rows as a whole.
    package var failing: LogicalPlan?
    /// The columns that the condition looks at: what is shown of a failing row.
    package var columns: [String]

    package var isWhole: Bool { failing == nil }
  }

  package enum Remedy: Hashable, Sendable {
    case fail, warn
    /// The failing rows go to a file, the others go on.
    case quarantine(SaveTarget, LogicalPlan)
  }

  /// Of the rows, for later readers of rows that turn out not to be fit.
  package var id: BindingID
  /// One row: how many rows there are, then for each check how many of them fail it, or whether
  /// it holds when it is about the rows as a whole.
  package var counts: LogicalPlan
  package var checks: [Check]
  package var remedy: Remedy
  package var span: Span

  package var plans: [LogicalPlan] {
    switch remedy {
    case .fail, .warn: [counts]
    case .quarantine(_, let failing): [counts, failing]
    }
  }
}
