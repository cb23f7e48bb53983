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
    let columns = try node.readingItems("columns", PreparedColumn.init(node:))
    try Self.check(terms, columns)
    self.init(
      encoding: encoding,
      formula: Formula(terms, hasIntercept: try node.field("intercept").flag()),
      columns: columns, aliased: Set(try node.field("aliased").texts()))
  }

  /// No model that somebody could use has more features.
  private static let featureLimit = 1_000_000

  /// A few words of a file can ask for more features than memory holds: a product of categories
  /// has one for every combination of their levels.
  private static func check(
    _ terms: [[String]], _ columns: [PreparedColumn]
  ) throws(EstimationError) {
    let widths = Dictionary(columns.map { ($0.name, $0.width) }) { first, _ in first }
    guard widths.count == columns.count else { throw .unreadableModel("a column is there twice") }
    var features = columns.count * 3
    for term in terms {
      var size = 1
      for name in term {
        guard let width = widths[name] else {
          throw .unreadableModel("a term reads a column that was not prepared")
        }
        size = min(size * width, featureLimit + 1)
      }
      guard Set(term).count == term.count else {
        throw .unreadableModel("a term has a column twice")
      }
      features += size
      guard features <= featureLimit else { throw .unreadableModel("it has too many features") }
    }
  }
}

extension PreparedColumn {
  /// The most features that it can be.
  var width: Int {
    switch kind {
    case .number, .boolean: 2
    case .category(let levels): levels.names.count
    case .date(_, _, _, let months, let weekdays): 2 + months.names.count + weekdays.names.count
    }
  }

  var node: ModelNode {
    let part: (String, KeyValuePairs<String, ModelNode>) =
      switch kind {
      case .number(let mean, let marks):
        ("number", ["mean": .number(mean), "marks_missing": .flag(marks)])
      case .boolean(let mean, let marks):
        ("boolean", ["mean": .number(mean), "marks_missing": .flag(marks)])
      case .category(let levels): ("category", ["levels": levels.node])
      case .date(let origin, let mean, let marks, let months, let weekdays):
        (
          "date",
          [
            "origin": .whole(origin), "mean": .number(mean), "marks_missing": .flag(marks),
            "months": months.node, "weekdays": weekdays.node,
          ]
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
        mean: try node.field("mean").finite(),
        marksMissing: try node.field("marks_missing").flag())
    case "boolean":
      kind = .boolean(
        mean: try node.field("mean").share(),
        marksMissing: try node.field("marks_missing").flag())
    case "category": kind = .category(try Levels(node: node.field("levels")))
    case "date":
      let origin = try node.field("origin").whole()
      let months = try Levels(node: node.field("months"))
      let weekdays = try Levels(node: node.field("weekdays"))
      let mean = try node.field("mean").number()
      guard Int32(exactly: origin) != nil, mean.isFinite, months.isPart(of: Levels.monthNames),
        weekdays.isPart(of: Levels.weekdayNames)
      else { throw .unreadableModel("its dates are broken") }
      kind = .date(
        origin: origin, mean: mean,
        marksMissing: try node.field("marks_missing").flag(), months: months, weekdays: weekdays)
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
      names: try node.field("names").texts(),
      shares: try node.field("shares").items().map { item throws(EstimationError) in
        try item.share()
      },
      missing: place.isNothing ? nil : try place.whole(), base: try node.field("base").whole())
    guard names.count == shares.count, names.indices.contains(base),
      missing.map({ $0 == names.count - 1 }) ?? true, Set(known).count == known.count
    else { throw .unreadableModel("its levels are broken") }
  }

  /// Without the one for missing values, which stands last.
  private var known: ArraySlice<String> { missing == nil ? names[...] : names.dropLast() }

  fileprivate func isPart(of names: [String]) -> Bool { known.allSatisfy(names.contains) }
}
