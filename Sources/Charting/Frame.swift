import Values

/// The rectangle that marks are drawn into, and what surrounds it: title, legend, axes.
struct Frame: Sendable {
  static let width = 720.0
  /// For a telephone held upright.
  static let narrowWidth = 340.0
  static let edge = 1.0

  /// The part that belongs to the marks.
  var plot: SceneRect
  var scene: Scene

  /// Lays out a picture: `head` is what stands above the plot besides the title, `notes` are
  /// lines below everything.
  init(
    title: String?, width: Double, plotHeight: Double, left: Double, right: Double, head: Double,
    foot: Double,
    notes: [String] = []
  ) {
    let lines = title.map { TextMetrics.lines($0, of: width - 2 * Self.edge, size: .title) } ?? []
    let titleHeight = lines.isEmpty ? 0 : 12 + 18 * Double(lines.count)
    let top = Self.edge + titleHeight + head
    plot = SceneRect(
      x: Self.edge + left, y: top, width: width - 2 * Self.edge - left - right,
      height: plotHeight)
    let bottom = top + plotHeight + foot
    let notes = notes.flatMap {
      TextMetrics.lines($0, of: width - 2 * Self.edge, size: .small)
    }
    let noteHeight = notes.isEmpty ? 0 : 4 + 16 * Double(notes.count)
    scene = Scene(width: width, height: (bottom + noteHeight + Self.edge).rounded(.up))
    for (index, note) in notes.enumerated() {
      scene.add(
        .text(SceneText(note, at: Self.edge, bottom + 14 + 16 * Double(index), size: .small)))
    }
    for (index, line) in lines.enumerated() {
      scene.add(
        .text(
          SceneText(
            line, at: Self.edge, Self.edge + 14 + 18 * Double(index), size: .title, paint: .ink)))
    }
  }
}

/// A chart with nothing to draw still says so in a frame of the usual size.
enum EmptyFrame {
  static func scene(for chart: Chart, note: String) -> Scene {
    var frame = Frame(
      title: chart.spec.title, width: chart.width, plotHeight: 200, left: 0, right: 0, head: 4,
      foot: 4)
    let plot = frame.plot
    for y in [plot.y, plot.bottom] {
      frame.scene.add(
        .rule(from: ScenePoint(x: plot.x, y: y), to: ScenePoint(x: plot.right, y: y), .grid))
    }
    frame.scene.add(
      .text(
        SceneText(note, at: plot.middle.x, plot.middle.y + 4, anchor: .middle, paint: .muted)))
    return frame.scene
  }
}
