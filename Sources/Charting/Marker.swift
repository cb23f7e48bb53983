/// The sign of a point: series differ in shape as well as in colour.
enum Marker: Int, CaseIterable, Sendable {
  case circle, square, triangle, diamond, cross, wedge

  static func of(series index: Int) -> Marker {
    Marker(rawValue: index % allCases.count) ?? .circle
  }

  /// A sign of about the same area as the circle.
  func item(
    at center: ScenePoint, radius: Double, _ paint: Paint, tooltip: String? = nil
  ) -> SceneItem {
    if self == .circle {
      return .circle(center, radius: radius, paint, tooltip: tooltip)
    }
    let points = corners.map { corner in
      ScenePoint(x: center.x + corner.0 * radius, y: center.y + corner.1 * radius)
    }
    return .area(points, paint, tooltip: tooltip)
  }

  /// In radii around the middle.
  private var corners: [(Double, Double)] {
    switch self {
    case .circle: []
    case .square: [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]
    case .triangle: [(0, -1.25), (1.15, 0.8), (-1.15, 0.8)]
    case .wedge: [(0, 1.25), (1.15, -0.8), (-1.15, -0.8)]
    case .diamond: [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)]
    case .cross:
      [
        (-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4), (1.2, 0.4), (0.4, 0.4), (0.4, 1.2),
        (-0.4, 1.2), (-0.4, 0.4), (-1.2, 0.4), (-1.2, -0.4), (-0.4, -0.4),
      ]
    }
  }
}
