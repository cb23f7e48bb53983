import Diagnostics
import Notebooks
import Testing

/// The pages in `notebooks/reference` are what the program would write, with the outputs that it
/// gives now; and each of them runs as the notebook that it is.
@Suite("The manual")
struct ManualTests {
  private static let folder = Program.inProject("notebooks/reference")
  static let pages = ["language", "types", "verbs", "functions", "models", "modules", "errors"]

  @Test("It is up to date, and every example in it works")
  func isCurrent() throws {
    let program = Program()
    let result = try program("doc", "--manual", Self.folder, "--check")
    #expect(
      result.code == 0,
      """
      These pages differ from what the program says now; `make manual` writes them anew \
      (examples that fail are to be mended first, in their declarations):
      \(result.output)\(result.errors)
      """)
  }

  @Test("Each page runs as a notebook", arguments: pages)
  func runs(_ page: String) throws {
    let text = try #require(NotebookRun.text("notebooks/reference/\(page).md"))
    let run = NotebookRun(text, name: "\(Self.folder)/\(page).md")
    #expect(run.diagnostics.map(\.title) == [])
    #expect(run.outcome?.exitCode == 0)
  }

  /// Guards against a generator that leaves things out.
  @Test("It holds every verb, function, type and code")
  func isWhole() throws {
    let program = Program()
    let list = try program("doc").output
    let codes = try program("explain").output
    let pages = try Self.pages.map {
      try #require(NotebookRun.text("notebooks/reference/\($0).md"))
    }.joined()
    for line in list.split(separator: "\n") where line.hasPrefix("  ") {
      let name = line.split(separator: " ")[0]
      #expect(pages.contains("### `\(name)`\n") || pages.contains("## \(name)\n"), "\(name)")
    }
    for line in codes.split(separator: "\n") {
      #expect(pages.contains("### \(line.prefix(5)): "), "\(line)")
    }
  }

  @Test("An example that fails is named, and the exit code says so")
  func checkNamesStalePages() throws {
    let program = Program()
    let result = try program("doc", "--manual", ".", "--check")
    #expect(result.code == 1)
    #expect(result.output.contains("./verbs.md\n"))
    #expect(program.folder.names == [], "--check writes nothing")
  }
}
