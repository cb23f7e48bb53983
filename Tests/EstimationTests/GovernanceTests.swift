import Estimation
import Testing

/// Expected values were worked out with SciPy 1.17.1 and statsmodels 0.15.0, DeLong's from its
/// definition over all pairs with NumPy.
@Suite("Intervals, comparisons, drift")
struct GovernanceTests {
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
    let comparison = try #require(PairedComparison.areas(outcomes, one, other))
    #expect(agrees(comparison.difference.value, -0.14, within: 1e-12))
    #expect(agrees(comparison.p, 0.5582993548269535, within: 1e-9))
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

  @Test("Shares, differences, ratios")
  func shares() throws {
    let a = try #require(Intervals.share(7, of: 20))
    #expect(agrees(a.low, 0.18119182410108203, within: 1e-9))
    #expect(agrees(a.high, 0.5671457233147638, within: 1e-9))
    let difference = Intervals.difference(a, try #require(Intervals.share(3, of: 15)))
    #expect(agrees(difference.low, -0.15319446391509633, within: 1e-9))
    #expect(agrees(difference.high, 0.4028415767744295, within: 1e-9))
    let ratio = try #require(Intervals.ratio(7, of: 20, to: 3, of: 15))
    #expect(agrees(ratio.low, 0.5403249387685578, within: 1e-9))
    #expect(agrees(ratio.high, 5.667885711475159, within: 1e-9))
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

  @Test("Paired tests")
  func paired() throws {
    let losses = try #require(PairedComparison.losses([1, 2, 3, 4.5], [1.5, 1, 2, 3]))
    #expect(agrees(losses.p, 0.18169011381620936, within: 1e-9))
    // Nine rows differ, two of them for the better: the exact test gives 0.1796875.
    let truth = [Bool](repeating: true, count: 20)
    let champion = (0..<20).map { $0 < 2 || $0 >= 9 }
    let challenger = (0..<20).map { $0 >= 2 }
    let decisions = try #require(PairedComparison.decisions(truth, champion, challenger))
    #expect(agrees(decisions.p, 0.1796875, within: 1e-12))
    #expect(agrees(decisions.difference.value, -0.25, within: 1e-12))
    #expect(PairedComparison.decisions(truth, truth, truth)?.p == 1)
  }

  static let reference = [
    0.126, -0.132, 0.64, 0.105, -0.536, 0.362, 1.304, 0.947, -0.704, -1.265, -0.623, 0.041, -2.325,
    -0.219, -1.246, -0.732, -0.544, -0.316, 0.412, 1.043, -0.129, 1.366, -0.665, 0.352, 0.903,
    0.094, -0.743, -0.922, -0.458, 0.22, -1.01, -0.209, -0.159, 0.541, 0.215, 0.355, -0.654, -0.13,
    0.784, 1.493, -1.259, 1.514, 1.346, 0.781, 0.264, -0.314, 1.458, 1.96, 1.802, 1.315,
  ]
  static let current = [
    0.857, -0.708, 0.496, 1.156, -0.788, 0.895, 0.93, 1.196, -0.684, -0.162, 0.064, -0.67, 2.239,
    0.004, 0.829, 0.241, 2.083, 1.82, 1.133, -1.704, 0.552, 1.184, 1.504, -0.118, 2.322, -0.82,
    -0.162, 1.435, 0.549, 2.502, 0.689, -0.133, 0.122, -0.591, -0.778, 1.13, 1.081, 1.795, -0.255,
    2.189,
  ]

  @Test("Drift of numbers and of counts")
  func drift() throws {
    #expect(
      agrees(
        Drift.stability(reference: Self.reference, current: Self.current), 0.40447699343928273,
        within: 1e-9))
    #expect(Drift.stability(reference: Self.reference, current: Self.reference) == 0)
    let ks = try #require(Drift.kolmogorovSmirnov(Self.reference, Self.current))
    #expect(agrees(ks.distance, 0.255, within: 1e-9))
    // SciPy's exact p is 0.0939, its asymptotic one 0.0950.
    #expect(abs(ks.p - 0.0939) < 0.01)
    let chi = try #require(Drift.chiSquared([10, 20, 30], [6, 9, 25]))
    #expect(agrees(chi.statistic, 1.694749216300941, within: 1e-9))
    #expect(agrees(chi.p, 0.42853853793504315, within: 1e-9))
    // A column that is empty now: the share of its bin of missing values goes from 0 to 1.
    let gone = [Double](repeating: .nan, count: 40)
    #expect(try #require(Drift.stability(reference: Self.reference, current: gone)) > 8)
  }
}
