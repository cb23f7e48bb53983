import Compiler
import Estimation
import Values

extension TrainedModel.Member {
  var node: ModelNode {
    .fields([
      "by": .list(keys.map(\.keptNode)), "metrics": .list(metrics.map(\.node)),
      "on_folds": .flag(isCrossValidated), "trials": .list(trials.map(\.node)),
      "best": best.map(ModelNode.whole) ?? .nothing, "model": model.node,
    ])
  }

  init(node: ModelNode, _ shape: ModelShape) throws(EstimationError) {
    var keys: [Value] = []
    for item in try node.field("by").items() { keys.append(try Value(kept: item)) }
    guard keys.count == shape.keys.count else {
      throw .unreadableModel("a group has another number of keys")
    }
    var metrics: [MetricRow] = []
    for item in try node.field("metrics").items() { metrics.append(try MetricRow(node: item)) }
    var trials: [Tuning.Trial] = []
    for item in try node.field("trials").items() { trials.append(try Tuning.Trial(node: item)) }
    let best = try node.field("best")
    let model = try node.reading("model", Model.init(node:))
    guard model.estimator == shape.estimator.name, shape.answer.fits(model.task) else {
      throw .unreadableModel("it says of itself what it is not")
    }
    for column in model.preparation.columns {
      guard let input = shape.features.first(where: { $0.text == column.name }) else {
        throw .unreadableModel("it has prepared a column that it does not read")
      }
      guard column.kind.fits(input.type) else {
        throw .unreadableModel("it has prepared a column of another type")
      }
    }
    self.init(
      keys: keys, model: model, metrics: metrics,
      isCrossValidated: try node.field("on_folds").flag(), trials: trials,
      best: best.isNothing ? nil : try best.whole())
  }
}

extension ModelAnswer {
  fileprivate func fits(_ task: Estimation.Task) -> Bool {
    switch (self, task) {
    case (.number, .regression), (.rank, .ranking), (.risk, .survival): true
    case (.probability, .classification(let labels)): labels == ["false", "true"]
    case (.classes, .classification(let labels)): labels.count > 1
    case (.number, _), (.rank, _), (.risk, _), (.probability, _), (.classes, _): false
    }
  }
}

extension PreparedColumn.Kind {
  /// As `ModelTable` reads the types.
  fileprivate func fits(_ type: DataType) -> Bool {
    switch (self, type) {
    case (.boolean, .bool), (.category, .text), (.date, .date), (.date, .timestamp): true
    case (.number, .bool), (.number, .text), (.number, .date), (.number, .timestamp): false
    case (.number, _): true
    case (.boolean, _), (.category, _), (.date, _): false
    }
  }
}

extension ModelHistory {
  var node: ModelNode {
    .fields([
      "formula": .text(formula), "settings": .texts(settings), "rows": .whole(rows),
      "seed": .text(String(seed)), "protected": .texts(protected), "notices": .texts(notices),
      "facts": .list(
        facts.map { .fields(["name": .text($0.name), "value": .text($0.value)]) }),
    ])
  }

  init(node: ModelNode) throws(EstimationError) {
    guard let seed = Int64(try node.field("seed").text()) else {
      throw .unreadableModel("its seed is not a number")
    }
    var facts: [ModelFact] = []
    for item in try node.field("facts").items() {
      facts.append(ModelFact(try item.field("name").text(), try item.field("value").text()))
    }
    self.init(
      formula: try node.field("formula").text(), settings: try node.field("settings").texts(),
      rows: try node.field("rows").count(), seed: seed,
      protected: try node.field("protected").texts(), notices: try node.field("notices").texts(),
      facts: facts)
  }
}

extension TrainingData {
  var node: ModelNode {
    .fields([
      "fingerprint": .text(fingerprint), "rows": .whole(rows),
      "keys": .list(
        keys.map { .fields(["name": .text($0.name), "type": .text("\($0.type.base)")]) }),
      "labels": .record(
        labels.sorted { $0.key < $1.key }.map {
          .init(name: $0.key, value: .text($0.value.description))
        }),
    ])
  }

  init(node: ModelNode) throws(EstimationError) {
    var keys: [Column] = []
    for item in try node.field("keys").items() {
      keys.append(
        Column(
          try item.field("name").text(),
          ValueType(try DataType(kept: item.field("type").text()), nullable: true)))
    }
    var labels: [String: LabelSet] = [:]
    for field in try node.field("labels").fields() {
      // Words that are no labels are left out.
      labels[field.name] = LabelSet.read(try field.value.text()).labels
    }
    self.init(
      fingerprint: try node.field("fingerprint").text(), rows: try node.field("rows").count(),
      keys: keys, labels: labels)
  }
}

extension Value {
  /// The value of a key of `by`: whole numbers as texts, since they may have more digits than a
  /// float.
  fileprivate var keptNode: ModelNode {
    switch self {
    case .null, .list, .record, .period: .nothing
    case .bool(let flag): .flag(flag)
    case .float(let number): .number(number)
    case .text(let text): .fields(["text": .text(text)])
    case .int(let number): .fields(["int": .text(String(number))])
    case .decimal(let unscaled, let scale):
      .fields(["decimal": .text(String(unscaled)), "scale": .whole(scale)])
    case .date(let days): .fields(["date": .text(String(days))])
    case .timestamp(let moment): .fields(["timestamp": .text(String(moment))])
    case .duration(let length): .fields(["duration": .text(String(length))])
    case .months(let count): .fields(["months": .text(String(count))])
    }
  }

  fileprivate init(kept node: ModelNode) throws(EstimationError) {
    switch node {
    case .nothing: self = .null
    case .flag(let flag): self = .bool(flag)
    case .number(let number): self = .float(number)
    case .list, .text: throw .unreadableModel("a key is no value")
    case .record(let fields):
      guard let field = fields.first, let value = Self.value(field.name, try field.value.text())
      else { throw .unreadableModel("a key is no value") }
      self = value
      if case .decimal(let unscaled, _) = value {
        let scale = try node.field("scale").whole()
        guard (0...38).contains(scale) else { throw .unreadableModel("a key is no value") }
        self = .decimal(unscaled: unscaled, scale: scale)
      }
    }
  }

  private static func value(_ kind: String, _ text: String) -> Value? {
    switch kind {
    case "text": .text(text)
    case "int": Int64(text).map { .int($0) }
    case "decimal": Int128(text).map { .decimal(unscaled: $0, scale: 0) }
    case "date": Int32(text).map { .date($0) }
    case "timestamp": Int64(text).map { .timestamp($0) }
    case "duration": Int64(text).map { .duration($0) }
    case "months": Int64(text).map { .months($0) }
    default: nil
    }
  }
}
