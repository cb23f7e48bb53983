import Values

/// Boxes from the first to the third quartile with the median, whiskers to the last values within
/// one and a half quartile distances, and a dot at the outermost value where there are outliers.
struct BoxMark {
  private let chart: Chart
  private let value: ChannelData
  private let group: ChannelData?
  private let isLying: Bool
  private let isLog: Bool

  /// `nil` where every value is missing.
  init?(_ chart: Chart) {
    // The axis of the values is called after them, not after the median.
    let isMedianX = chart.spec.axisTitles[.x] != nil
    guard let value = isMedianX ? chart.x : chart.y, !value.numbers.isEmpty else { return nil }
    self.chart = chart
    self.value = value
    group = isMedianX ? chart.y : chart.x
    isLog = chart.spec.logAxes.contains(isMedianX ? .x : .y)
    let names = group.map { $0.categories.map($0.text) } ?? []
    let room = (chart.width - 90) / Double(max(names.count, 1))
    isLying =
      isMedianX
      || (group?.kind == .category && TextMetrics.widest(names, size: .small) + 8 > room)
  }

  private static let ends: [ChartChannel] = [.min, .low, .q1, .q3, .high, .max]

  private var numbers: [Double] { value.numbers + Self.ends.flatMap { chart[$0]?.numbers ?? [] } }

  var scene: Scene { isLying ? lying : upright }

  private var categories: [Value] { group?.categories ?? [.null] }

  private func wish() -> AxisScale.Wish {
    .init(
      also: numbers, includesZero: LinearScale.nearZero(numbers),
      isLog: isLog)
  }

  private var upright: Scene {
    let scale = AxisScale(value, from: 1, to: 0, wish())
    var frame = Frame(
      title: chart.spec.title, width: chart.width, plotHeight: 300,
      left: TextMetrics.widest(scale.labels(of: value), size: .small) + 10, right: 4, head: 28,
      foot: group == nil ? 12 : 40, notes: notes)
    let plot = frame.plot
    let values = scale.ranged(from: plot.bottom, to: plot.y)
    values.drawLeft(of: value, limit: chart.nameLimit, in: &frame)
    let bands = BandScale(categories, from: plot.x, to: plot.right, padding: 0.4)
    if let group {
      Axis.bottom(bands, title: group.title, labels: categories.map(group.text), in: &frame)
    }
    for row in 0..<chart.data.rowCount { draw(row, bands, values, in: &frame) }
    return frame.scene
  }

  private var lying: Scene {
    let labels = group.map { group in categories.map(group.text) } ?? []
    let limit = chart.nameLimit
    let lane = max(16.0, min(44, 900 / Double(max(categories.count, 1))))
    var frame = Frame(
      title: chart.spec.title, width: chart.width, plotHeight: Double(categories.count) * lane,
      left: min(limit, TextMetrics.widest(labels, size: .normal)) + 10, right: 14, head: 8,
      foot: 40, notes: notes)
    let plot = frame.plot
    let values = AxisScale(value, from: plot.x, to: plot.right, wish())
    values.drawBottom(of: value, in: &frame)
    let bands = BandScale(categories, from: plot.y, to: plot.bottom, padding: 0.4)
    Axis.left(bands, labels: labels, limit: limit, in: &frame)
    for row in 0..<chart.data.rowCount { draw(row, bands, values, in: &frame) }
    return frame.scene
  }

  private var notes: [String] {
    let count = (chart[.outliers]?.numbers ?? []).reduce(0, +)
    guard count > 0 else { return [] }
    let words = count == 1 ? "outlier" : "outliers"
    return [
      "\(NumberPrinting.grouped("\(Int(count))")) \(words) beyond the whiskers; dots mark the"
        + " outermost of each box"
    ]
  }

  // MARK: One box

  private func draw(
    _ row: Int, _ bands: BandScale, _ values: AxisScale, in frame: inout Frame
  ) {
    func at(_ channel: ChartChannel) -> Double? {
      chart[channel]?.number(at: row).flatMap(values.position)
    }
    let place = group?.values[row] ?? .null
    guard let start = bands.start(of: place), let median = value.number(at: row),
      let middle = values.position(median), let q1 = at(.q1), let q3 = at(.q3)
    else { return }
    let width = min(bands.bandWidth, 72)
    let low = start + (bands.bandWidth - width) / 2
    let center = low + width / 2
    func point(_ along: Double, _ across: Double) -> ScenePoint {
      isLying ? ScenePoint(x: along, y: across) : ScenePoint(x: across, y: along)
    }
    func line(_ from: ScenePoint, _ to: ScenePoint, _ width: Double) {
      frame.scene.add(.line(runs: [[from, to]], .series(0), width: width, dash: .solid))
    }
    for (end, box) in [(at(.low), q1), (at(.high), q3)] {
      guard let end else { continue }
      line(point(box, center), point(end, center), 1.25)
      let reach = width / 4
      line(point(end, center - reach), point(end, center + reach), 1.25)
    }
    let corner = point(min(q1, q3), low)
    let size = (q3 - q1).magnitude
    let box = SceneRect(
      x: corner.x, y: corner.y, width: isLying ? size : width, height: isLying ? width : size)
    frame.scene.add(.rect(box, .surface))
    frame.scene.add(.rect(box, .layer(0), radius: 1.5, tooltip: chart.tooltip(of: row)))
    line(point(middle, low + 1.25), point(middle, low + width - 1.25), 2.5)
    for (end, whisker) in [(at(.min), at(.low)), (at(.max), at(.high))] {
      guard let end, let whisker, (end - whisker).magnitude > 0.01 else { continue }
      frame.scene.add(.circle(point(end, center), radius: 2.5, .series(0)))
    }
  }
}
