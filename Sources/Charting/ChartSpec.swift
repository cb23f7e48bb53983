/// What a `chart` stage asks for: a mark and the columns that drive it. The rows come separately,
/// and a `Chart` is both.
///
///     chart line(x = month, y = revenue, color = region, title = "Revenue")
package struct ChartSpec: Hashable, Sendable {
  package var mark: ChartMark
  package var x: String
  package var y: String
  package var color: String?
  /// The ends of a band around a line or of a whisker on a bar.
  package var low: String?
  package var high: String?
  package var title: String?
  /// Bars of one place stand on each other; else side by side.
  package var isStacked: Bool
  package var order: ChartOrder

  package init(
    mark: ChartMark, x: String, y: String, color: String? = nil, low: String? = nil,
    high: String? = nil, title: String? = nil, isStacked: Bool = true, order: ChartOrder = .data
  ) {
    self.mark = mark
    self.x = x
    self.y = y
    self.color = color
    self.low = low
    self.high = high
    self.title = title
    self.isStacked = isStacked
    self.order = order
  }
}

extension ChartSpec {
  /// From the words of a checked `chart` stage; `nil` for a mark or channel that is not there.
  package init?(
    mark name: String, channels: [(channel: String, column: String)], title: String? = nil
  ) {
    guard let mark = ChartMark(rawValue: name) else { return nil }
    self.init(mark: mark, x: "", y: "", title: title)
    for (word, column) in channels {
      guard let channel = ChartChannel(rawValue: word) else { return nil }
      switch channel {
      case .x: x = column
      case .y: y = column
      case .color: color = column
      case .low: low = column
      case .high: high = column
      }
    }
  }
}

/// In which order the bars stand: as the rows come, or by their size.
package enum ChartOrder: Hashable, Sendable {
  case data, ascending, descending
}

/// The kinds of chart; each is drawn by the file of its name in `Marks/`.
package enum ChartMark: String, CaseIterable, Hashable, Sendable {
  case line, bar, heatmap

  /// The arguments it takes besides `title`; the first two are needed by every mark.
  package var channels: [ChartChannel] {
    switch self {
    case .line: [.x, .y, .color, .low, .high]
    case .bar: [.x, .y, .color, .low, .high]
    case .heatmap: [.x, .y, .color]
    }
  }

  package var requiredChannels: [ChartChannel] {
    switch self {
    case .line, .bar: [.x, .y]
    case .heatmap: [.x, .y, .color]
    }
  }
}

package enum ChartChannel: String, CaseIterable, Hashable, Sendable {
  case x, y, color, low, high
}
