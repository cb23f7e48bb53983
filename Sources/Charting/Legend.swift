import Values

/// The names of the series. Where there is room each name stands at the end of its line; else in
/// rows above the plot, each with a sample that shows the dash as well as the colour.
struct Legend: Sendable {
  enum Sample: Sendable { case line, block, point }

  /// More names than this nobody looks up.
  private static let mostNames = 32

  let names: [String]
  let sample: Sample
  private let leftOut: Int
  private let places: [ScenePoint]
  let height: Double

  init(_ names: [String], sample: Sample, width: Double = Frame.width) {
    let shown = names.count > Self.mostNames ? names.prefix(Self.mostNames - 1) : names[...]
    leftOut = names.count - shown.count
    self.names = TextMetrics.cut(Array(shown), to: 180, size: .normal)
    self.sample = sample
    var places: [ScenePoint] = []
    var x = 0.0
    var row = 0.0
    for name in self.names {
      let room = 30 + TextMetrics.width(of: name, size: .normal) + 18
      if x > 0 && x + room > width - 2 * Frame.edge {
        x = 0
        row += 1
      }
      places.append(ScenePoint(x: x, y: row * 18))
      x += room
    }
    self.places = places
    if leftOut > 0 { row += 1 }
    height = names.isEmpty ? 0 : (row + 1) * 18 + 6
  }

  func draw(at top: Double, in frame: inout Frame) {
    for (index, name) in names.enumerated() {
      let x = Frame.edge + places[index].x
      let y = top + places[index].y + 8
      frame.scene.add(symbol(of: index, x: x, y: y))
      frame.scene.add(.text(SceneText(name, at: x + 28, y + 4, paint: .ink)))
    }
    guard leftOut > 0 else { return }
    let words = "and \(NumberPrinting.grouped("\(leftOut)")) more"
    frame.scene.add(.text(SceneText(words, at: Frame.edge + 28, top + height - 12)))
  }

  private func symbol(of index: Int, x: Double, y: Double) -> SceneItem {
    switch sample {
    case .line:
      .line(
        runs: [[ScenePoint(x: x, y: y), ScenePoint(x: x + 22, y: y)]], .series(index), width: 2.25,
        dash: .of(series: index))
    case .point:
      Marker.of(series: index).item(at: ScenePoint(x: x + 14, y: y), radius: 4.5, .series(index))
    case .block:
      .rect(
        SceneRect(x: x + 8, y: y - 6, width: 12, height: 12), .series(index), radius: 2)
    }
  }
}

/// Names right of the plot, each at the height of its series and moved apart where they collide.
struct EndLabels: Sendable {
  private static let lineHeight = 15.0

  let names: [String]

  init(_ names: [String], limit: Double) {
    self.names = TextMetrics.cut(names, to: limit, size: .normal)
  }

  var width: Double { TextMetrics.widest(names, size: .normal) + 18 }

  func draw(heights: [Double], in frame: inout Frame) {
    let placed = Self.spread(heights, in: frame.plot)
    let x = frame.plot.right
    for (index, name) in names.enumerated() {
      if (placed[index] - heights[index]).magnitude > 3 {
        frame.scene.add(
          .rule(
            from: ScenePoint(x: x + 3, y: heights[index]),
            to: ScenePoint(x: x + 11, y: placed[index]), .axis))
      }
      frame.scene.add(
        .text(SceneText(name, at: x + 14, placed[index] + 4, paint: .series(index))))
    }
  }

  /// Moves the heights apart to one line each: down from the top, then up from the bottom.
  static func spread(_ heights: [Double], in plot: SceneRect) -> [Double] {
    let order = heights.indices.sorted { (heights[$0], $0) < (heights[$1], $1) }
    var placed = heights
    var least = plot.y
    for index in order {
      placed[index] = max(placed[index], least)
      least = placed[index] + lineHeight
    }
    var most = plot.bottom
    for index in order.reversed() {
      placed[index] = min(placed[index], most)
      most = placed[index] - lineHeight
    }
    return placed
  }
}
