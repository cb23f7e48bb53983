import Values

/// Ticks, labels and titles along the sides of a plot. Lines are light: the marks are the picture.
enum Axis {
  /// Horizontal grid lines with their numbers on the left, and the column's name above them.
  static func left(_ scale: LinearScale, title: String, labels: [String], in frame: inout Frame) {
    let plot = frame.plot
    for (tick, label) in zip(scale.ticks, labels) {
      let y = scale.position(of: tick)
      let paint: Paint = tick == 0 ? .axis : .grid
      frame.scene.add(
        .rule(from: ScenePoint(x: plot.x, y: y), to: ScenePoint(x: plot.right, y: y), paint))
      frame.scene.add(
        .text(SceneText(label, at: plot.x - 8, y + 4, anchor: .end, size: .small)))
    }
    name(title, above: frame.plot, at: Frame.edge, in: &frame)
  }

  /// Vertical grid lines with their numbers below.
  static func bottom(_ scale: LinearScale, title: String, labels: [String], in frame: inout Frame) {
    let plot = frame.plot
    for (tick, label) in zip(scale.ticks, labels) {
      let x = scale.position(of: tick)
      frame.scene.add(
        .rule(
          from: ScenePoint(x: x, y: plot.y), to: ScenePoint(x: x, y: plot.bottom),
          tick == 0 ? .axis : .grid))
      frame.scene.add(
        .text(SceneText(label, at: x, plot.bottom + 16, anchor: .middle, size: .small)))
    }
    below(title, offset: 34, in: &frame)
  }

  /// Short marks with the words of the calendar below.
  static func bottom(_ scale: TimeScale, title: String, in frame: inout Frame) {
    let plot = frame.plot
    for tick in scale.ticks {
      let x = scale.position(of: tick.seconds)
      mark(at: x, in: &frame)
      frame.scene.add(
        .text(SceneText(tick.label, at: x, plot.bottom + 18, anchor: .middle, size: .small)))
      guard let unit = tick.unit else { continue }
      frame.scene.add(
        .text(
          SceneText(unit, at: x, plot.bottom + 32, anchor: .middle, size: .small, paint: .ink)))
    }
    below(title, offset: scale.ticks.contains { $0.unit != nil } ? 48 : 34, in: &frame)
  }

  /// The names of bands below the plot, as many as fit.
  static func bottom(
    _ scale: BandScale, title: String, labels: [String], in frame: inout Frame
  ) {
    let plot = frame.plot
    let limit = max(scale.step - 6, 110)
    let shown = labels.map { TextMetrics.cut($0, to: limit, size: .small) }
    let every = thinning(of: TextMetrics.widest(shown, size: .small) + 6, step: scale.step)
    for (index, label) in shown.enumerated() where index % every == 0 {
      frame.scene.add(
        .text(
          SceneText(
            label, at: inside(scale.center(at: index), label), plot.bottom + 17, anchor: .middle,
            size: .small)))
    }
    below(title, offset: 34, in: &frame)
  }

  /// The names of bands left of the plot, as many as fit.
  static func left(_ scale: BandScale, labels: [String], limit: Double, in frame: inout Frame) {
    let every = thinning(of: 13, step: scale.step)
    for (index, label) in labels.enumerated() where index % every == 0 {
      let shown = TextMetrics.cut(label, to: limit, size: .normal)
      frame.scene.add(
        .text(
          SceneText(
            shown, at: frame.plot.x - 8, scale.center(at: index) + 4, anchor: .end, paint: .ink)))
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

  /// A label's middle, moved so that the label does not leave the picture.
  private static func inside(_ center: Double, _ label: String) -> Double {
    let half = TextMetrics.width(of: label, size: .small) / 2
    return max(half, min(center, Frame.width - half))
  }

  /// Every how many labels one is shown, so that they do not touch.
  private static func thinning(of needed: Double, step: Double) -> Int {
    step > 0 ? max(1, Int((needed / step).rounded(.up))) : 1
  }
}
