package import Diagnostics

package enum NumberLiteral: Hashable, Sendable {
  case int(Int64)
  /// With a point or an exponent.
  case float(Double)
}

package enum DurationLiteral: Hashable, Sendable {
  /// Exact, in microseconds.
  case exact(Int64)
  /// Calendar months (quarter 3, year 12).
  case months(Int64)
}

package enum DateLiteral: Hashable, Sendable {
  /// Days since 1970-01-01.
  case date(Int32)
  /// With `Z` or an offset behind it: microseconds since 1970-01-01T00:00Z.
  case timestamp(Int64)
  /// What a clock shows, without a word on where it hangs: as if that were UTC.
  case clock(Int64)
  /// `@2025`, `@2025-Q1`, `@2025-03`, `@2025-W14`: days, half-open.
  case period(start: Int32, end: Int32)
}

/// A text with its escapes undone; an `f` text has holes.
package struct TextLiteral: Hashable, Sendable {
  package indirect enum Part: Hashable, Sendable {
    case text(String)
    /// `{expr:format}`
    case hole(Expr, format: String?)
    /// `{orders | where ...}` in a `sql` text.
    case relation(Pipeline)
  }

  package var parts: [Part]
  package var isFormatted: Bool
  package var span: Span
  package init(parts: [Part], isFormatted: Bool, span: Span) {
    self.parts = parts
    self.isFormatted = isFormatted
    self.span = span
  }

  /// The text when it has no holes.
  package var plain: String? {
    var result = ""
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .hole, .relation: return nil
      }
    }
    return result
  }
}
