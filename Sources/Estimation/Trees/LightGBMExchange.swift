import Values

extension Model {
  /// A model that LightGBM's own programs wrote (text format 2 to 4), as it can be trained here.
  ///
  /// Such a file knows the names of its features and which are categories, but not the classes:
  /// these are `labels`, else `0`, `1` (of two `false`, `true`). Levels come from the line that
  /// pandas categories leave; other categories are the whole numbers that they were.
  /// `column` says what the column of a feature is called.
  package init(
    lightGBM text: String, labels: [String]? = nil, column: (String) -> String = { $0 }
  ) throws(EstimationError) {
    let trimmed = TreeEnsemble.trimmed(text)
    guard let head = TextBlock.all(in: trimmed).first(where: { !$0.isTree }),
      let names = head["feature_names"]?.split(separator: " ").map({ column(String($0)) }),
      let ranges = head["feature_infos"]?.split(separator: " ").map(String.init),
      names.count == ranges.count, Set(names).count == names.count
    else { throw .unreadableModel("the text is not LightGBM's") }
    try Self.check(head, trimmed)
    let levels = try Self.levels(of: ranges, in: Self.pandasLevels(text))
    var columns: [PreparedColumn] = []
    for (place, name) in names.enumerated() {
      guard let known = levels[place] else {
        columns.append(PreparedColumn(name: name, kind: .number(mean: 0, marksMissing: false)))
        continue
      }
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
    let task = try Self.task(head["objective"] ?? "", fitted.trees.outputs, labels)
    let estimator =
      task == .ranking ? "ranker" : fitted.trees.isAveraged ? "random_forest" : "boosted_trees"
    self.init(
      estimator: estimator, arguments: [:], task: task,
      preparation: Preparation(
        encoding: .codes, formula: Formula(columns: names), columns: columns),
      fitted: fitted, calibration: nil, rows: 0, seed: 0,
      notices: head["objective"] == nil ? [.unnamedLoss] : [])
  }

  /// Refuses what would not be scored as LightGBM scores it.
  private static func check(_ head: TextBlock, _ text: String) throws(EstimationError) {
    let version = head["version"] ?? ""
    guard ["v2", "v3", "v4"].contains(version) else {
      throw .unreadableModel("LightGBM wrote it in another format (`\(version)`)")
    }
    try check(objective: head["objective"] ?? "", outputs: try head.whole("num_tree_per_iteration"))
    for block in TextBlock.all(in: text) where block.isTree {
      if let kind = block["is_linear"], kind != "0" {
        throw .foreignTrees(
          "its leaves are linear models, not numbers", instead: "train it without `linear_tree`")
      }
    }
  }

  private static func check(
    objective: String, outputs: Int
  ) throws(EstimationError) {
    let words = objective.split(separator: " ")
    switch words.first {
    case nil where outputs > 1:
      throw .foreignTrees(
        "it has \(outputs) outputs, and a loss of its maker's own that the file does not name",
        instead: "train it with the objective `multiclass`")
    case "multiclassova":
      throw .foreignTrees(
        "the chances of its classes (`multiclassova`) are each for itself, and do not add up to 1",
        instead: "train it with the objective `multiclass`")
    case "cross_entropy", "cross_entropy_lambda":
      throw .foreignTrees(
        "its target is a probability (`\(words[0])`), which no model of trees here has",
        instead:
          "train it with the objective `binary`, the probability and its rest as weights of two rows"
      )
    default: break
    }
    for word in words.dropFirst() {
      let parts = word.split(separator: ":")
      if parts[0] == "sigmoid", parts.count == 2, Double(parts[1]) != 1, words[0] == "binary" {
        throw .foreignTrees(
          "its probabilities have a slope of their own (`\(word)`)",
          instead: "train it with `sigmoid` as 1")
      }
      if parts[0] == "sqrt" {
        throw .foreignTrees(
          "it was trained on square roots (`reg_sqrt`)",
          instead: "train it on `sqrt(target)`, and square what it predicts")
      }
    }
  }

  /// LightGBM writes the codes it saw, `0:1:3`; of a number the range, `[0:7.5]`; `none` for what
  /// no tree uses.
  private static func isCategory(_ range: String) -> Bool {
    range != "none" && !range.hasPrefix("[")
  }

  /// The levels of each feature that has some. The file names them in the order of the columns but
  /// not by name, and categories that were whole numbers have none: the lists must fit the codes in
  /// one way alone.
  private static func levels(
    of ranges: [String], in lists: [[String]]
  ) throws(EstimationError) -> [Int: [String]] {
    var slots = ranges.indices.filter { isCategory(ranges[$0]) }
    if slots.count < lists.count {
      slots = ranges.indices.filter { isCategory(ranges[$0]) || ranges[$0] == "none" }
    }
    func fits(_ slot: Int, _ list: Int) -> Bool {
      let codes = ranges[slot].split(separator: ":").compactMap { Int($0) }
      return codes.max() ?? -1 < lists[list].count && !lists[list].isEmpty
    }
    func places(_ slots: [Int], _ order: [Int]) -> [Int: Int] {
      var found: [Int: Int] = [:]
      var rest = order[...]
      for slot in slots {
        guard let next = rest.first, fits(slot, next) else { continue }
        found[slot] = next
        rest.removeFirst()
      }
      return found
    }
    let order = Array(lists.indices)
    let first = places(slots, order)
    guard first.count == lists.count, first == places(slots.reversed(), order.reversed()) else {
      throw .unreadableModel("which of its categories is which cannot be told")
    }
    return first.mapValues { lists[$0] }
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
    let names = labels ?? (count == 2 ? ["false", "true"] : (0..<count).map(String.init))
    guard names.count == count else {
      throw .lengthMismatch("the classes", found: names.count, wanted: count)
    }
    return .classification(labels: names)
  }

  /// The trees as a file for LightGBM's own programs, with the names of the features and, for
  /// pandas, the levels of categories; nothing for other models.
  package var lightGBMText: String? {
    get throws(EstimationError) {
      guard let model = fitted as? TreeModel else { return nil }
      let names = model.features.map(Self.exportedName)
      guard Set(names).count == names.count else {
        throw .unreadableModel("two of its features would have one name")
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

  /// The format parts names by spaces, and the library takes none of JSON's own characters.
  private static func exportedName(_ name: String) -> String {
    var name = name[...]
    if name.count > 2, name.hasPrefix("`"), name.hasSuffix("`") {
      name = name.dropFirst().dropLast()
    }
    return String(
      name.replacing("``", with: "`").map { character in
        character.isWhitespace || "\",:[]{}".contains(character) ? "_" : character
      })
  }
}
