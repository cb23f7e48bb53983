import Values

/// Rows that Whom works out itself from all rows of a relation, or from none.
///
///     churn.importance                     part(churn, "importance")
///     test | evaluate churn by plan        evaluate(churn, ...)
package struct Computation: Hashable, Sendable {
  package enum Work: Hashable, Sendable {
    case part(ModelUse, String)
    case evaluate(ModelUse, cut: EvaluationCut, keys: Int)
    case explain(ModelUse, keys: Int)
    case permutation(ModelUse)
    case dependence(ModelUse, feature: String)
  }
  package var work: Work

  /// For people: `evaluate`.
  package var title: String {
    switch work {
    case .part(_, let name): name
    case .evaluate: "evaluate"
    case .explain: "explain"
    case .permutation: "permutation_importance"
    case .dependence: "partial_dependence"
    }
  }

  package var model: ModelUse {
    switch work {
    case .part(let use, _), .evaluate(let use, _, _), .explain(let use, _),
      .permutation(let use), .dependence(let use, _):
      use
    }
  }
}

/// Which rows count as a yes.
package enum EvaluationCut: Hashable, Sendable {
  case probability(Double)
  /// So many of the rows with the highest scores.
  case share(Double)
  case rows(Int)
}
