import Diagnostics
import Notebooks
import Reporting
import Testing
import Values

/// The ten lessons run without a finding, and the figures in their prose are those that pandas gives
/// for the same files (medians and quartiles interpolated, sessions and cleaning by hand).
@Suite("The tutorial")
struct TutorialTests {
  static let figures = [
    "01-first-query": ["436", "4", "413.05", "155", "14,317.65"],
    "02-columns": ["436", "250", "186", "36.46", "36.80", "122", "297"],
    "03-groups": ["December", "2,599.36", "6.4%", "21"],
    "04-joins": ["436", "433", "436", "79", "120", "178.62", "61.64", "8", "95"],
    "05-time": ["59", "64", "127", "186", "436", "31", "107", "360", "9"],
    "06-windows": ["19", "3,923.07", "849", "297", "2.9", "79", "79"],
    "07-quality": ["62", "60", "60", "6", "5.63", "2", "5.07"],
    "08-charts": ["37.19", "28.81", "84", "33", "79", "44"],
    "09-reports": ["2024-10-01", "2024-12-31", "DE", "31", "981.55", "31.66", "3"],
    "10-own-functions": ["17", "4", "79", "31.2%"],
  ]

  private func path(_ lesson: String) -> String { "notebooks/tutorial/\(lesson).md" }

  private func run(_ lesson: String, _ settings: [String: String] = [:]) throws -> NotebookRun {
    let text = try #require(NotebookRun.text(path(lesson)))
    return NotebookRun(text, name: Program.inProject(path(lesson)), settings: settings)
  }

  @Test("Each lesson runs, and states what is so", arguments: figures.keys.sorted())
  func states(_ lesson: String) throws {
    let run = try run(lesson)
    let warnings =
      lesson == "07-quality" ? ["`score` holds numbers, but is text because of \"n/a\""] : []
    #expect(run.diagnostics.map(\.title) == warnings)
    #expect(run.outcome?.exitCode == 0)
    let stated = run.outcome?.document.inlineValues.map { value -> String in
      if case .value(let found, let type) = value.result {
        return Exit.display(found, type: type)
      }
      return "\(value.result)"
    }
    #expect(stated == Self.figures[lesson])
  }

  @Test("Each lesson has exercises with answers, and is in the list", arguments: figures.keys)
  func isWhole(_ lesson: String) throws {
    let text = try #require(NotebookRun.text(path(lesson)))
    #expect(text.contains("## Try it") && text.contains("## Answers"))
    let list = try #require(NotebookRun.text("notebooks/tutorial/README.md"))
    #expect(list.contains("(\(lesson).md)"))
  }

  @Test("The mistake of the first lesson gets the message that it tells of")
  func mistake() throws {
    let text = try #require(NotebookRun.text(path("01-first-query")))
    #expect(text.contains("did you mean\n`amount`?"))
    let run = NotebookRun(
      text.replacing("```whom norun", with: "```whom"),
      name: Program.inProject(path("01-first-query")))
    #expect(run.diagnostics.map(\.title) == ["unknown column `amuont`"])
    #expect(run.diagnostics.first?.label == "not a column of `orders`")
    #expect(run.diagnostics.first?.help.first == "did you mean `amount`?")
  }

  /// Worked out with pandas: 72 paid orders of Norwegians, worth 2,992.51 in the whole year.
  @Test("The first answer of the ninth lesson")
  func settings() throws {
    let run = try run("09-reports", ["country": "NO", "from": "2024-01-01"])
    #expect(run.outcome?.exitCode == 0)
    #expect(run.html.contains("2,992.51"))
    #expect(try self.run("09-reports", ["country": "XX"]).outcome == nil)
  }
}
