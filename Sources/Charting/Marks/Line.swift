import Values

/// Lines through the rows in the order of x, one for each value of `color`; a missing y breaks
/// the line, `low` and `high` lay a band behind it.
struct LineMark {
  /// More series than this and names at the line ends would pile up.
  static let directLabels = 8
  /// Up to so many points in all each is a dot; beyond, dots appear under the pointer.
  private static let visibleDots = 60
  private static let tooltips = 2000

  private let chart: Chart
  private let x: ChannelData
  private let y: ChannelData
  private let rows: [[Int]]

  init(_ chart: Chart, x: ChannelData, y: ChannelData) {
    self.chart = chart
    self.x = x
    self.y = y
    rows = chart.rowsBySeries
  }

  /// `nil` where every y is missing.
  var scene: Scene? {
    guard y.values.contains(where: { ChannelData.number($0) != nil }) else { return nil }
    let ends = [chart.low, chart.high].compactMap { $0?.numbers }.flatMap { $0 }
    let names = chart.color == nil ? [] : chart.series.map(chart.seriesName)
    let isDirect = names.count <= Self.directLabels
    let endLabels = EndLabels(isDirect ? names : [], limit: chart.endLimit)
    var wish = Cartesian.Wish(
      alsoY: ends, includesZero: LinearScale.nearZero(y.numbers + ends),
      legend: Legend(isDirect ? [] : names, sample: .line, width: chart.width))
    if !names.isEmpty && isDirect { wish.right = endLabels.width }
    var plane = Cartesian(chart, x: x, y: y, wish)
    let heights = drawLines(in: &plane)
    if isDirect { endLabels.draw(heights: heights, in: &plane.frame) }
    return plane.frame.scene
  }

  /// Draws every series and gives the height at which each ends.
  private func drawLines(in plane: inout Cartesian) -> [Double] {
    var ends: [Double] = []
    var dots: [SceneItem] = []
    let ordered = rows.map { sorted($0, by: plane.horizontal) }
    for index in rows.indices { drawBand(ordered[index], index, in: &plane) }
    for index in rows.indices {
      let runs = runs(of: ordered[index], in: plane)
      plane.frame.scene.add(
        .line(
          runs: runs.map { $0.map(\.point) }, .series(index), width: 2.25,
          dash: .of(series: index)))
      dots += runs.flatMap { run in run.map { dot($0, index, isAlone: run.count == 1) } }
      ends.append(runs.last?.last?.point.y ?? plane.frame.plot.bottom)
    }
    if dots.count <= Self.tooltips { dots.forEach { plane.frame.scene.add($0) } }
    return ends
  }

  private struct PlacedRow {
    var row: Int
    var point: ScenePoint
  }

  private func sorted(_ rows: [Int], by scale: AxisScale) -> [Int] {
    let placed = rows.compactMap { row in
      scale.position(of: x.values[row]).map { (row: row, x: $0) }
    }
    return placed.sorted { ($0.x, $0.row) < ($1.x, $1.row) }.map(\.row)
  }

  /// The points between two missing values.
  private func runs(of rows: [Int], in plane: Cartesian) -> [[PlacedRow]] {
    var runs: [[PlacedRow]] = [[]]
    for row in rows {
      if let point = point(row, y.number(at: row), in: plane) {
        runs[runs.count - 1].append(PlacedRow(row: row, point: point))
      } else if runs.last?.isEmpty == false {
        runs.append([])
      }
    }
    return runs.filter { !$0.isEmpty }
  }

  private func point(_ row: Int, _ number: Double?, in plane: Cartesian) -> ScenePoint? {
    guard let number, let across = plane.horizontal.position(of: x.values[row]),
      let up = plane.vertical.position(number)
    else { return nil }
    return ScenePoint(x: across, y: up)
  }

  private func dot(_ place: PlacedRow, _ index: Int, isAlone: Bool) -> SceneItem {
    let isQuiet = chart.data.rowCount > Self.visibleDots && !isAlone
    return .circle(
      place.point, radius: isQuiet ? 4 : 3, .series(index), isQuiet: isQuiet,
      tooltip: chart.tooltip(of: place.row))
  }

  /// The interval of each point; between two points that have one it is filled.
  private func drawBand(_ rows: [Int], _ index: Int, in plane: inout Cartesian) {
    guard let low = chart.low, let high = chart.high else { return }
    var upper: [ScenePoint] = []
    var lower: [ScenePoint] = []
    func close() {
      if upper.count > 1 { plane.frame.scene.add(.area(upper + lower.reversed(), .band(index))) }
      if upper.count == 1 {
        plane.frame.scene.add(.rule(from: lower[0], to: upper[0], .series(index)))
      }
      upper = []
      lower = []
    }
    for row in rows {
      guard let least = point(row, low.number(at: row), in: plane),
        let most = point(row, high.number(at: row), in: plane)
      else {
        close()
        continue
      }
      lower.append(least)
      upper.append(most)
    }
    close()
  }
}
