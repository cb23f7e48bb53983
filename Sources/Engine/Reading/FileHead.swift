import Diagnostics
import Glibc
import Values

/// What the first bytes of a file say it is, whatever its name says.
struct FileHead {
  enum Kind: Hashable {
    case empty, gzip, zstandard, parquet, arrow, avro, orc, archive, oldOffice, pdf, sqlite, page
    case utf16Little, utf16Big
    /// A byte that no UTF-8 has there, in a line.
    case notUTF8(line: Int)
    case binary
    case text

    var words: String {
      switch self {
      case .empty: "the file is empty"
      case .gzip: "this is a file packed with gzip"
      case .zstandard: "this is a file packed with zstd"
      case .parquet: "this is a Parquet file"
      case .arrow: "this is an Arrow or Feather file"
      case .avro: "this is an Avro file"
      case .orc: "this is an ORC file"
      case .archive: "this is a zip archive or a workbook"
      case .oldOffice: "this is a workbook of an old office program"
      case .pdf: "this is a PDF document"
      case .sqlite: "this is a SQLite database"
      case .page: "this is a web page"
      case .utf16Little, .utf16Big: "this is text in UTF-16"
      case .notUTF8(let line): "line \(line) is not UTF-8"
      case .binary: "this is no text"
      case .text: "this is text"
      }
    }
  }

  static let size = 1 << 16
  var kind: Kind

  /// nil where the file cannot be opened.
  init?(_ path: String) {
    guard let bytes = FilePaths.bytes(path, upTo: Self.size) else { return nil }
    kind = Self.kind(of: bytes, isWhole: bytes.count < Self.size)
  }

  static func kind(of bytes: [UInt8], isWhole: Bool) -> Kind {
    if bytes.isEmpty { return .empty }
    for (start, kind) in signatures where bytes.starts(with: start) { return kind }
    if bytes.starts(with: [0xFF, 0xFE]) { return .utf16Little }
    if bytes.starts(with: [0xFE, 0xFF]) { return .utf16Big }
    if let kind = zeros(bytes) { return kind }
    if isPage(bytes) { return .page }
    let controls = bytes.count { $0 < 9 || (14..<27).contains($0) || (28..<32).contains($0) }
    if controls > 4, controls * 20 > bytes.count { return .binary }
    return invalidLine(bytes, isWhole: isWhole).map { .notUTF8(line: $0) } ?? .text
  }

  private static let signatures: [([UInt8], Kind)] = [
    ([0x1F, 0x8B], .gzip), ([0x28, 0xB5, 0x2F, 0xFD], .zstandard),
    (Array("PAR1".utf8), .parquet), (Array("ARROW1".utf8), .arrow), (Array("FEA1".utf8), .arrow),
    (Array("Obj\u{1}".utf8), .avro), (Array("ORC".utf8), .orc),
    ([0x50, 0x4B, 3, 4], .archive), ([0xD0, 0xCF, 0x11, 0xE0], .oldOffice),
    (Array("%PDF-".utf8), .pdf), (Array("SQLite format 3\u{0}".utf8), .sqlite),
  ]

  /// Text in UTF-16 without a mark at its start: every second byte of Latin letters is zero.
  private static func zeros(_ bytes: [UInt8]) -> Kind? {
    var counts = [0, 0]
    for (position, byte) in bytes.enumerated() where byte == 0 { counts[position & 1] += 1 }
    let half = bytes.count / 2
    if counts[1] * 10 > half * 6, counts[0] * 10 < half { return .utf16Little }
    if counts[0] * 10 > half * 6, counts[1] * 10 < half { return .utf16Big }
    return nil
  }

  private static func isPage(_ bytes: [UInt8]) -> Bool {
    let start = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased()
      .drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    return start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
  }

  /// Whether some lines of the head end in CR LF and others in LF alone.
  static func hasMixedLineEnds(_ path: String) -> Bool {
    guard let bytes = FilePaths.bytes(path, upTo: size) else { return false }
    var (paired, alone) = (false, false)
    var isQuoted = false
    for (position, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      guard byte == 10, !isQuoted else { continue }
      if position > 0, bytes[position - 1] == 13 { paired = true } else { alone = true }
    }
    return paired && alone
  }

