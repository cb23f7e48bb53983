import Foundation
import Testing

/// The Arrow stream on standard output. The bytes were read by pyarrow 22, as were streams of
/// every type of the language, of 50,000 rows, and of none.
@Suite("Arrow streams")
struct ArrowOutputTests {
  private func stream(_ program: String) throws -> (code: Int32, bytes: [UInt8], errors: String) {
    let whom = Program()
    let path = whom.folder.path + "/out.arrows"
    try whom.folder.write("out.arrows", "")
    let run = try whom.start(["-c", program, "--to", "arrow"], output: path).result()
    return (run.code, Array(try Data(contentsOf: URL(fileURLWithPath: path))), run.errors)
  }

  /// Rows of each batch of a stream that is whole, by the framing that the format prescribes.
  private func batches(_ bytes: [UInt8]) throws -> [Int] {
    func number(_ at: Int, _ size: Int) -> Int {
      (0..<size).reversed().reduce(0) { $0 << 8 | Int(bytes[at + $1]) }
    }
    /// Where a field of a table stands; nil where it has its default.
    func field(_ table: Int, _ slot: Int) -> Int? {
      let virtual = table - number(table, 4)
      guard 4 + slot * 2 < number(virtual, 2) else { return nil }
      let offset = number(virtual + 4 + slot * 2, 2)
      return offset == 0 ? nil : table + offset
    }
    var rows: [Int] = []
    var at = 0
    while true {
      try #require(at + 8 <= bytes.count && number(at, 4) == 0xFFFF_FFFF)
      let size = number(at + 4, 4)
      if size == 0 {
        #expect(at + 8 == bytes.count)
        return rows
      }
      #expect((at + 8 + size) % 8 == 0)
      let table = at + 8 + number(at + 8, 4)
      let kind = try #require(field(table, 1))
      if bytes[kind] == 3 {
        let header = try #require(field(table, 2))
        rows.append(number(try #require(field(header + number(header, 4), 0)), 8))
      }
      at += 8 + size + (field(table, 3).map { number($0, 8) } ?? 0)
    }
  }

  @Test("Two columns, byte by byte")
  func bytes() throws {
    let run = try stream("rows [{i: 1, t: \"a\"}, {i: null, t: \"bc\"}]")
    let hexadecimal = run.bytes.map { String(format: "%02x", $0) }.joined()
    #expect(run.code == 0)
    #expect(hexadecimal == Self.twoColumns)
  }

  @Test("Batches follow each other to the end")
  func many() throws {
    let numbers = (0..<60).map { "{a: \($0)}" }.joined(separator: ", ")
    let run = try stream(
      "let n = rows [\(numbers)]\nn | join cross n as b | join cross n as c | derive t = text(a)")
    let rows = try batches(run.bytes)
    #expect(rows.reduce(0, +) == 216_000 && rows.count > 1)
  }

  @Test(
    "Sums, intervals, nothing at all",
    arguments: [
      ("rows [{a: 1}, {a: 2}] | summarize s = sum(a), m = mean(a), n = count()", [1]),
      ("rows [{d: 90 minutes, m: 2 months}] | derive e = d + d", [1]),
      ("rows [{a: 1}] | where a > 1", []), ("rows [{l: [1, 2], r: {x: 1}}]", [1]),
    ] as [(String, [Int])])
  func types(program: String, expected: [Int]) throws {
    let run = try stream(program)
    #expect(run.code == 0, "\(run.errors)")
    #expect(try batches(run.bytes) == expected)
  }

  @Test(
    "What is no relation has no stream",
    arguments: ["1 + 1", "rows [{a: 1}]\nrows [{a: 2}]", "let a = 1"])
  func refused(program: String) throws {
    let run = try stream(program)
    #expect(run.code == 2 && run.bytes.isEmpty && run.errors.contains("Arrow stream"))
  }

  @Test("A failure leaves no stream that could be taken for whole")
  func failure() throws {
    let run = try stream("rows [{a: \"x\"}] | derive n = int(a)")
    #expect(run.code == 1 && run.bytes.isEmpty)
  }

  static let twoColumns = """
    ffffffffd000000014000000000000000c001300100012000c0004000c000000000000000000000014000000
    040001000000000008000800000004000800000004000000020000001c000000600000000000000010001200
    040010001100080000000c001000000010000000200000002800000001020000010000006900000000000000
    08000900040008000800000040000000010000000000000010001200040010001100080000000c0010000000
    10000000180000001800000001050000010000007400000004000400040000000000000000000000ffffffff
    c800000014000000000000000c001300100012000c0004000c00000030000000000000001400000004000300
    00000a00140004000c0010000a00000002000000000000000c00000030000000000000000200000002000000
    0000000001000000000000000200000000000000000000000000000000000000050000000000000000000000
    0100000000000000080000000000000010000000000000001800000000000000000000000000000018000000
    000000000c0000000000000028000000000000000300000000000000fd000000000000000100000000000000
    0000000000000000000000000100000003000000000000006162630000000000ffffffff00000000
    """.filter { !$0.isWhitespace }
}
