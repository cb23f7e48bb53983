import Values

extension Estimator {
  /// LambdaMART (Burges 2010): trees that put the relevant rows of each group first.
  package static let ranker = Estimator(
    name: "ranker", summary: "ranks the rows of each group by relevance",
    parameters: TreeArguments.growing + [
      Parameter("learning_rate", .number(1e-5...1), .number(0.1), "how far each tree goes"),
      Parameter(
        "patience", .whole(1...10_000), .automatic,
        "rounds without progress on validation rows before growing stops"),
      Parameter("at", .whole(1...1000), .number(30), "how deep into a list order matters"),
    ],
    roles: [
      EstimatorRole("group", .group, isRequired: true, "which rows belong to one list")
    ],
    tasks: [.ranking], encoding: .codes, needsFullRank: false, levelLimit: 100_000,
    fit: { request throws(EstimationError) in
      guard request.rows.groups != nil else { throw .needsGroups(estimator: "ranker") }
      let beyond = request.rows.target.numbers.count { !(0...30).contains($0) }
      guard beyond == 0 else {
        throw .targetOutOfRange(
          family: "ranking", wanted: "a whole number from 0 to 30", rows: beyond)
      }
      let depth = request.arguments.whole("at") ?? 30
      return try TreeTraining(
        request: request, library: try LightGBMLibrary.find(in: request.libraries),
        parameters: try TreeArguments.settings(request)
          + ["lambdarank_truncation_level=\(depth)"],
        rounds: request.arguments.whole("rounds") ?? 100,
        patience: request.arguments.whole("patience"), isBalanced: false
      ).model()
    },
    decode: { node throws(EstimationError) in try TreeModel(node: node) })
}
