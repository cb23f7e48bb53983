import Compiler
import Estimation
import Syntax
import Values

extension ModelShape {
  init(node: ModelNode, expression: (String) -> Expr?) throws(EstimationError) {
    let name = try node.field("estimator").text()
    guard let estimator = Estimator.named(name) else {
      throw .unreadableModel("there is no estimator `\(name)`")
    }
    guard let answer = ModelAnswer(rawValue: try node.field("answer").text()) else {
      throw .unreadableModel("an unknown kind of answer")
    }
    func inputs(_ name: String) throws(EstimationError) -> [ModelInput] {
      var found: [ModelInput] = []
      for item in try node.field(name).items() {
        found.append(try ModelInput(node: item, expression: expression))
      }
      guard Set(found.map(\.text)).count == found.count else {
        throw .unreadableModel("an input stands in it twice")
      }
      return found
    }
    let features = try inputs("features")
    let keys = try inputs("by")
    var terms: [[String]] = []
    for term in try node.field("terms").items() { terms.append(try term.texts()) }
    guard Set(terms.joined()) == Set(features.map(\.text)) else {
      throw .unreadableModel("its formula has other features")
    }
    self.init(
      estimator: estimator.signature, answer: answer,
      target: try ModelInput(node: node.field("target"), expression: expression),
      features: features, terms: terms, hasIntercept: try node.field("intercept").flag(),
      roles: try Self.roles(node.field("roles"), estimator, expression), keys: keys,
      searched: try Self.searched(node.field("searched")))
  }

  private static func roles(
    _ node: ModelNode, _ estimator: Estimator, _ expression: (String) -> Expr?
  ) throws(EstimationError) -> [String: ModelInput] {
    var roles: [String: ModelInput] = [:]
    for field in try node.fields() {
      guard estimator.roles.contains(where: { $0.name == field.name }) else {
        throw .unreadableModel("`\(estimator.name)` has no `\(field.name)`")
      }
      roles[field.name] = try ModelInput(node: field.value, expression: expression)
    }
    if let missing = estimator.roles.first(where: { $0.isRequired && roles[$0.name] == nil }) {
      throw .unreadableModel("`\(missing.name)` is not there")
    }
    return roles
  }

  private static func searched(_ node: ModelNode) throws(EstimationError) -> [Column] {
    var columns: [Column] = []
    for item in try node.items() {
      let type = try DataType(kept: item.field("type").text())
      columns.append(Column(try item.field("name").text(), ValueType(type)))
    }
    return columns
  }
}

extension ModelInput {
  var node: ModelNode { .fields(["text": .text(text), "type": .text("\(type)")]) }

  init(node: ModelNode, expression: (String) -> Expr?) throws(EstimationError) {
    let text = try node.field("text").text()
    guard let expr = expression(text) else {
      throw .unreadableModel("an input is not an expression over columns")
    }
    self.init(text: text, type: try DataType(kept: node.field("type").text()), expr: expr)
  }
}

extension DataType {
  /// A type of one value as its description says it; models read no documents.
  init(kept text: String) throws(EstimationError) {
    guard let type = DataType(described: text), type != .json else {
      throw .unreadableModel("an unknown type")
    }
    self = type
  }
}
