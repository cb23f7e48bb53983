import Values

/// What two models do not have in common, as the rows of a table.
package struct ModelDifference: Sendable, Equatable {
  package var rows: [Row]

  package struct Row: Sendable, Equatable {
    /// `estimator`, `argument`, `feature`, `level`, `coefficient`, `statistic`...
    package var part: String
    package var name: String
    /// Nothing where the model has no such thing.
    package var old: String?
    package var new: String?

    package init(_ part: String, _ name: String, _ old: String?, _ new: String?) {
      self.part = part
      self.name = name
      self.old = old
      self.new = new
    }
  }

  package init(_ old: Model, _ new: Model) {
    rows = []
    add("estimator", "", old.estimator, new.estimator)
    add("task", "", old.task.words, new.task.words)
    add("rows", "", String(old.rows), String(new.rows))
    add("seed", "", String(old.seed), String(new.seed))
    add("calibration", "", old.calibration?.name, new.calibration?.name)
    add("argument", old.arguments.mapValues(\.words), new.arguments.mapValues(\.words))
    add("feature", old.columnKinds, new.columnKinds)
    add("level", old.levels, new.levels)
    add("coefficient", old.estimates, new.estimates)
    add("statistic", old.statistics, new.statistics)
  }

  private mutating func add(_ part: String, _ name: String, _ old: String?, _ new: String?) {
    if old != new { rows.append(Row(part, name, old, new)) }
  }

  private mutating func add(_ part: String, _ old: [String: String], _ new: [String: String]) {
    for name in Set(old.keys).union(new.keys).sorted() { add(part, name, old[name], new[name]) }
  }
}

extension Task {
  fileprivate var words: String {
    switch self {
    case .regression: "regression"
    case .classification(let labels): "classes " + labels.joined(separator: ", ")
    case .ranking: "ranking"
    case .survival: "survival"
    }
  }
}

extension Calibration {
  fileprivate var name: String {
    switch self {
    case .sigmoid: "sigmoid"
    case .isotonic: "isotonic"
    case .eachClass(let each): "\(each.first?.name ?? "none"), each class"
    }
  }
}

extension Model {
  fileprivate var columnKinds: [String: String] {
    Dictionary(preparation.columns.map { ($0.name, $0.kind.words) }) { first, _ in first }
  }

  fileprivate var levels: [String: String] {
    var result: [String: String] = [:]
    for column in preparation.columns {
      guard case .category(let levels) = column.kind else { continue }
      for level in levels.names { result["\(column.name): \(level)"] = "known" }
    }
    return result
  }

  fileprivate var estimates: [String: String] {
    Dictionary(coefficients.map { ($0.feature, $0.estimate.map { "\($0)" } ?? "left out") }) {
      first, _ in first
    }
  }

  fileprivate var statistics: [String: String] {
    Dictionary(fitted.summary.map { ($0.name, "\($0.value)") }) { first, _ in first }
  }
}
