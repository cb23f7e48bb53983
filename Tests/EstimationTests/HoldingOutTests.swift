import Testing
import Values

import Estimation

@Suite("Rows held out while training")
struct HoldingOutTests {
  /// 60 customers of 10 equal rows; the outcome is drawn for each customer.
  private static func customers() -> TrainingRequest {
    var draws = Draws(seed: 5)
    var values: [Double] = []
    var codes: [Int32] = []
    var units: [UInt64] = []
    for _ in 0..<60 {
      let x = draws.normal()
      let code: Int32 = draws.normal() < x ? 1 : 0
      let unit = draws.next() >> 32
      for _ in 0..<10 {
        values.append(x)
        codes.append(code)
        units.append(unit)
      }
    }
    let frame = Frame(rowCount: 600, columns: [FrameColumn("x", .numbers(values))])
    var request = TrainingRequest(
      .boostedTrees, Formula([["x"]], hasIntercept: true), frame: frame,
      target: .classes(codes: codes, labels: ["false", "true"]))
    request.units = units
    request.libraries = engineFolders
    return request
  }

  @Test("Rows of one customer share their fold, and their side of what is held out")
  func whole() throws {
    let request = Self.customers()
    let folds = request.foldOfRows
    let held = Set(try request.holdingOutTenth().validation)
    for customer in 0..<60 {
      let rows = customer * 10..<customer * 10 + 10
      #expect(Set(rows.map { folds[$0] }).count == 1)
      #expect(Set(rows.map { held.contains($0) }).count == 1)
    }
    #expect(Set(folds) == [0, 1, 2, 3, 4])
    #expect(held.count > 10 && held.count < 150)
  }

  @Test("Metrics of a calibrated model are those of calibrated probabilities")
  func calibrated() throws {
    var request = Self.customers()
    request.arguments = ["rounds": .number(200), "least_rows": .number(5)]
    let plain = try Model.trainHeldOut(request).scores
    request.calibration = .sigmoid
    let (model, scores) = try Model.trainHeldOut(request)
    #expect(model.calibration != nil)
    let losses = [plain, scores].map {
      Tuning.Measure.logLoss.value(request.target, $0, groups: nil) ?? .nan
    }
    // So many trees are sure of what they cannot know.
    #expect(losses[1] < losses[0] - 0.05)
  }

  @Test("An elastic net chooses its penalty on whole customers")
  func penalty() throws {
    var request = Self.customers()
    request.estimator = .elasticNet
    let together = try Model.train(request)
    request.units = nil
    let apart = try Model.train(request)
    // The same rows and path, other folds: other errors along it.
    #expect(together.fitted.curve.map(\.step).count > 1)
    #expect(together.fitted.curve != apart.fitted.curve)
  }
}
