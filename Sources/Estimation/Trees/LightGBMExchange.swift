import Values

extension Model {
  /// A model that LightGBM's own programs wrote (text format 4), as it can be trained here.
  ///
  /// Such a file knows the names of its features and which are categories, but not the classes:
  /// these are `labels`, else `0`, `1`. Levels come from the line that pandas categories leave, else
  /// a category is its code as text.
  package init(lightGBM text: String, labels: [String]? = nil) throws(EstimationError) {
    let trimmed = TreeEnsemble.trimmed(text)
    guard let head = TextBlock.all(in: trimmed).first(where: { !$0.isTree }),
      let names = head["feature_names"]?.split(separator: " ").map(String.init),
      let ranges = head["feature_infos"]?.split(separator: " ").map(String.init),
      names.count == ranges.count, Set(names).count == names.count
    else { throw .unreadableModel("the text is not LightGBM's") }
    var levels = try Self.pandasLevels(text)
    let isListed = levels.count == ranges.count(where: Self.isCategory)
    var columns: [PreparedColumn] = []
    for (name, range) in zip(names, ranges) {
      guard Self.isCategory(range) else {
        columns.append(PreparedColumn(name: name, kind: .number(mean: 0, marksMissing: false)))
        continue
      }
      let known = isListed ? levels.removeFirst() : try Self.codes(range)
      columns.append(
        PreparedColumn(
          name: name,
          kind: .category(
            Levels(
              names: known,
              shares: [Double](repeating: 1 / Double(max(1, known.count)), count: known.count),
              missing: nil, base: 0))))
    }
    let fitted = try TreeModel(features: names, text: trimmed, summary: [], curve: [])
    self.init(
      estimator: "boosted_trees", arguments: [:],
      task: try Self.task(head["objective"] ?? "", fitted.trees.outputs, labels),
      preparation: Preparation(
        encoding: .codes, formula: Formula(columns: names), columns: columns),
      fitted: fitted, calibration: nil, rows: 0, seed: 0, notices: [])
  }

  /// LightGBM writes the codes it saw, `0:1:3`; of a number the range, `[0:7.5]`; `none` for what
  /// no tree uses.
  private static func isCategory(_ range: String) -> Bool {
    range != "none" && !range.hasPrefix("[")
  }

  private static func codes(_ range: String) throws(EstimationError) -> [String] {
    let codes = range.split(separator: ":").map { Int($0) ?? -1 }
    guard let most = codes.max(), most < 100_000, !codes.contains(-1) || codes.count > 1 else {
      throw .unreadableModel("its categories are broken")
    }
    return (0...max(0, most)).map(String.init)
  }

  private static func pandasLevels(_ text: String) throws(EstimationError) -> [[String]] {
    let start = "pandas_categorical:"
    guard let line = text.split(separator: "\n").last(where: { $0.hasPrefix(start) }),
      !line.hasSuffix(":null")
    else { return [] }
    var result: [[String]] = []
    for list in try ModelNode(encoded: String(line.dropFirst(start.count))).items() {
      var names: [String] = []
      for item in try list.items() {
        switch item {
        case .text(let name): names.append(name)
        case .number(let value): names.append(ArgumentValue.number(value).words)
        case .flag(let flag): names.append(flag ? "true" : "false")
        case .nothing, .list, .record: throw .unreadableModel("a level is not a text")
        }
      }
      result.append(names)
    }
    return result
  }

  private static func task(
    _ objective: String, _ outputs: Int, _ labels: [String]?
  ) throws(EstimationError) -> Task {
    let count: Int
    switch objective.split(separator: " ").first {
    case "binary": count = 2
    case "multiclass": count = outputs
    case "lambdarank", "rank_xendcg": return .ranking
    default: return .regression
    }
    let names = labels ?? (0..<count).map(String.init)
    guard names.count == count else {
      throw .lengthMismatch("the classes", found: names.count, wanted: count)
    }
    return .classification(labels: names)
  }

  /// The trees as a file for LightGBM's own programs, with the names of the features and, for
  /// pandas, the levels of categories; nothing for other models.
  package var lightGBMText: String? {
    guard let model = fitted as? TreeModel else { return nil }
    // The format parts names by spaces.
    let names = model.features.map { name in
      String(name.map { $0 == " " || $0.isNewline ? "_" : $0 })
    }
    let lines = model.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("feature_names=")
        ? "feature_names=" + names.joined(separator: " ") : String(line)
    }
    let levels = preparation.features.compactMap { feature -> ModelNode? in
      if case .category(let levels) = feature.kind { .texts(levels) } else { nil }
    }
    return lines.joined(separator: "\n") + "\npandas_categorical:"
      + (levels.isEmpty ? "null" : ModelNode.list(levels).encoded) + "\n"
  }
}
