extension Exit {
  /// Makes a text harmless where it goes, and shows what would not be seen there.
  ///
  ///     terminal   ESC [31m        → ␛[31m        U+202E → \u{202e}
  ///     html, svg  <b> & "x"       → &lt;b&gt; &amp; &quot;x&quot;
  ///     csv        say "hi", you   → "say ""hi"", you"
  ///     json       a"b             → a\"b
  ///     markdown   a|b *c*         → a\|b \*c\*
  ///     fileName   ../etc/x        → _etc_x
  package static func escape(_ text: String, for destination: ExitDestination) -> String {
    switch destination {
    case .terminal, .log: isPlain(text) ? text : visible(text)
    case .html, .svg: isPlain(text) ? text : markup(text)
    case .csv: quotedField(text)
    case .json: isPlain(text) ? text : jsonString(text)
    case .markdown: markdown(text)
    case .fileName: fileName(text)
    }
  }

  /// Most texts: printable ASCII without a sign that means something in markup or JSON.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
        UInt8(ascii: "'"), UInt8(ascii: "\\"):
        false
      default: byte >= 0x20 && byte < 0x7F
      }
    }
  }

  private static func mapped(
    _ text: String, _ replacement: (Unicode.Scalar) -> String?
  ) -> String {
    guard text.unicodeScalars.contains(where: { replacement($0) != nil }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if let other = replacement(scalar) {
        result += other
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func visible(_ text: String) -> String {
    mapped(text) { scalar in
      controlPicture(scalar) ?? (isHidden(scalar) ? code(of: scalar) : nil)
    }
  }

  private static func markup(_ text: String) -> String {
    mapped(text) { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#39;"
      case "\n", "\t": nil
      case "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
      default: controlPicture(scalar)
      }
    }
  }

  /// RFC 4180. An empty text is quoted, so that it is not read as a missing value.
  private static func quotedField(_ text: String) -> String {
    let field = mapped(text) { $0 == "\0" ? "\u{2400}" : nil }
    let needsQuotes =
      field.isEmpty || field.first == " " || field.last == " "
      || field.utf8.contains { $0 < 32 || $0 == 127 || $0 == 34 || $0 == 44 }
    guard needsQuotes else { return field }
    return "\"" + mapped(field) { $0 == "\"" ? "\"\"" : nil } + "\""
  }

  /// Also safe inside a script element and on a terminal: `<` and hidden signs by number.
  private static func jsonString(_ text: String) -> String {
    mapped(text) { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\r": "\\r"
      case "\t": "\\t"
      case "<", "\u{7F}"..."\u{9F}", "\0"..."\u{1F}": utf16Escapes(scalar)
      default: isHidden(scalar) ? utf16Escapes(scalar) : nil
      }
    }
  }

  private static func markdown(_ text: String) -> String {
    mapped(visible(text)) { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case "\\", "`", "*", "_", "[", "]", "|", "#", "~", "!", "$": "\\\(scalar)"
      default: nil
      }
    }
  }

  private static func fileName(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars.prefix(80) {
      let isKept = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      let isSign = scalar == "-" || scalar == "." && !result.isEmpty && result != "_"
      if isKept || isSign {
        result.unicodeScalars.append(scalar)
      } else if result.last != "_" {
        result += "_"
      }
    }
    return result.isEmpty ? "_" : result
  }
}

extension Exit {
  /// Source code as it is read by a machine: signs that would hide or turn it become visible.
  package static func revealed(_ code: String) -> String {
    mapped(code) { isHidden($0) ? self.code(of: $0) : nil }
  }

  /// Lines of a program or of a file as a terminal may show them.
  package static func lines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { escape(String($0), for: .terminal) }.joined(separator: "\n")
  }

  /// A picture of a control character, one column wide: ␀, ␛, ␡; C1 controls by number.
  private static func controlPicture(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0...0x1F: Unicode.Scalar(0x2400 + scalar.value).map { String($0) }
    case 0x7F: "\u{2421}"
    case 0x80...0x9F: code(of: scalar)
    default: nil
    }
  }

  /// Signs that change what is seen without being seen: direction overrides, line separators,
  /// zero-width blanks, tags. Joiners stay, emoji and many scripts need them.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200B, 0x200E, 0x200F, 0x061C, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB, 0xE0000...0xE007F, 0xFFFE, 0xFFFF:
      true
    default: false
    }
  }

  private static func code(of scalar: Unicode.Scalar) -> String {
    "\\u{" + String(scalar.value, radix: 16) + "}"
  }

  private static func utf16Escapes(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }

  /// A foreign text set into a sentence of ours keeps its writing direction to itself (Unicode
  /// UAX 9): wrapped in an isolate, its own marks closed. Texts without such signs stay as is.
  package static func isolated(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value >= 0x590 }) else { return text }
    var open: [Unicode.Scalar] = []
    var body = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x202A, 0x202B, 0x202D, 0x202E: open.append("\u{202C}")
      case 0x2066...0x2068: open.append("\u{2069}")
      case 0x202C, 0x2069:
        guard open.last == scalar else { continue }
        open.removeLast()
      default: break
      }
      body.unicodeScalars.append(scalar)
    }
    for closer in open.reversed() { body.unicodeScalars.append(closer) }
    return "\u{2068}" + body + "\u{2069}"
  }
}
