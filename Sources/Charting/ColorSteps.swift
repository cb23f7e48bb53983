import Values

/// Numbers onto nine steps of colour: one ramp from light to strong, or two around zero. A few
/// numbers far from all others share the last step, so that the rest keep their differences.
struct ColorSteps: Sendable {
  static let count = 9

  private(set) var range: (low: Double, high: Double)?
  private(set) var isCutBelow = false
  private(set) var isCutAbove = false
  private var isSplit = false

  /// Whether even the lowest step stands out from the page, as a point must.
  private let isStrong: Bool

  init(_ numbers: [Double], isStrong: Bool = false) {
    self.isStrong = isStrong
    guard var low = numbers.min(), var high = numbers.max() else { return }
    if numbers.count >= 12 { (low, high) = Self.fenced(numbers.sorted()) }
    if low < 0 && high > 0 {
      isSplit = true
      high = max(-low, high)
      low = -high
    }
    isCutBelow = numbers.contains { $0 < low }
    isCutAbove = numbers.contains { $0 > high }
    range = (low, high)
  }

  /// The ends without outliers: beyond three quartile distances (Tukey's outer fences), and at
  /// most a tenth of the numbers.
  private static func fenced(_ sorted: [Double]) -> (low: Double, high: Double) {
    let first = sorted[sorted.count / 4]
    let third = sorted[sorted.count * 3 / 4]
    let reach = 3 * (third - first)
    let inside = sorted.filter { $0 >= first - reach && $0 <= third + reach }
    guard reach > 0, let low = inside.first, let high = inside.last,
      Double(inside.count) >= 0.9 * Double(sorted.count)
    else { return (sorted[0], sorted[sorted.count - 1]) }
    return (low, high)
  }

  func step(of number: Double) -> Int {
    guard let range, range.high > range.low else { return Self.count / 2 }
    let share = (number / 2 - range.low / 2) / (range.high / 2 - range.low / 2)
    return max(0, min(Self.count - 1, Int(max(0, min(1, share)) * Double(Self.count))))
  }

  func paint(_ step: Int) -> Paint {
    isSplit ? .split(step) : .ramp(isStrong ? 3 + step * 5 / (Self.count - 1) : step)
  }

  func ink(_ step: Int) -> Paint { isSplit ? .splitInk(step) : .rampInk(step) }

  /// An end of the range as a value of the channel's type, so that it is written alike.
  func value(_ number: Double, like channel: ChannelData) -> Value {
    switch channel.column.type.base {
    case .int: .int(Int64(exactly: number.rounded()) ?? 0)
    case .months: .months(Int64(exactly: number.rounded()) ?? 0)
    case .duration: .duration(Int64(exactly: (number * 86_400_000_000).rounded()) ?? 0)
    case .bool, .float, .decimal, .text, .date, .timestamp, .period, .list, .record, .json, .null:
      .float(number)
    }
  }
}

extension ColorSteps {
  /// The colour's name, its ends and the steps between, right-aligned above the plot.
  func drawLegend(of color: ChannelData, at y: Double, in frame: inout Frame) {
    guard let range else { return }
    let low = (isCutBelow ? "≤ " : "") + color.compactText(value(range.low, like: color))
    let high = (isCutAbove ? "≥ " : "") + color.compactText(value(range.high, like: color))
    var x = frame.plot.right
    frame.scene.add(.text(SceneText(high, at: x, y + 9, anchor: .end, size: .small)))
    x -= TextMetrics.width(of: high, size: .small) + 6 + Double(Self.count) * 12
    for step in 0..<Self.count {
      let block = SceneRect(x: x + Double(step) * 12, y: y, width: 12, height: 10)
      frame.scene.add(.rect(block, paint(step)))
    }
    frame.scene.add(.text(SceneText(low, at: x - 6, y + 9, anchor: .end, size: .small)))
    x -= TextMetrics.width(of: low, size: .small) + 18
    let title = TextMetrics.cut(color.title, to: max(0, x - 160), size: .small)
    frame.scene.add(
      .text(SceneText(title, at: x, y + 9, anchor: .end, size: .small, paint: .ink)))
  }
}
