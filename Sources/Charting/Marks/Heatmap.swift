import Values

/// A cell for each pair of categories, coloured by a number that also stands in it where it fits.
/// A missing number is hatched; a pair without a row stays blank.
struct HeatmapMark {
  private static let mostCells = 20_000

  private let chart: Chart
  private let x: ChannelData
  private let y: ChannelData

  init(_ chart: Chart, x: ChannelData, y: ChannelData) {
    self.chart = chart
    self.x = x
    self.y = y
  }

  var scene: Scene {
    guard let color = chart.color else {
      return EmptyFrame.scene(for: chart, note: "A column for the colour is missing")
    }
    guard chart.data.rowCount <= Self.mostCells else {
      return EmptyFrame.scene(for: chart, note: "Too many cells to draw")
    }
    return scene(color, ColorSteps(color.values.compactMap(ChannelData.number)))
  }

  private func scene(_ color: ChannelData, _ steps: ColorSteps) -> Scene {
    let rows = y.categories
    let columns = x.categories
    let rowLabels = rows.map(y.text)
    let limit = min(150, chart.nameLimit)
    let lane = max(3, min(34, 720 / Double(rows.count)))
    var frame = Frame(
      title: chart.spec.title, width: chart.width, plotHeight: Double(rows.count) * lane,
      left: min(limit, TextMetrics.widest(rowLabels, size: .normal)) + 10, right: 0, head: 34,
      foot: 40, notes: chart.notes)
    let plot = frame.plot
    let across = BandScale(columns, from: plot.x, to: plot.right, padding: 0)
    let down = BandScale(rows, from: plot.y, to: plot.bottom, padding: 0)
    steps.drawLegend(of: color, at: plot.y - 22, in: &frame)
    Axis.name(y.title, above: plot, at: Frame.edge, in: &frame)
    Axis.left(down, labels: rowLabels, limit: limit, in: &frame)
    Axis.bottom(across, title: x.title, labels: columns.map(x.text), in: &frame)
    for row in 0..<chart.data.rowCount {
      draw(row, color, steps, across, down, in: &frame)
    }
    return frame.scene
  }

  private func draw(
    _ row: Int, _ color: ChannelData, _ steps: ColorSteps, _ across: BandScale, _ down: BandScale,
    in frame: inout Frame
  ) {
    guard let left = across.start(of: x.values[row]), let top = down.start(of: y.values[row])
    else { return }
    let gap = min(1.5, across.step * 0.1, down.step * 0.1)
    let cell = SceneRect(
      x: left, y: top, width: across.step - gap, height: down.step - gap)
    let step = color.number(at: row).map(steps.step)
    frame.scene.add(
      .rect(
        cell, step.map(steps.paint) ?? .hatch, radius: min(2, gap * 2),
        tooltip: chart.tooltip(of: row)))
    guard let step else { return }
    guard down.step >= 15, let label = Self.label(color.compactText(at: row), in: cell) else {
      return
    }
    frame.scene.add(
      .text(
        SceneText(
          label.text, at: cell.middle.x, cell.middle.y + 4, anchor: .middle, size: label.size,
          paint: steps.ink(step))))
  }

  /// The number as large as the cell allows, without needless zeros in a narrow one: `100%`.
  private static func label(
    _ text: String, in cell: SceneRect
  ) -> (text: String, size: SceneText.Size)? {
    let shorter = text.hasSuffix(".0%") ? text.dropLast(3) + "%" : text
    let choices: [(String, SceneText.Size)] = [
      (text, .small), (text, .tiny), (shorter, .small), (shorter, .tiny),
    ]
    return choices.first { TextMetrics.width(of: $0.0, size: $0.1) <= cell.width - 2 }
      .map { (text: $0.0, size: $0.1) }
  }
}
