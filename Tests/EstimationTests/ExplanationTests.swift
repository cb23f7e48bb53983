import Values
import Estimation
import Testing

@Suite("Explanations")
struct ExplanationTests {
  private func model(_ estimator: Estimator) throws -> (Model, Frame, Target) {
    let (frame, signal) = TreeTests.rows(600, seed: 14)
    let target = Target.flags(TreeTests.outcomes(signal, seed: 15))
    var request = TrainingRequest(
      estimator, Formula(columns: ["x", "gaps", "plan", "flag"]), frame: frame, target: target)
    request.libraries = engineFolders
    return (try Model.train(request), frame, target)
  }

  @Test("What each column adds sums to the score")
  func additive() throws {
    let (model, frame, _) = try model(.logistic)
    let raw = try #require(try model.contributions(frame))
    let columns = raw.byColumn(model.preparation.features)
    #expect(columns.features == ["x", "gaps", "plan", "flag"])
    let scores = try model.scores(frame)
    for row in 0..<20 {
      let sum = (0...4).reduce(0) { $0 + columns.value(row: row, feature: $1) }
      #expect(abs(Link.logistic(sum) - scores[row]) < 1e-12)
      let reasons = columns.reasons(row: row, count: 2)
      #expect(reasons.count == 2)
      #expect(abs(reasons[0].contribution) >= abs(reasons[1].contribution))
    }
    #expect(try model.meanContributions(frame, threads: 1)?.last?.feature == "flag")
  }

  @Test("The mean size of contributions is that of all rows, however many are looked at at once")
  func meanSizes() throws {
    let (model, frame, _) = try model(.logistic)
    let many = frame.rows((0..<70_000).map { $0 % frame.rowCount })
    let parts = try #require(try model.contributions(many)).byColumn(model.preparation.features)
    for importance in try #require(try model.meanContributions(many, threads: 2)) {
      let place = try #require(parts.features.firstIndex(of: importance.feature))
      let sum = (0..<many.rowCount).reduce(0.0) {
        $0 + abs(parts.value(row: $1, feature: place, output: 0))
      }
      #expect(importance.value == sum / 70_000)
    }
  }

  @Test("A linear contribution is exactly weight times distance from the mean")
  func linear() throws {
    let (model, frame, _) = try model(.logistic)
    let contributions = try #require(try model.contributions(frame))
    let place = try #require(contributions.features.firstIndex(of: "x"))
    let weight = try #require(model.coefficients.first { $0.feature == "x" }?.estimate)
    guard case .numbers(let x) = try frame.column("x").values else { return }
    let mean = x.reduce(0, +) / 600
    for row in 0..<20 {
      let value = contributions.value(row: row, feature: place)
      #expect(abs(value - weight * (x[row] - mean)) < 1e-12)
    }
  }

  @Test("Dealing out a column that matters hurts, one that does not hardly")
  func permutation() throws {
    let (model, frame, target) = try model(.boostedTrees)
    let outcomes = target.numbers.map { $0 == 1 }
    let results = try PermutationImportance(seed: 1).of(model, frame) {
      ProbabilityMetrics.logLoss(outcomes, $0)
    }
    #expect(results.first?.column == "x")
    #expect(try #require(results.first).mean > 0.1)
    #expect(results.map(\.column).sorted() == ["flag", "gaps", "plan", "x"])
    let again = try PermutationImportance(seed: 1).of(model, frame) {
      ProbabilityMetrics.logLoss(outcomes, $0)
    }
    #expect(again == results)
  }

  @Test("Partial dependence follows what the column does")
  func partial() throws {
    let (model, frame, _) = try model(.logistic)
    let numbers = try PartialDependence(model, frame, column: "x", steps: 9)
    #expect(numbers.points.count == 9)
    #expect(
      zip(numbers.points, numbers.points.dropFirst()).allSatisfy { $0.scores[0] < $1.scores[0] })
    let levels = try PartialDependence(model, frame, column: "plan")
    #expect(levels.points.count == 6)
    let flags = try PartialDependence(model, frame, column: "flag")
    #expect(flags.points.map(\.value) == [.flag(false), .flag(true)])
    #expect(throws: EstimationError.missingColumn("y")) {
      _ = try PartialDependence(model, frame, column: "y")
    }
  }
}
