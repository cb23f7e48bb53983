import Glibc

/// How odds become points: so many at the base odds, so many more for each doubling (Siddiqi 2006,
/// chapter 6, "Scaling").
package struct PointScale: Sendable, Equatable {
  package var basePoints: Double
  package var baseOdds: Double
  package var doubleOdds: Double

  package init(basePoints: Double, baseOdds: Double, doubleOdds: Double) {
    self.basePoints = basePoints
    self.baseOdds = baseOdds
    self.doubleOdds = doubleOdds
  }

  package var factor: Double { doubleOdds / log(2) }
  package var offset: Double { basePoints - factor * log(baseOdds) }

  /// The points of a logarithm of odds for the positive (bad) class.
  package func points(_ logit: Double) -> Double { offset - factor * logit }
}

/// Points for bins of features.
package struct ScorecardModel: FittedModel, Equatable {
  package var intercept: Double
  package var features: [Feature]
  package var scale: PointScale
  package var coefficients: [Coefficient]
  package var summary: [Statistic]
  /// Every feature of the design, also those that were left out.
  package var names: [String]

  package struct Feature: Sendable, Equatable {
    package var name: String
    package var table: EvidenceTable
    package var coefficient: Double
  }

  /// A line of the card.
  package struct Line: Sendable, Equatable {
    package var feature: String
    package var bin: BinnedFeature.Range
    package var share: Double
    package var positiveRate: Double
    package var weightOfEvidence: Double
    package var points: Double
  }

  /// The card. The points of the intercept are spread evenly over the features; a value that no
  /// bin holds counts as average, with a weight of 0.
  package var card: [Line] {
    features.flatMap { feature in
      let rows = feature.table.bins.reduce(0) { $0 + $1.rows }
      return zip(feature.table.bins, feature.table.weights).map { bin, weight in
        Line(
          feature: feature.name, bin: bin.range, share: bin.rows / rows,
          positiveRate: bin.positiveRate, weightOfEvidence: weight,
          points: basePoints - scale.factor * feature.coefficient * weight)
      }
    }
  }

  private var basePoints: Double {
    (scale.offset - scale.factor * intercept) / Double(features.count)
  }

  // MARK: Scores

  package func raw(_ design: Design) throws(EstimationError) -> [Double] {
    var sums = [Double](repeating: intercept, count: design.rowCount)
    try eachPart(design) { part in
      for row in sums.indices { sums[row] += part[row] }
    }
    return sums
  }

  /// The points of each row.
  package func points(_ design: Design) throws(EstimationError) -> [Double] {
    try raw(design).map(scale.points)
  }

  package func scores(
    _ design: Design, offset: [Double]?, sharing: WorkSharing
  ) throws(EstimationError) -> [Double] {
    let raw = try raw(design)
    return raw.indices.map { Link.logistic(raw[$0] + (offset?[$0] ?? 0)) }
  }

  /// Coefficient times weight of evidence of one feature after the other.
  private func eachPart(
    _ design: Design, _ take: ([Double]) -> Void
  ) throws(EstimationError) {
    guard design.features.map(\.name) == names else {
      throw .unreadableModel("its features are not those of the rows")
    }
    for feature in features {
      guard let index = names.firstIndex(of: feature.name) else {
        throw .missingColumn(feature.name)
      }
      let binned = BinnedValues(design.features[index], feature.table, times: feature.coefficient)
      take(binned.weights(design.column(index)))
    }
  }

  /// A weight of 0 is the average customer: what a bin adds is measured from there.
  package func contributions(
    _ design: Design, sharing: WorkSharing
  ) throws(EstimationError) -> Contributions? {
    var values: [Double] = []
    values.reserveCapacity(design.rowCount * (features.count + 1))
    try eachPart(design) { values += $0 }
    values += repeatElement(intercept, count: design.rowCount)
    return Contributions(
      features: features.map(\.name), rowCount: design.rowCount, values: values, outputs: 1)
  }

  package var importance: [Importance] {
    features.map {
      Importance(
        feature: $0.name, measure: "information value", value: $0.table.informationValue)
    }.sorted { ($1.value, $0.feature) < ($0.value, $1.feature) }
  }

  package var scoring: ScoringForm {
    .bins(
      start: intercept,
      features: features.map { feature in
        BinnedFeature(
          name: feature.name,
          bins: zip(feature.table.bins, feature.table.weights).map {
            BinnedFeature.Bin(range: $0.range, points: $1 * feature.coefficient)
          }, otherPoints: 0)
      }, link: .logit)
  }
}

/// Looks up the weight of evidence of a feature's values.
struct BinnedValues {
  /// Each once.
  private var all: [Double] = []
  /// Places in `all`.
  private var cuts: [(high: Double, place: Int)] = []
  private var placeOfCode: [Int] = []
  private var placeOfMissing = 0
  private var placeOfOthers = 0

  /// Each weight is multiplied by `factor`.
  init(_ feature: Feature, _ table: EvidenceTable, times factor: Double = 1) {
    placeOfMissing = place(of: 0)
    if case .category(let levels) = feature.kind {
      placeOfCode = [Int](repeating: placeOfMissing, count: levels.count)
      for (bin, weight) in zip(table.bins, table.weights) {
        guard case .levels(let names) = bin.range else { continue }
        let place = place(of: weight)
        for name in names {
          if let code = levels.firstIndex(of: name) { placeOfCode[code] = place }
        }
      }
    }
    for (bin, weight) in zip(table.bins, table.weights) {
      switch bin.range {
      case .between(_, let high): cuts.append((high, place(of: weight)))
      case .missing: placeOfMissing = place(of: weight)
      case .levels: break
      }
    }
    placeOfOthers = cuts.last?.place ?? 0
    all = all.map { $0 * factor }
  }

