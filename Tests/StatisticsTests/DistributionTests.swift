import Statistics
import Testing

/// Equal to 1e-12 of its size; near zero to 1e-15.
func isClose(_ found: Double, _ expected: Double, to tolerance: Double = 1e-12) -> Bool {
  abs(found - expected) <= max(tolerance * abs(expected), expected == 0 ? 1e-15 : 0)
}

@Suite("Distributions")
struct DistributionTests {
  @Test("Densities and probabilities, tails too")
  func probabilities() {
    for row in Case.all {
      let found = row.distribution
      #expect(isClose(found.density(row.x), row.density), "\(found) at \(row.x)")
      #expect(isClose(found.cumulative(row.x), row.cumulative), "\(found) to \(row.x)")
      #expect(isClose(found.survival(row.x), row.survival), "\(found) above \(row.x)")
    }
  }

  @Test("Quantiles")
  func quantiles() {
    for row in Quantile.all {
      let found = row.distribution.quantile(row.share)
      #expect(
        isClose(found, row.value), "\(row.distribution) at \(row.share): \(found), \(row.value)")
    }
  }

  @Test("Parameters and shares that make no sense give no number")
  func domain() {
    let wrong: [Distribution] = [
      .normal(mean: 0, deviation: 0), .normal(mean: .infinity, deviation: 1),
      .studentT(freedom: 0), .chiSquared(freedom: -1), .fisherF(freedom1: 1, freedom2: 0),
      .beta(a: 0, b: 1), .gamma(shape: 1, scale: -1), .exponential(rate: 0),
      .weibull(shape: 0, scale: 1), .lognormal(location: 0, scale: -1),
      .binomial(trials: 2.5, probability: 0.5), .binomial(trials: 2, probability: 1.5),
      .poisson(mean: -1), .negativeBinomial(successes: 0, probability: 0.5),
      .negativeBinomial(successes: 1, probability: 0),
    ]
    for distribution in wrong {
      for measure in Distribution.Measure.allCases {
        #expect(distribution.measure(measure, 0.5).isNaN, "\(distribution) \(measure)")
      }
    }
    for share in [-0.1, 1.1, .nan] {
      #expect(Distribution.standardNormal.quantile(share).isNaN)
      #expect(Distribution.poisson(mean: 3).quantile(share).isNaN)
    }
  }

  @Test("Beyond its support a distribution has no mass")
  func support() {
    let positive: [Distribution] = [
      .chiSquared(freedom: 2), .fisherF(freedom1: 2, freedom2: 3), .beta(a: 2, b: 2),
      .gamma(shape: 2, scale: 1), .exponential(rate: 1), .poisson(mean: 1),
      .binomial(trials: 3, probability: 0.5), .negativeBinomial(successes: 1, probability: 0.5),
    ]
    for distribution in positive {
      #expect(distribution.density(-1) == 0)
      #expect(distribution.cumulative(-1) == 0)
      #expect(distribution.survival(-1) == 1)
    }
    #expect(Distribution.beta(a: 2, b: 2).cumulative(2) == 1)
    #expect(Distribution.binomial(trials: 3, probability: 0.5).survival(4) == 0)
  }

  @Test("Counts lie on whole numbers, and without spread on one")
  func counts() {
    let poisson = Distribution.poisson(mean: 2)
    #expect(poisson.density(1.5) == 0)
    #expect(poisson.cumulative(1.5) == poisson.cumulative(1))
    let certain: [Distribution] = [
      .poisson(mean: 0), .binomial(trials: 0, probability: 0.5),
      .negativeBinomial(successes: 2, probability: 1), .binomial(trials: 5, probability: 0),
    ]
    for distribution in certain {
      #expect(distribution.density(0) == 1)
      #expect(distribution.cumulative(0) == 1)
      #expect(distribution.survival(0) == 0)
      #expect(distribution.quantile(0.5) == 0)
    }
    #expect(Distribution.binomial(trials: 5, probability: 1).quantile(0.5) == 5)
  }
}
