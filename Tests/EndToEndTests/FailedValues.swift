import Diagnostics
import Notebooks
import Reporting
import Testing

/// A sentence without its number is a failed run, as a cell is, and says so in every place.
@Test func aValueThatCannotBeComputedFailsTheRun() throws {
  let text = "```whom\nlet word = \"x\"\n```\n\nAll {= int(word) =} of them, {= 1 + 1 =} more.\n"
  let run = NotebookRun(text)
  let outcome = try #require(run.outcome)
  #expect(outcome.exitCode == 1)
  #expect(outcome.states == [.done])
  #expect(outcome.failedValues.map(\.code) == [.conversionFailed])
  #expect(outcome.failedValues.first?.span?.start == 35)
  #expect(run.html.contains("1 in the text could not be computed"))
  #expect(
    run.json.contains("All (no value: `x` is not an int) of them, 2 more."))
}