  /// The line of the first NUL in the head of a text.
  static func lineOfNUL(_ path: String) -> Int? {
    guard let bytes = FilePaths.bytes(path, upTo: size), let place = bytes.firstIndex(of: 0),
      kind(of: bytes, isWhole: bytes.count < size) == .text
    else { return nil }
    return bytes[..<place].count { $0 == 10 } + 1
  }

  /// The line of the first byte that is not UTF-8; a letter cut off at the end is none.
  private static func invalidLine(_ bytes: [UInt8], isWhole: Bool) -> Int? {
    var decoder = UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var line = 1
    var position = 0
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .valid(let scalar):
        if scalar.first == 10 { line += 1 }
        position += scalar.count
      case .error:
        return !isWhole && bytes.count - position < 4 ? nil : line
      case .emptyInput: return nil
      }
    }
  }
}

extension FileHead {
  /// Refuses a file that is not what it is read as; nothing else would say it as well.
  static func check(
    _ file: FileSource, encoding: CSVEncoding?, at span: Span
  ) throws(Diagnostic) {
    for path in file.files.prefix(1000) {
      guard let head = FileHead(path) else {
        throw .unreadable(FilePaths.name(path), "it cannot be opened", at: span)
      }
      let isPacked = FileSource.isPacked(path)
      if isPacked != (head.kind == .gzip || head.kind == .zstandard), head.kind != .empty {
        throw refusal(path, head.kind, isPacked: isPacked, file.format, at: span)
      }
      if !isPacked, !head.fits(file.format, encoding) {
        throw refusal(path, head.kind, isPacked: false, file.format, at: span)
      }
    }
  }

  private func fits(_ format: FileSource.Format, _ encoding: CSVEncoding?) -> Bool {
    switch (kind, format) {
    // A damaged Parquet file says itself what is wrong with it.
    case (.parquet, .parquet), (.text, _): true
    case (.utf16Little, .csv), (.utf16Little, .tsv): true
    case (.notUTF8, .csv), (.notUTF8, .tsv): encoding == .latin1
    case (.binary, .csv), (.binary, .tsv): encoding == .utf16
    default: false
    }
  }

  private static func refusal(
    _ path: String, _ kind: Kind, isPacked: Bool, _ format: FileSource.Format, at span: Span
  ) -> Diagnostic {
    let name = FilePaths.name(path)
    let words =
      isPacked && kind != .empty ? "its ending says it is packed, but it is not" : kind.words
    let fitting: [FileSource.Format] = [.csv, .tsv]
    return Diagnostic(
      .unreadableFile, "`\(Exit.escape(name, for: .terminal))` cannot be read", at: span,
      label: words, help: isPacked ? [] : ways(kind, isDelimited: fitting.contains(format)))
  }

  /// What can be done about it.
  private static func ways(_ kind: Kind, isDelimited: Bool) -> [String] {
    switch kind {
    case .empty, .text: []
    case .gzip: ["rename it: its name must end in `.gz`"]
    case .zstandard: ["rename it: its name must end in `.zst`"]
    case .parquet: ["say it: `read(\"...\", format = \"parquet\")`"]
    case .arrow, .avro, .orc, .sqlite: ["write it as Parquet or CSV where it comes from"]
    case .archive: ["unpack it; save the sheet of a workbook as CSV"]
    case .oldOffice: ["save the sheet as CSV and read that"]
    case .pdf, .binary: ["read the table from which it was made"]
    case .page: ["a download that wants a login often saves its page: open the file and look"]
    case .utf16Little, .utf16Big:
      ["convert it: `iconv -f UTF-16 -t UTF-8 in.csv > out.csv`"]
    case .notUTF8:
      isDelimited
        ? [
          "older programs write Latin-1: `read(\"...\", encoding = \"latin-1\")`",
          "or convert it: `iconv -f WINDOWS-1252 -t UTF-8 in.csv > out.csv`",
        ] : ["convert it: `iconv -f WINDOWS-1252 -t UTF-8 in.json > out.json`"]
    }
  }
}
