import CArrowADBC
import Columnar
import Testing
import Values

private func read(_ array: ArrowArray, _ type: ArrowType, as wanted: DataType) throws -> [Value] {
  let batch = try RecordBatch(
    taking: ArrowFixture.batch([array], length: Int(array.length)),
    fields: [ArrowField("c", type)])
  return try batch.values(column: 0, as: wanted)
}

private func int32s(_ numbers: [Int32], validity: [UInt8]? = nil) -> ArrowArray {
  ArrowFixture.array(
    length: numbers.count, nulls: validity == nil ? 0 : -1,
    buffers: [validity, ArrowFixture.bytes(numbers)])
}

private let int32 = ArrowType.int(bits: 32, signed: true)
private let element = ArrowField("item", int32)

@Suite("Nested Arrow columns")
struct NestedValueTests {
  private let listOfInt = DataType.list(ValueType(.int, nullable: true))

  @Test("lists with nulls inside and out")
  func lists() throws {
    let list = ArrowFixture.array(
      length: 3, nulls: 1, buffers: [[0b101], ArrowFixture.bytes([Int32(0), 2, 2, 3])],
      children: [int32s([1, 2, 3], validity: [0b101])])
    #expect(
      try read(list, .list(element, .small), as: listOfInt)
        == [.list([.int(1), .null]), .null, .list([.int(3)])])
  }

  @Test("lists of a fixed length, and views")
  func otherLists() throws {
    let fixed = ArrowFixture.array(
      length: 2, offset: 1, buffers: [nil], children: [int32s([0, 0, 1, 2, 3, 4])])
    #expect(
      try read(fixed, .fixedList(element, size: 2), as: listOfInt)
        == [.list([.int(1), .int(2)]), .list([.int(3), .int(4)])])
    let view = ArrowFixture.array(
      length: 2,
      buffers: [nil, ArrowFixture.bytes([Int32(1), 0]), ArrowFixture.bytes([Int32(1), 2])],
      children: [int32s([7, 8])])
    #expect(
      try read(view, .list(element, .view), as: listOfInt)
        == [.list([.int(8)]), .list([.int(7), .int(8)])])
  }

  @Test("records take the checker's names; an offset moves every field")
  func records() throws {
    let type = ArrowType.record([ArrowField("a", int32), ArrowField("b", int32)])
    let wanted = DataType.record([
      Column("x", ValueType(.int, nullable: true)), Column("y", ValueType(.int, nullable: true)),
    ])
    let array = ArrowFixture.array(
      length: 1, offset: 1, buffers: [nil], children: [int32s([1, 2]), int32s([3, 4])])
    #expect(
      try read(array, type, as: wanted)
        == [.record([Value.Field("x", .int(2)), Value.Field("y", .int(4))])])
  }

  @Test("two dates are a period")
  func periods() throws {
    let type = ArrowType.record([
      ArrowField("start", .date(.day)), ArrowField("end", .date(.day)),
    ])
    let array = ArrowFixture.array(
      length: 1, buffers: [nil], children: [int32s([20_089]), int32s([20_179])])
    #expect(try read(array, type, as: .period) == [.period(start: 20_089, end: 20_179)])
  }

  @Test("a dictionary is read as its values, with nulls in either place")
  func dictionaries() throws {
    let words = ArrowFixture.array(
      length: 2, nulls: 1,
      buffers: [[0b01], ArrowFixture.bytes([Int32(0), 3, 3]), Array("pro".utf8)])
    let array = ArrowFixture.array(
      length: 3, nulls: 1, buffers: [[0b011], [0, 1, 0]], dictionary: words)
    let type = ArrowType.dictionary(
      indexes: .int(bits: 8, signed: false), values: .text(.small))
    #expect(try read(array, type, as: .text) == [.text("pro"), .null, .null])
  }
}

@Suite("Arrow data that break the rules")
struct MalformedTests {
  /// Each is refused with words; none reads memory that is not there.
  @Test("are refused", arguments: 0..<7)
  func refused(_ index: Int) {
    let list = ArrowType.list(element, .small)
    let cases: [(ArrowArray, ArrowType, DataType)] = [
      (ArrowFixture.array(length: 1, buffers: [nil, nil]), int32, .int),
      (ArrowFixture.array(length: 1, buffers: [nil]), int32, .int),
      (ArrowFixture.array(length: -1, buffers: [nil, []]), int32, .int),
      (
        ArrowFixture.array(
          length: 1, buffers: [nil, ArrowFixture.bytes([Int32(3), 1]), [1, 2, 3]]),
        .text(.small), .text
      ),
      (
        ArrowFixture.array(
          length: 1, buffers: [nil, ArrowFixture.bytes([Int32(0), 9])], children: [int32s([1])]),
        list, .list(ValueType(.int))
      ),
      (ArrowFixture.array(length: 1, buffers: [nil, [0, 0, 0, 0]]), list, .list(ValueType(.int))),
      (
        ArrowFixture.array(length: 1, buffers: [nil, [7]], dictionary: int32s([1])),
        .dictionary(indexes: .int(bits: 8, signed: true), values: int32), .int
      ),
    ]
    let (array, type, wanted) = cases[index]
    let batch = ArrowFixture.batch([array], length: 1)
    let error = #expect(throws: ColumnarError.self) {
      try RecordBatch(taking: batch, fields: [ArrowField("c", type)]).values(column: 0, as: wanted)
    }
    guard case .malformed? = error else {
      Issue.record("not refused as malformed: \(String(describing: error))")
      return
    }
  }
}
