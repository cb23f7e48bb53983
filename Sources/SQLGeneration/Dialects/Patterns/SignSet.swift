/// Signs of ASCII, and whether there are any others.
struct SignSet {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private var others = false

  static let all = SignSet(low: .max, high: .max, others: true)

  init() {}

  private init(low: UInt64, high: UInt64, others: Bool) {
    (self.low, self.high, self.others) = (low, high, others)
  }

  mutating func insert(_ sign: Unicode.Scalar) {
    switch sign.value {
    case 0..<64: low |= 1 << UInt64(sign.value)
    case 64..<128: high |= 1 << UInt64(sign.value - 64)
    default: others = true
    }
  }

  mutating func insert(_ signs: ClosedRange<Unicode.Scalar>) {
    for value in signs.lowerBound.value...signs.upperBound.value {
      guard value < 128, let sign = Unicode.Scalar(value) else {
        others = true
        return
      }
      insert(sign)
    }
  }

  mutating func formUnion(_ other: SignSet) {
    low |= other.low
    high |= other.high
    others = others || other.others
  }

  func isDisjoint(with other: SignSet) -> Bool {
    low & other.low == 0 && high & other.high == 0 && !(others && other.others)
  }

  /// A class of negated signs may hold any sign beyond ASCII.
  var inverted: SignSet { SignSet(low: ~low, high: ~high, others: true) }

  /// With the other case of each letter; some signs beyond ASCII are letters of it, too.
  var foldingCase: SignSet {
    var all = self
    for value in UInt8(ascii: "a")...UInt8(ascii: "z") {
      let (small, large) = (UInt64(1) << (UInt64(value) - 64), UInt64(1) << (UInt64(value) - 96))
      if high & (small | large) != 0 { all.high |= small | large }
    }
    return all
  }
}
