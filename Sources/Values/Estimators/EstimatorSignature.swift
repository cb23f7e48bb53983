/// What the language knows of an estimator before any row is read: the words that a program may
/// say and the columns that a model of it has. The code that fits is told apart by the name.
package struct EstimatorSignature: Hashable, Sendable {
  package var name: String
  /// One line for help.
  package var summary: String
  package var parameters: [EstimatorParameter]
  package var roles: [EstimatorRole]
  package var tasks: [TaskKind]
  /// Tables of a model beside those that every model has.
  package var parts: [ModelPart]
  /// Columns of a prediction beside the answer itself, by what is put behind its name.
  package var outputs: [Column]
  /// Whether it cuts its rows into folds itself, to choose something.
  package var usesFolds: Bool
  /// Whether `a:b` is a feature of its own; trees and bins find products by themselves.
  package var takesProducts: Bool

  package init(
    name: String, summary: String, parameters: [EstimatorParameter], roles: [EstimatorRole] = [],
    tasks: [TaskKind], parts: [ModelPart] = [], outputs: [Column] = [], usesFolds: Bool = false,
    takesProducts: Bool = true
  ) {
    self.name = name
    self.summary = summary
    self.parameters = parameters
    self.roles = roles
    self.tasks = tasks
    self.parts = parts
    self.outputs = outputs
    self.usesFolds = usesFolds
    self.takesProducts = takesProducts
  }
}

/// A column that an estimator needs for a purpose of its own: `ranker(group = query)`.
package struct EstimatorRole: Hashable, Sendable {
  package var name: String
  package var kind: Kind
  package var isRequired: Bool
  package var summary: String

  package enum Kind: String, Hashable, Sendable {
    /// A number that is added to what a linear model says.
    case offset
    /// Rows with the same value belong together.
    case group
  }

  package init(_ name: String, _ kind: Kind, isRequired: Bool, _ summary: String) {
    self.name = name
    self.kind = kind
    self.isRequired = isRequired
    self.summary = summary
  }
}

/// A table that a model has: `churn.importance`.
package struct ModelPart: Hashable, Sendable {
  package var name: String
  package var summary: String
  package var columns: [Column]

  package init(_ name: String, _ summary: String, _ columns: [Column]) {
    self.name = name
    self.summary = summary
    self.columns = columns
  }
}

package enum TaskKind: String, Hashable, Sendable, CaseIterable {
  case regression, binary, multiclass, ranking, survival
}

extension TaskKind {
  /// `a yes-or-no target`, as a part of a sentence.
  package var target: String {
    switch self {
    case .regression: "a number"
    case .binary: "a yes-or-no target"
    case .multiclass: "a target of several classes"
    case .ranking: "a ranking"
    case .survival: "how long until something happens"
    }
  }
}
