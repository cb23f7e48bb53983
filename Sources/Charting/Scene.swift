/// What a chart looks like, in drawing primitives: the marks make it, the renderers print it.
/// Lengths are pixels of a picture `width` wide; y runs down.
package struct Scene: Hashable, Sendable {
  package var width: Double
  package var height: Double
  package var items: [SceneItem] = []

  mutating func add(_ item: SceneItem) { items.append(item) }
}

package struct ScenePoint: Hashable, Sendable {
  package var x: Double
  package var y: Double
}

package struct SceneRect: Hashable, Sendable {
  package var x: Double
  package var y: Double
  package var width: Double
  package var height: Double

  var right: Double { x + width }
  var bottom: Double { y + height }
  var middle: ScenePoint { ScenePoint(x: x + width / 2, y: y + height / 2) }
}

package enum SceneItem: Hashable, Sendable {
  case rect(SceneRect, Paint, radius: Double = 0, tooltip: String? = nil)
  case circle(ScenePoint, radius: Double, Paint, isQuiet: Bool = false, tooltip: String? = nil)
  /// Straight lines through the points of each run; a gap between runs.
  case line(runs: [[ScenePoint]], Paint, width: Double, dash: Dash)
  /// The closed shape through the points.
  case area([ScenePoint], Paint, tooltip: String? = nil)
  case rule(from: ScenePoint, to: ScenePoint, Paint)
  case text(SceneText)
}

package struct SceneText: Hashable, Sendable {
  package enum Anchor: String, Hashable, Sendable { case start, middle, end }
  package enum Size: Double, Hashable, Sendable {
    case tiny = 10, small = 11, normal = 12, title = 15
  }

  package var text: String
  /// The anchor's point on the base line.
  package var at: ScenePoint
  package var anchor = Anchor.start
  package var size = Size.normal
  package var paint = Paint.muted

  init(
    _ text: String, at x: Double, _ y: Double, anchor: Anchor = .start, size: Size = .normal,
    paint: Paint = .muted
  ) {
    self.text = text
    at = ScenePoint(x: x, y: y)
    self.anchor = anchor
    self.size = size
    self.paint = paint
  }
}

/// Colours by their part, not by their value: a style sheet gives the value for light, dark and
/// print.
package enum Paint: Hashable, Sendable {
  case ink, muted, grid, axis, surface, hatch
  /// One of the categorical colours, from 0.
  case series(Int)
  /// The same, faint: the band around a line.
  case band(Int)
  /// Half faint: layers and points that may lie on each other.
  case layer(Int)
  /// A step of the sequential ramp and the ink that is legible on it.
  case ramp(Int)
  case rampInk(Int)
  /// A step of the ramp with a neutral middle.
  case split(Int)
  case splitInk(Int)
}

/// How a line is broken, so that lines differ in more than colour.
package enum Dash: Int, CaseIterable, Hashable, Sendable {
  case solid, long, dotted, dashDot, short, longShort

  static func of(series index: Int) -> Dash { Dash(rawValue: index % allCases.count) ?? .solid }

  /// Strokes and gaps in pixels.
  package var pattern: [Int] {
    switch self {
    case .solid: []
    case .long: [8, 4]
    case .dotted: [2, 3]
    case .dashDot: [8, 3, 2, 3]
    case .short: [4, 3]
    case .longShort: [12, 3, 4, 3]
    }
  }
}