  func weights(_ values: [Double]) -> [Double] { values.map { all[place(ofValue: $0)] } }

  /// The same as what a design is read from: a byte for each value as long as they are few.
  func source(_ values: [Double]) -> DesignSource {
    guard all.count <= 256 else { return .numbers(weights(values)) }
    return .entries(values.map { UInt8(place(ofValue: $0)) }, of: all)
  }

  private mutating func place(of weight: Double) -> Int {
    if let place = all.firstIndex(of: weight) { return place }
    all.append(weight)
    return all.count - 1
  }

  private func place(ofValue value: Double) -> Int {
    if value.isNaN { return placeOfMissing }
    if !placeOfCode.isEmpty {
      let code = Int(exactly: value) ?? -1
      return placeOfCode.indices.contains(code) ? placeOfCode[code] : placeOfMissing
    }
    for cut in cuts where value < cut.high { return cut.place }
    return placeOfOthers
  }
}

// MARK: Keeping

extension ScorecardModel {
  package var node: ModelNode {
    .fields([
      "intercept": .number(intercept), "names": .texts(names),
      "base_points": .number(scale.basePoints), "base_odds": .number(scale.baseOdds),
      "double_odds": .number(scale.doubleOdds),
      "features": .list(
        features.map {
          .fields([
            "name": .text($0.name), "coefficient": .number($0.coefficient),
            "bins": .list($0.table.bins.map(\.node)),
          ])
        }),
      "coefficients": .list(coefficients.map(\.node)), "summary": .list(summary.map(\.node)),
    ])
  }

  init(node: ModelNode) throws(EstimationError) {
    intercept = try node.field("intercept").finite()
    names = try node.field("names").texts()
    scale = PointScale(
      basePoints: try node.field("base_points").finite(),
      baseOdds: try node.field("base_odds").finite(),
      doubleOdds: try node.field("double_odds").finite())
    features = []
    for item in try node.field("features").items() {
      var bins: [EvidenceTable.Bin] = []
      for bin in try item.field("bins").items() { bins.append(try EvidenceTable.Bin(node: bin)) }
      features.append(
        Feature(
          name: try item.field("name").text(), table: EvidenceTable(bins: bins),
          coefficient: try item.field("coefficient").finite()))
    }
    coefficients = []
    for item in try node.field("coefficients").items() {
      coefficients.append(try Coefficient(node: item))
    }
    summary = try Statistic.list(node.field("summary"))
    guard !features.isEmpty else { throw .unreadableModel("it has no feature") }
    guard scale.baseOdds > 0, scale.doubleOdds > 0 else {
      throw .unreadableModel("its points have no scale")
    }
    guard Set(features.map(\.name)).count == features.count else {
      throw .unreadableModel("a feature is there twice")
    }
  }

  package func flaw(in features: [Estimation.Feature], _ task: Task) -> String? {
    guard features.map(\.name) == names else { return Self.otherFeatures }
    for feature in self.features {
      guard let place = names.firstIndex(of: feature.name) else { return Self.otherFeatures }
      if let flaw = feature.table.flaw(of: features[place].kind) { return flaw }
    }
    return nil
  }
}

extension EvidenceTable {
  /// Bins of a number follow one another, those of a category hold each level once.
  fileprivate func flaw(of kind: Feature.Kind) -> String? {
    var end: Double?
    var levels: [String] = []
    for bin in bins {
      switch bin.range {
      case .between(let low, let high):
        guard low < high, end.map({ $0 == low }) ?? true else { return "its bins have gaps" }
        end = high
      case .levels(let names): levels += names
      case .missing: break
      }
    }
    guard bins.count(where: { $0.range == .missing }) < 2, Set(levels).count == levels.count else {
      return "a bin is there twice"
    }
    let isCategory = if case .category = kind { true } else { false }
    guard isCategory ? end == nil : end != nil && levels.isEmpty else {
      return "its bins are of another kind"
    }
    guard weights.allSatisfy(\.isFinite) else { return "a bin has no weight" }
    return nil
  }
}

extension EvidenceTable.Bin {
  var node: ModelNode {
    let place: (String, ModelNode) =
      switch range {
      case .between(let low, let high): ("between", .numbers([low, high]))
      case .levels(let names): ("levels", .texts(names))
      case .missing: ("missing", .flag(true))
      }
    return .record([
      ModelNode.Field(name: place.0, value: place.1),
      ModelNode.Field(name: "positives", value: .number(positives)),
      ModelNode.Field(name: "negatives", value: .number(negatives)),
    ])
  }

  init(node: ModelNode) throws(EstimationError) {
    positives = try node.field("positives").finite()
    negatives = try node.field("negatives").finite()
    guard positives >= 0, negatives >= 0 else { throw .unreadableModel("a bin counts below 0") }
    switch try node.fields().first?.name {
    case "between":
      let ends = try node.field("between").numbers()
      guard ends.count == 2 else { throw .unreadableModel("a bin without ends") }
      range = .between(low: ends[0], high: ends[1])
    case "levels": range = .levels(try node.field("levels").texts())
    case "missing": range = .missing
    default: throw .unreadableModel("an unknown bin")
    }
  }
}
