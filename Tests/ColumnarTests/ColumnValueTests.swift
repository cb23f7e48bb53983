import CArrowADBC
import Columnar
import Testing
import Values

/// One column as Whom reads it, out of memory laid out by the Arrow specification.
private func read(_ array: ArrowArray, _ type: ArrowType, as wanted: DataType) throws -> [Value] {
  let batch = try RecordBatch(
    taking: ArrowFixture.batch([array], length: Int(array.length)),
    fields: [ArrowField("c", type)])
  return try batch.values(column: 0, as: wanted)
}

private func numbers<T: BitwiseCopyable>(_ numbers: [T], validity: [UInt8]? = nil, offset: Int = 0)
  -> ArrowArray
{
  ArrowFixture.array(
    length: numbers.count - offset, nulls: validity == nil ? 0 : -1, offset: offset,
    buffers: [validity, ArrowFixture.bytes(numbers)])
}

@Suite("Values of Arrow columns")
struct ColumnValueTests {
  @Test("integers of every width become 64-bit integers, nulls stay nulls")
  func integers() throws {
    let expected: [Value] = [.int(1), .null, .int(100)]
    let validity: [UInt8] = [0b101]
    #expect(
      try read(
        numbers([Int8(1), 2, 100], validity: validity), .int(bits: 8, signed: true), as: .int)
        == expected)
    #expect(
      try read(
        numbers([Int16(1), 2, 100], validity: validity), .int(bits: 16, signed: true), as: .int)
        == expected)
    #expect(
      try read(
        numbers([UInt32(1), 2, 100], validity: validity), .int(bits: 32, signed: false), as: .int)
        == expected)
    #expect(
      try read(
        numbers([Int64(1), 2, 100], validity: validity), .int(bits: 64, signed: true), as: .int)
        == expected)
    #expect(
      try read(numbers([Int64.min, Int64.max]), .int(bits: 64, signed: true), as: .int)
        == [.int(.min), .int(.max)])
  }

  @Test("an offset skips rows in values and validity alike")
  func offset() throws {
    let array = numbers([Int64(9), 9, 9, 4, 5], validity: [0b01111], offset: 3)
    #expect(try read(array, .int(bits: 64, signed: true), as: .int) == [.int(4), .null])
    let bits = ArrowFixture.array(length: 3, offset: 7, buffers: [nil, [0b1000_0000, 0b10]])
    #expect(try read(bits, .bool, as: .bool) == [.bool(true), .bool(false), .bool(true)])
  }

  @Test("a whole sum comes home to 64 bits, and what does not fit is an overflow")
  func hugeSums() throws {
    let type = ArrowType.decimal(precision: 38, scale: 0, bits: 128)
    let fits = numbers([Int128(-5), Int128(Int64.max)])
    #expect(try read(fits, type, as: .int) == [.int(-5), .int(.max)])
    #expect(throws: ColumnarError.overflow(column: "c", row: 1, wanted: .int)) {
      try read(numbers([Int128(1), Int128(Int64.max) + 1]), type, as: .int)
    }
    #expect(throws: ColumnarError.overflow(column: "c", row: 0, wanted: .int)) {
      try read(numbers([UInt64.max]), .int(bits: 64, signed: false), as: .int)
    }
  }

  @Test("decimals keep every digit")
  func decimals() throws {
    let money = ArrowType.decimal(precision: 12, scale: 2, bits: 128)
    let array = numbers([Int128(24_409_194), -1])
    #expect(
      try read(array, money, as: .decimal(precision: 12, scale: 2))
        == [.decimal(unscaled: 24_409_194, scale: 2), .decimal(unscaled: -1, scale: 2)])
    #expect(
      try read(numbers([Int128(150)]), money, as: .decimal(precision: 14, scale: 4))
        == [.decimal(unscaled: 15_000, scale: 4)])
    #expect(try read(numbers([Int128(150)]), money, as: .float) == [.float(1.5)])
    let wide = ArrowType.decimal(precision: 76, scale: 0, bits: 256)
    let decimal = DataType.decimal(precision: 38, scale: 0)
    #expect(
      try read(numbers([Int64(-7), -1, -1, -1]).rows(1), wide, as: decimal)
        == [.decimal(unscaled: -7, scale: 0)])
    #expect(throws: ColumnarError.overflow(column: "c", row: 0, wanted: decimal)) {
      try read(numbers([Int64(0), 0, 1, 0]).rows(1), wide, as: decimal)
    }
  }

  @Test("NaN and the infinities are missing values")
  func floats() throws {
    let doubles = numbers([1.5, .nan, .infinity, -.infinity, -0.0])
    #expect(
      try read(doubles, .float(bits: 64), as: .float)
        == [.float(1.5), .null, .null, .null, .float(0)])
    #expect(
      try read(numbers([Float(0.25), .nan]), .float(bits: 32), as: .float) == [.float(0.25), .null])
    let halves = numbers([UInt16(0x3C00), 0xC000, 0x7C00, 0x0001])
    #expect(
      try read(halves, .float(bits: 16), as: .float)
        == [.float(1), .float(-2), .null, .float(0x1p-24)])
  }

  @Test("text in each of Arrow's layouts")
  func texts() throws {
    let bytes = Array("añ😀".utf8)
    let small = ArrowFixture.array(
      length: 3, nulls: 1, buffers: [[0b101], ArrowFixture.bytes([Int32(0), 1, 1, 7]), bytes])
    #expect(try read(small, .text(.small), as: .text) == [.text("a"), .null, .text("ñ😀")])
    let large = ArrowFixture.array(
      length: 2, buffers: [nil, ArrowFixture.bytes([Int64(0), 0, 7]), bytes])
    #expect(try read(large, .text(.large), as: .text) == [.text(""), .text("añ😀")])
    let long = Array("a text of more than twelve bytes".utf8)
    let views =
      ArrowFixture.bytes([Int32(2)]) + Array("hi".utf8) + [UInt8](repeating: 0, count: 10)
      + ArrowFixture.bytes([Int32(long.count), 0, 0, 0])
    let view = ArrowFixture.array(
      length: 2, buffers: [nil, views, long, ArrowFixture.bytes([Int64(long.count)])])
    #expect(
      try read(view, .text(.view), as: .text)
        == [.text("hi"), .text("a text of more than twelve bytes")])
    let binary = ArrowFixture.array(
      length: 1, buffers: [nil, ArrowFixture.bytes([Int32(0), 2]), [0x00, 0xFF]])
    #expect(try read(binary, .binary(.small), as: .text) == [.text("00ff")])
  }

  @Test("dates and instants in every unit; a finer unit is cut towards the past")
  func times() throws {
    #expect(try read(numbers([Int32(19_753)]), .date(.day), as: .date) == [.date(19_753)])
    #expect(
      try read(numbers([Int64(-1)]), .date(.millisecond), as: .date) == [.date(-1)])
    for (unit, number) in [
      (ArrowType.TimeUnit.second, Int64(-2)), (.millisecond, -2000), (.microsecond, -2_000_000),
      (.nanosecond, -1_999_999_001),
    ] {
      #expect(
        try read(numbers([number]), .timestamp(unit, zone: "UTC"), as: .timestamp)
          == [.timestamp(-2_000_000)])
    }
    #expect(
      try read(numbers([Int32(60)]), .time(.second), as: .duration) == [.duration(60_000_000)])
    #expect(throws: ColumnarError.overflow(column: "c", row: 0, wanted: .timestamp)) {
      try read(numbers([Int64.max]), .timestamp(.second, zone: ""), as: .timestamp)
    }
  }

  @Test("an interval is a duration or a number of months, never both")
  func intervals() throws {
    let type = ArrowType.interval(.monthDayNano)
    func interval(_ months: Int32, _ days: Int32, _ nanos: Int64) -> ArrowArray {
      ArrowFixture.array(
        length: 1,
        buffers: [nil, ArrowFixture.bytes([months, days]) + ArrowFixture.bytes([nanos])])
    }
    #expect(
      try read(interval(0, 30, 1_000_000), type, as: .duration)
        == [.duration(30 * 86_400_000_000 + 1000)])
    #expect(try read(interval(14, 0, 0), type, as: .months) == [.months(14)])
    #expect(throws: ColumnarError.monthsInDuration(column: "c", row: 0)) {
      try read(interval(1, 0, 0), type, as: .duration)
    }
    #expect(throws: ColumnarError.daysInMonths(column: "c", row: 0)) {
      try read(interval(1, 2, 0), type, as: .months)
    }
  }

  @Test("a type that the checker did not promise is refused, not guessed at")
  func mismatch() {
    #expect(throws: ColumnarError.mismatch(column: "c", found: .float(bits: 64), wanted: .int)) {
      try read(numbers([1.0]), .float(bits: 64), as: .int)
    }
  }
}

extension ArrowArray {
  /// The same buffers read as another number of rows.
  func rows(_ count: Int64) -> ArrowArray {
    var array = self
    array.length = count
    return array
  }
}
