/// Counts of decisions and outcomes, and what follows from them.
package struct Confusion: Sendable, Equatable {
  package var truePositives = 0.0
  package var falsePositives = 0.0
  package var trueNegatives = 0.0
  package var falseNegatives = 0.0

  init() {}

  package init(_ outcomes: [Bool], _ decisions: [Bool], weights: [Double]? = nil) {
    for row in outcomes.indices {
      let weight = weights?[row] ?? 1
      switch (outcomes[row], decisions[row]) {
      case (true, true): truePositives += weight
      case (false, true): falsePositives += weight
      case (false, false): trueNegatives += weight
      case (true, false): falseNegatives += weight
      }
    }
  }

  package var total: Double { truePositives + falsePositives + trueNegatives + falseNegatives }

  /// Nothing where it would divide by 0.
  private func ratio(_ a: Double, _ b: Double) -> Double? { b > 0 ? a / b : nil }

  package var accuracy: Double? { ratio(truePositives + trueNegatives, total) }
  package var precision: Double? { ratio(truePositives, truePositives + falsePositives) }
  /// The true positive rate.
  package var recall: Double? { ratio(truePositives, truePositives + falseNegatives) }
  package var falsePositiveRate: Double? { ratio(falsePositives, falsePositives + trueNegatives) }
  package var selectionRate: Double? { ratio(truePositives + falsePositives, total) }

  /// The weighted harmonic mean of precision and recall; above 1 recall weighs more (van
  /// Rijsbergen 1979).
  package func f(_ beta: Double = 1) -> Double? {
    let square = beta * beta
    return ratio(
      (1 + square) * truePositives,
      (1 + square) * truePositives + square * falseNegatives + falsePositives)
  }

  /// The correlation of decision and outcome (Matthews 1975).
  package var matthews: Double? {
    let product =
      (truePositives + falsePositives) * (truePositives + falseNegatives)
      * (trueNegatives + falsePositives) * (trueNegatives + falseNegatives)
    return ratio(
      truePositives * trueNegatives - falsePositives * falseNegatives, product.squareRoot())
  }
}

/// How often each class was taken for each, and what follows.
package struct ClassConfusion: Sendable, Equatable {
  package var labels: [String]
  /// `counts[actual][predicted]`
  package var counts: [[Double]]

  package init(
    _ actual: [Int32], _ predicted: [Int32], labels: [String], weights: [Double]? = nil
  ) {
    self.labels = labels
    counts = Array(repeating: Array(repeating: 0, count: labels.count), count: labels.count)
    for row in actual.indices {
      counts[Int(actual[row])][Int(predicted[row])] += weights?[row] ?? 1
    }
  }

  package var accuracy: Double {
    let total = counts.reduce(0) { $0 + $1.reduce(0, +) }
    return labels.indices.reduce(0) { $0 + counts[$1][$1] } / total
  }

  /// The F measure of each class against the rest; 0 where the class neither was nor was said.
  package var fByClass: [Double] {
    labels.indices.map { label in
      let hits = counts[label][label]
      let actual = counts[label].reduce(0, +)
      let predicted = counts.reduce(0) { $0 + $1[label] }
      return actual + predicted > 0 ? 2 * hits / (actual + predicted) : 0
    }
  }

  /// Of the rows of a class, the share that was said to be of it; nothing where there is none.
  package func recall(_ label: Int) -> Double? {
    let actual = counts[label].reduce(0, +)
    return actual > 0 ? counts[label][label] / actual : nil
  }

  /// Of the rows that were said to be of a class, the share that is; nothing where none was.
  package func precision(_ label: Int) -> Double? {
    let said = counts.reduce(0) { $0 + $1[label] }
    return said > 0 ? counts[label][label] / said : nil
  }

  /// The means over classes, each counting as much. A class that neither was nor was said does not
  /// count; where nothing was said to be of a class its precision counts 0, where none was of it
  /// its recall, as in scikit-learn: else a model gains by never saying a class.
  package var macroF: Double? { mean { fByClass[$0] } }
  package var macroPrecision: Double? { mean { precision($0) ?? 0 } }
  package var macroRecall: Double? { mean { recall($0) ?? 0 } }

  private func mean(_ metric: (Int) -> Double) -> Double? {
    let occurring = labels.indices.filter { label in
      counts[label].contains { $0 > 0 } || counts.contains { $0[label] > 0 }
    }
    guard !occurring.isEmpty else { return nil }
    return occurring.reduce(0) { $0 + metric($1) } / Double(occurring.count)
  }

  /// The correlation of what was said and what was, for any number of classes (Gorodkin 2004);
  /// nothing where either is always the same.
  package var matthews: Double? {
    let actual = counts.map { $0.reduce(0, +) }
    let predicted = labels.indices.map { label in counts.reduce(0) { $0 + $1[label] } }
    let total = actual.reduce(0, +)
    let right = labels.indices.reduce(0) { $0 + counts[$1][$1] }
    let both = labels.indices.reduce(0) { $0 + actual[$1] * predicted[$1] }
    func spread(_ sums: [Double]) -> Double {
      total * total - sums.reduce(0) { $0 + $1 * $1 }
    }
    let product = spread(actual) * spread(predicted)
    return product > 0 ? (right * total - both) / product.squareRoot() : nil
  }
}
