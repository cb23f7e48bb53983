import Values

/// A sign for each row. `color` makes series, or steps of colour from many different numbers;
/// `size` is the area of a circle; `low` and `high` are the ends of a rule through the point.
struct PointMark {
  /// A picture of more points is slow to open and shows nothing more.
  private static let mostPoints = 10_000
  private static let tooltips = 2000
  private static let largest = 16.0
  /// From so many different numbers on they are a ramp and not series.
  private static let mostSeries = 8

  private let chart: Chart
  private let x: ChannelData
  private let y: ChannelData
  private let steps: ColorSteps?
  private let names: [String]
  private let seriesOf: [Value: Int]
  private let largestSize: Double

  init(_ chart: Chart, x: ChannelData, y: ChannelData) {
    self.chart = chart
    self.x = x
    self.y = y
    let colors = chart.color?.categories ?? []
    let isRamp = chart.color?.kind == .number && colors.count > Self.mostSeries
    steps = isRamp ? ColorSteps(chart.color?.numbers ?? [], isStrong: true) : nil
    names = isRamp ? [] : colors.map(chart.seriesName)
    seriesOf = Dictionary(
      colors.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    largestSize = chart[.size]?.numbers.max() ?? 0
  }

  /// The rows that have a place.
  private var placed: [Int] {
    (0..<chart.data.rowCount).filter { row in
      hasPlace(x, row) && hasPlace(y, row) && (chart[.size] == nil || radius(of: row) != nil)
    }
  }

  /// Some of them, where they are too many.
  private static func thinned(_ placed: [Int]) -> [Int] {
    let every = (placed.count + mostPoints - 1) / mostPoints
    return every <= 1
      ? placed : placed.enumerated().filter { $0.offset % every == 0 }.map(\.element)
  }

  private func hasPlace(_ channel: ChannelData, _ row: Int) -> Bool {
    channel.kind == .category || channel.number(at: row) != nil
  }

  /// `nil` where no row has a place.
  var scene: Scene? {
    let placed = placed
    let rows = Self.thinned(placed)
    guard !rows.isEmpty else { return nil }
    let isAlongY = y.kind == .number
    let ends = [chart.low, chart.high].compactMap { $0?.numbers }.flatMap { $0 }
    let headRows = (steps == nil ? 0 : 1) + (chart[.size] == nil ? 0 : 1)
    var plane = Cartesian(
      chart, x: x, y: y,
      .init(
        alsoX: isAlongY ? [] : ends, alsoY: isAlongY ? ends : [],
        legend: Legend(names, sample: .point, width: chart.width), headRows: headRows,
        notes: notes(shown: rows.count, of: placed.count)))
    drawKeys(in: &plane.frame)
    for row in rows { drawInterval(row, isAlongY, in: &plane) }
    // Large ones first, so that small ones can be seen on them.
    let ordered =
      chart[.size] == nil
      ? rows : rows.sorted { (radius(of: $0) ?? 0, $1) > (radius(of: $1) ?? 0, $0) }
    for row in ordered { draw(row, hasTooltip: rows.count <= Self.tooltips, in: &plane) }
    return plane.frame.scene
  }

  private func notes(shown: Int, of placed: Int) -> [String] {
    let missing = chart.data.rowCount - placed
    var notes: [String] = []
    if missing > 0 {
      let rows = missing == 1 ? "row" : "rows"
      let lack = chart[.size] == nil ? "a value" : "a value, or a size from 0 on,"
      notes.append("\(NumberPrinting.grouped("\(missing)")) \(rows) without \(lack) left out")
    }
    if shown < placed {
      notes.append(
        "\(NumberPrinting.grouped("\(shown)")) of \(NumberPrinting.grouped("\(placed)")) points,"
          + " evenly taken")
    }
    return notes
  }

  // MARK: Marks

  private func place(_ row: Int, in plane: Cartesian) -> ScenePoint? {
    guard let across = plane.horizontal.position(of: x.values[row]),
      let up = plane.vertical.position(of: y.values[row])
    else { return nil }
    return ScenePoint(x: across, y: up)
  }

  private func draw(_ row: Int, hasTooltip: Bool, in plane: inout Cartesian) {
    guard let point = place(row, in: plane) else { return }
    let tooltip = hasTooltip ? chart.tooltip(of: row) : nil
    let index = chart.color.flatMap { seriesOf[$0.values[row]] } ?? 0
    let paint: Paint
    if let steps {
      paint = chart.color?.number(at: row).map { steps.paint(steps.step(of: $0)) } ?? .axis
    } else {
      paint = isCrowded || chart[.size] != nil ? .layer(index) : .series(index)
    }
    let marker = steps == nil ? Marker.of(series: index) : .circle
    let size = radius(of: row) ?? (chart.data.rowCount > 1000 ? 2.5 : 4)
    plane.frame.scene.add(marker.item(at: point, radius: size, paint, tooltip: tooltip))
  }

  private var isCrowded: Bool { chart.data.rowCount > 200 }

  /// By area; `nil` where there is no size above zero.
  private func radius(of row: Int) -> Double? {
    guard let size = chart[.size] else { return nil }
    return size.number(at: row).flatMap(radius(of:))
  }

  private func radius(of number: Double) -> Double? {
    guard number >= 0, largestSize > 0 else { return nil }
    return max(1.5, Self.largest * (number / largestSize).squareRoot())
  }

  private func drawInterval(_ row: Int, _ isAlongY: Bool, in plane: inout Cartesian) {
    guard let low = chart.low?.number(at: row), let high = chart.high?.number(at: row),
      let point = place(row, in: plane)
    else { return }
    let scale = isAlongY ? plane.vertical : plane.horizontal
    guard let from = scale.position(low), let to = scale.position(high) else { return }
    let index = steps == nil ? chart.color.flatMap { seriesOf[$0.values[row]] } ?? 0 : 0
    for run in Whisker.runs(from: from, to: to, across: isAlongY ? point.x : point.y, isAlongY) {
      plane.frame.scene.add(.line(runs: [run], .series(index), width: 1.5, dash: .solid))
    }
  }

  // MARK: Keys

  private func drawKeys(in frame: inout Frame) {
    var y = frame.plot.y - 22
    if let size = chart[.size] {
      drawSizes(of: size, at: y, in: &frame)
      y -= 20
    }
    if let steps, let color = chart.color { steps.drawLegend(of: color, at: y, in: &frame) }
  }

  /// The largest value and a quarter of it, as circles of their area.
  private func drawSizes(of size: ChannelData, at y: Double, in frame: inout Frame) {
    var x = frame.plot.right
    guard largestSize > 0,
      let row = size.values.firstIndex(where: {
        ChannelData.number($0) == largestSize
      })
    else { return }
    let label = size.compactText(at: row)
    frame.scene.add(.text(SceneText(label, at: x, y + 9, anchor: .end, size: .small)))
    // The sample is no larger than its line.
    x -= TextMetrics.width(of: label, size: .small) + 14
    frame.scene.add(.circle(ScenePoint(x: x, y: y + 5), radius: 8, .layer(0)))
    frame.scene.add(
      .text(
        SceneText(
          "area: \(size.title), largest", at: x - 14, y + 9, anchor: .end, size: .small,
          paint: .ink)))
  }
}

/// A rule between two ends with a short bar across each.
enum Whisker {
  static func runs(
    from: Double, to: Double, across: Double, _ isAlongY: Bool, reach: Double = 4
  ) -> [[ScenePoint]] {
    func point(_ along: Double, _ side: Double) -> ScenePoint {
      isAlongY ? ScenePoint(x: across + side, y: along) : ScenePoint(x: along, y: across + side)
    }
    return [[point(from, 0), point(to, 0)]]
      + [from, to].map { [point($0, -reach), point($0, reach)] }
  }
}
