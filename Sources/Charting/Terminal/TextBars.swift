import Values

/// A line for each bar: name, length, number. Where there are negative numbers, bars begin at a
/// line in the middle.
///
///     north  ██████│ −6
///     south        │████████ 8
struct TextBars {
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  private static let mostBars = 40

  private struct Bar {
    var name: String
    var number: Double?
    var text: String
    /// Whether bins without a row lie before it.
    var followsGap = false
  }

  private var bars: [Bar]
  private let rest: Int

  /// The rows of a bar chart, each a bar.
  init?(bars chart: Chart) {
    guard let x = chart.x, let y = chart.y else { return nil }
    let isTurned = x.kind == .number && y.kind != .number
    let (names, lengths) = isTurned ? (y, x) : (x, y)
    self.init(0..<chart.data.rowCount) { row in
      var name = names.text(at: row)
      if let color = chart.color, color.column.name != names.column.name {
        name += " · \(color.text(at: row))"
      }
      return Bar(
        name: name, number: lengths.number(at: row),
        text: lengths.compactText(at: row) + Self.interval(row, chart))
    }
  }

  /// The bins of a histogram, with their ends; of several series their sum.
  init?(bins chart: Chart) {
    guard let x = chart.x, let until = chart[.until], let y = chart.y else { return nil }
    var counts: [Double: Double] = [:]
    var first: [Int] = []
    for row in 0..<chart.data.rowCount {
      guard let from = x.number(at: row), let count = y.number(at: row) else { continue }
      if counts[from] == nil { first.append(row) }
      counts[from, default: 0] += count
    }
    first.sort { (x.number(at: $0) ?? 0) < (x.number(at: $1) ?? 0) }
    var ends: Double?
    self.init(first, most: 3 * Self.mostBars) { row in
      let count = x.number(at: row).flatMap { counts[$0] } ?? 0
      let (from, end) = (x.number(at: row) ?? 0, until.number(at: row) ?? 0)
      defer { ends = end }
      return Bar(
        name: "\(x.compactText(at: row)) to \(until.compactText(at: row))", number: count,
        text: NumberPrinting.grouped("\(Int(count))"),
        followsGap: ends.map { from - $0 > (end - from) / 2 } ?? false)
    }
  }

  /// The steps of a funnel, with the share of the first that is left.
  init?(steps chart: Chart) {
    guard let x = chart.x, let y = chart.y else { return nil }
    let isTurned = x.kind == .number && y.kind != .number
    let (names, counts) = isTurned ? (y, x) : (x, y)
    let whole = counts.numbers.first
    self.init(0..<chart.data.rowCount) { row in
      let share = FunnelShare.text(counts.number(at: row), of: whole).map { " (\($0))" } ?? ""
      return Bar(
        name: names.text(at: row), number: counts.number(at: row),
        text: counts.compactText(at: row) + (row == 0 ? "" : share))
    }
  }

  private init(_ rows: some Collection<Int>, most: Int = mostBars, _ bar: (Int) -> Bar) {
    bars = rows.prefix(most).map(bar)
    rest = rows.count - bars.count
  }

  private static func interval(_ row: Int, _ chart: Chart) -> String {
    guard let low = chart.low, let high = chart.high else { return "" }
    return " (\(low.compactText(at: row)) to \(high.compactText(at: row)))"
  }

  func lines(_ width: Int) -> [String] {
    let nameWidth = min(bars.map { DisplayWidth.of($0.name) }.max() ?? 0, width / 3)
    let textWidth = bars.map { DisplayWidth.of($0.text) }.max() ?? 0
    let room = max(4, width - nameWidth - 4 - textWidth)
    let least = min(0, bars.compactMap(\.number).min() ?? 0)
    let most = max(0, bars.compactMap(\.number).max() ?? 0)
    var lines = bars.flatMap { bar -> [String] in
      let name = DisplayWidth.pad(DisplayWidth.cut(bar.name, to: nameWidth), to: nameWidth)
      let line = "\(name)  \(Self.drawn(bar.number ?? 0, least, most, room)) \(bar.text)"
      return bar.followsGap ? ["…", line] : [line]
    }
    if rest > 0 { lines.append("… and \(NumberPrinting.grouped("\(rest)")) more") }
    return lines
  }

  private static func drawn(_ number: Double, _ least: Double, _ most: Double, _ room: Int)
    -> String
  {
    guard least < 0 else { return bar(most > 0 ? number / most : 0, room: room) }
    let span = most / 2 - least / 2
    let left = span > 0 ? Int((-least / 2 / span * Double(room - 1)).rounded()) : 0
    if number < 0 {
      let length = Int((number / least * Double(left)).rounded())
      return String(repeating: " ", count: left - length) + String(repeating: "█", count: length)
        + "│"
    }
    return String(repeating: " ", count: left) + "│"
      + bar(most > 0 ? number / most : 0, room: room - 1 - left)
  }

  private static func bar(_ share: Double, room: Int) -> String {
    let steps = Int((max(0, min(1, share)) * Double(room * 8)).rounded())
    return String(repeating: "█", count: steps / 8) + eighths[steps % 8]
  }
}
