extension ModelNode {
  /// The document as text.
  ///
  ///     {"format":"whom-model","version":1,...}
  package var encoded: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .nothing: text += "null"
    case .flag(let flag): text += flag ? "true" : "false"
    case .number(let value): Self.write(value, to: &text)
    case .text(let value): Self.write(value, to: &text)
    case .list(let items):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += "," }
        item.write(to: &text)
      }
      text += "]"
    case .record(let fields):
      text += "{"
      for (index, field) in fields.enumerated() {
        if index > 0 { text += "," }
        Self.write(field.name, to: &text)
        text += ":"
        field.value.write(to: &text)
      }
      text += "}"
    }
  }

  private static func write(_ value: Double, to text: inout String) {
    if value.isNaN {
      text += "\"nan\""
    } else if value.isInfinite {
      text += value > 0 ? "\"inf\"" : "\"-inf\""
    } else if value.magnitude < 1e15, let whole = Int(exactly: value), whole != 0 {
      text += String(whole)
    } else {
      text += value.description
    }
  }

  private static func write(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case "\u{0}"..<"\u{20}", "\u{7F}", "\u{2028}", "\u{2029}": text += escape(scalar.value)
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  private static func escape(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
