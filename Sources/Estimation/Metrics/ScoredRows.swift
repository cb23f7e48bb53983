/// Yes-or-no outcomes with their scores, sorted by score from high to low; rows of one score
/// stand together and count together, so that no order among ties can matter.
package struct ScoredRows: Sendable {
  /// One for each distinct score, from high to low.
  package var steps: [Step]
  package var positives: Double
  package var negatives: Double

  package struct Step: Sendable, Equatable {
    package var score: Double
    package var positives: Double
    package var negatives: Double
  }

  /// Rows whose score is NaN are refused by giving nothing.
  package init?(_ outcomes: [Bool], _ scores: [Double], weights: [Double]? = nil) {
    guard outcomes.count == scores.count, !scores.contains(where: \.isNaN) else { return nil }
    self.init(
      order: scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }, outcomes: outcomes,
      scores: scores, weights: weights)
  }

  /// Rows in the order of their scores, from high to low.
  init(order: [Int], outcomes: [Bool], scores: [Double], weights: [Double]?) {
    steps = []
    positives = 0
    negatives = 0
    for row in order {
      let weight = weights?[row] ?? 1
      guard weight > 0 else { continue }
      if steps.last?.score != scores[row] {
        steps.append(Step(score: scores[row], positives: 0, negatives: 0))
      }
      if outcomes[row] {
        positives += weight
        steps[steps.count - 1].positives += weight
      } else {
        negatives += weight
        steps[steps.count - 1].negatives += weight
      }
    }
  }

  package var total: Double { positives + negatives }
}

extension ScoredRows {
  /// The chance that a positive row scores higher than a negative one, half of it for ties
  /// (Hanley and McNeil 1982). Nothing where one class is missing.
  package var auc: Double? {
    guard positives > 0, negatives > 0 else { return nil }
    var above = 0.0
    var area = 0.0
    for step in steps {
      area += step.negatives * (above + step.positives / 2)
      above += step.positives
    }
    return area / (positives * negatives)
  }

  /// The precision at each score, weighted by the gain in recall; not interpolated (Davis and
  /// Goadrich 2006 say why).
  package var averagePrecision: Double? {
    guard positives > 0 else { return nil }
    var hits = 0.0
    var seen = 0.0
    var sum = 0.0
    for step in steps {
      hits += step.positives
      seen += step.positives + step.negatives
      if step.positives > 0 { sum += step.positives / positives * hits / seen }
    }
    return sum
  }

  /// The largest distance of the score's distributions in the two classes (Smirnov 1939),
  /// and the score where it is.
  package var ks: (value: Double, score: Double)? {
    guard positives > 0, negatives > 0 else { return nil }
    var best = (value: 0.0, score: steps.first?.score ?? 0)
    var hits = 0.0
    var misses = 0.0
    for step in steps {
      hits += step.positives
      misses += step.negatives
      let distance = abs(hits / positives - misses / negatives)
      if distance > best.value { best = (distance, step.score) }
    }
    return best
  }

  /// Of the positives, what part is in the best-scored share of rows. Rows tied at the edge
  /// count in the part that fits.
  package func gain(at share: Double) -> Double? {
    guard positives > 0 else { return nil }
    var left = share * total
    var hits = 0.0
    for step in steps where left > 0 {
      let size = step.positives + step.negatives
      hits += step.positives * min(1, left / size)
      left -= size
    }
    return hits / positives
  }

  /// How many times more positives the best-scored share of rows has than any share as large.
  package func lift(at share: Double) -> Double? { gain(at: share).map { $0 / share } }

  /// Gain and lift at each of equal steps of the best-scored share of rows.
  package func gainCurve(steps count: Int = 20) -> [(share: Double, gain: Double, lift: Double)] {
    (1...max(1, count)).compactMap { step in
      let share = Double(step) / Double(max(1, count))
      return gain(at: share).map { (share, $0, $0 / share) }
    }
  }

  /// The points of the ROC curve, from (0, 0) to (1, 1).
  package var rocCurve: [(falsePositiveRate: Double, truePositiveRate: Double, score: Double)] {
    var points = [(falsePositiveRate: 0.0, truePositiveRate: 0.0, score: Double.infinity)]
    var hits = 0.0
    var misses = 0.0
    for step in steps {
      hits += step.positives
      misses += step.negatives
      points.append((misses / max(negatives, 1e-300), hits / max(positives, 1e-300), step.score))
    }
    return points
  }

  /// Precision and recall from the highest score down.
  package var precisionRecallCurve: [(recall: Double, precision: Double, score: Double)] {
    var hits = 0.0
    var seen = 0.0
    return steps.map { step in
      hits += step.positives
      seen += step.positives + step.negatives
      return (hits / max(positives, 1e-300), hits / seen, step.score)
    }
  }
}
