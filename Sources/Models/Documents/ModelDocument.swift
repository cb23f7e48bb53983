import Compiler
package import Estimation
package import Syntax
package import Values

/// A model with all that another program needs to use and to judge it: what a file of the
/// registry holds. The same model of the same rows gives the same bytes.
///
///     {"format":"whom-trained-model","version":1,"estimator":"logistic",...}
package struct ModelDocument: Sendable {
  package var model: TrainedModel
  package var data: TrainingData

  package init(_ model: TrainedModel, _ data: TrainingData) {
    self.model = model
    self.data = data
  }

  static let formatName = "whom-trained-model"
  /// A program refuses what is newer than itself.
  package static let formatVersion = 1
}

/// The rows that a model was trained on, as far as its document tells of them.
package struct TrainingData: Hashable, Sendable {
  /// A digest of what is in the rows, whatever their order.
  package var fingerprint: String
  package var rows: Int
  /// The columns that told the rows apart, whose digests are kept beside the model.
  package var keys: [Column]
  /// Labels of features and target, by column.
  package var labels: [String: LabelSet]

  package init(
    fingerprint: String, rows: Int, keys: [Column] = [], labels: [String: LabelSet] = [:]
  ) {
    self.fingerprint = fingerprint
    self.rows = rows
    self.keys = keys
    self.labels = labels
  }
}

extension ModelDocument {
  package var encoded: String { node.encoded + "\n" }

  /// Reads a document that may come from anywhere. `expression` reads the text of an input; nil
  /// where it is none.
  package init(
    encoded text: String, expression: (String) -> Expr?
  ) throws(EstimationError) {
    let node = try ModelNode(encoded: text)
    guard try node.field("format").text() == Self.formatName else {
      throw .unreadableModel("its format is another")
    }
    let version = try node.field("version").whole()
    guard version <= Self.formatVersion else {
      throw .unreadableModel("a newer version of this program wrote it (format \(version))")
    }
    let shape = try ModelShape(node: node, expression: expression)
    let members = try node.readingItems("members") { item throws(EstimationError) in
      try TrainedModel.Member(node: item, shape)
    }
    guard !members.isEmpty else { throw .unreadableModel("no model is in it") }
    guard members.count == 1 || !shape.keys.isEmpty else {
      throw .unreadableModel("several models, and nothing to tell them apart")
    }
    model = TrainedModel(
      shape: shape, members: members, history: try node.reading("history", ModelHistory.init(node:))
    )
    data = try node.reading("training", TrainingData.init(node:))
  }

  private var node: ModelNode {
    let shape = model.shape
    return .fields([
      "format": .text(Self.formatName), "version": .whole(Self.formatVersion),
      "estimator": .text(shape.estimator.name), "answer": .text(shape.answer.rawValue),
      "target": shape.target.node, "features": .list(shape.features.map(\.node)),
      "terms": .list(shape.terms.map(ModelNode.texts)), "intercept": .flag(shape.hasIntercept),
      "roles": .record(
        shape.roles.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: $0.value.node) }),
      "by": .list(shape.keys.map(\.node)),
      "searched": .list(
        shape.searched.map { .fields(["name": .text($0.name), "type": .text("\($0.type.base)")]) }
      ),
      "history": model.history.node, "training": data.node,
      "members": .list(model.members.map(\.node)),
    ])
  }
}
