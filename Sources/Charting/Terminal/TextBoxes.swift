import Values

/// A line for each box: whiskers, box and median on one scale, then the median.
///
///     AMER  ├───██┃████───┤     24
///     EMEA      ├─█┃██─┤   •    31
struct TextBoxes {
  private let chart: Chart
  private let value: ChannelData
  private let group: ChannelData?

  init?(_ chart: Chart) {
    guard let value = chart.measure, !value.numbers.isEmpty else { return nil }
    self.chart = chart
    self.value = value
    group = value.column.name == chart.y?.column.name ? chart.x : chart.y
  }

  func lines(_ width: Int) -> [String] {
    let rows = Array(0..<min(chart.data.rowCount, 40))
    let names = rows.map { group?.text(at: $0) ?? "" }
    let nameWidth = min(names.map(DisplayWidth.of).max() ?? 0, width / 3)
    let texts = rows.map { value.compactText(at: $0) }
    let room = max(10, width - nameWidth - 4 - (texts.map(DisplayWidth.of).max() ?? 0))
    let ends: [ChartChannel] = [.min, .max]
    let numbers = ends.flatMap { chart[$0]?.numbers ?? [] }
    guard let least = numbers.min(), let most = numbers.max() else { return [] }
    var lines = zip(rows, zip(names, texts)).map { row, words in
      let name = DisplayWidth.pad(DisplayWidth.cut(words.0, to: nameWidth), to: nameWidth)
      return "\(name)  \(drawn(row, least, most, room))  \(words.1)"
    }
    if let low = chart[.min], let high = chart[.max],
      let first = low.values.first(where: { ChannelData.number($0) == least }),
      let last = high.values.first(where: { ChannelData.number($0) == most })
    {
      lines.append("\(value.title): \(low.compactText(first)) to \(high.compactText(last)), median")
    }
    return lines
  }

  private func drawn(_ row: Int, _ least: Double, _ most: Double, _ room: Int) -> String {
    func at(_ channel: ChannelData?) -> Int? {
      channel?.number(at: row).map { number in
        most > least
          ? Int(((number - least) / (most - least) * Double(room - 1)).rounded()) : room / 2
      }
    }
    var cells = Array(repeating: " ", count: room)
    func put(_ sign: String, _ place: Int?) {
      if let place { cells[max(0, min(room - 1, place))] = sign }
    }
    func fill(_ sign: String, _ from: Int?, _ to: Int?) {
      guard let from, let to, from <= to else { return }
      for place in max(0, from)...min(room - 1, to) { cells[place] = sign }
    }
    put("•", at(chart[.min]))
    put("•", at(chart[.max]))
    fill("─", at(chart.low), at(chart.high))
    put("├", at(chart.low))
    put("┤", at(chart.high))
    fill("█", at(chart[.q1]), at(chart[.q3]))
    put("┃", at(value))
    return cells.joined()
  }
}
