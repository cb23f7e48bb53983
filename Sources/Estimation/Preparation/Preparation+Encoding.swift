extension Preparation {
  package var node: ModelNode {
    .fields([
      "encoding": .text(encoding.rawValue), "intercept": .flag(formula.hasIntercept),
      "terms": .list(formula.terms.map(ModelNode.texts)),
      "columns": .list(columns.map(\.node)), "aliased": .texts(aliased.sorted()),
    ])
  }

  package init(node: ModelNode) throws(EstimationError) {
    guard let encoding = Encoding(rawValue: try node.field("encoding").text()) else {
      throw .unreadableModel("an unknown encoding")
    }
    var terms: [[String]] = []
    for term in try node.field("terms").items() { terms.append(try term.texts()) }
    var columns: [PreparedColumn] = []
    for column in try node.field("columns").items() {
      columns.append(try PreparedColumn(node: column))
    }
    self.init(
      encoding: encoding,
      formula: Formula(terms, hasIntercept: try node.field("intercept").flag()),
      columns: columns, aliased: Set(try node.field("aliased").texts()))
  }
}

extension PreparedColumn {
  var node: ModelNode {
    let part: (String, KeyValuePairs<String, ModelNode>) =
      switch kind {
      case .number(let mean, let marks):
        ("number", ["mean": .number(mean), "marks_missing": .flag(marks)])
      case .boolean(let mean, let marks):
        ("boolean", ["mean": .number(mean), "marks_missing": .flag(marks)])
      case .category(let levels): ("category", ["levels": levels.node])
      case .date(let origin, let months, let weekdays):
        (
          "date",
          ["origin": .whole(origin), "months": months.node, "weekdays": weekdays.node]
        )
      }
    return .record(
      [
        ModelNode.Field(name: "name", value: .text(name)),
        ModelNode.Field(name: "kind", value: .text(part.0)),
      ] + part.1.map { ModelNode.Field(name: $0.key, value: $0.value) })
  }

  init(node: ModelNode) throws(EstimationError) {
    name = try node.field("name").text()
    switch try node.field("kind").text() {
    case "number":
      kind = .number(
        mean: try node.field("mean").number(),
        marksMissing: try node.field("marks_missing").flag())
    case "boolean":
      kind = .boolean(
        mean: try node.field("mean").number(),
        marksMissing: try node.field("marks_missing").flag())
    case "category": kind = .category(try Levels(node: node.field("levels")))
    case "date":
      kind = .date(
        origin: try node.field("origin").whole(), months: try Levels(node: node.field("months")),
        weekdays: try Levels(node: node.field("weekdays")))
    default: throw .unreadableModel("an unknown kind of column")
    }
  }
}

extension Levels {
  var node: ModelNode {
    .fields([
      "names": .texts(names), "shares": .numbers(shares), "base": .whole(base),
      "missing": missing.map(ModelNode.whole) ?? .nothing,
    ])
  }

  init(node: ModelNode) throws(EstimationError) {
    let place = try node.field("missing")
    self.init(
      names: try node.field("names").texts(), shares: try node.field("shares").numbers(),
      missing: place.isNothing ? nil : try place.whole(), base: try node.field("base").whole())
    guard names.count == shares.count, names.indices.contains(base),
      missing.map(names.indices.contains) ?? true
    else { throw .unreadableModel("its levels are broken") }
  }
}
