import Testing
import Values

@Suite("Format specifications of f-strings")
struct FormatSpecTests {
  private func text(_ value: Value, _ spec: String, _ type: DataType) -> String? {
    switch FormatSpec.parse(spec, for: type) {
    case .success(let format): format.apply(to: value)
    case .failure(let error): "refused: " + error.message
    }
  }

  @Test("ints as Python writes them")
  func ints() {
    for (value, spec, expected) in FormatSpecTable.ints {
      #expect(text(.int(value), spec, .int) == expected, "\(value) as \(spec)")
    }
  }

  @Test("floats as Python writes them")
  func floats() {
    for (value, spec, expected) in FormatSpecTable.floats {
      #expect(text(.float(value), spec, .float) == expected, "\(value) as \(spec)")
    }
  }

  @Test("times as strftime writes them")
  func times() {
    for (value, spec, expected) in FormatSpecTable.times {
      #expect(text(.timestamp(value), spec, .timestamp) == expected, "\(value) as \(spec)")
    }
  }

  @Test("texts are padded and cut")
  func texts() {
    #expect(text(.text("abc"), ">6", .text) == "   abc")
    #expect(text(.text("abc"), "*^7", .text) == "**abc**")
    #expect(text(.text("abcdef"), ".3s", .text) == "abc")
  }

  @Test("decimals round their exact digits half to even")
  func decimals() {
    let type = DataType.decimal(precision: 10, scale: 3)
    #expect(text(.decimal(unscaled: 2675, scale: 3), ".2f", type) == "2.68")
    #expect(text(.decimal(unscaled: 2665, scale: 3), ".2f", type) == "2.66")
    #expect(text(.decimal(unscaled: 1_234_567, scale: 3), ",", type) == "1,234.567")
  }

  @Test("null has no text")
  func nulls() { #expect(text(.null, ".2f", .float) == nil) }

  @Test("a format that does not fit is refused with its reason")
  func refused() {
    let cases: [(String, DataType, FormatSpecError)] = [
      ("d", .float, .doesNotFit(letter: "d", type: .float)),
      (".2f", .text, .doesNotFit(letter: "f", type: .text)),
      (".2", .int, .precisionOfWholeNumber), (".f", .float, .missingPrecision),
      (".2f!", .float, .unexpected("!")), ("9999", .int, .tooLarge),
      ("%Q", .date, .unknownDirective("Q")), (",", .text, .numbersOnly(.text)),
    ]
    for (spec, type, expected) in cases {
      #expect(FormatSpec.parse(spec, for: type) == .failure(expected), "\(spec)")
    }
  }
}
