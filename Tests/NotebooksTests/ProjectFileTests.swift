import Diagnostics
import Notebooks
import Testing
import Values

@Suite struct ProjectFileTests {
  private func read(_ text: String) -> (ProjectFile, [Diagnostic]) {
    ProjectFile.read(SourceFile(id: FileID(0), name: "whom.toml", text: text))
  }

  @Test func reads() {
    let (project, problems) = read(
      """
      # of the whole team
      zone = "Europe/Zurich"   # and a remark
      week_start = 'sunday'
      threads = 1_0
      "memory" = "4GB"
      root = "d\\u0061ta # 1"

      [ run ]
      cell_timeout = "2m"
      on_error = "stop"
      [report]
      toc = false
      rows = 20
      """)
    #expect(problems.isEmpty)
    #expect(project.settings.zone?.value == "Europe/Zurich")
    #expect(project.settings.weekStart?.value == .sunday)
    #expect(project.settings.threads?.value == 10)
    #expect(project.settings.memory?.value == "4GB")
    #expect(project.settings.root?.value == "data # 1")
    #expect(project.run.cellTimeout?.milliseconds == 120_000)
    #expect(project.run.onError == .stop)
    #expect(!project.report.hasContents)
    #expect(project.report.rows == 20)
  }

  @Test func readsWhatEditorsLeaveBehind() {
    #expect(read("\u{FEFF}threads = 2\r\n\r\n  # end").0.settings.threads?.value == 2)
    #expect(read("").1.isEmpty)
  }

  /// The text, the label or title of its one finding, and what it marks.
  private static let mistakes: [(text: String, words: String, marked: String)] = [
    ("zone = Europe/Zurich", "this is no whole number and not true or false", "Europe/Zurich"),
    ("zone = \"Europe", "the text is not closed", "\"Europe"),
    ("zone \"x\"", "`=` and a value must stand behind the name", "\""),
    ("zone =", "a value must stand here", ""),
    ("zone = \"UTC\" x", "nothing may follow on this line", "x"),
    ("zone = \"\\q\"", "no sign is written so", "\\q"),
    ("zone = [\"UTC\"]", "a list is no setting", "["),
    ("run = {timeout = 1}", "write the group as a table: `[name]`", "{"),
    ("run.timeout = 1", "write `[run]` above, and the name alone", "."),
    ("= 1", "a name must stand here", "="),
    ("[run", "`]` must close the table", ""),
    ("[[run]]", "a list of tables is no setting", "["),
    ("zone = \"\"\"x", "a text of several lines is no setting", "\"\"\""),
    ("threads = 0", "`threads` takes a whole number from 1 to 1024", "0"),
    ("threads = \"two\"", "`threads` takes a whole number from 1 to 1024", "\"two\""),
    ("memory = \"lots\"", "`memory` takes an amount such as 4GB or 500MB", "\"lots\""),
    (
      "engine = \"mysql://x\"",
      "`engine` takes duckdb, or an address as postgresql://user@host/database", "\"mysql://x\""
    ),
    ("threads = 1\nthreads = 2", "\"threads\" is set twice", "threads"),
    ("[run]\n[run]", "\"run\" is set twice", "run"),
    ("tread = 1", "unknown setting \"tread\"", "tread"),
    ("[run]\nzone = \"UTC\"", "unknown setting \"zone\"", "zone"),
  ]

  @Test(arguments: mistakes.indices) func reports(_ index: Int) throws {
    let expected = Self.mistakes[index]
    let (_, problems) = read(expected.text)
    #expect(problems.count == 1)
    let problem = try #require(problems.first)
    #expect([problem.title, problem.label].contains(expected.words), "\(problem)")
    let file = SourceFile(id: FileID(0), name: "whom.toml", text: expected.text)
    #expect(problem.span.map(file.text) == expected.marked)
    #expect(["E0806", "E0802"].contains(problem.code.rawValue))
  }

  @Test func suggestsTheNearestName() {
    #expect(read("wekstart = \"sunday\"").1.first?.help.first == "Did you mean `week_start`?")
  }

  @Test func survivesDamage() {
    let original = Array("zone = \"Europe/Zürich\" # x\n[run]\ntimeout = \"2m\"\n".utf8)
    for index in original.indices {
      for byte in Array("\"'[]=.#\\\n \u{0}é".utf8) {
        var bytes = original
        bytes[index] = byte
        let text = String(decoding: bytes, as: UTF8.self)
        let size = text.utf8.count
        let spans = read(text).1.compactMap(\.span)
        #expect(spans.allSatisfy { $0.start >= 0 && $0.start <= $0.end && $0.end <= size })
      }
    }
  }
}
