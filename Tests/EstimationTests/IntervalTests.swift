import Estimation
import Testing

/// Expected values were worked out with SciPy 1.17.1 and statsmodels 0.15.0, DeLong's from its
/// definition over all pairs with NumPy.
@Suite("Intervals and areas")
struct IntervalTests {
  private let outcomes = [1, 0, 1, 1, 0, 0, 1, 0, 1, 0].map { $0 == 1 }
  private let one = [0.9, 0.8, 0.7, 0.6, 0.55, 0.54, 0.53, 0.52, 0.51, 0.4]
  private let other = [0.3, 0.6, 0.7, 0.8, 0.2, 0.5, 0.9, 0.1, 0.4, 0.4]

  @Test("Areas and their covariance (DeLong)")
  func deLong() throws {
    let both = try #require(DeLong(outcomes, [one, other]))
    for (value, expected) in zip(both.areas, [0.64, 0.78]) {
      #expect(agrees(value, expected, within: 1e-12))
    }
    for (value, expected) in zip(both.covariance, [0.0392, 0.0044, 0.0044, 0.0268]) {
      #expect(agrees(value, expected, within: 1e-12))
    }
    #expect(DeLong([true, true], [[1, 2]]) == nil)
  }

  @Test("DeLong's interval holds the true area at the stated rate")
  func coverage() throws {
    // Normal scores one deviation apart: the true area is Phi(1 / sqrt 2) = 0.7602499389.
    var draws = Draws(seed: 12)
    var held = 0
    for _ in 0..<400 {
      let outcomes = (0..<120).map { $0 % 3 == 0 }
      let scores = outcomes.map { draws.normal() + ($0 ? 1 : 0) }
      let interval = try #require(DeLong(outcomes, [scores])).interval()
      if interval.low <= 0.7602499389, 0.7602499389 <= interval.high { held += 1 }
    }
    // 95 % of 400 with three standard errors on either side.
    #expect((367...393).contains(held), "\(held)")
  }

  @Test("Shares")
  func shares() throws {
    let a = try #require(Intervals.share(7, of: 20))
    #expect(agrees(a.low, 0.18119182410108203, within: 1e-9))
    #expect(agrees(a.high, 0.5671457233147638, within: 1e-9))
    #expect(try #require(Intervals.share(0, of: 10)).low == 0)
    #expect(Intervals.share(0, of: 0) == nil)
  }

  @Test("A bootstrap of the mean is about as wide as theory says, and repeats itself")
  func bootstrap() throws {
    var draws = Draws(seed: 5)
    let values = (0..<400).map { _ in draws.normal() }
    func interval() throws -> Interval {
      try #require(
        Intervals.bootstrap(rows: 400, seed: 9) { counts in
          zip(values, counts).reduce(0) { $0 + $1.0 * $1.1 } / 400
        })
    }
    let first = try interval()
    #expect(try interval() == first)
    // 2 * 1.96 / sqrt(400)
    #expect(abs(first.high - first.low - 0.196) < 0.03)
  }
}
