import Compiler
import Diagnostics
import Values

/// The encodings that the engine can read.
enum CSVEncoding: String, CaseIterable {
  case utf8 = "utf-8"
  case latin1 = "latin-1"
  case utf16 = "utf-16"

  init?(named name: String) {
    switch name.lowercased().filter({ $0.isLetter || $0.isNumber }) {
    case "utf8": self = .utf8
    case "latin1", "iso88591": self = .latin1
    case "utf16", "utf16le": self = .utf16
    default: return nil
    }
  }
}

/// What the program says about a CSV file.
struct CSVSettings {
  /// What both the look at the file and its readers are told.
  var shared: [String] = []
  var delimiter: String?
  var quote: String?
  var escape: String?
  var header: Bool?
  var skip: Int?
  var comment: String?
  var encoding: CSVEncoding?
  var pads = false
  /// Lines end in CR LF and in LF, as in files that were put together.
  var hasMixedLineEnds = false
  var dateFormat: String?
  var timestampFormat: String?
  private var decimalSpan: Span?
  private var decimal = "."
  private var thousands: String?

  init(_ file: FileSource) throws(Diagnostic) {
    if file.format == .tsv { delimiter = "\t" }
    for option in file.options {
      guard let known = ReadOption(rawValue: option.name) else { continue }
      try add(known, OptionValue(option))
    }
    try addNumbers()
  }

  private mutating func add(_ known: ReadOption, _ option: OptionValue) throws(Diagnostic) {
    switch known {
    // `ReadSettings` has these.
    case .format, .types, .columns, .numberRows: break
    case .header: header = try option.flag()
    case .delimiter: delimiter = try option.delimiter()
    case .missing: try addMissing(option)
    case .quote: quote = try option.sign(orNone: true)
    case .escape: escape = try option.sign(orNone: true)
    case .encoding: encoding = try option.encoding()
    case .decimal:
      decimal = try option.oneOf([".", ","])
      decimalSpan = option.span
    case .thousands: thousands = try option.oneOf([".", ",", "'", " ", "_"])
    case .skip: skip = try option.count()
    case .comment: comment = try option.sign(orNone: false)
    case .pad: pads = try option.flag()
    case .dateFormat: dateFormat = try option.timeFormat(wantsClock: false)
    case .timestampFormat: timestampFormat = try option.timeFormat(wantsClock: true)
    }
    if known == .thousands { decimalSpan = decimalSpan ?? option.span }
  }

  /// Spellings of nothing, beside the empty field.
  private mutating func addMissing(_ option: OptionValue) throws(Diagnostic) {
    let all = (try option.texts() + [""]).map(ReaderSQL.quoted)
    shared.append("nullstr = [\(all.joined(separator: ", "))]")
  }

  private mutating func addNumbers() throws(Diagnostic) {
    guard let span = decimalSpan else { return }
    if thousands == decimal {
      throw Diagnostic(
        .badArgument, "`decimal` and `thousands` are the same sign", at: span,
        label: "`\(decimal)` cannot be both")
    }
    if delimiter == decimal {
      throw Diagnostic(
        .badArgument, "`decimal` and `delimiter` are the same sign", at: span,
        label: "`\(decimal)` cannot be both")
    }
    shared.append("decimal_separator = \(ReaderSQL.quoted(decimal))")
    if let thousands { shared.append("thousands = \(ReaderSQL.quoted(thousands))") }
  }

  /// Whether a number is written as the engine's own casts read it.
  var hasPlainNumbers: Bool { exactReading.hasPlainNumbers }

  var exactReading: ExactReading { ExactReading(decimal: decimal, thousands: thousands) }

  /// Whether nothing is said of the signs between fields and around them, and lines end alike.
  var leavesSignsOpen: Bool {
    delimiter == nil && quote == nil && escape == nil && comment == nil && skip == nil && !pads
      && !hasMixedLineEnds && (encoding == nil || encoding == .utf8)
  }

  /// For the look at the first rows.
  var sniffing: [String] {
    var all = shared
    if let delimiter { all.append("delim = \(ReaderSQL.quoted(delimiter))") }
    if let quote { all.append("quote = \(ReaderSQL.quoted(quote))") }
    if let escape { all.append("escape = \(ReaderSQL.quoted(escape))") }
    if let header { all.append("header = \(header)") }
    if let skip { all.append("skip = \(skip)") }
    // Comments are never guessed: the engine cuts every line at the sign.
    all.append("comment = \(ReaderSQL.quoted(comment ?? ""))")
    if let encoding { all.append("encoding = \(ReaderSQL.quoted(encoding.rawValue))") }
    if pads { all.append("null_padding = true") }
    if hasMixedLineEnds { all.append("strict_mode = false") }
    if let dateFormat { all.append("dateformat = \(ReaderSQL.quoted(dateFormat))") }
    if let timestampFormat {
      all.append("timestampformat = \(ReaderSQL.quoted(timestampFormat))")
    }
    return all
  }

  /// For the readers, beside what the look has found.
  func reading(pads: Bool) -> [String] {
    var all = shared
    if hasMixedLineEnds { all.append("strict_mode = false") }
    if let encoding { all.append("encoding = \(ReaderSQL.quoted(encoding.rawValue))") }
    if let comment { all.append("comment = \(ReaderSQL.quoted(comment))") }
    if pads { all += Self.padding }
    return all
  }

  /// Short lines end in nothing; the engine can do that on one thread only.
  static let padding = ["null_padding = true", "parallel = false"]
}
