package import Diagnostics
package import Values

/// A statement that passed every check: what it does, in order, and what it needs.
package struct CheckedStatement: Sendable {
  package var steps: [Step]
  package var span: Span
  /// Bindings whose value must be there before this runs.
  package var uses: Set<BindingID>
  package var defines: [BindingID]
  /// The names it binds, for `:vars`.
  package var names: [String]
}

/// One thing that a statement does when it is reached.
package indirect enum Step: Sendable {
  /// `let total = orders | summarize sum(amount) | value`
  case evaluate(BindingID, TypedExpr)
  /// A `let` of a relation: lazy, so nothing but a name for it.
  case define(BindingID, name: String, LogicalPlan)
  /// A relation with effects, or used by several: its rows are kept.
  case show(Output, title: String?)
  case save(LogicalPlan, SaveTarget)
  case train(TrainingPlan)
  case saveModel(SavedModel)
  /// What must hold for the rows before anything is done with them.
  case expect(Expectation)
  /// With the sides of a comparison, to be shown, but for those that are written as values.
  case assert(TypedExpr, sides: [TypedExpr], message: TypedExpr?)
  /// Nothing to be done: the ledger tells of it.
  case reveal(Disclosure)
  /// `if`: the steps of the first branch whose condition holds; conditions are worked out when
  /// they are reached.
  case choose([StepBranch], otherwise: [Step])

  /// This step and those within it, whichever branch will run.
  package var all: [Step] {
    guard case .choose(let branches, let otherwise) = self else { return [self] }
    return [self] + (branches.flatMap(\.steps) + otherwise).flatMap(\.all)
  }
}

package struct StepBranch: Sendable {
  package var condition: TypedExpr
  package var steps: [Step]
}

/// What a person gets to see.
package enum Output: Sendable {
  case relation(LogicalPlan)
  case value(TypedExpr)
  case chart(ChartPlan)
}

/// `chart line(x = month, y = revenue)` over a relation.
package struct ChartPlan: Hashable, Sendable {
  package var mark: String
  package var plan: LogicalPlan
  /// `x`, `y`, `color`, ... and the column each shows.
  package var encodings: [Encoding]
  package var title: String?
  package var settings: Settings
  package var span: Span

  package struct Encoding: Hashable, Sendable {
    package var channel: String
    package var column: String
    /// What the axis is called, where that is not the column's name.
    package var title: String?
    package init(_ channel: String, _ column: String, title: String? = nil) {
      self.channel = channel
      self.column = column
      self.title = title
    }
  }

  package struct Settings: Hashable, Sendable {
    /// Whether bars of one place stand on each other; `nil` where nothing was said.
    package var isStacked: Bool?
    /// `x`, `y`.
    package var logAxes: Set<String> = []
    package var reference: Reference?
  }

  /// A line that the marks are read against.
  package enum Reference: Hashable, Sendable {
    /// At one value of the axis of numbers.
    case level(Double)
    /// Where x equals y.
    case diagonal
  }
}

/// A parameter of the program, as declared and as set.
package struct ProgramParameter: Sendable {
  package enum Origin: String, Hashable, Sendable {
    case byDefault = "default", environment, file, set
  }
  package var name: String
  package var type: ValueType
  package var value: Value
  package var origin: Origin
  package var doc: String?
  package var span: Span
}
