package import Diagnostics
internal import Reporting

/// Reads a notebook. Never fails: what cannot be read is left out and said.
///
/// Phases: front matter; which lines are code; inline values out of the prose; Markdown; cells
/// and prose in order.
package struct NotebookParser {
  let file: SourceFile
  let lines: SourceLines
  var frontMatter = FrontMatter()
  var cells: [Cell] = []
  var diagnostics: [Diagnostic] = []

  /// What the front matter leaves open follows the project.
  package static func parse(
    _ file: SourceFile, _ project: ProjectFile = ProjectFile()
  ) -> (Notebook, [Diagnostic]) {
    var parser = NotebookParser(file: file, lines: SourceLines(file.bytes), project)
    let bodyStart = parser.readFrontMatter()
    let notebook = parser.readBody(from: bodyStart)
    // What `whom.toml` says of all notebooks need not fit each of them.
    if let lead = notebook.frontMatter.report.lead, lead.span.file == file.id,
      notebook.leading(with: lead.heading) == nil
    {
      parser.diagnostics.append(.noSuchSection(lead, headings: notebook.headings))
    }
    if notebook.cells.isEmpty, parser.diagnostics.isEmpty {
      parser.diagnostics.append(.noCells(at: Span(file: file.id, start: 0, end: 0)))
    }
    return (notebook, parser.diagnostics.sorted { ($0.span?.start ?? 0) < ($1.span?.start ?? 0) })
  }

  /// The front matter alone, mistakes in it left to `parse`.
  package static func frontMatter(of file: SourceFile, _ project: ProjectFile) -> FrontMatter {
    var parser = NotebookParser(file: file, lines: SourceLines(file.bytes), project)
    _ = parser.readFrontMatter()
    return parser.frontMatter
  }

  private init(file: SourceFile, lines: SourceLines, _ project: ProjectFile) {
    self.file = file
    self.lines = lines
    frontMatter.run = project.run
    frontMatter.report = project.report
  }

  /// The number of the line behind the front matter.
  private mutating func readFrontMatter() -> Int {
    guard lines.count > 0, lines.isFrontMatterFence(0) else { return 0 }
    guard let end = (1..<lines.count).first(where: lines.endsFrontMatter) else {
      diagnostics.append(.unclosedFrontMatter(at: span(ofLine: 0)))
      return 1
    }
    do throws(Diagnostic) {
      let text = file.bytes[lines.start(1)..<lines.start(end)]
      let yaml = try YAMLReader.read(text, of: file.id)
      diagnostics += FrontMatter.keys.read(yaml, into: &frontMatter, of: "the front matter")
    } catch {
      diagnostics.append(error)
    }
    return end + 1
  }

  private mutating func readBody(from first: Int) -> Notebook {
    let mark = unusedMark
    let scanner = InlineValueScanner(
      lines, file: file.id, from: first, isCode: codeLines(from: first),
      mark: Array(String(mark).utf8))
    diagnostics += scanner.diagnostics
    var blocks: [Notebook.Block] = []
    var exprs: [InlineExpr] = []
    if let document = MarkdownDocument(scanner.masked[...]) {
      let nodes = MarkdownNode(document.root).children
      readCells(nodes, from: first)
      var prose = ProseBuilder(mark: mark, taken: cells.map(\.id)) { [file] number in
        file.text(scanner.found[number].whole)
      }
      blocks = self.blocks(nodes, from: first, prose: &prose, exprs: &exprs, of: scanner.found)
    }
    return Notebook(
      file: file.id, frontMatter: frontMatter, blocks: blocks, cells: cells, inlineExprs: exprs)
  }

  /// The lines (from 0, of the file) that Markdown takes for code.
  private func codeLines(from first: Int) -> Set<Int> {
    guard let document = MarkdownDocument(file.bytes[lines.start(first)...]) else { return [] }
    var result: Set<Int> = []
    MarkdownNode(document.root).visit { node in
      if node.kind == .code { result.formUnion(node.lines.map { $0 + first }) }
    }
    return result
  }

  /// A character of no meaning that the notebook does not use itself.
  private var unusedMark: Character {
    let used = Set(file.text(file.whole).unicodeScalars.lazy.filter { $0.value >= 0xE000 })
    let free = (0xE000...0xF8FF).lazy.compactMap { Unicode.Scalar($0 as UInt32) }
    return Character(free.first { !used.contains($0) } ?? "\u{F8FF}")
  }

  private func blocks(
    _ nodes: [MarkdownNode], from first: Int, prose: inout ProseBuilder, exprs: inout [InlineExpr],
    of found: [InlineValueScanner.Found]
  ) -> [Notebook.Block] {
    var blocks: [Notebook.Block] = []
    var cellsAbove = 0
    for group in nodes.split(whereSeparator: isCell, keepingSeparators: true) {
      if isCell(group[0]) {
        if cellsAbove < cells.count { blocks.append(.cell(cellsAbove)) }
        cellsAbove += 1
        continue
      }
      let content = prose.blocks(group)
      if !content.isEmpty { blocks.append(.prose(content)) }
      for number in prose.holes.dropFirst(exprs.count) {
        exprs.append(InlineExpr(expr: found[number].expr, cellsAbove: cellsAbove))
      }
    }
    return blocks
  }

  func span(ofLine line: Int) -> Span {
    let content = lines.content(line)
    return Span(file: file.id, start: content.lowerBound, end: content.upperBound)
  }
}

extension SourceLines {
  fileprivate func isFrontMatterFence(_ line: Int) -> Bool {
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let content = bytes[content(line)]
    let text = line == 0 && content.starts(with: byteOrderMark) ? content.dropFirst(3) : content
    return text.prefix(3).elementsEqual("---".utf8) && text.dropFirst(3).allSatisfy(\.isBlank)
  }

  fileprivate func endsFrontMatter(_ line: Int) -> Bool {
    isFrontMatterFence(line) || bytes[content(line)].elementsEqual("...".utf8)
  }
}

extension Array {
  /// Runs of elements between separators, and each separator as a run of its own.
  fileprivate func split(
    whereSeparator isSeparator: (Element) -> Bool, keepingSeparators: Bool
  ) -> [[Element]] {
    var groups: [[Element]] = []
    var open: [Element] = []
    for element in self {
      if isSeparator(element) {
        if !open.isEmpty { groups.append(open) }
        if keepingSeparators { groups.append([element]) }
        open = []
      } else {
        open.append(element)
      }
    }
    return open.isEmpty ? groups : groups + [open]
  }
}
