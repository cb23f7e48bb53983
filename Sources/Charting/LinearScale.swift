import Values

/// Numbers onto pixels, with round ticks: 1, 2 or 5 times a power of ten apart.
struct LinearScale: Sendable {
  let low: Double
  let high: Double
  let ticks: [Double]
  /// The pixels of `low` and `high`; a vertical scale runs upwards.
  var range: (from: Double, to: Double)

  /// A scale over all numbers, its ends moved out to the next ticks.
  init(
    over numbers: [Double], includesZero: Bool, from: Double, to: Double, ticks count: Int,
    isWhole: Bool = false
  ) {
    let (low, high) = Self.domain(of: numbers, includesZero: includesZero)
    ticks = Self.ticks(from: low, to: high, count: count, isWhole: isWhole)
    self.low = ticks.first ?? low
    self.high = ticks.last ?? high
    range = (from, to)
  }

  func position(of number: Double) -> Double {
    let span = high / 2 - low / 2
    let share = span > 0 ? (number / 2 - low / 2) / span : 0.5
    return range.from + share * (range.to - range.from)
  }

  /// Zero belongs into the picture where it is close to the data; bars always start there.
  static func nearZero(_ numbers: [Double]) -> Bool {
    guard let low = numbers.min(), let high = numbers.max() else { return true }
    return low >= 0 ? low <= high * 0.6 : high <= 0 ? high >= low * 0.6 : true
  }

  private static func domain(
    of numbers: [Double], includesZero: Bool
  ) -> (low: Double, high: Double) {
    guard var low = numbers.min(), var high = numbers.max() else { return (0, 1) }
    if includesZero {
      low = min(low, 0)
      high = max(high, 0)
    }
    if low == high {
      let margin = low == 0 ? 1 : low.magnitude / 2
      return includesZero && low == 0 ? (0, 1) : (low - margin, high + margin)
    }
    return (low, high)
  }

  /// Ticks that cover the domain: `ticks(from: 0, to: 94, count: 5)` is 0, 20, 40, 60, 80, 100.
  /// Between whole numbers there are no ticks.
  static func ticks(
    from low: Double, to high: Double, count: Int, isWhole: Bool = false
  ) -> [Double] {
    let rough = (high / Double(max(count, 1))) - (low / Double(max(count, 1)))
    guard rough > 0, let exact = DecimalExpansion(isWhole ? max(rough, 1) : rough) else {
      return [low, high]
    }
    let power = exact.point - 1
    let base = (isWhole ? max(rough, 1) : rough) / tenToThe(power)
    let factor = base <= 1.5 ? 1 : base <= 3.5 ? 2 : base <= 7.5 ? 5 : 10
    let step = Double(factor) * tenToThe(power)
    let first = (low / step).rounded(.down)
    let last = (high / step).rounded(.up)
    guard first.magnitude < 1e15, last.magnitude < 1e15, last - first < 200, step.isFinite else {
      return [low, high]
    }
    return (Int(first)...Int(last)).map { multiple($0 * factor, power: power) }
  }

  /// `3 * 10^-1` as 0.3 and not as 0.30000000000000004.
  private static func multiple(_ count: Int, power: Int) -> Double {
    power < 0 ? Double(count) / tenToThe(-power) : Double(count) * tenToThe(power)
  }

  private static func tenToThe(_ power: Int) -> Double { Double("1e\(power)") ?? 1 }
}

/// The words at the ticks of numbers.
enum NumberLabels {
  /// `$0, $20,000`; `0%, 20%`; from a million on `1.5M`.
  static func of(_ ticks: [Double], labels: LabelSet) -> [String] {
    let (divisor, suffix) = labels.isPercent ? (1, "") : unit(of: ticks)
    var kept = LabelSet()
    kept.isPercent = labels.isPercent
    let values = ticks.map { Value.float($0 / divisor) }
    let format = ColumnFormat(ValueType(.float, labels: kept), values: values)
    let prefix = labels.currency.map(Currency.prefix) ?? ""
    let texts = values.map { Exit.display($0, as: format, labels: kept) + suffix }
    // What lies closer together than a table shows needs all its digits to be told apart.
    let told =
      Set(texts).count == ticks.count || labels.isPercent
      ? texts : ticks.map { NumberPrinting.shortest($0 / divisor) + suffix }
    return told.map { text in
      text.hasPrefix("-") ? "−" + prefix + text.dropFirst() : prefix + text
    }
  }

  private static func unit(of ticks: [Double]) -> (Double, String) {
    let largest = ticks.map(\.magnitude).max() ?? 0
    if largest >= 1e15 || largest < 1e6 { return (1, "") }
    return largest >= 1e12 ? (1e12, "T") : largest >= 1e9 ? (1e9, "B") : (1e6, "M")
  }
}
