package import Values

/// A chart: what was asked and the rows it is drawn from. The same value prints as SVG, as a
/// Vega-Lite specification, on a terminal and as one sentence.
package struct Chart: Sendable {
  package let spec: ChartSpec
  package let data: ResultTable
  /// How wide the picture is drawn: letters keep their size, so a narrow one has fewer labels.
  private(set) var width = Frame.width
  private let channels: [ChartChannel: ChannelData]

  package init(_ spec: ChartSpec, data: ResultTable) {
    self.spec = spec
    self.data = data
    var channels: [ChartChannel: ChannelData] = [:]
    for (channel, column) in spec.columns {
      channels[channel] = ChannelData(column, in: data, title: spec.axisTitles[channel])
    }
    self.channels = channels
  }

  /// The same chart for a screen on which letters of the wide one would be too small to read.
  package var narrow: Chart {
    var chart = self
    chart.width = Frame.narrowWidth
    return chart
  }

  /// The room for names left of the plot, and behind the ends of lines.
  var nameLimit: Double { min(190, width * 0.36) }
  var endLimit: Double { min(150, width * 0.26) }

  subscript(channel: ChartChannel) -> ChannelData? { channels[channel] }
  var x: ChannelData? { self[.x] }
  var y: ChannelData? { self[.y] }
  var color: ChannelData? { self[.color] }
  var low: ChannelData? { self[.low] }
  var high: ChannelData? { self[.high] }

  /// The picture in drawing primitives. A chart without rows, or whose columns are not there, is
  /// an empty frame with a note.
  package var scene: Scene {
    guard hasColumns else { return EmptyFrame.scene(for: self, note: "A column is missing") }
    guard data.rowCount > 0 else { return EmptyFrame.scene(for: self, note: "No rows") }
    guard let drawn else { return EmptyFrame.scene(for: self, note: "Every value is missing") }
    return drawn
  }

  private var hasColumns: Bool {
    y != nil && (x != nil || spec.mark == .box) && spec.columns.keys.allSatisfy { self[$0] != nil }
  }

  /// `nil` where no row has what the mark needs.
  private var drawn: Scene? {
    if spec.mark == .box { return BoxMark(self)?.scene }
    guard let x, let y else { return nil }
    return switch spec.mark {
    case .line: LineMark(self, x: x, y: y).scene
    case .bar: BarMark(self, x: x, y: y).scene
    case .area: AreaMark(self, x: x, y: y).scene
    case .point: PointMark(self, x: x, y: y).scene
    case .histogram: HistogramMark(self, from: x, count: y)?.scene
    case .funnel: FunnelMark(self, x: x, y: y).scene
    case .heatmap: HeatmapMark(self, x: x, y: y).scene
    case .box: nil
    }
  }

  /// The picture as SVG. `id` sets it apart from the other charts of a page; a standalone picture
  /// carries its own colours, others take those of the page.
  package func svg(id: String, isStandalone: Bool = false, description: String? = nil) -> SVGImage {
    SVGRenderer(id: id, isStandalone: isStandalone)
      .image(of: scene, title: title, description: description ?? summary)
  }

  /// The title asked for, else what is drawn: `revenue by month`.
  package var title: String { spec.title ?? subject }

  /// What the picture leaves out, said below it.
  var notes: [String] {
    guard let total = data.totalRows, total > data.rowCount else { return [] }
    let shown = NumberPrinting.grouped("\(data.rowCount)")
    return ["The first \(shown) of \(NumberPrinting.grouped("\(total)")) rows"]
  }

  /// How many values an axis of logarithms has no place for.
  func logNotes(_ words: (String) -> String = Exit.isolated) -> [String] {
    [ChartChannel.x, .y].compactMap { axis in
      guard spec.logAxes.contains(axis), let channel = self[axis] else { return nil }
      let count = channel.numbers.count { $0 <= 0 }
      guard count > 0 else { return nil }
      let values = count == 1 ? "value" : "values"
      return "\(count) \(values) of \(words(channel.name)) not above zero left out"
    }
  }

  /// The series that `color` makes; one without a name where it is absent.
  var series: [Value?] {
    guard let color, spec.mark != .heatmap else { return [nil] }
    return color.categories.map { $0 }
  }

  /// The rows of each series, in one pass.
  var rowsBySeries: [[Int]] {
    guard let color, spec.mark != .heatmap else { return [Array(0..<data.rowCount)] }
    let series = color.categories
    let index = Dictionary(
      series.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var rows: [[Int]] = Array(repeating: [], count: series.count)
    for row in 0..<data.rowCount {
      if let place = index[color.values[row]] { rows[place].append(row) }
    }
    return rows
  }

  func seriesName(_ series: Value?) -> String {
    guard let series, let color else { return "" }
    return color.text(series)
  }
}
