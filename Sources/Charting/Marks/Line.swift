import Values

/// Lines through the rows in the order of x, one for each value of `color`; a missing y breaks
/// the line, `low` and `high` lay a band behind it.
struct LineMark {
  private static let height = 300.0
  /// More series than this and names at the line ends would pile up.
  private static let directLabels = 8
  /// Up to so many points in all each is a dot; beyond, dots appear under the pointer.
  private static let visibleDots = 60
  private static let tooltips = 2000

  private let chart: Chart
  private let x: ChannelData
  private let y: ChannelData
  private let series: [Value?]

  init(_ chart: Chart, x: ChannelData, y: ChannelData) {
    self.chart = chart
    self.x = x
    self.y = y
    series = chart.series
  }

  var scene: Scene {
    let numbers = [y, chart.low, chart.high].compactMap { $0 }
      .flatMap { $0.values.compactMap(ChannelData.number) }
    guard y.values.contains(where: { ChannelData.number($0) != nil }) else {
      return EmptyFrame.scene(for: chart, note: "Every value is missing")
    }
    let scale = LinearScale(
      over: numbers, includesZero: LinearScale.nearZero(numbers), from: 0, to: 1, ticks: 5)
    let tickLabels = NumberLabels.of(scale.ticks, labels: y.column.type.labels)
    let names = chart.color == nil ? [] : series.map(chart.seriesName)
    let isDirect = names.count <= Self.directLabels
    let legend = Legend(isDirect ? [] : names, sample: .line)
    let endLabels = EndLabels(isDirect ? names : [])
    var frame = Frame(
      title: chart.spec.title, plotHeight: Self.height,
      left: TextMetrics.widest(tickLabels, size: .small) + 10,
      right: names.isEmpty || !isDirect ? 14 : endLabels.width, head: 28 + legend.height, foot: 52)
    let plot = frame.plot
    legend.draw(at: plot.y - 28 - legend.height, in: &frame)
    let vertical = LinearScale(
      over: scale.ticks, includesZero: false, from: plot.bottom, to: plot.y, ticks: 5)
    let horizontal = PositionScale(x, in: plot)
    Axis.left(vertical, title: y.title, labels: tickLabels, in: &frame)
    horizontal.drawAxis(of: x, in: &frame)
    let ends = drawLines(horizontal, vertical, in: &frame)
    if isDirect { endLabels.draw(heights: ends, in: &frame) }
    return frame.scene
  }

  /// Draws every series and gives the height at which each ends.
  private func drawLines(
    _ horizontal: PositionScale, _ vertical: LinearScale, in frame: inout Frame
  ) -> [Double] {
    var ends: [Double] = []
    var dots: [SceneItem] = []
    for (index, name) in series.enumerated() {
      let rows = sorted(chart.rows(of: name), by: horizontal)
      drawBand(rows, index, horizontal, vertical, in: &frame)
      let runs = runs(of: rows, horizontal, vertical)
      frame.scene.add(
        .line(
          runs: runs.map { $0.map(\.point) }, .series(index), width: 2.25,
          dash: .of(series: index)))
      dots += runs.flatMap { run in run.map { dot($0, index, isAlone: run.count == 1) } }
      ends.append(runs.last?.last?.point.y ?? frame.plot.bottom)
    }
    if dots.count <= Self.tooltips { dots.forEach { frame.scene.add($0) } }
    return ends
  }

  private struct PlacedRow {
    var row: Int
    var point: ScenePoint
  }

  private func sorted(_ rows: [Int], by scale: PositionScale) -> [Int] {
    let placed = rows.compactMap { row in
      scale.position(of: x.values[row]).map { (row: row, x: $0) }
    }
    return placed.sorted { ($0.x, $0.row) < ($1.x, $1.row) }.map(\.row)
  }

  /// The points between two missing values.
  private func runs(
    of rows: [Int], _ horizontal: PositionScale, _ vertical: LinearScale
  ) -> [[PlacedRow]] {
    var runs: [[PlacedRow]] = [[]]
    for row in rows {
      if let place = horizontal.position(of: x.values[row]), let number = y.number(at: row) {
        let point = ScenePoint(x: place, y: vertical.position(of: number))
        runs[runs.count - 1].append(PlacedRow(row: row, point: point))
      } else if runs.last?.isEmpty == false {
        runs.append([])
      }
    }
    return runs.filter { !$0.isEmpty }
  }

  private func dot(_ place: PlacedRow, _ index: Int, isAlone: Bool) -> SceneItem {
    let isQuiet = chart.data.rowCount > Self.visibleDots && !isAlone
    return .circle(
      place.point, radius: isQuiet ? 4 : 3, .series(index), isQuiet: isQuiet,
      tooltip: chart.tooltip(of: place.row))
  }

  private func drawBand(
    _ rows: [Int], _ index: Int, _ horizontal: PositionScale, _ vertical: LinearScale,
    in frame: inout Frame
  ) {
    guard let low = chart.low, let high = chart.high else { return }
    var upper: [ScenePoint] = []
    var lower: [ScenePoint] = []
    for row in rows {
      guard let place = horizontal.position(of: x.values[row]), let least = low.number(at: row),
        let most = high.number(at: row)
      else { continue }
      lower.append(ScenePoint(x: place, y: vertical.position(of: least)))
      upper.append(ScenePoint(x: place, y: vertical.position(of: most)))
    }
    if upper.count > 1 { frame.scene.add(.area(upper + lower.reversed(), .band(index))) }
  }
}
