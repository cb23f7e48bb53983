package import Diagnostics

/// The `#|` lines at the top of a cell. What is nil follows the front matter.
package struct CellOptions: Hashable, Sendable {
  package var caption: String?
  /// The description of a chart for those who cannot see it.
  package var alt: String?
  /// Whether the report shows the code.
  package var echo: Bool?
  /// Whether the shown code starts folded.
  package var fold: Bool?
  /// Whether the report shows what the cell gives.
  package var output = true
  package var rows: Int?
  package var timeout: TimeLimit?
  package var onError: ErrorPolicy?
  /// A condition in Whom; the cell runs only where it holds.
  package var when: Span?
  package var tags: [String] = []
  package var note: String?

  package init() {}

  static var keys: [OptionKey<CellOptions>] {
    [
      OptionKey("caption", \.caption, .text),
      OptionKey("alt", \.alt, .text),
      OptionKey("echo", \.echo, .bool),
      OptionKey("fold", \.fold, .bool),
      OptionKey("output", \.output, .bool),
      OptionKey("rows", \.rows, .count),
      OptionKey("timeout", \.timeout, .timeLimit),
      OptionKey("on_error", \.onError, .choice()),
      OptionKey("when", \.when, .code),
      OptionKey("tags", \.tags, .texts),
      OptionKey("note", \.note, .text),
    ]
  }
}
