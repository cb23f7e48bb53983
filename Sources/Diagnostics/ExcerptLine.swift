/// One line of a source as it is shown under a message: tabs widened, hidden characters written
/// out, cut around the marked place when it is too long.
struct ExcerptLine {
  private(set) var text: String
  /// For each byte of the source line, and one behind it, the column it is shown in.
  private var columns: [Int]

  init(_ line: String) {
    text = ""
    columns = []
    var column = 0
    for character in line {
      let shown = Self.shown(character, column)
      for _ in 0..<character.utf8.count { columns.append(column) }
      text += shown
      column += VisibleText.width(of: shown)
    }
    columns.append(column)
  }

  private static func shown(_ character: Character, _ column: Int) -> String {
    character == "\t"
      ? String(repeating: " ", count: 4 - column % 4) : VisibleText.of(String(character))
  }

  var width: Int { columns.last ?? 0 }

  func column(ofByte offset: Int) -> Int {
    columns[max(0, min(offset, columns.count - 1))]
  }

  /// Keeps `limit` columns around a marked place; what is cut off leaves a `…`.
  mutating func cut(to limit: Int, around place: Range<Int>) {
    guard width > limit, limit > 8 else { return }
    let marked = min(place.count, limit * 2 / 3)
    let start = max(0, min(place.lowerBound - (limit - marked) / 2, width - limit))
    var kept = start > 0 ? "…" : ""
    var column = 0
    for character in text {
      let next = column + VisibleText.width(of: character)
      let isFirst = start > 0 && column <= start
      let isBehind = next > start + limit - (start + limit < width ? 1 : 0)
      if column >= start, !isFirst, !isBehind { kept.append(character) }
      column = next
    }
    if start + limit < width { kept += "…" }
    text = kept
    columns = columns.map { max(0, min($0 - start, limit)) }
  }
}
