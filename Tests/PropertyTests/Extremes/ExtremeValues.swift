import Compiler
import Values

/// A type of columns, with the values at which functions go wrong, as sources.
enum ExtremeKind: String, CaseIterable {
  case int, float, decimal, text, bool, date, timestamp, duration, months
  case ints, floats, texts, lists

  /// The first is a harmless one: what the other arguments hold where one is looked at.
  var values: [String] {
    switch self {
    case .int:
      [
        "3", "0", "1", "-1", "40", "400", "-2147483649", "2147483648", "3037000500",
        "9007199254740993", "9223372036854775807", "-9223372036854775807",
        "-9223372036854775807 - 1",
      ]
    case .float:
      [
        "1.5", "0.0", "-0.0", "1.0", "-1.5", "0.1", "39.0", "170.5", "1e308", "-1e308",
        "1.7976931348623157e308", "5e-324", "-5e-324", "2.2250738585072014e-308", "1e-170",
        "9.3e18", "-9.3e18", "9223372036854775807.0", "2251799813685248.5",
      ]
    case .decimal:
      [
        "decimal(1.25, 2)", "decimal(0.0, 2)", "decimal(-1.25, 2)",
        "decimal(99999999999999.99, 2)", "decimal(-99999999999999.99, 2)",
      ]
    case .text:
      [
        "\"a\"", "\"\"", "\" 12 \"", "\"é👩\u{200D}👩\u{301}\"", "\"%_\\\\$(\"", "\"1e999\"",
        "\"-1e400\"",
        "\"99999999999999999999\"", "\"-9223372036854775809\"", "\"2025-13-45\"",
        "\"2025-02-29 25:00\"", "\"NaN\"", "\"-inf\"", "\"294277-01-01\"", "\"0001-01-01\"",
        "\"0x10\"", "\"1,234.5\"", "\"true\"", "\"\u{202E}abc\u{202C}\"", "\"it's\\n\\t\\\"\"",
      ]
    case .bool: ["true", "false"]
    case .date:
      [
        "@2024-02-29", "@1970-01-01", "@0001-01-01", "@9999-12-31", "@1969-12-31",
        "@1970-01-01 - 2500000 days", "@1970-01-01 + 5000000 days",
      ]
    case .timestamp:
      [
        "@2024-02-29T12:00", "@1970-01-01T00:00", "@0001-01-01T00:00",
        "@9999-12-31T23:59:59.999999", "@1969-12-31T23:59:59.999999",
        "timestamp(@1970-01-01 - 2500000 days)", "timestamp(@1970-01-01 + 5000000 days)",
      ]
    case .duration:
      [
        "1 days", "0 days", "-1 days", "1 minutes", "100000000 days", "-100000000 days",
        "250 milliseconds",
      ]
    case .months: ["1 months", "0 months", "-1 months", "1200000 months", "-1200000 months"]
    case .ints:
      [
        "[1, 2]", "[]", "[9223372036854775807, 1]", "[-9223372036854775807, -2]", "[null, 2]",
        "[null]", "[3, 3, -1]",
      ]
    case .floats:
      [
        "[1.5, 2.5]", "[]", "[1e308, 1e308]", "[-1e308, 1e308, 1e308]", "[null, 2.5]",
        "[5e-324, 0.0]",
      ]
    case .texts:
      ["[\"a\", \"b\"]", "[]", "[\"\", null]", "[\"b\", \"a\", \"b\"]", "[\"é\", \"👩\"]"]
    case .lists: ["[[1]]", "[]", "[[1, null], [2]]"]
    }
  }

  /// A missing value of the type.
  var missing: String {
    switch self {
    case .ints, .floats, .texts, .lists: "null"
    case .int, .float, .decimal, .text, .bool, .date, .timestamp, .duration, .months:
      "null_if(\(values[0]), \(values[0]))"
    }
  }

  /// What an argument that must be known beforehand may be.
  var constants: [String] {
    switch self {
    case .int: ["2", "1", "0", "-1", "40", "9223372036854775807"]
    case .float: ["0.5", "0.0", "1.0", "1e300", "5e-324"]
    case .decimal: ["decimal(0.5, 1)"]
    case .text:
      ["\"a\"", "\"\"", "\"%Y-%m-%d\"", "\"(\"", "\"[a-z]+\"", "\"(.)\"", "\"\\\\b\"", "\"é👩\""]
    case .duration: ["1 days", "0 days", "100000000 days", "1 minutes"]
    case .months: ["1 months", "1200000 months"]
    case .bool: ["true", "false"]
    case .date: ["@2024-02-29"]
    case .timestamp: ["@2024-02-29T12:00"]
    case .ints, .floats, .texts, .lists: [values[0]]
    }
  }
}

extension FunctionParameter {
  /// The types of columns that it may be given; `before` are those of the parameters before it.
  func kinds(_ before: [ExtremeKind]) -> [ExtremeKind] {
    switch pattern {
    case .any: [.int, .float, .text, .date, .timestamp, .bool, .duration, .months, .ints]
    case .bool, .condition: [.bool]
    case .int: [.int]
    case .number: [.int, .float, .decimal]
    case .text: [.text]
    case .date: [.date]
    case .timestamp: [.timestamp]
    case .duration: [.duration]
    case .months: [.months]
    case .list: [.ints, .texts, .floats]
    case .numberList: [.ints, .floats]
    case .orderedList: [.ints, .floats, .texts]
    case .nestedList: [.lists]
    case .itemOf(let position): [before[position].item]
    case .moment: [.date, .timestamp]
    case .ordered: [.int, .float, .decimal, .text, .date, .timestamp, .duration, .bool]
    case .same(let position): [before[position]]
    case .orderKey: [.int, .text]
    case .hashKey: [.int, .text]
    }
  }
}

extension ExtremeKind {
  /// What a list of this kind holds.
  fileprivate var item: ExtremeKind {
    switch self {
    case .floats: .float
    case .texts: .text
    case .lists: .ints
    case .int, .float, .decimal, .text, .bool, .date, .timestamp, .duration, .months, .ints: .int
    }
  }
}
