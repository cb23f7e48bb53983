import Estimation

/// A digest of training rows in their order, to tell data apart: two trainings on the same rows
/// show the same digits. It is quick to work out and hides nothing; it proves nothing to people who
/// would forge it (files of the registry have a SHA-256).
struct DataFingerprint {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  init(_ rows: ModelRowsTable) {
    for column in rows.frame.columns {
      add(column.name)
      add(column.values)
    }
  }

  /// `0f3a5c7e9b1d2f40`
  var digits: String {
    let plain = String(state ^ (state >> 29), radix: 16)
    return String(repeating: "0", count: 16 - plain.count) + plain
  }

  @inline(__always)
  private mutating func add(_ value: UInt64) {
    state = (state ^ value) &* 0xBF58_476D_1CE4_E5B9
    state ^= state >> 32
  }

  private mutating func add(_ text: String) { add(Self.digest(of: text)) }

  private static func digest(of text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  /// Categories by their texts: codes depend on which came first.
  private mutating func add(_ values: FrameValues) {
    switch values {
    case .numbers(let numbers):
      for number in numbers { add(number.isNaN ? 1 : number == 0 ? 0 : number.bitPattern) }
    case .booleans(let flags): for flag in flags { add(UInt64(bitPattern: Int64(flag))) }
    case .dates(let days): for day in days { add(UInt64(bitPattern: Int64(day))) }
    case .categories(let codes, let levels):
      let digests = levels.map(Self.digest)
      for code in codes { add(code < 0 ? 0 : digests[Int(code)]) }
    }
  }
}
