import Compiler
import SQLTree

extension SQLPrinter {
  /// `partition by "region" order by "at" rows between 6 preceding and current row`
  func window(_ window: SQLWindow) -> String {
    var parts: [String] = []
    if !window.partition.isEmpty {
      parts.append("partition by " + window.partition.map { flat($0) }.joined(separator: ", "))
    }
    if !window.order.isEmpty {
      parts.append("order by " + keys(window.order, .flat).joined(separator: ", "))
    }
    if let frame = window.frame { parts.append(text(of: frame)) }
    return parts.joined(separator: " ")
  }

  private func text(of frame: SQLFrame) -> String {
    let start = frame.start.map(bound) ?? "unbounded preceding"
    let end = frame.end.map(bound) ?? "unbounded following"
    return "rows between \(start) and \(end)"
  }

  private func bound(_ offset: Int) -> String {
    if offset == 0 { return "current row" }
    return "\(offset.magnitude) " + (offset < 0 ? "preceding" : "following")
  }

  /// `"at"`, `"spend" desc`, and what the engine needs to hear about nulls.
  func keys(_ order: [SQLOrder], _ place: Place) -> [String] {
    order.map { key in
      var words = text(key.key, place.flattened)
      guard key.isDescending else { return words }
      words += " desc"
      switch dialect.nullOrder {
      case .alwaysLast: return words
      case .largest: return key.isNullable ? words + " nulls last" : words
      }
    }
  }

  /// A window written out twice is harder to read than a name: those get `w`, `w2`...
  func namedWindows(of select: SQLSelect) -> [SQLWindow: String] {
    var seen: [SQLWindow] = []
    var repeated: [SQLWindow] = []
    let parts =
      select.items.map(\.expr) + [select.qualify].compactMap(\.self) + select.order.map(\.key)
    for part in parts {
      part.visit { expr in
        guard case .window(_, let window) = expr, window != SQLWindow() else { return }
        if !seen.contains(window) {
          seen.append(window)
        } else if !repeated.contains(window) {
          repeated.append(window)
        }
      }
    }
    let pairs = repeated.enumerated().map { ($1, $0 == 0 ? "w" : "w\($0 + 1)") }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }
}
