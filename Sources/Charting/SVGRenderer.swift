import Values

/// A picture as SVG text. Only the renderer makes one, so a printer may set it into a page as it
/// stands.
package struct SVGImage: Hashable, Sendable {
  package let text: String
  /// In pixels of its own.
  package let height: Double

  fileprivate init(text: String, height: Double) {
    self.text = text
    self.height = height
  }
}

/// Prints a scene. Colours are classes whose values a style sheet gives (`Palette`); lengths have
/// at most two digits behind the point.
struct SVGRenderer {
  let id: String
  let isStandalone: Bool

  func image(of scene: Scene, title: String, description: String) -> SVGImage {
    let margin = isStandalone ? 16.0 : 0
    let width = number(scene.width + 2 * margin)
    let height = number(scene.height + 2 * margin)
    let box = "\(number(-margin)) \(number(-margin)) \(width) \(height)"
    var text = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"\(box)\" class=\"chart\""
    if isStandalone { text += " width=\"\(width)\" height=\"\(height)\"" }
    text += " role=\"img\" aria-labelledby=\"\(escaped(id))-t \(escaped(id))-d\">"
    text += "<title id=\"\(escaped(id))-t\">\(escaped(title))</title>"
    text += "<desc id=\"\(escaped(id))-d\">\(escaped(description))</desc>"
    if isStandalone { text += "<style>\(Palette.standaloneStyle)</style>" }
    if scene.items.contains(where: isHatched) { text += hatch }
    for item in scene.items { text += print(item) }
    return SVGImage(text: text + "</svg>", height: scene.height)
  }

  private func isHatched(_ item: SceneItem) -> Bool {
    if case .rect(_, .hatch, _, _) = item { return true }
    return false
  }

  private var hatch: String {
    "<defs><pattern id=\"\(escaped(id))-h\" width=\"6\" height=\"6\""
      + " patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
      + "<rect width=\"6\" height=\"6\" class=\"f-surface\"/>"
      + "<line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\" class=\"k-grid\" stroke-width=\"3\"/>"
      + "</pattern></defs>"
  }

  private func print(_ item: SceneItem) -> String {
    switch item {
    case .rect(let rect, let paint, let radius, let tooltip):
      element("rect", frame(rect, radius) + fill(paint), tooltip)
    case .circle(let center, let radius, let paint, let isQuiet, let tooltip):
      element(
        "circle", circle(center, radius) + fill(paint, also: isQuiet ? "quiet" : "dot"), tooltip)
    case .line(let runs, let paint, let width, let dash):
      element(
        "path", path(runs) + stroke(paint) + " stroke-width=\"\(number(width))\"" + dashes(dash))
    case .area(let points, let paint, let tooltip):
      element("path", " d=\"\(run(points))Z\"" + fill(paint), tooltip)
    case .rule(let from, let to, let paint):
      element("line", ends(from, to) + stroke(paint))
    case .text(let text): print(text)
    }
  }

  private func print(_ text: SceneText) -> String {
    let place = " x=\"\(number(text.at.x))\" y=\"\(number(text.at.y))\""
    let anchor = text.anchor == .start ? "" : " text-anchor=\"\(text.anchor.rawValue)\""
    let weight = text.size == .title ? " font-weight=\"600\"" : ""
    return "<text\(place)\(anchor) font-size=\"\(number(text.size.rawValue))\"\(weight)"
      + "\(fill(text.paint))>\(escaped(text.text))</text>"
  }

  private func element(_ name: String, _ attributes: String, _ tooltip: String? = nil) -> String {
    guard let tooltip else { return "<\(name)\(attributes)/>" }
    return "<\(name)\(attributes)><title>\(escaped(tooltip))</title></\(name)>"
  }

  private func escaped(_ text: String) -> String { Exit.escape(text, for: .svg) }
}

extension SVGRenderer {
  private func frame(_ rect: SceneRect, _ radius: Double) -> String {
    let size = " width=\"\(number(max(0, rect.width)))\" height=\"\(number(max(0, rect.height)))\""
    let corner = radius > 0 ? " rx=\"\(number(radius))\"" : ""
    return " x=\"\(number(rect.x))\" y=\"\(number(rect.y))\"" + size + corner
  }

  private func circle(_ center: ScenePoint, _ radius: Double) -> String {
    " cx=\"\(number(center.x))\" cy=\"\(number(center.y))\" r=\"\(number(radius))\""
  }

  private func ends(_ from: ScenePoint, _ to: ScenePoint) -> String {
    " x1=\"\(number(from.x))\" y1=\"\(number(from.y))\""
      + " x2=\"\(number(to.x))\" y2=\"\(number(to.y))\""
  }

  private func path(_ runs: [[ScenePoint]]) -> String {
    " d=\"\(runs.map(run).joined())\" fill=\"none\" stroke-linejoin=\"round\""
      + " stroke-linecap=\"round\""
  }

  private func run(_ points: [ScenePoint]) -> String {
    points.enumerated().map { index, point in
      "\(index == 0 ? "M" : "L")\(number(point.x)) \(number(point.y))"
    }.joined()
  }

  private func dashes(_ dash: Dash) -> String {
    dash == .solid
      ? "" : " stroke-dasharray=\"\(dash.pattern.map { "\($0)" }.joined(separator: " "))\""
  }

  private func fill(_ paint: Paint, also other: String? = nil) -> String {
    if paint == .hatch { return " fill=\"url(#\(escaped(id))-h)\"" }
    return " class=\"f-\(Palette.name(of: paint))\(other.map { " \($0)" } ?? "")\""
  }

  private func stroke(_ paint: Paint) -> String { " class=\"k-\(Palette.name(of: paint))\"" }

  /// `12.5`, `-3`, `0.13`: shorter than what a double prints, and never an exponent.
  private func number(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e9 else { return "0" }
    let text = NumberPrinting.fixed(value, digits: 2)
    let trimmed =
      text.hasSuffix(".00") ? text.dropLast(3) : text.hasSuffix("0") ? text.dropLast() : text[...]
    return trimmed == "-0" ? "0" : String(trimmed)
  }
}
