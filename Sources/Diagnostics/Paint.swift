/// Colours for a terminal, or none.
struct Paint: Sendable {
  enum Colour: String {
    case error = "1;31"
    case warning = "1;33"
    case second = "1;34"
    case gutter = "34"
    case strong = "1"
  }

  let isOn: Bool

  func callAsFunction(_ text: String, _ colour: Colour) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }
}
