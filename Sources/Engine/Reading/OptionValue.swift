import Compiler
import Diagnostics
import Values

/// The value of an option of `read`, with what is said where it is not what the option wants.
struct OptionValue {
  let option: SourceRequest.Option
  init(_ option: SourceRequest.Option) { self.option = option }

  var span: Span { option.span }

  func wrong(_ wanted: String, help: [String] = []) -> Diagnostic {
    let example = ReadOption(rawValue: option.name).map { [$0.summary] } ?? []
    return Diagnostic(
      .badArgument, "`\(option.name)` of `read` wants \(wanted)", at: option.span,
      label: "not \(wanted)", help: help.isEmpty ? example : help)
  }

  func text() throws(Diagnostic) -> String {
    guard case .text(let text) = option.value else { throw wrong("a text") }
    return text
  }

  func flag() throws(Diagnostic) -> Bool {
    guard case .bool(let flag) = option.value else { throw wrong("true or false") }
    return flag
  }

  func count() throws(Diagnostic) -> Int {
    guard case .int(let count) = option.value, (0...1_000_000).contains(count) else {
      throw wrong("a number of lines")
    }
    return Int(count)
  }

  /// A list of texts; one text is a list of one.
  func texts() throws(Diagnostic) -> [String] {
    if case .text(let text) = option.value { return [text] }
    guard case .list(let items) = option.value else { throw wrong("a list of texts") }
    var texts: [String] = []
    for item in items {
      guard case .text(let text) = item else { throw wrong("a list of texts") }
      texts.append(text)
    }
    return texts
  }

  /// One sign of ASCII, or none.
  func sign(orNone: Bool) throws(Diagnostic) -> String {
    let wanted = orNone ? "one sign, or an empty text" : "one sign"
    guard case .text(let text) = option.value, text.utf8.count == 1 || (orNone && text.isEmpty),
      text.utf8.allSatisfy({ $0 >= 32 || $0 == 9 })
    else { throw wrong(wanted) }
    return text
  }

  func delimiter() throws(Diagnostic) -> String {
    guard case .text(let text) = option.value, (1...4).contains(text.utf8.count),
      !text.utf8.contains(where: { $0 == 10 || $0 == 13 || $0 == 0 || $0 == 34 })
    else { throw wrong("one to four signs") }
    return text
  }

  func oneOf(_ signs: [String]) throws(Diagnostic) -> String {
    guard case .text(let text) = option.value, signs.contains(text) else {
      throw wrong("one of " + signs.map { "`\($0)`" }.joined(separator: " "))
    }
    return text
  }

  func encoding() throws(Diagnostic) -> CSVEncoding {
    let name = try text()
    if let encoding = CSVEncoding(named: name) { return encoding }
    let known = CSVEncoding.allCases.map(\.rawValue)
    throw Diagnostic(
      .badArgument, "the encoding `\(Exit.escape(name, for: .terminal))` cannot be read",
      at: span, label: "one of \(known.joined(separator: ", "))",
      help: [
        "convert it first: `iconv -f \(Self.shell(name)) -t UTF-8 in.csv > out.csv`"
      ])
  }

  private static func shell(_ name: String) -> String {
    let plain = name.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    return plain.isEmpty ? "WINDOWS-1252" : plain
  }

  /// `%d/%m/%Y`: day, month and year must be in it, and only what the engine knows.
  func timeFormat(wantsClock: Bool) throws(Diagnostic) -> String {
    let format = try text()
    var letters: Set<Character> = []
    var rest = format[...]
    while let percent = rest.firstIndex(of: "%") {
      rest = rest[rest.index(after: percent)...]
      if rest.first == "-" { rest.removeFirst() }
      guard let letter = rest.popFirst(), Self.directives.contains(letter) else {
        throw wrong("a format of signs such as %d, %m, %Y")
      }
      letters.insert(letter)
    }
    let isDay =
      letters.contains("j")
      || (letters.contains("d") && !letters.isDisjoint(with: ["m", "b", "B"]))
    guard isDay, !letters.isDisjoint(with: ["Y", "y"]) else {
      throw wrong("a format of day, month and year")
    }
    return format
  }

  private static let directives: Set<Character> = [
    "Y", "y", "m", "d", "b", "B", "a", "A", "j", "H", "I", "M", "S", "f", "p", "z", "Z", "%", "g",
    "n",
  ]
}
