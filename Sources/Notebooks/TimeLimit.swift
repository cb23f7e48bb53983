/// How long something may take: `500ms`, `90s`, `2m`, `1h`, or a bare number of seconds.
///
/// Not the language's duration literal, where `m` is refused because it may mean months: nobody
/// gives a cell two months.
package struct TimeLimit: Hashable, Sendable {
  package var milliseconds: Int

  package init(milliseconds: Int) { self.milliseconds = milliseconds }

  init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), number > 0 else { return nil }
    guard let factor = Self.factor(of: text.dropFirst(digits.count)) else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: factor)
    guard !overflow else { return nil }
    milliseconds = product
  }

  private static func factor(of unit: Substring) -> Int? {
    switch unit {
    case "ms": 1
    case "s", "": 1000
    case "m", "min": 60_000
    case "h": 3_600_000
    case "d": 86_400_000
    default: nil
    }
  }
}
