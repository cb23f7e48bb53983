import Values

/// How wide a text will be in the reader's system font: an estimate by classes of letters, since
/// the font is not known here. It errs on the wide side, so that labels do not touch: the widths are
/// about those of DejaVu Sans, which is wider than other systems' fonts.
enum TextMetrics {
  static func width(of text: String, size: SceneText.Size) -> Double {
    text.reduce(0) { $0 + width(of: $1) } * size.scale
  }

  static func widest(_ texts: [String], size: SceneText.Size) -> Double {
    texts.map { width(of: $0, size: size) }.max() ?? 0
  }

  /// The text cut to a width, with a sign of the cut.
  static func cut(_ text: String, to limit: Double, size: SceneText.Size) -> String {
    guard width(of: text, size: size) > limit else { return text }
    var result = ""
    var used = width(of: "…", size: size)
    for character in text {
      used += width(of: character) * size.scale
      if used > limit { break }
      result.append(character)
    }
    return result + "…"
  }

  /// The texts cut to a width: within, where those that differ would look the same without their
  /// ends.
  static func cut(_ texts: [String], to limit: Double, size: SceneText.Size) -> [String] {
    let shown = texts.map { cut($0, to: limit, size: size) }
    if Set(shown).count == Set(texts).count { return shown }
    return texts.map { cutWithin($0, to: limit, size: size) }
  }

  private static func cutWithin(_ text: String, to limit: Double, size: SceneText.Size) -> String {
    guard width(of: text, size: size) > limit else { return text }
    var end = ""
    for character in text.reversed() {
      if width(of: end, size: size) + width(of: character) * size.scale > limit * 0.4 { break }
      end = String(character) + end
    }
    let start = String(text.dropLast(end.count))
    return cut(start, to: limit - width(of: end, size: size), size: size) + end
  }

  /// The text broken between words into two lines at most, the last one cut.
  static func lines(_ text: String, of limit: Double, size: SceneText.Size) -> [String] {
    guard width(of: text, size: size) > limit else { return [text] }
    var first = ""
    var rest = text.split(separator: " ", omittingEmptySubsequences: false)[...]
    while let word = rest.first {
      let longer = first.isEmpty ? String(word) : first + " " + word
      if width(of: longer, size: size) > limit { break }
      first = longer
      rest = rest.dropFirst()
    }
    if first.isEmpty { return [cut(text, to: limit, size: size)] }
    return [first, cut(rest.joined(separator: " "), to: limit, size: size)]
  }

  /// In parts of the font's size.
  private static func width(of character: Character) -> Double {
    guard let ascii = character.asciiValue else {
      if character == "−" { return 0.84 }
      if character == "…" { return 1 }
      return DisplayWidth.of(character) > 1 ? 1.05 : DisplayWidth.of(character) == 0 ? 0 : 0.62
    }
    switch Unicode.Scalar(ascii) {
    case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", " ": return 0.32
    case "f", "t", "r", "(", ")", "[", "]", "-", "/": return 0.41
    case "m", "w", "M", "W", "%", "@", "+", "=", "<", ">", "~": return 0.95
    case "A"..."Z", "&", "#": return 0.72
    default: return 0.62
    }
  }
}

extension SceneText.Size {
  /// What widths in parts of the font's size are multiplied by; titles are bold.
  fileprivate var scale: Double { self == .title ? rawValue * 1.12 : rawValue }
}
