import Compiler
import Diagnostics
import Values

/// What a first look at a column of texts gives: `12 7,50` are twelve numbers and one of the texts.
struct TextLook {
  var numbers = 0
  var mayBeForeignNumber = false

  init() {}

  init(_ look: String) {
    let parts = look.split(separator: " ", maxSplits: 1)
    numbers = parts.first.flatMap { Int($0) } ?? 0
    guard parts.count == 2 else { return }
    let text = parts[1].utf8
    mayBeForeignNumber =
      text.contains(UInt8(ascii: ",")) && text.count < 40
      && text.allSatisfy { "0123456789.,-".utf8.contains($0) }
  }
}

/// Numbers that are written with a decimal comma, or with commas between thousands: every text of
/// the column is one, or the column says nothing.
enum ForeignNumbers: String {
  case comma, commaAndPoints, thousands, either

  /// One word of those above, or null.
  static func query(_ column: FileReader.ReadColumn) -> String {
    let name = ReaderSQL.name(column.original)
    func all(_ pattern: String) -> String {
      "bool_and(regexp_full_match(\(name), \(ReaderSQL.quoted(pattern))))"
    }
    let comma = all(#"-?\d+(,\d+)?"#)
    let points = all(#"-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?"#)
    let thousands = all(#"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?"#)
    return """
      case when \(thousands) and \(comma) then 'either' when \(thousands) then 'thousands' \
      when \(comma) then 'comma' when \(points) then 'commaAndPoints' end
      """
  }

  init?(_ answer: String) { self.init(rawValue: answer) }

  func warning(_ name: String, at span: Span) -> Diagnostic {
    let way =
      switch self {
      case .comma, .commaAndPoints: "with a decimal comma"
      case .thousands: "with commas between thousands"
      case .either: "with commas"
      }
    return Diagnostic(
      .textForMissing, "`\(name)` holds numbers \(way), but is text", at: span,
      label: "read as text", help: help)
  }

  private var help: [String] {
    switch self {
    case .comma: ["to read them as numbers: `read(\"...\", decimal = \",\")`"]
    case .commaAndPoints:
      ["to read them as numbers: `read(\"...\", decimal = \",\", thousands = \".\")`"]
    case .thousands: ["to read them as numbers: `read(\"...\", thousands = \",\")`"]
    case .either:
      [
        "where the comma stands between thousands: `read(\"...\", thousands = \",\")`",
        "where it is the decimal point: `read(\"...\", decimal = \",\")`",
      ]
    }
  }
}
