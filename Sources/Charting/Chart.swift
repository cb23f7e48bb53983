package import Values

/// A chart: what was asked and the rows it is drawn from. The same value prints as SVG, as a
/// Vega-Lite specification and as one sentence.
package struct Chart: Sendable {
  package let spec: ChartSpec
  package let data: ResultTable
  let x: ChannelData?
  let y: ChannelData?
  let color: ChannelData?
  let low: ChannelData?
  let high: ChannelData?

  package init(_ spec: ChartSpec, data: ResultTable) {
    self.spec = spec
    self.data = data
    x = ChannelData(spec.x, in: data)
    y = ChannelData(spec.y, in: data)
    color = ChannelData(spec.color, in: data)
    low = ChannelData(spec.low, in: data)
    high = ChannelData(spec.high, in: data)
  }

  /// The picture in drawing primitives. A chart without rows, or whose columns are not there, is
  /// an empty frame with a note.
  package var scene: Scene {
    guard let x, let y else { return EmptyFrame.scene(for: self, note: "A column is missing") }
    guard data.rowCount > 0 else { return EmptyFrame.scene(for: self, note: "No rows") }
    switch spec.mark {
    case .line: return LineMark(self, x: x, y: y).scene
    case .bar: return BarMark(self, x: x, y: y).scene
    case .heatmap: return HeatmapMark(self, x: x, y: y).scene
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

  /// The series that `color` makes; one without a name where it is absent.
  var series: [Value?] {
    guard let color, spec.mark != .heatmap else { return [nil] }
    return color.categories.map { $0 }
  }

  func rows(of series: Value?) -> [Int] {
    guard let series, let color else { return Array(0..<data.rowCount) }
    return (0..<data.rowCount).filter { color.values[$0] == series }
  }

  func seriesName(_ series: Value?) -> String {
    guard let series, let color else { return "" }
    return color.text(series)
  }
}
