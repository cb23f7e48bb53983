import Values

extension Estimator {
  /// What every model must beat: the mean, how often each class occurs, how often events come.
  package static let baseline = Estimator(
    name: "baseline",
    summary: "the honest dummy: the mean, the share of each class, the rate of events",
    parameters: [
      Parameter(
        "by", .choice(["mean", "median"]), .text("mean"), "what a number is predicted as")
    ],
    tasks: [.regression, .binary, .multiclass, .survival], encoding: .codes,
    needsFullRank: false, levelLimit: 100_000,
    fit: { request throws(EstimationError) in BaselineModel(request) },
    decode: { node throws(EstimationError) in try BaselineModel(node: node) })
}

package struct BaselineModel: FittedModel, Equatable {
  /// One for each output.
  package var values: [Double]
  package var summary: [Statistic]

  init(_ request: FitRequest) {
    let rows = request.rows
    let weights = rows.weights ?? [Double](repeating: 1, count: rows.rowCount)
    let total = weights.reduce(0, +)
    summary = [Statistic("rows", Double(rows.rowCount))]
    switch rows.target {
    case .classes(let codes, let labels):
      var shares = [Double](repeating: 0, count: labels.count)
      for (code, weight) in zip(codes, weights) { shares[Int(code)] += weight / total }
      values = labels.count == 2 ? [shares[1]] : shares
    case .numbers(let numbers) where request.arguments.text("by") == "median":
      values = [Self.median(numbers, weights, total)]
    case .numbers(let numbers):
      values = [zip(numbers, weights).reduce(0) { $0 + $1.0 * $1.1 } / total]
    case .relevance: values = [0]
    case .survival(let times, let events):
      // Events in a unit of time: the rate of the exponential distribution (Cox and Oakes 1984).
      let happened = zip(events, weights).reduce(0) { $0 + ($1.0 ? $1.1 : 0) }
      let watched = zip(times, weights).reduce(0) { $0 + $1.0 * $1.1 }
      values = [watched > 0 ? happened / watched : 0]
    }
  }

  /// The middle value, between two the mean of both.
  private static func median(_ values: [Double], _ weights: [Double], _ total: Double) -> Double {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var below = 0.0
    for (place, index) in order.enumerated() {
      below += weights[index]
      if below > total / 2 { return values[index] }
      if below == total / 2, place + 1 < order.count {
        return (values[index] + values[order[place + 1]]) / 2
      }
    }
    return order.last.map { values[$0] } ?? 0
  }

  package func scores(
    _ design: Design, offset: [Double]?, sharing: WorkSharing
  ) throws(EstimationError) -> [Double] {
    values.flatMap { repeatElement($0, count: design.rowCount) }
  }

  package var scoring: ScoringForm { .constants(values) }

  package var node: ModelNode {
    .fields(["values": .numbers(values), "summary": .list(summary.map(\.node))])
  }

  init(node: ModelNode) throws(EstimationError) {
    values = try node.field("values").finiteNumbers()
    summary = try Statistic.list(node.field("summary"))
    guard !values.isEmpty else { throw .unreadableModel("it has no value") }
  }

  package func flaw(in features: [Feature], _ task: Task) -> String? {
    guard values.count == task.width else { return "it has another number of classes" }
    let isShare = values.allSatisfy { (0...1).contains($0) }
    switch task {
    case .classification: return isShare ? nil : "a share is not from 0 to 1"
    case .regression, .ranking, .survival: return nil
    }
  }
}
