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

/// An engine that takes rows in takes a failure on their way for their end.
@Test(
  "A value that fails far down ends the run, also on the way through a step that is not SQL",
  arguments: [
    "derive x = int(word) | derive s = similarity(text(x), \"1\") | count",
    "derive s = levenshtein(repeat(\"a\", m), repeat(\"b\", m)) | count",
  ])
func failureOnTheWay(stages: String) throws {
  let rows = """
    numbers(1..60000)
      | derive word = if n == 50000 then "a" else "1", m = if n == 50000 then 40000 else 1
    """
  let run = try Program()("-c", "\(rows) | \(stages)")
  #expect(run.code == 1 && run.output == "", "\(run.output)")
  #expect(
    run.errors.contains("`a` is not an int")
      || run.errors.contains("texts of 40,000 and 40,000 characters take too long"),
    "\(run.errors)")
}
