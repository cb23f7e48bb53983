import Values

/// Ticks, labels and titles along the sides of a plot. Lines are light: the marks are the picture.
enum Axis {
  /// A tick's pixel, and whether it is zero.
  typealias Place = (at: Double, isZero: Bool)

  /// Horizontal grid lines with their numbers on the left, and the column's name above them.
  static func left(_ places: [Place], title: String, labels: [String], in frame: inout Frame) {
    let plot = frame.plot
    for (place, label) in zip(places, labels) {
      frame.scene.add(
        .rule(
          from: ScenePoint(x: plot.x, y: place.at), to: ScenePoint(x: plot.right, y: place.at),
          place.isZero ? .axis : .grid))
      frame.scene.add(
        .text(SceneText(label, at: plot.x - 8, place.at + 4, anchor: .end, size: .small)))
    }
    name(title, above: frame.plot, at: Frame.edge, in: &frame)
  }

  /// Vertical grid lines with their numbers below, as many as fit.
  static func bottom(_ places: [Place], title: String, labels: [String], in frame: inout Frame) {
    let plot = frame.plot
    var row = LabelRow()
    for (place, label) in zip(places, labels) {
      frame.scene.add(
        .rule(
          from: ScenePoint(x: place.at, y: plot.y), to: ScenePoint(x: place.at, y: plot.bottom),
          place.isZero ? .axis : .grid))
      row.add(label, at: place.at, y: plot.bottom + 16, in: &frame)
    }
    below(title, offset: 34, in: &frame)
  }

  /// The numbers again above a plot that is too high to be seen at once.
  static func top(_ places: [Place], labels: [String], in frame: inout Frame) {
    var row = LabelRow()
    for (place, label) in zip(places, labels) {
      row.add(label, at: place.at, y: frame.plot.y - 4, in: &frame)
    }
  }

  /// Short marks with the words of the calendar below.
  static func bottom(_ scale: TimeScale, title: String, in frame: inout Frame) {
    let plot = frame.plot
    var labels = LabelRow()
    var units = LabelRow(paint: .ink)
    for tick in scale.ticks {
      let x = scale.position(of: tick.seconds)
      mark(at: x, in: &frame)
      labels.add(tick.label, at: x, y: plot.bottom + 18, in: &frame)
      if let unit = tick.unit { units.add(unit, at: x, y: plot.bottom + 32, in: &frame) }
    }
    below(title, offset: scale.ticks.contains { $0.unit != nil } ? 48 : 34, in: &frame)
  }

  /// The names of bands below the plot, as many as fit.
  static func bottom(
    _ scale: BandScale, title: String, labels: [String], in frame: inout Frame
  ) {
    let plot = frame.plot
    let limit = max(scale.step - 6, 110)
    let shown = TextMetrics.cut(labels, to: limit, size: .small)
    let every = thinning(of: TextMetrics.widest(shown, size: .small) + 6, step: scale.step)
    var row = LabelRow()
    for (index, label) in shown.enumerated() where index % every == 0 {
      row.add(label, at: scale.center(at: index), y: plot.bottom + 17, in: &frame)
    }
    below(title, offset: 34, in: &frame)
  }

  /// The names of bands left of the plot, as many as fit.
  static func left(_ scale: BandScale, labels: [String], limit: Double, in frame: inout Frame) {
    let every = thinning(of: 13, step: scale.step)
    let shown = TextMetrics.cut(labels, to: limit, size: .normal)
    for (index, label) in shown.enumerated() where index % every == 0 {
      frame.scene.add(
        .text(
          SceneText(
            label, at: frame.plot.x - 8, scale.center(at: index) + 4, anchor: .end, paint: .ink)))
    }
  }

  /// A column's name in the line above the plot.
  static func name(_ title: String, above plot: SceneRect, at x: Double, in frame: inout Frame) {
    let shown = TextMetrics.cut(title, to: plot.width / 2, size: .small)
    frame.scene.add(.text(SceneText(shown, at: x, plot.y - 14, size: .small)))
  }

  static func below(_ title: String, offset: Double, in frame: inout Frame) {
    let shown = TextMetrics.cut(title, to: frame.plot.width, size: .small)
    frame.scene.add(
      .text(
        SceneText(
          shown, at: frame.plot.right, frame.plot.bottom + offset, anchor: .end, size: .small)))
  }

  private static func mark(at x: Double, in frame: inout Frame) {
    let bottom = frame.plot.bottom
    frame.scene.add(
      .rule(from: ScenePoint(x: x, y: bottom), to: ScenePoint(x: x, y: bottom + 5), .axis))
  }

  /// Every how many labels one is shown, so that they do not touch.
  private static func thinning(of needed: Double, step: Double) -> Int {
    step > 0 ? max(1, Int((needed / step).rounded(.up))) : 1
  }
}

/// Labels from left to right that neither touch nor leave the picture: one that would is left out.
private struct LabelRow {
  var paint = Paint.muted
  private var end = -Double.infinity

  init(paint: Paint = .muted) { self.paint = paint }

  mutating func add(_ label: String, at center: Double, y: Double, in frame: inout Frame) {
    let half = TextMetrics.width(of: label, size: .small) / 2
    let middle = max(half, min(center, frame.scene.width - half))
    guard middle - half > end + 4 else { return }
    end = middle + half
    frame.scene.add(
      .text(SceneText(label, at: middle, y, anchor: .middle, size: .small, paint: paint)))
  }
}
