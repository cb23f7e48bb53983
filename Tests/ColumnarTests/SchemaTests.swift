import CArrowADBC
import Columnar
import Testing
import Values

/// C schemas whose memory is never freed: a few dozen bytes a test.
enum SchemaFixture {
  static func field(format: String, name: String, children: [ArrowSchema] = []) -> ArrowSchema {
    var schema = ArrowSchema()
    schema.format = text(format)
    schema.name = text(name)
    schema.flags = 2
    schema.n_children = Int64(children.count)
    let pointers = UnsafeMutablePointer<UnsafeMutablePointer<ArrowSchema>?>.allocate(
      capacity: max(1, children.count))
    for (index, child) in children.enumerated() {
      let pointer = UnsafeMutablePointer<ArrowSchema>.allocate(capacity: 1)
      pointer.initialize(to: child)
      (pointers + index).initialize(to: pointer)
    }
    schema.children = pointers
    schema.release = { $0?.pointee.release = nil }
    return schema
  }

  static func record(format: String, name: String, children: [ArrowSchema] = []) -> ArrowSchema {
    field(format: "+s", name: "", children: [field(format: format, name: name, children: children)])
  }

  private static func text(_ text: String) -> UnsafePointer<CChar> {
    let bytes = text.utf8CString
    let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    pointer.initialize(from: Array(bytes), count: bytes.count)
    return UnsafePointer(pointer)
  }
}

@Suite("Arrow schemas")
struct SchemaTests {
  @Test(
    "a column's type in Arrow's words and in Whom's",
    arguments: [
      ("l", "int64", "int?"), ("C", "uint8", "int?"), ("g", "float64", "float?"),
      ("e", "float16", "float?"), ("b", "bool", "bool?"), ("n", "null", "null"),
      ("u", "utf8", "text?"), ("vu", "view_utf8", "text?"), ("Z", "large_binary", "text?"),
      ("d:12,2", "decimal128(12, 2)", "decimal(12, 2)?"),
      ("d:9,2,32", "decimal32(9, 2)", "decimal(9, 2)?"),
      ("tdD", "date32", "date?"),
      ("tsu:Europe/Paris", "timestamp(microsecond, Europe/Paris)", "timestamp?"),
      ("tsn:", "timestamp(nanosecond)", "timestamp?"),
      ("tDm", "duration(millisecond)", "duration?"),
      ("tin", "interval(monthDayNano)", "duration?"), ("tiM", "interval(months)", "months?"),
      ("ttu", "time(microsecond)", "duration?"), ("w:16", "fixed_binary(16)", "text?"),
    ])
  func types(format: String, arrow: String, whom: String) throws {
    let fields = try ArrowField.columns(copying: SchemaFixture.record(format: format, name: "c"))
    #expect(fields.map { "\($0.type)" } == [arrow])
    #expect(try Schema(arrow: fields).columns.map { "\($0.name) \($0.type)" } == ["c \(whom)"])
  }

  @Test("nested types")
  func nested() throws {
    let child = SchemaFixture.field(format: "i", name: "item")
    let list = try ArrowField.columns(
      copying: SchemaFixture.record(format: "+l", name: "c", children: [child]))
    #expect(try Schema(arrow: list)["c"]?.type.description == "list<int?>?")
    let record = try ArrowField.columns(
      copying: SchemaFixture.record(format: "+s", name: "c", children: [child, child]))
    #expect("\(record[0].type)" == "struct<item: int32, item: int32>")
  }

  @Test(
    "a format that Whom does not know names the column and the format",
    arguments: ["+us:0,1", "zzz", "d:", "d:x,y", "d:5,99", "d:5,2,7", "+w:", "+l", "", "+r"])
  func unknown(format: String) throws {
    let fields = try ArrowField.columns(copying: SchemaFixture.record(format: format, name: "c"))
    #expect(throws: ColumnarError.unsupported(column: "c", type: .unsupported(format))) {
      try Schema(arrow: fields)
    }
  }

  @Test("a schema nested without end is refused")
  func depth() {
    var schema = SchemaFixture.field(format: "i", name: "c")
    for _ in 0..<500 { schema = SchemaFixture.field(format: "+l", name: "c", children: [schema]) }
    let whole = SchemaFixture.field(format: "+s", name: "", children: [schema])
    #expect(throws: ColumnarError.malformed("types nested too deeply")) {
      try ArrowField.columns(copying: whole)
    }
  }
}
