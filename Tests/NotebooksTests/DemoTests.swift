import Diagnostics
import Notebooks
import Syntax
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The notebooks that ship read without a complaint, and every cell of theirs can be linked to.
@Suite struct DemoTests {
  static let folder =
    #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/notebooks"

  @Test func customers() throws {
    let file = SourceFile(
      id: FileID(0), name: "customers.md", text: try #require(read("\(Self.folder)/customers.md")))
    let (notebook, diagnostics) = NotebookParser.parse(file)
    #expect(diagnostics.map(\.title) == [])
    #expect(
      notebook.cells.map(\.id) == [
        "setup", "revenue", "revenue-table", "scores", "segments", "win-back", "cohorts", "curve",
        "concentration",
      ])
    for cell in notebook.cells {
      #expect(Parser.parse(file, range: cell.code).diagnostics.map(\.title) == [], "\(cell.id)")
    }
    for inline in notebook.inlineExprs {
      let (_, found) = Parser.parsePipeline(file, range: inline.expr)
      #expect(found.map(\.title) == [], "\(file.text(inline.expr))")
    }
    #expect(notebook.inlineExprs.count == 24)
    #expect(file.text(notebook.inlineExprs[1].expr) == "customers | count")
  }

  private func read(_ path: String) -> String? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
