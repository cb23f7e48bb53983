import Values

// Schemas as JSON. A type of one value is a text, `"decimal(12, 2)"`; a list or a record is an
// object, since names of fields may hold anything:
//
//     {"name": "tags", "type": {"list": {"type": "text", "missing": true}}, "missing": true}

/// Why a text holds no kept schemas.
enum KeptSchemasProblem: Error {
  case damaged(String)
  case ofNewerVersion

  var words: String {
    switch self {
    case .damaged(let why): why
    case .ofNewerVersion: "a newer version of Whom wrote it"
    }
  }
}

extension KeptSource {
  /// Over lines, a column a line.
  var encoded: String {
    var head: [JSONValue.Member] = []
    switch key {
    case .file(let path, let options):
      head.append(.init("file", .string(path)))
      if options != .object([]) { head.append(.init("options", options)) }
    case .table(let name):
      head.append(.init("table", .string(name)))
      head.append(.init("path", .array(path.map { .string($0) })))
    case .query(let digest): head.append(.init("query", .string(digest)))
    }
    head.append(.init("seen", .string(DatePrinting.date(Int(day)))))
    if !casts.isEmpty { head.append(.init("casts", .array(casts.sorted().map { .string($0) }))) }
    if !keys.isEmpty {
      head.append(.init("keys", .array(keys.map { .array($0.map { .string($0) }) })))
    }
    let columns = schema.columns.map { "    " + JSONValue.object($0.members).text }
    let opening = String(JSONValue.object(head).text.dropLast())
    if columns.isEmpty { return "  \(opening),\"columns\":[]}" }
    return "  \(opening),\"columns\":[\n" + columns.joined(separator: ",\n") + "]}"
  }

  init(_ json: JSONValue) throws(KeptSchemasProblem) {
    if let path = json["file"] {
      key = .file(path: try path.string(), options: json["options"] ?? .object([]))
    } else if let name = json["table"] {
      key = .table(try name.string())
    } else if let digest = json["query"] {
      key = .query(try digest.string())
    } else {
      throw .damaged("a source has no name")
    }
    guard let seen = json["seen"], let day = Calendar.days(iso: try seen.string()) else {
      throw .damaged("a source has no day")
    }
    self.day = Int32(clamping: day)
    path = try (json["path"] ?? .array([])).items { part throws(KeptSchemasProblem) in
      try part.string()
    }
    casts = Set(
      try (json["casts"] ?? .array([])).items { value throws(KeptSchemasProblem) in
        try value.string()
      })
    keys = try (json["keys"] ?? .array([])).items { key throws(KeptSchemasProblem) in
      try key.items { value throws(KeptSchemasProblem) in try value.string() }
    }
    schema = Schema(try (json["columns"] ?? .null).columns())
    guard Set(schema.names).count == schema.count,
      casts.isSubset(of: schema.names), keys.allSatisfy({ $0.allSatisfy(schema.names.contains) })
    else { throw .damaged("its columns do not fit together") }
  }
}

extension Column {
  fileprivate var members: [JSONValue.Member] { [.init("name", .string(name))] + type.members }
}

extension ValueType {
  fileprivate var members: [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    switch base {
    case .list(let element): members.append(.init("type", ["list": .object(element.members)]))
    case .record(let fields):
      members.append(
        .init("type", ["record": .array(fields.map { .object($0.members) })]))
    case .bool, .int, .float, .decimal, .text, .date, .timestamp, .duration, .months, .period,
      .json, .null:
      members.append(.init("type", .string("\(base)")))
    }
    if isNullable { members.append(.init("missing", .bool(true))) }
    if !labels.isEmpty { members.append(.init("labels", .string("\(labels)"))) }
    return members
  }

  fileprivate init(_ json: JSONValue) throws(KeptSchemasProblem) {
    let base: DataType
    switch json["type"] {
    case .string(let text)?:
      guard let type = DataType(described: text) else {
        throw .damaged("an unknown type")
      }
      base = type
    case let type?:
      if let element = type["list"] {
        base = .list(try ValueType(element))
      } else {
        base = .record(try (type["record"] ?? .null).columns())
      }
    case nil: throw .damaged("a column has no type")
    }
    let labels = try json["labels"].map { json throws(KeptSchemasProblem) in
      try json.labels()
    }
    self.init(base, nullable: json["missing"] == .bool(true), labels: labels ?? LabelSet())
  }
}

extension JSONValue {
  fileprivate func string() throws(KeptSchemasProblem) -> String {
    guard case .string(let text) = self else { throw .damaged("a text is missing") }
    return text
  }

  func items<T>(
    _ read: (JSONValue) throws(KeptSchemasProblem) -> T
  ) throws(KeptSchemasProblem) -> [T] {
    guard case .array(let items) = self else { throw .damaged("a list is missing") }
    var result: [T] = []
    for item in items { result.append(try read(item)) }
    return result
  }

  fileprivate func labels() throws(KeptSchemasProblem) -> LabelSet {
    let (labels, unknown) = LabelSet.read(try string())
    guard unknown.isEmpty else { throw .damaged("an unknown label") }
    return labels
  }

  fileprivate func columns() throws(KeptSchemasProblem) -> [Column] {
    try items { json throws(KeptSchemasProblem) in
      guard let name = json["name"] else { throw .damaged("a column has no name") }
      return Column(try name.string(), try ValueType(json))
    }
  }
}
