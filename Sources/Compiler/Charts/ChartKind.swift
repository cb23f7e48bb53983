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

extension ChartKind {
  /// A line for each kind: what it takes, and what it shows.
  static var manual: String {
    allCases.map { kind in
      let needed = kind.channels.filter(\.isRequired).map { "`\($0.name)`" }
      let more =
        kind.channels.filter { !$0.isRequired }.map { "`\($0.name)`" }
        + kind.options.map { "`\($0.rawValue)`" }
      let also = more.isEmpty ? "" : "; also " + more.joined(separator: ", ")
      return "- `\(kind.rawValue)` of \(needed.joined(separator: ", "))\(also): \(kind.summary)"
    }.joined(separator: "\n")
  }

  private var summary: String {
    switch self {
    case .line: "a line for each `color`; `low` and `high` lay a band around it"
    case .bar: "bars from zero, lying where `x` is the number; `stacked = false` sets them apart"
    case .area: "layers on each other, one for each `color`"
    case .point: "a sign for each row; `size` is its area, `low` and `high` its interval"
    case .histogram: "how many values lie in each bin, bins of round numbers unless `bins = 40`"
    case .box: "quartiles, whiskers and the outermost values of each group"
    case .funnel: "steps from top to bottom, with the share that goes on"
    case .heatmap: "a cell for each pair, coloured by a number"
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
