/// What a `chart` stage asks for: a mark and the columns that drive it. The rows come separately,
/// and a `Chart` is both.
///
///     chart line(x = month, y = revenue, color = region, title = "Revenue")
package struct ChartSpec: Hashable, Sendable {
  package var mark: ChartMark
  /// The column behind each channel.
  package var columns: [ChartChannel: String]
  /// What an axis is called where that is not the column's name.
  package var axisTitles: [ChartChannel: String] = [:]
  package var title: String?
  /// Bars of one place stand on each other; else side by side.
  package var isStacked: Bool
  package var order: ChartOrder
  /// `x` and `y`, where equal steps are equal factors.
  package var logAxes: Set<ChartChannel> = []
  package var reference: ChartReference?

  package init(
    mark: ChartMark, x: String, y: String, color: String? = nil, low: String? = nil,
    high: String? = nil, title: String? = nil, isStacked: Bool = true, order: ChartOrder = .data
  ) {
    self.mark = mark
    columns = [.x: x, .y: y]
    columns[.color] = color
    columns[.low] = low
    columns[.high] = high
    self.title = title
    self.isStacked = isStacked
    self.order = order
  }

  package var x: String { columns[.x] ?? "" }
  package var y: String { columns[.y] ?? "" }
  package var color: String? { columns[.color] }
}

extension ChartSpec {
  /// From the words of a checked `chart` stage; `nil` for a mark or channel that is not there.
  package init?(
    mark name: String, channels: [(channel: String, column: String)], title: String? = nil
  ) {
    guard let mark = ChartMark(rawValue: name) else { return nil }
    self.init(mark: mark, x: "", y: "", title: title)
    columns = [:]
    for (word, column) in channels {
      guard let channel = ChartChannel(rawValue: word) else { return nil }
      columns[channel] = column
    }
    // An interval is of the bar alone: on a stacked bar it would stand at the wrong height.
    isStacked = columns[.low] == nil
  }
}

/// In which order the bars stand: as the rows come, or by their size.
package enum ChartOrder: Hashable, Sendable {
  case data, ascending, descending
}

/// A line that the marks are read against.
package enum ChartReference: Hashable, Sendable {
  /// At one value of the axis of numbers.
  case level(Double)
  /// Where x equals y.
  case diagonal
}

/// The kinds of chart; each is drawn by the file of its name in `Marks/`.
package enum ChartMark: String, CaseIterable, Hashable, Sendable {
  case line, bar, area, point, histogram, box, funnel, heatmap

  /// The channels that a program gives.
  package var channels: [ChartChannel] {
    switch self {
    case .line, .bar: [.x, .y, .color, .low, .high]
    case .area, .heatmap: [.x, .y, .color]
    case .point: [.x, .y, .color, .size, .low, .high]
    case .histogram: [.x, .color]
    case .box, .funnel: [.x, .y]
    }
  }
}

package enum ChartChannel: String, CaseIterable, Hashable, Sendable {
  case x, y, color, size, low, high
  /// Where the bin ends that begins at `x`.
  case until
  /// The figures of a box besides its median.
  case q1, q3, min, max, count, outliers
}
