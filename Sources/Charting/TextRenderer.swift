package import Values

/// A chart for a terminal, drawn with block characters and always with its numbers beside them.
///
///     Where the revenue comes from
///     Champions  ████████████████████████ 41.2%
///     Loyal      ████████████▉ 22.1%
package enum TextRenderer {
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  private static let heights = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let mostBars = 40

  /// At most `width` columns wide.
  package static func render(_ chart: Chart, width: Int) -> String {
    let lines =
      switch chart.spec.mark {
      case .bar: bars(chart, width: width)
      case .line: sparks(chart, width: width)
      case .heatmap: cells(chart, width: width)
      }
    let head = [chart.title] + (lines.isEmpty ? [chart.summary] : lines)
    return head.map { Exit.escape($0, for: .terminal) }
      .map { DisplayWidth.cut($0, to: max(width, 20)) + "\n" }.joined()
  }

  /// A line for each bar: name, length, number. Bars from zero; of negative ones only the number.
  private static func bars(_ chart: Chart, width: Int) -> [String] {
    guard let x = chart.x, let y = chart.y else { return [] }
    let lengthIsX = x.kind == .number && y.kind != .number
    let (names, lengths) = lengthIsX ? (y, x) : (x, y)
    let rows = Array((0..<chart.data.rowCount).prefix(mostBars))
    let labels = rows.map { label(of: $0, names, chart) }
    let nameWidth = min(labels.map(DisplayWidth.of).max() ?? 0, width / 3)
    let numbers = rows.map { lengths.compactText(at: $0) }
    let room = max(4, width - nameWidth - 4 - (numbers.map(DisplayWidth.of).max() ?? 0))
    let longest = rows.compactMap { lengths.number(at: $0) }.max() ?? 0
    var lines = rows.indices.map { index in
      let name = DisplayWidth.pad(DisplayWidth.cut(labels[index], to: nameWidth), to: nameWidth)
      let share = longest > 0 ? (lengths.number(at: rows[index]) ?? 0) / longest : 0
      return "\(name)  \(bar(share, room: room)) \(numbers[index])"
    }
    let left = chart.data.rowCount - rows.count
    if left > 0 { lines.append("… and \(left) more") }
    return lines
  }

  private static func label(of row: Int, _ names: ChannelData, _ chart: Chart) -> String {
    guard let color = chart.color, color.column.name != names.column.name else {
      return names.text(at: row)
    }
    return "\(names.text(at: row)) · \(color.text(at: row))"
  }

  private static func bar(_ share: Double, room: Int) -> String {
    let steps = Int((max(0, min(1, share)) * Double(room * 8)).rounded())
    return String(repeating: "█", count: steps / 8) + eighths[steps % 8]
  }

  /// A line for each series: name, its course from left to right, lowest and highest number.
  private static func sparks(_ chart: Chart, width: Int) -> [String] {
    guard let x = chart.x, let y = chart.y else { return [] }
    let numbers = y.values.compactMap(ChannelData.number)
    guard let least = numbers.min(), let most = numbers.max() else { return [] }
    let names = chart.series.map(chart.seriesName)
    let nameWidth = min(names.map(DisplayWidth.of).max() ?? 0, width / 4)
    return chart.series.enumerated().map { index, series in
      let rows = chart.rows(of: series).sorted { a, b in
        (x.number(at: a) ?? 0, a) < (x.number(at: b) ?? 0, b)
      }
      let course = sampled(rows, to: max(8, width - nameWidth - 30)).map { row in
        y.number(at: row).map { height(of: $0, between: least, most) } ?? " "
      }
      let name = DisplayWidth.pad(DisplayWidth.cut(names[index], to: nameWidth), to: nameWidth)
      return "\(name)\(nameWidth > 0 ? "  " : "")\(course.joined())  \(ends(of: rows, y))"
    } + [place(x)]
  }

  private static func sampled(_ rows: [Int], to count: Int) -> [Int] {
    rows.count <= count ? rows : (0..<count).map { rows[$0 * rows.count / count] }
  }

  private static func height(of number: Double, between least: Double, _ most: Double) -> String {
    let share = most > least ? (number / 2 - least / 2) / (most / 2 - least / 2) : 0.5
    return heights[max(0, min(7, Int(share * 8)))]
  }

  private static func ends(of rows: [Int], _ y: ChannelData) -> String {
    let present = rows.filter { y.number(at: $0) != nil }
    guard let low = present.min(by: { (y.number(at: $0) ?? 0) < (y.number(at: $1) ?? 0) }),
      let high = present.max(by: { (y.number(at: $0) ?? 0) < (y.number(at: $1) ?? 0) })
    else { return "" }
    return "\(y.compactText(at: low)) to \(y.compactText(at: high))"
  }

  private static func place(_ x: ChannelData) -> String {
    let places = x.categories.filter { !$0.isNull }
    guard let first = places.first, let last = places.last else { return "" }
    return "\(x.column.name): \(x.text(first)) to \(x.text(last))"
  }

  /// The numbers themselves, a line for each row of cells.
  private static func cells(_ chart: Chart, width: Int) -> [String] {
    guard let x = chart.x, let y = chart.y, let color = chart.color else { return [] }
    var places: [[Value]: Int] = [:]
    for row in 0..<chart.data.rowCount { places[[y.values[row], x.values[row]]] = row }
    let columns = x.categories
    let header = columns.map(x.text)
    let lines = y.categories.map { name in
      columns.map { places[[name, $0]].map { short($0, color) } ?? "" }
    }
    let cell = ([header] + lines).joined().map(DisplayWidth.of).max() ?? 0
    let names = y.categories.map(y.text)
    let nameWidth = names.map(DisplayWidth.of).max() ?? 0
    return zip([""] + names, [header] + lines).map { name, cells in
      DisplayWidth.pad(name, to: nameWidth)
        + cells.map { " " + DisplayWidth.pad($0, to: cell, right: true) }.joined()
    }
  }

  private static func short(_ row: Int, _ color: ChannelData) -> String {
    color.values[row].isNull ? Exit.missing : color.compactText(at: row)
  }
}
