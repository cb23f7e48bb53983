import Estimation
import Values

/// Why a row got its score, as a person reads it: `contract is monthly (+0.83)`.
enum ReasonText {
  /// What a computed feature is computed from.
  struct Origin {
    var column: String
    /// One for each row.
    var values: [Value]
  }

  /// Of a feature that is computed `from` a column, what stands in that.
  static func text(
    _ reason: Contributions.Reason, _ frame: Estimation.Frame, _ row: Int,
    from origin: (column: String, value: Value)? = nil
  ) -> String {
    let words = origin.map { fact($0.column, $0.value) } ?? fact(reason.column, frame, row)
    return "\(words) (\(size(reason.contribution)))"
  }

  private static func fact(_ column: String, _ value: Value) -> String {
    switch value {
    case .null: "\(column) is missing"
    case .bool(let flag): flag ? column : "not \(column)"
    case .int(let number): "\(column) is \(number)"
    case .float(let x): "\(column) is \(number(x))"
    case .text(let text): "\(column) is \(Exit.revealed(text))"
    case .decimal, .date, .timestamp, .duration, .months, .period, .list, .record:
      "\(column) is \(ColumnFormat.plain(value))"
    }
  }

  /// `+0.83`; what rounds to nothing has no sign, and what is large or small few digits:
  /// `+1.2e+308`, `+0.0031`.
  private static func size(_ contribution: Double) -> String {
    let size = abs(contribution)
    if size == 0 { return "0" }
    let words =
      size < 0.1 || size >= 1e6
      ? NumberPrinting.general(size, digits: 2) : NumberPrinting.fixed(size, digits: 2)
    return (contribution < 0 ? "-" : "+") + words
  }

  /// Whole numbers as they are, others with four digits: `11816`, `106.7`.
  private static func number(_ x: Double) -> String {
    let isPlain = abs(x) < 1e15 && (x == x.rounded() || abs(x) >= 1e4)
    return isPlain
      ? NumberPrinting.fixed(x, digits: 0) : NumberPrinting.general(x, digits: 4)
  }

  private static func fact(_ column: String, _ frame: Estimation.Frame, _ row: Int) -> String {
    guard let values = frame.columns.first(where: { $0.name == column })?.values else {
      return column
    }
    switch values {
    case .numbers(let numbers):
      let number = numbers[row]
      return number.isNaN
        ? "\(column) is missing" : "\(column) is \(Self.number(number))"
    case .categories(let codes, let levels):
      guard codes[row] >= 0 else {
        return codes[row] == -1 ? "\(column) is missing" : "\(column) is something new"
      }
      return "\(column) is \(Exit.revealed(levels[Int(codes[row])]))"
    case .booleans(let flags):
      return flags[row] < 0 ? "\(column) is missing" : flags[row] == 1 ? column : "not \(column)"
    case .dates(let days):
      return days[row] == .min
        ? "\(column) is missing" : "\(column) is \(ColumnFormat.plain(.date(days[row])))"
    }
  }
}
