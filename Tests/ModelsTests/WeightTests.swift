import Columnar
import Compiler
import Diagnostics
import Engine
import Testing
import Values

/// What a weight means, for every estimator: rows of weight 0 are not there, whatever is in them,
/// and where the estimate has a formula a row of weight 2 is two rows.
@Suite("Weights of training rows")
struct WeightTests {
  private static let estimators: [(String, target: String, countsRows: Bool)] = [
    ("linear", "y", true), ("logistic", "t", true),
    ("logistic(penalty = \"l2\")", "t", false), ("glm(family = \"poisson\")", "c", true),
    ("glm(family = \"negative_binomial\")", "c", true),
    ("elastic_net(penalty = 0.05)", "y", true), ("elastic_net(penalty = 0.05)", "t", true),
    ("boosted_trees(rounds = 5)", "t", false), ("random_forest(rounds = 5)", "y", false),
    ("ranker(group = list, rounds = 5)", "c", false), ("scorecard", "t", true),
    ("naive_bayes", "t", true), ("baseline", "y", true), ("baseline(by = \"median\")", "y", true),
  ]

  private func predictions(
    _ estimator: String, _ target: String, _ rows: String, _ weight: String
  ) throws -> [Value] {
    let session = Session(Session.Options(now: 0))
    let text = """
      let all = (rows [{n: list_range(1, 240)}] | unnest n)
        | derive w = mod(n * 7, 4), a = 1.0 * mod(n * 37, 41), k = f"k{mod(n * 13, 3)}"
        | derive gap = if mod(n, 7) == 0 then null else 1.0 * mod(n * 29, 23), list = n // 8
        | derive c = mod(n * n, 5) + int(a) // 9, y = a + 2 * (gap ?? 0) + mod(n * n, 17)
        | derive t = y + mod(n * 31, 37) > 55
        | derive a = if w == 0 then 1000 + a else a, k = if w == 0 then "k9" else k
      let m = \(rows) | train \(target) ~ a + gap + k using \(estimator) \(weight)
      all | where w > 0 | sort n | predict m as p | select p
      """
    let checked = session.check(session.add(name: "case.whom", text: text))
    #expect(checked.diagnostics.filter { $0.severity == .error }.isEmpty, "\(estimator)")
    var found: [Value] = []
    for statement in checked.statements {
      for result in try session.run(statement) {
        if case .table(let table, _) = result { found = table.columns[0] }
      }
    }
    return found
  }

  private func agree(_ a: [Value], _ b: [Value]) -> Bool {
    guard a.count == b.count, a.count == 180 else { return false }
    return zip(a, b).allSatisfy { x, y in
      guard case .float(let x) = x, case .float(let y) = y else { return false }
      return abs(x - y) <= 1e-6 * max(1, abs(x))
    }
  }

  @Test("A row of weight 0 is not there")
  func nothing() throws {
    for (estimator, target, _) in Self.estimators {
      let weighted = try predictions(estimator, target, "all", "weight w")
      let without = try predictions(estimator, target, "all | where w > 0", "weight w")
      #expect(agree(weighted, without), "\(estimator)")
    }
  }

  @Test("A row of weight 2 is two rows")
  func twice() throws {
    let repeated = "all | where w > 0 | derive copy = list_range(1, w) | unnest copy"
    for (estimator, target, countsRows) in Self.estimators where countsRows {
      let weighted = try predictions(estimator, target, "all", "weight w")
      #expect(agree(weighted, try predictions(estimator, target, repeated, "")), "\(estimator)")
    }
  }
}
