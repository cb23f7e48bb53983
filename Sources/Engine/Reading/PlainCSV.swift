import Values

/// The first lines of a CSV file that can be taken apart in one way only: commas between the
/// fields, as many in every line, and no sign that could quote, escape or divide otherwise. The
/// engine tries all such signs on all lines, which takes it longer than the rest of its look.
struct PlainCSV {
  /// The names in the first line, as they are written there.
  let firstLine: [String]

  /// nil where the file or what the program says of it leaves a choice.
  init?(_ path: String, _ given: CSVSettings) {
    guard given.leavesSignsOpen, !FileSource.isPacked(path) else { return nil }
    var lines = PlainLines()
    guard FilePaths.eachChunk(of: path, { lines.take($0) }), lines.arePlain else { return nil }
    firstLine = lines.first.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      .map { CSVHeader.trimmed(String(decoding: $0, as: UTF8.self)) }
  }
}

/// The lines of a file as they come in, as far as the engine looks.
private struct PlainLines {
  private(set) var first: [UInt8] = []
  private var lines = 0
  private var commas = 0
  private var wanted = 0
  private var isAfterReturn = false
  private var isDoubtful = false

  private static let limit = 20_480

  /// Whether all of them have the commas of the first, at least one.
  var arePlain: Bool {
    !isDoubtful && lines > 1 && (commas == 0 || commas == wanted)
      && first.first != UInt8(ascii: "#")
  }

  /// Whether more is to be seen.
  mutating func take(_ bytes: ArraySlice<UInt8>) -> Bool {
    if lines == 0 { first += bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") } }
    let kinds = Self.kinds
    for byte in bytes {
      let kind = kinds[Int(byte)]
      if kind == .field, !isAfterReturn { continue }
      take(kind)
      if isDoubtful || lines > Self.limit { break }
    }
    if lines > Self.limit { commas = 0 }
    return !isDoubtful && lines <= Self.limit
  }

  private mutating func take(_ kind: Kind) {
    if isAfterReturn, kind != .end { isDoubtful = true }
    isAfterReturn = kind == .carriageReturn
    switch kind {
    case .field, .carriageReturn: break
    case .comma: commas += 1
    case .doubtful: isDoubtful = true
    case .end:
      if lines == 0 { wanted = commas }
      if commas == 0 || commas != wanted { isDoubtful = true }
      commas = 0
      lines += 1
    }
  }

  private enum Kind: UInt8 { case field, comma, carriageReturn, end, doubtful }

  private static let kinds: [Kind] = (0...255).map { byte in
    switch UInt8(byte) {
    case UInt8(ascii: ","): .comma
    case UInt8(ascii: "\n"): .end
    case UInt8(ascii: "\r"): .carriageReturn
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: ";"),
      UInt8(ascii: "\t"), UInt8(ascii: "|"), 0..<32:
      .doubtful
    default: .field
    }
  }
}
