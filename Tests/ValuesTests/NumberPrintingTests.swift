import Glibc
import Testing
import Values

/// A small generator whose seed a failing test prints.
struct SeededBits {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  /// SplitMix64 (Steele, Lea, Flood 2014).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite("Numbers as text")
struct NumberPrintingTests {
  private func printf(_ format: String, _ digits: Int, _ x: Double) -> String {
    var buffer = [CChar](repeating: 0, count: 1600)
    let count = withVaList([Int32(digits), x]) { vsnprintf(&buffer, buffer.count, format, $0) }
    return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private func compare(_ x: Double, _ digits: Int) {
    #expect(
      NumberPrinting.fixed(x, digits: digits) == printf("%.*f", digits, x), "\(x) .\(digits)f")
    #expect(
      NumberPrinting.exponent(x, digits: digits) == printf("%.*e", digits, x), "\(x) .\(digits)e")
    #expect(
      NumberPrinting.general(x, digits: digits) == printf("%.*g", digits, x), "\(x) .\(digits)g")
  }

  @Test("random doubles of every size equal printf")
  func randomBits() {
    var bits = SeededBits(seed: 20_260_101)
    var count = 0
    while count < 20_000 {
      let x = Double(bitPattern: bits.next())
      guard x.isFinite else { continue }
      compare(x, Int(bits.next() % 18))
      count += 1
    }
  }

  /// A million where the code is optimised, fewer while it is being written.
  #if DEBUG
    private static let amountCount = 100_000
  #else
    private static let amountCount = 1_000_000
  #endif

  @Test("amounts near a rounding border equal printf")
  func amounts() {
    var bits = SeededBits(seed: 7)
    for _ in 0..<Self.amountCount {
      let x = Double(Int64(bits.next() % 2_000_000_000) - 1_000_000_000) / 1000
      let digits = Int(bits.next() % 4)
      #expect(NumberPrinting.fixed(x, digits: digits) == printf("%.*f", digits, x))
    }
  }

  @Test("edges equal printf")
  func edges() {
    let edges = [
      0, -0.0, 0.5, 1.5, 2.5, 0.05, 9.995, 999.9999, 1e15, 1e21,
      Double.leastNonzeroMagnitude, Double.leastNormalMagnitude,
      Double.greatestFiniteMagnitude, -1e-9, 123456, 1_234_567, 0.0001, 0.00001,
    ]
    for x in edges { for digits in 0...20 { compare(x, digits) } }
  }

  @Test("groups of three")
  func grouping() {
    #expect(NumberPrinting.grouped("1234567.891") == "1,234,567.891")
    #expect(NumberPrinting.grouped("-123") == "-123")
    #expect(NumberPrinting.grouped("-1234") == "-1,234")
    #expect(NumberPrinting.grouped("1234", by: "_") == "1_234")
  }

  @Test("decimals of 38 digits")
  func decimals() {
    let large = Int128(9_999_999_999_999_999_999) * 1_000_000_000_000_000_000
    #expect(
      NumberPrinting.decimal(unscaled: large, scale: 2)
        == "99999999999999999990000000000000000.00")
    #expect(NumberPrinting.decimal(unscaled: -5, scale: 3) == "-0.005")
    #expect(NumberPrinting.decimal(unscaled: 125, scale: 2, places: 1) == "1.2")
  }
}
