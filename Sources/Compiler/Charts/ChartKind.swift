import Values

/// The charts and what each shows. The drawing of each is in the charting target, under the same
/// name.
package enum ChartKind: String, CaseIterable, Sendable {
  case line, bar, area, point, histogram, box, funnel, heatmap

  /// What can be drawn at a place.
  package enum Accepted: Sendable {
    /// Numbers, times and words.
    case anything
    /// What has a length: a number, a duration, months.
    case measure
    /// What can be averaged.
    case number
  }

  package struct Channel: Sendable {
    package var name: String
    package var isRequired: Bool
    package var accepted: Accepted

    init(_ name: String, isRequired: Bool = false, _ accepted: Accepted = .anything) {
      self.name = name
      self.isRequired = isRequired
      self.accepted = accepted
    }
  }

  package var channels: [Channel] {
    let x = Channel("x", isRequired: true)
    let y = Channel("y", isRequired: true)
    let length = Channel("y", isRequired: true, .measure)
    let color = Channel("color")
    let interval = [Channel("low", .measure), Channel("high", .measure)]
    return switch self {
    case .line: [x, length, color] + interval
    case .bar: [x, y, color] + interval
    case .area: [x, length, color]
    case .point: [x, y, color, Channel("size", .measure)] + interval
    case .histogram: [Channel("x", isRequired: true, .number), color]
    case .box: [Channel("x"), y]
    case .funnel: [x, y]
    case .heatmap: [x, y, Channel("color", isRequired: true, .measure)]
    }
  }

  /// Options besides `title`, which all have.
  package var options: [ChartOption] {
    switch self {
    case .line: [.yScale, .xScale, .reference]
    case .point: [.yScale, .xScale, .reference]
    case .bar: [.stacked, .reference]
    case .histogram: [.bins]
    case .box: [.yScale, .xScale]
    case .area, .funnel, .heatmap: []
    }
  }

  /// Marks that are long from zero along one of `x` and `y`: the other one names them.
  var needsOneMeasure: Bool {
    switch self {
    case .bar, .box, .funnel: true
    case .line, .area, .point, .histogram, .heatmap: false
    }
  }
}

/// What is said about a chart as a whole, known before rows are read.
package enum ChartOption: String, CaseIterable, Sendable {
  case title
  /// How many bins a histogram has.
  case bins
  /// `stacked = false`: bars of one place stand side by side.
  case stacked
  /// `y_scale = "log"`
  case xScale = "x_scale"
  case yScale = "y_scale"
  /// `reference = 0.05`, a level line; `reference = "diagonal"`, where x equals y.
  case reference
}
