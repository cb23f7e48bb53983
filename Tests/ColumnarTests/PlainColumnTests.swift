import CArrowADBC
import Columnar
import Testing

/// Expected values are the ones that the fixtures were written from.
@Suite("Columns as plain numbers")
struct PlainColumnTests {
  private func batch(
    _ array: ArrowArray, _ type: ArrowType, length: Int? = nil
  ) throws -> RecordBatch {
    try RecordBatch(
      taking: ArrowFixture.batch([array], length: length ?? Int(array.length)),
      fields: [ArrowField("c", type)])
  }

  private func column<T: BitwiseCopyable>(
    _ numbers: [T], validity: [UInt8]? = nil, offset: Int = 0
  ) -> ArrowArray {
    ArrowFixture.array(
      length: numbers.count - offset, nulls: validity == nil ? 0 : -1, offset: offset,
      buffers: [validity, ArrowFixture.bytes(numbers)])
  }

  private func numbers(_ array: ArrowArray, _ type: ArrowType) throws -> [String] {
    var values = [7.0]
    try batch(array, type).append(numbers: 0, to: &values)
    #expect(values[0] == 7)
    return values.dropFirst().map { "\($0)" }
  }

  @Test("Numbers of every kind; what is missing or not finite is NaN")
  func numbers() throws {
    #expect(
      try numbers(
        column([1.5, -.infinity, .nan, 2, 3], validity: [0b10111]), .float(bits: 64))
        == ["1.5", "nan", "nan", "nan", "3.0"])
    #expect(
      try numbers(column([9, 1, 2, 3] as [Int64], validity: [0b1010], offset: 1), .int64)
        == ["1.0", "nan", "3.0"])
    #expect(
      try numbers(column([1, -2] as [Int32]), .int(bits: 32, signed: true)) == ["1.0", "-2.0"])
    #expect(
      try numbers(column([1, 200] as [UInt8]), .int(bits: 8, signed: false)) == ["1.0", "200.0"])
    #expect(try numbers(column([0.5, 1] as [Float]), .float(bits: 32)) == ["0.5", "1.0"])
    #expect(
      try numbers(column([1250, -1] as [Int128]), .decimal(precision: 38, scale: 2, bits: 128))
        == ["12.5", "-0.01"])
    #expect(try numbers(column([0b101] as [UInt8]).of(length: 3), .bool) == ["1.0", "0.0", "1.0"])
    #expect(throws: ColumnarError.self) { _ = try numbers(column([1] as [Int32]), .date(.day)) }
  }

  @Test("Yes and no, days")
  func flagsAndDays() throws {
    var flags: [Int8] = []
    let bits = ArrowFixture.array(length: 4, nulls: -1, buffers: [[0b0111], [0b0101]])
    try batch(bits, .bool).append(flags: 0, to: &flags)
    #expect(flags == [1, 0, 1, -1])
    var days: [Int32] = []
    try batch(column([0, 20_000] as [Int32], validity: [0b10]), .date(.day))
      .append(days: 0, to: &days)
    // One microsecond before 1970 is the day before.
    try batch(column([-1, 86_400_000_000] as [Int64]), .timestamp(.microsecond, zone: "UTC"))
      .append(days: 0, to: &days)
    #expect(days == [.min, 20_000, -1, 1])
  }

  private func texts(_ texts: [String], validity: [UInt8]? = nil) -> ArrowArray {
    var ends: [Int32] = [0]
    for text in texts { ends.append((ends.last ?? 0) + Int32(text.utf8.count)) }
    return ArrowFixture.array(
      length: texts.count, nulls: validity == nil ? 0 : -1,
      buffers: [validity, ArrowFixture.bytes(ends), texts.flatMap { Array($0.utf8) }])
  }

  @Test("Texts become numbers in the order of their first use, over all batches")
  func codes() throws {
    var dictionary = TextDictionary()
    var codes: [Int32] = []
    try batch(texts(["b", "a", "", "b"], validity: [0b1011]), .text(.small))
      .append(codes: 0, of: &dictionary, to: &codes)
    try batch(texts(["a", "c"]), .text(.small)).append(codes: 0, of: &dictionary, to: &codes)
    try batch(column([7, -7] as [Int64]), .int64).append(codes: 0, of: &dictionary, to: &codes)
    #expect(codes == [0, 1, -1, 0, 1, 2, 3, 4])
    #expect(dictionary.texts == ["b", "a", "c", "7", "-7"])
  }

  @Test("An engine's own dictionary; texts that a closed one does not know")
  func dictionaries() throws {
    var known = TextDictionary(only: ["a", "b"])
    var codes: [Int32] = []
    let array = ArrowFixture.array(
      length: 4, nulls: -1, buffers: [[0b1011], [1, 0, 0, 2]],
      dictionary: texts(["b", "a", "new"]))
    try batch(array, .dictionary(indexes: .int(bits: 8, signed: true), values: .text(.small)))
      .append(codes: 0, of: &known, to: &codes)
    #expect(codes == [0, 1, TextDictionary.missing, TextDictionary.unseen])
    #expect(known.texts == ["a", "b"])
    let broken = ArrowFixture.array(length: 1, buffers: [nil, [9]], dictionary: texts(["b"]))
    #expect(throws: ColumnarError.self) {
      try batch(broken, .dictionary(indexes: .int(bits: 8, signed: true), values: .text(.small)))
        .append(codes: 0, of: &known, to: &codes)
    }
  }

  @Test("Thousands of texts keep their numbers")
  func many() {
    var dictionary = TextDictionary()
    func code(_ text: String) -> Int32 {
      var text = text
      return text.withUTF8 { dictionary.code($0) }
    }
    for number in 0..<5000 { #expect(code("text \(number)") == Int32(number)) }
    for number in stride(from: 0, to: 5000, by: 7) {
      #expect(code("text \(number)") == Int32(number))
    }
    #expect(code("") == 5000)
    #expect(code("") == 5000)
  }
}

extension ArrowType {
  fileprivate static let int64 = ArrowType.int(bits: 64, signed: true)
}

extension ArrowArray {
  /// The same buffers for more rows than elements: bits.
  fileprivate func of(length: Int64) -> ArrowArray {
    var array = self
    array.length = length
    return array
  }
}
