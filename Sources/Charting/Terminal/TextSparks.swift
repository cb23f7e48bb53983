import Values

/// A line for each series: name, its course from left to right, lowest and highest number.
///
///     north  ▁▂▃▅▇█  12 to 94
///     south  ▇▆▅▃▂▁  8 to 80
///     month: 1997-01 to 1997-06
enum TextSparks {
  private static let heights = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  static func lines(_ chart: Chart, width: Int) -> [String] {
    guard let x = chart.x, let y = chart.y else { return [] }
    let numbers = y.numbers
    guard let least = numbers.min(), let most = numbers.max() else { return [] }
    let names = chart.series.map(chart.seriesName)
    let nameWidth = min(names.map(DisplayWidth.of).max() ?? 0, width / 4)
    return zip(names, chart.rowsBySeries).map { name, rows in
      let ordered = rows.sorted { a, b in
        (x.number(at: a) ?? 0, a) < (x.number(at: b) ?? 0, b)
      }
      let course = sampled(ordered, to: max(8, width - nameWidth - 30)).map { row in
        y.number(at: row).map { height(of: $0, between: least, most) } ?? " "
      }
      let padded = DisplayWidth.pad(DisplayWidth.cut(name, to: nameWidth), to: nameWidth)
      return "\(padded)\(nameWidth > 0 ? "  " : "")\(course.joined())  \(ends(of: ordered, y))"
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
    return "\(x.name): \(x.text(first)) to \(x.text(last))"
  }
}

/// The numbers of a heatmap, a line for each row of cells.
enum TextCells {
  static func lines(_ chart: Chart) -> [String] {
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
