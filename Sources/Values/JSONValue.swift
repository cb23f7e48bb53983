/// A JSON text in the making. Members keep the order they were written in, so that equal values
/// give equal bytes.
package indirect enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The digits as they are to appear: `12.50` stays `12.50`.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  package struct Member: Hashable, Sendable {
    package var name: String
    package var value: JSONValue
    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  package static func int(_ number: Int) -> JSONValue { .number("\(number)") }

  /// JSON has no NaN and no infinity; both become null.
  package static func double(_ number: Double) -> JSONValue {
    number.isFinite ? .number(NumberPrinting.shortest(number)) : .null
  }

  /// The member of an object; nil where it has none of the name, and of anything else.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// On one line, without blanks.
  package var text: String {
    var result = ""
    write(to: &result, indentation: nil)
    return result
  }

  /// Over lines, two blanks a level, for files that people may read.
  package var indentedText: String {
    var result = ""
    write(to: &result, indentation: 0)
    return result + "\n"
  }

  private func write(to text: inout String, indentation: Int?) {
    switch self {
    case .null: text += "null"
    case .bool(let bool): text += bool ? "true" : "false"
    case .number(let digits): text += digits
    case .string(let string): text += "\"" + Exit.escape(string, for: .json) + "\""
    case .array(let items):
      Self.write(items, between: "[", "]", to: &text, indentation) { item, text, inner in
        item.write(to: &text, indentation: inner)
      }
    case .object(let members):
      Self.write(members, between: "{", "}", to: &text, indentation) { member, text, inner in
        text += "\"" + Exit.escape(member.name, for: .json) + (inner == nil ? "\":" : "\": ")
        member.value.write(to: &text, indentation: inner)
      }
    }
  }

  private static func write<Item>(
    _ items: [Item], between open: String, _ close: String, to text: inout String,
    _ indentation: Int?, item write: (Item, inout String, Int?) -> Void
  ) {
    let inner = indentation.map { $0 + 2 }
    text += open
    for (index, item) in items.enumerated() {
      if index > 0 { text += "," }
      if let inner { text += "\n" + String(repeating: " ", count: inner) }
      write(item, &text, inner)
    }
    if let indentation, !items.isEmpty {
      text += "\n" + String(repeating: " ", count: indentation)
    }
    text += close
  }
}

/// An object from a literal, in order: `["mark": .string("bar"), "width": .int(720)]`.
extension JSONValue: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0, $1) })
  }
}
