import Values

import Glibc

extension Estimator {
  /// A scorecard: logistic regression on weights of evidence, printed as points (Siddiqi 2006).
  package static let scorecard = Estimator(
    name: "scorecard", summary: "points for each answer: a model that can be read aloud",
    parameters: [
      Parameter("bins", .whole(2...50), .number(6), "the most bins of a number"),
      Parameter(
        "least_share", .number(0...0.5), .number(0.05), "of the rows that a bin must hold"),
      Parameter(
        "monotone", .flag, .flag(true), "whether the rate of a number only rises or only falls"),
      Parameter(
        "least_iv", .number(0...10), .number(0.02), "information value below which a feature goes"
      ),
      Parameter("base_points", .number(-1e6...1e6), .number(600), "points at the base odds"),
      Parameter("base_odds", .number(1e-6...1e9), .number(50), "good to bad, at the base points"),
      Parameter("double_odds", .number(1e-3...1e6), .number(20), "points that double the odds"),
    ],
    tasks: [.binary],
    parts: [
      ModelPart(
        "points", "the card: what each answer is worth",
        [
          Column("feature", ValueType(.text)), Column("bin", ValueType(.text)),
          Column("share", ValueType(.float)), Column("bad_rate", ValueType(.float)),
          Column("woe", ValueType(.float)), Column("points", ValueType(.float)),
        ])
    ],
    outputs: [Column("points", ValueType(.float))], encoding: .codes, needsFullRank: false,
    fit: { request throws(EstimationError) in try ScorecardFit(request).model() },
    decode: { node throws(EstimationError) in try ScorecardModel(node: node) })
}

private struct ScorecardFit {
  let request: FitRequest
  let design: Design
  let outcomes: [Bool]

  init(_ request: FitRequest) {
    self.request = request
    design = request.rows.design
    outcomes = request.rows.target.numbers.map { $0 == 1 }
  }

  func model() throws(EstimationError) -> ScorecardModel {
    let tables = design.features.indices.map { (design.features[$0], table($0)) }
    let least = request.arguments.number("least_iv") ?? 0.02
    let kept = tables.filter { $0.1.informationValue >= least && $0.1.bins.count > 1 }
    guard !kept.isEmpty else {
      throw .uninformative(least: least)
    }
    let linear = try regression(kept)
    return ScorecardModel(
      intercept: linear.weights[0],
      features: kept.enumerated().map { place, entry in
        ScorecardModel.Feature(
          name: entry.0.name, table: entry.1, coefficient: linear.weights[place + 1])
      },
      scale: PointScale(
        basePoints: request.arguments.number("base_points") ?? 600,
        baseOdds: request.arguments.number("base_odds") ?? 50,
        doubleOdds: request.arguments.number("double_odds") ?? 20),
      coefficients: linear.coefficients,
      summary: linear.summary + [
        Statistic("features_used", Double(kept.count)),
        Statistic("features_left_out", Double(tables.count - kept.count)),
      ], names: design.features.map(\.name))
  }

  private func table(_ index: Int) -> EvidenceTable {
    let binning = Binning(
      most: request.arguments.whole("bins") ?? 6,
      leastShare: request.arguments.number("least_share") ?? 0.05,
      isMonotone: request.arguments.flag("monotone"))
    let values = design.column(index)
    let weights = request.rows.weights
    guard case .category(let levels) = design.features[index].kind else {
      return binning.numbers(values, outcomes, weights)
    }
    return binning.categories(values, levels: levels, outcomes, weights)
  }

  private func regression(
    _ kept: [(Feature, EvidenceTable)]
  ) throws(EstimationError) -> LinearModel {
    let features = kept.map { feature, table in
      let index = design.features.firstIndex(of: feature) ?? 0
      return (
        Feature(feature.name, sources: feature.sources, kind: .number),
        BinnedValues(feature, table).source(design.column(index))
      )
    }
    let rows = TrainingRows(
      design: .withIntercept(features, rowCount: design.rowCount),
      target: request.rows.target, weights: request.rows.weights, offset: request.rows.offset)
    let arguments = try Arguments([:], for: Estimator.logistic.parameters)
    let fit = GeneralizedLinearFit(
      FitRequest(rows: rows, arguments: arguments, threads: request.sharing.threads),
      family: .binomial, link: .logit)
    return try fit.model()
  }
}
