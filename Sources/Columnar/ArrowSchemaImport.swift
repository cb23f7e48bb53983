package import CArrowADBC

extension ArrowField {
  /// How deep types may nest; a hostile schema does not exhaust the stack.
  static let nestingLimit = 64

  /// Copies what a C schema says; the caller still owns and releases `schema`.
  package init(copying schema: ArrowSchema) throws(ColumnarError) {
    try self.init(copying: schema, depth: 0)
  }

  private init(copying schema: ArrowSchema, depth: Int) throws(ColumnarError) {
    guard depth < Self.nestingLimit else { throw .malformed("types nested too deeply") }
    guard schema.release != nil, let format = schema.format else {
      throw .malformed("a schema without a format")
    }
    var children: [ArrowField] = []
    for index in 0..<Int(clamping: schema.n_children) {
      guard let child = schema.children?[index] else { throw .malformed("a child is missing") }
      children.append(try ArrowField(copying: child.pointee, depth: depth + 1))
    }
    var type = ArrowFormat.parse(String(cString: format), children: children)
    if let values = schema.dictionary {
      let field = try ArrowField(copying: values.pointee, depth: depth + 1)
      type = .dictionary(indexes: type, values: field.type)
    }
    self.init(
      schema.name.map { String(cString: $0) } ?? "", type,
      nullable: schema.flags & Int64(ARROW_FLAG_NULLABLE) != 0,
      extension: ArrowMetadata.value(of: "ARROW:extension:name", in: schema.metadata) ?? "")
  }

  /// The columns of a result: a stream's schema is a struct whose children they are.
  package static func columns(copying schema: ArrowSchema) throws(ColumnarError) -> [ArrowField] {
    guard case .record(let fields) = try ArrowField(copying: schema).type else {
      throw .malformed("a result that is not a struct of columns")
    }
    return fields
  }
}

/// Arrow's key-value metadata: native 32-bit counts and lengths, each before its bytes.
enum ArrowMetadata {
  static func value(of key: String, in metadata: UnsafePointer<CChar>?) -> String? {
    guard let metadata else { return nil }
    var at = UnsafeRawPointer(metadata)
    func length() -> Int {
      defer { at += 4 }
      return max(0, Int(at.loadUnaligned(as: Int32.self)))
    }
    func text() -> String {
      let count = length()
      defer { at += count }
      return String(decoding: UnsafeRawBufferPointer(start: at, count: count), as: UTF8.self)
    }
    for _ in 0..<length() {
      let name = text()
      let value = text()
      if name == key { return value }
    }
    return nil
  }
}
