import Statistics

/// Whether one model is better than another on the same rows.
package struct PairedComparison: Sendable, Equatable {
  /// Champion minus challenger.
  package var difference: Interval
  package var p: Double
  package var test: String

  package init(difference: Interval, p: Double, test: String) {
    self.difference = difference
    self.p = p
    self.test = test
  }

  /// Areas under ROC curves (DeLong et al. 1988).
  package static func areas(
    _ outcomes: [Bool], _ champion: [Double], _ challenger: [Double], level: Double = 0.95
  ) -> PairedComparison? {
    DeLong(outcomes, [champion, challenger])?.comparison(level: level).map {
      PairedComparison(difference: $0.difference, p: $0.p, test: "DeLong")
    }
  }

  /// Means of a loss of each row (log loss, square, absolute): the paired t test.
  package static func losses(
    _ champion: [Double], _ challenger: [Double], level: Double = 0.95
  ) -> PairedComparison? {
    guard champion.count == challenger.count, champion.count > 1 else { return nil }
    let differences = zip(champion, challenger).map { $0 - $1 }
    let count = Double(differences.count)
    let mean = differences.reduce(0, +) / count
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / (count - 1) / count).squareRoot()
    guard error > 0 else {
      return PairedComparison(
        difference: Interval(value: mean, low: mean, high: mean), p: mean == 0 ? 1 : 0,
        test: "paired t")
    }
    let reach = Distributions.studentQuantile((1 + level) / 2, freedom: count - 1) * error
    return PairedComparison(
      difference: Interval(value: mean, low: mean - reach, high: mean + reach),
      p: Distributions.studentTwoSided(mean / error, freedom: count - 1), test: "paired t")
  }

  /// Right and wrong decisions: the exact test of the rows where the two differ (McNemar 1947).
  package static func decisions(
    _ outcomes: [Bool], _ champion: [Bool], _ challenger: [Bool], level: Double = 0.95
  ) -> PairedComparison? {
    guard !outcomes.isEmpty else { return nil }
    var better = 0.0
    var worse = 0.0
    for row in outcomes.indices where champion[row] != challenger[row] {
      if champion[row] == outcomes[row] { better += 1 } else { worse += 1 }
    }
    let rows = Double(outcomes.count)
    let difference = (better - worse) / rows
    let spread = ((better + worse) / rows - difference * difference) / rows
    let reach =
      Distributions.normalQuantile((1 + level) / 2) * max(0, spread).squareRoot()
    let discordant = better + worse
    let binomial = Distribution.binomial(trials: discordant, probability: 0.5)
    let p = discordant == 0 ? 1 : min(1, 2 * binomial.cumulative(min(better, worse)))
    return PairedComparison(
      difference: Interval(
        value: difference, low: difference - reach, high: difference + reach), p: p,
      test: "McNemar, exact")
  }
}
