import Estimation
import Glibc
import Testing

/// A small comma-separated file as columns of texts; quotes are undone.
struct CSVFile {
  var names: [String]
  var columns: [[String]]

  /// The folder with the public data sets and what other programs say about them. It is not part
  /// of the project: beside it, or where `WHOM_SHARED` says.
  static let shared: String = {
    if let folder = getenv("WHOM_SHARED") { return String(cString: folder) }
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(root)/../shared"
  }()

  static let hasShared = access(shared + "/reference/README.md", R_OK) == 0

  init(_ name: String, separator: Character = ",") throws {
    let text = try #require(Self.read("\(Self.shared)/data/\(name)"), "no file \(name)")
    self.init(text: text, separator: separator)
  }

  init(text: String, separator: Character = ",") {
    let rows = text.split(whereSeparator: \.isNewline).map { Self.cells($0, separator) }
    names = rows.first ?? []
    columns = names.indices.map { column in
      rows.dropFirst().map { column < $0.count ? $0[column] : "" }
    }
  }

  private static func cells(_ line: Substring, _ separator: Character) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == separator, !isQuoted {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    return cells
  }

  subscript(_ name: String) -> [String] {
    names.firstIndex(of: name).map { columns[$0] } ?? []
  }

  func numbers(_ name: String) -> [Double] { self[name].map { Double($0) ?? .nan } }

  /// The columns as a frame: numbers where every cell is one, else categories.
  func frame(_ wanted: [String], categories: Set<String> = []) -> Frame {
    Frame(
      rowCount: columns.first?.count ?? 0,
      columns: wanted.map { name in
        let cells = self[name]
        let numbers = cells.map { Double($0) }
        let isNumber =
          !categories.contains(name)
          && zip(numbers, cells).allSatisfy {
            $0 != nil || $1.isEmpty
          }
        return FrameColumn(
          name, isNumber ? .numbers(numbers.map { $0 ?? .nan }) : .categories(cells))
      })
  }

  static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(contentsOf: buffer[0..<count])
    }
  }
}

extension FrameValues {
  /// Texts as codes; an empty text is missing.
  static func categories(_ texts: [String]) -> FrameValues {
    var codes: [String: Int32] = [:]
    var levels: [String] = []
    let coded = texts.map { text -> Int32 in
      if text.isEmpty { return -1 }
      if let code = codes[text] { return code }
      codes[text] = Int32(levels.count)
      levels.append(text)
      return Int32(levels.count - 1)
    }
    return .categories(codes: coded, levels: levels)
  }
}
