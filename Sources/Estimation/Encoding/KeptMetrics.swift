import Values

extension MetricRow {
  package var node: ModelNode {
    let all = ModelNode.fields([
      "metric": .text(metric), "value": .number(value), "low": .optional(low),
      "high": .optional(high), "rows": .whole(rows),
    ])
    guard let label, case .record(let fields) = all else { return all }
    return .record(fields + [ModelNode.Field(name: "class", value: .text(label))])
  }

  package init(node: ModelNode) throws(EstimationError) {
    metric = try node.field("metric").text()
    label = try (try? node.field("class"))?.text()
    value = try node.field("value").number()
    low = try node.field("low").optionalNumber()
    high = try node.field("high").optionalNumber()
    rows = try node.field("rows").count()
  }
}

extension Tuning.Trial {
  package var node: ModelNode {
    .fields([
      "number": .whole(number),
      "arguments": .record(
        arguments.sorted { $0.key < $1.key }.map {
          ModelNode.Field(name: $0.key, value: $0.value.node)
        }),
      "value": .optional(value), "failure": failure.map { .text($0.message) } ?? .nothing,
    ])
  }

  package init(node: ModelNode) throws(EstimationError) {
    number = try node.field("number").count()
    arguments = [:]
    for field in try node.field("arguments").fields() {
      arguments[field.name] = try ArgumentValue(node: field.value)
    }
    value = try node.field("value").optionalNumber()
    let why = try node.field("failure")
    failure = why.isNothing ? nil : .told(try why.text())
  }
}
