import Values

extension Model {
  /// The format of a kept model; a program refuses what is newer than itself.
  static let formatVersion = 1

  /// The model as a document: the same model gives the same bytes.
  package var node: ModelNode {
    .fields([
      "format": .text("whom-model"), "version": .whole(Self.formatVersion),
      "estimator": .text(estimator), "arguments": Self.node(arguments), "task": task.node,
      "rows": .whole(rows), "seed": .text(String(seed)), "preparation": preparation.node,
      "calibration": calibration?.node ?? .nothing, "fitted": fitted.node,
      "notices": .texts(notices.map(\.message)),
    ])
  }

  package var encoded: String { node.encoded + "\n" }

  /// Reads a kept model; of what training noticed only the words are kept.
  package init(encoded text: String) throws(EstimationError) {
    try self.init(node: ModelNode(encoded: text))
  }

  package init(node: ModelNode) throws(EstimationError) {
    guard try node.field("format").text() == "whom-model" else {
      throw .unreadableModel("its format is another")
    }
    let version = try node.field("version").whole()
    guard version <= Self.formatVersion else {
      throw .unreadableModel("a newer version of this program wrote it (format \(version))")
    }
    estimator = try node.field("estimator").text()
    guard let known = Estimator.named(estimator) else {
      throw .unreadableModel("there is no estimator `\(estimator)`")
    }
    arguments = try node.reading("arguments", Self.arguments)
    task = try node.reading("task", Task.init(node:))
    guard known.tasks.contains(task.kind) else {
      throw .unreadableModel("`\(estimator)` does not learn \(task.kind.target)")
    }
    rows = try node.field("rows").count()
    guard let seed = UInt64(try node.field("seed").text()) else {
      throw .unreadableModel("its seed is not a number")
    }
    self.seed = seed
    preparation = try node.reading("preparation", Preparation.init(node:))
    calibration = try node.reading("calibration") { kept throws(EstimationError) in
      kept.isNothing ? nil : try Calibration(node: kept)
    }
    if let calibration, !calibration.fits(task) {
      throw .unreadableModel("its calibration is of another number of classes")
    }
    fitted = try node.reading("fitted", known.decode)
    guard preparation.encoding == known.encoding else {
      throw .unreadableModel("its features are made for another estimator")
    }
    if let flaw = fitted.flaw(in: preparation.features, task) { throw .unreadableModel(flaw) }
    notices = try node.field("notices").texts().map { .told($0) }
  }

  private static func node(_ arguments: [String: ArgumentValue]) -> ModelNode {
    .record(
      arguments.sorted { $0.key < $1.key }.map {
        ModelNode.Field(name: $0.key, value: $0.value.node)
      })
  }

  private static func arguments(
    _ node: ModelNode
  ) throws(EstimationError) -> [String: ArgumentValue] {
    var result: [String: ArgumentValue] = [:]
    for field in try node.fields() { result[field.name] = try ArgumentValue(node: field.value) }
    return result
  }
}

extension ArgumentValue {
  var node: ModelNode {
    switch self {
    case .automatic: .nothing
    case .number(let value): .number(value)
    case .flag(let flag): .flag(flag)
    case .text(let text): .text(text)
    case .numbers(let values): .fields(["numbers": .numbers(values)])
    case .texts(let values): .fields(["texts": .texts(values)])
    }
  }

  init(node: ModelNode) throws(EstimationError) {
    switch node {
    case .nothing: self = .automatic
    case .number(let value): self = .number(value)
    case .flag(let flag): self = .flag(flag)
    case .text(let text): self = .text(text)
    case .record(let fields) where fields.first?.name == "numbers":
      self = .numbers(try node.field("numbers").numbers())
    case .record: self = .texts(try node.field("texts").texts())
    case .list: throw .unreadableModel("an argument is a list")
    }
  }
}

extension Task {
  var node: ModelNode {
    switch self {
    case .regression: .fields(["kind": .text("regression")])
    case .classification(let labels):
      .fields(["kind": .text("classification"), "labels": .texts(labels)])
    case .ranking: .fields(["kind": .text("ranking")])
    case .survival: .fields(["kind": .text("survival")])
    }
  }

  init(node: ModelNode) throws(EstimationError) {
    switch try node.field("kind").text() {
    case "regression": self = .regression
    case "classification":
      let labels = try node.field("labels").texts()
      guard labels.count > 1, Set(labels).count == labels.count else {
        throw .unreadableModel("its classes are broken")
      }
      self = .classification(labels: labels)
    case "ranking": self = .ranking
    case "survival": self = .survival
    default: throw .unreadableModel("an unknown task")
    }
  }
}

extension Calibration {
  /// Whether it is made for so many scores a row.
  fileprivate func fits(_ task: Task) -> Bool {
    switch (self, task) {
    case (.eachClass(let each), .classification(let labels)):
      labels.count > 2 && each.count == labels.count
    case (.sigmoid, .classification(let labels)), (.isotonic, .classification(let labels)):
      labels.count == 2
    case (_, .regression), (_, .ranking), (_, .survival): false
    }
  }

  package var node: ModelNode {
    switch self {
    case .sigmoid(let a, let b):
      .fields(["kind": .text("sigmoid"), "a": .number(a), "b": .number(b)])
    case .isotonic(let scores, let values):
      .fields([
        "kind": .text("isotonic"), "scores": .numbers(scores), "values": .numbers(values),
      ])
    case .eachClass(let each):
      .fields(["kind": .text("each class"), "classes": .list(each.map(\.node))])
    }
  }

  package init(node: ModelNode) throws(EstimationError) {
    switch try node.field("kind").text() {
    case "sigmoid":
      self = .sigmoid(a: try node.field("a").finite(), b: try node.field("b").finite())
    case "isotonic":
      let scores = try node.field("scores").finiteNumbers()
      let values = try node.field("values").finiteNumbers()
      guard scores.count == values.count, !scores.isEmpty, scores == scores.sorted(),
        values.allSatisfy({ (0...1).contains($0) })
      else {
        throw .unreadableModel("its calibration is broken")
      }
      self = .isotonic(scores: scores, values: values)
    case "each class":
      var each: [Calibration] = []
      for item in try node.field("classes").items() {
        guard try item.field("kind").text() != "each class" else {
          throw .unreadableModel("its calibration is broken")
        }
        each.append(try Calibration(node: item))
      }
      self = .eachClass(each)
    default: throw .unreadableModel("an unknown calibration")
    }
  }
}
