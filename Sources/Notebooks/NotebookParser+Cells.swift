internal import Diagnostics

extension NotebookParser {
  /// A fence at the left margin whose first word is `whom`, unless it says `norun`.
  func isCell(_ node: MarkdownNode) -> Bool {
    guard node.kind == .code, node.isFenced else { return false }
    let words = node.infoWords
    return words.first == "whom" && !words.contains("norun")
  }

  mutating func readCells(_ nodes: [MarkdownNode], from first: Int) {
    for node in nodes {
      if isCell(node) {
        readCell(node, lines: node.lines.lowerBound + first...node.lines.upperBound + first)
      } else {
        reportLostCells(in: node, from: first)
      }
    }
    nameCells()
  }

  private mutating func readCell(_ node: MarkdownNode, lines range: ClosedRange<Int>) {
    let head = span(ofLine: range.lowerBound)
    let isClosed = range.count > 1 && closesFence(range.upperBound, of: range.lowerBound)
    if !isClosed { diagnostics.append(.unclosedFence(at: head)) }
    let end = isClosed ? range.upperBound : min(range.upperBound + 1, lines.count)
    let id = readInfo(node.infoWords.dropFirst(), at: head)
    var options = CellOptions()
    let codeStart = readOptions(range.lowerBound + 1..<end, into: &options)
    let code = Span(file: file.id, start: lines.start(codeStart), end: lines.start(end))
    cells.append(Cell(id: id, options: options, code: code, head: head))
  }

  /// A closing fence repeats the opening one's sign at least as often, and holds nothing else.
  private func closesFence(_ closing: Int, of opening: Int) -> Bool {
    let open = lines.trimmed(opening)
    guard let sign = open.first else { return false }
    let length = open.prefix { $0 == sign }.count
    let close = lines.trimmed(closing)
    return close.count >= length && close.allSatisfy { $0 == sign }
  }

  /// The id among the words behind `whom`; empty where none is given.
  private mutating func readInfo(_ words: ArraySlice<Substring>, at head: Span) -> String {
    var id = ""
    for word in words {
      if word.first != "#" {
        diagnostics.append(.unknownCellWord(String(word), at: head))
      } else if !id.isEmpty {
        diagnostics.append(.twoCellIDs(at: head))
      } else if Cell.isID(word.dropFirst()) {
        id = String(word.dropFirst())
      } else {
        diagnostics.append(.badCellID(String(word), at: head))
      }
    }
    return id
  }

  /// Reads the `#|` lines at the top, and gives the line behind them.
  private mutating func readOptions(_ body: Range<Int>, into options: inout CellOptions) -> Int {
    let codeStart = body.first { !lines.isOption($0) } ?? body.upperBound
    for line in codeStart..<body.upperBound where lines.isOption(line) {
      diagnostics.append(.lateOption(at: span(ofLine: line)))
    }
    do throws(Diagnostic) {
      let yaml = try YAMLReader.read(optionText(body.lowerBound..<codeStart), of: file.id)
      diagnostics += CellOptions.keys.read(yaml, into: &options, of: "a cell")
    } catch {
      diagnostics.append(error)
    }
    return codeStart
  }

  /// The option lines with blanks for their signs, so that offsets stay those of the file.
  private func optionText(_ range: Range<Int>) -> ArraySlice<UInt8> {
    var text = file.bytes[lines.start(range.lowerBound)..<lines.start(range.upperBound)]
    for line in range {
      let sign = lines.trimmed(line).startIndex
      text.replaceSubrange(sign..<sign + 2, with: Array("  ".utf8))
    }
    return text
  }

  /// A cell in a list or a quote, and a fence that was meant to be one: both would stay silent.
  private mutating func reportLostCells(in node: MarkdownNode, from first: Int) {
    var lost: [Diagnostic] = []
    node.visit { inner in
      guard inner.kind == .code, inner.isFenced, let word = inner.infoWords.first else { return }
      let head = span(ofLine: inner.lines.lowerBound + first)
      if isCell(inner) {
        lost.append(.nestedCell(at: head))
      } else if word != "whom", word.lowercased().trimmingBraces == "whom" {
        lost.append(.misspelledFence(String(word), at: head))
      }
    }
    diagnostics += lost
  }

  private mutating func nameCells() {
    var owners: [String: Span] = [:]
    for cell in cells where !cell.id.isEmpty {
      if let first = owners[cell.id] {
        diagnostics.append(.repeatedCellID(cell.id, at: cell.head, first: first))
      } else {
        owners[cell.id] = cell.head
      }
    }
    var anchors = Anchors(taken: cells.map(\.id))
    for index in cells.indices where cells[index].id.isEmpty {
      cells[index].id = anchors.anchor(for: "cell-\(index + 1)")
    }
  }
}

extension Cell {
  /// A letter, then letters, digits, `-` and `_`: fit for a link and for `--only`.
  static func isID(_ text: Substring) -> Bool {
    guard let first = text.first, first.isASCII, first.isLetter else { return false }
    return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
  }
}

extension MarkdownNode {
  fileprivate var infoWords: [Substring] { fenceInfo.split(whereSeparator: \.isWhitespace) }
}

extension SourceLines {
  fileprivate func isOption(_ line: Int) -> Bool { trimmed(line).starts(with: "#|".utf8) }
}

extension String {
  /// `{whom}` and `{.whom}`, as other tools write it.
  fileprivate var trimmingBraces: String { filter { !"{}.,".contains($0) } }
}
