import Connectivity
import Diagnostics
import Notebooks
import Reporting
import Testing
import Values

@Suite("Checks on the data of a notebook", .serialized)
struct NotebookChecks {
  private static let notebook = """
    # Orders

    ```whom #read
    let orders = rows [{id: 1, amount: 5}, {id: 2, amount: -3}, {id: 3, amount: 4}]
      | expect amount >= 0 for 50%, count() > 1
    ```

    ```whom #warned
    #| caption: What is not negative
    orders | expect amount >= 0 else warn | where id == 2
    ```

    """

  @Test("A warning leaves the exit code alone and is in the report")
  func warns() throws {
    let outcome = try #require(NotebookRun(Self.notebook).outcome)
    #expect(outcome.exitCode == 0)
    #expect(outcome.document.status.checks == 3)
    #expect(outcome.document.status.warnedChecks == 1)
    #expect(outcome.document.status.isWell)
    let run = NotebookRun(Self.notebook)
    #expect(run.html.contains("1 of 3 checks gave a warning"))
    #expect(run.html.contains("class=\"status warned\""))
    #expect(run.html.contains("fails for 1 of 3 rows, a warning (What is not negative)"))
    #expect(run.html.contains("Checks on the data"))
    #expect(run.html.contains("count() &gt; 1"))
    #expect(run.json.contains("\"outcome\": \"warned\""))
    #expect(run.json.contains("\"warned_checks\": 1"))
  }

  /// Two of three orders have a customer: one in three is dropped.
  @Test("What a run warns of stands at its cell in the report, also where results do not")
  func warnings() throws {
    let run = NotebookRun(
      """
      # Orders

      ```whom #read
      #| output: false
      let orders = rows [{id: 1, c: 1}, {id: 2, c: 2}, {id: 3, c: 9}]
      let names = rows [{c: 1, name: "<b>"}, {c: 2, name: "y"}]
      orders | join names on c
      ```

      ```whom #fine
      orders | count
      ```

      There are {= orders | join names on c | sum(id) =} of them.

      """)
    let outcome = try #require(run.outcome)
    #expect(outcome.exitCode == 0 && outcome.document.status.isWell)
    #expect(outcome.document.status.warnings == 2)
    #expect(run.html.contains("All 2 cells ran with 2 warnings"))
    let found = outcome.document.cells.map { cell in
      cell.outputs.compactMap { output -> ReportDiagnostic? in
        if case .diagnostic(let diagnostic) = output { diagnostic } else { nil }
      }
    }
    #expect(found.map { $0.map(\.code) } == [["W0702"], ["W0702"]])
    #expect(found[0].first?.excerpt?.lines.first?.text == "orders | join names on c")
    #expect(run.html.contains("Warning W0702"))
    #expect(run.json.contains("\"warnings\": 2") && run.json.contains("W0702"))
  }

  @Test("A cell that fails shows the columns that its stage was given")
  func input() throws {
    let run = NotebookRun(
      """
      ```whom #bad
      rows [{id: 1, code: "x"}] | derive twice = id * 2 | derive n = int(code)
      ```
      """)
    let outcome = try #require(run.outcome)
    #expect(outcome.exitCode == 1)
    for case .diagnostic(let diagnostic)? in outcome.document.cells.map(\.outputs.last) {
      #expect(diagnostic.input.map(\.name) == ["id", "code", "twice"])
    }
    #expect(run.html.contains("The 3 columns at this point"))
  }

  @Test("A failed check exits with 4, writes nothing, and its rows are not used")
  func fails() throws {
    let run = NotebookRun(
      Self.notebook + """
        ```whom #bad
        let clean = orders | expect unique(id), amount >= 0
        clean | save "never.csv"
        ```

        ```whom #after
        clean | count
        ```

        ```whom #apart
        orders | count
        ```
        """)
    let outcome = try #require(run.outcome)
    #expect(outcome.exitCode == 4)
    #expect(outcome.states[3] == .skipped(becauseOf: "bad"))
    #expect(outcome.states[4] == .done)
    #expect(outcome.document.status.failedChecks == 1)
    #expect(
      outcome.document.failedChecks.map(\.detail)
        == ["fails for 1 of 3 rows, a warning (What is not negative)", "fails for 1 of 3 rows"])
    #expect(!run.statements.contains { $0.sql.contains("never.csv") })
    #expect(run.html.contains("that fail"))
  }

  @Test("All conditions of a stage are one query, made once for all readers")
  func once() {
    let run = NotebookRun(
      """
      ```whom #a
      let orders = rows [{id: 1}, {id: 2}] | expect id > 0, unique(id), count() < 9
      orders | count
      orders | where id == 1
      ```
      """)
    #expect(run.outcome?.exitCode == 0)
    #expect(run.statements.count { $0.sql.contains("failed_1") } == 1)
  }
}
