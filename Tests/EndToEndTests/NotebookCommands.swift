import Testing

/// `whom run` by its exit codes and by the files it leaves.
@Suite("Running notebooks from the command line")
struct NotebookCommandTests {
  private static let notebook = """
    # Orders

    ```whom
    param least: int = 1
    let orders = read "orders.csv"
    ```

    ```whom #total
    orders | where amount >= $least | summarize total = sum(amount)
    ```

    In all {= orders | count =} orders.

    """

  private func program() throws -> Program {
    let whom = Program()
    try whom.folder.write("orders.csv", "id,amount\n1,5\n2,7\n3,1\n")
    try whom.folder.write("orders.md", Self.notebook)
    return whom
  }

  @Test("HTML and JSON from one run; a parameter is set and shown")
  func formats() throws {
    let whom = try program()
    let run = try whom("run", "orders.md", "--to", "html,json", "--set", "least=6")
    #expect(run.code == 0, "\(run.errors)")
    #expect(try whom.folder.read("out/orders.json").contains("\"total\""))
    let html = try whom.folder.read("out/orders.html")
    #expect(html.contains("In all 3 orders") || html.contains(">3<"))
    #expect(html.contains("least"))
  }

  @Test("A parameter written with % is shown so, whatever it is set to")
  func shares() throws {
    let whom = try program()
    try whom.folder.write(
      "cut.md",
      "# A\n\n```whom\nparam cut: float in 0%..100% = 30%\nparam raw: float = 0.3\n$cut\n```\n")
    let run = try whom("run", "cut.md", "--to", "md,json", "--set", "cut=0.45")
    #expect(run.code == 0, "\(run.errors)")
    let report = try whom.folder.read("out/cut.md")
    #expect(report.contains("| `cut` | 45% |"))
    #expect(report.contains("| `raw` | 0.3 |"))
    #expect(try whom.folder.read("out/cut.json").contains("\"value\": 0.45"))
  }

  @Test(
    "Parameters that do not fit: exit 2, nothing written",
    arguments: ["leest=6", "least=many", "least"])
  func parameters(setting: String) throws {
    let whom = try program()
    let run = try whom("run", "orders.md", "--set", setting)
    #expect(run.code == 2)
    #expect(run.errors.contains("least"), "\(run.errors)")
    #expect(whom.folder.names == ["orders.csv", "orders.md"])
  }

  @Test("A type error in the last cell: exit 2, nothing written")
  func typeError() throws {
    let whom = try program()
    try whom.folder.write("orders.md", Self.notebook + "```whom\norders | where amount\n```\n")
    let run = try whom("run", "orders.md")
    #expect(run.code == 2)
    #expect(run.errors.contains("orders.md:14"), "\(run.errors)")
    #expect(whom.folder.names == ["orders.csv", "orders.md"])
  }

  @Test("A `when` that is no condition: exit 2, located, nothing written")
  func notACondition() throws {
    let whom = try program()
    try whom.folder.write("orders.md", "# A\n\n```whom #a\n#| when: 1 + 1\n1\n```\n")
    let run = try whom("run", "orders.md")
    #expect(run.code == 2)
    #expect(run.errors.contains("E0302]: `when` must be true or false"), "\(run.errors)")
    #expect(run.errors.contains("orders.md:4:10"))
    #expect(run.errors.contains("this is int"))
    #expect(whom.folder.names == ["orders.csv", "orders.md"])
  }

  @Test("A cell that fails: exit 1, the report says so, the others ran")
  func failingCell() throws {
    let whom = try program()
    let bad = "```whom #bad\norders | derive x = int(text(id) + \"?\")\n```\n".replacing(
      "text(id) + \"?\"", with: "f\"{id}?\"")
    try whom.folder.write("orders.md", Self.notebook + bad)
    let run = try whom("run", "orders.md", "--to", "json,html")
    #expect(run.code == 1, "\(run.errors)")
    let json = try whom.folder.read("out/orders.json")
    #expect(json.contains("failed") && json.contains("\"total\""))
  }

  @Test("A cell that is too slow: exit 5")
  func timeout() throws {
    let whom = try program()
    let slow = "```whom\n#| timeout: 1s\n\(InterruptingTests.endless) | summarize n = sum(s)\n```\n"
    try whom.folder.write("orders.md", Self.notebook + slow)
    let run = try whom("run", "orders.md")
    #expect(run.code == 5, "\(run.errors)")
  }

  @Test("The same rows in another order give the same figures")
  func shuffled() throws {
    let whom = try program()
    _ = try whom("run", "orders.md", "--to", "json", "--as-of", "2025-01-01")
    let first = try whom.folder.read("out/orders.json")
    try whom.folder.write("orders.csv", "id,amount\n3,1\n1,5\n2,7\n")
    _ = try whom("run", "orders.md", "--to", "json", "--as-of", "2025-01-01")
    let second = try whom.folder.read("out/orders.json")
    #expect(first != second, "the fingerprint of the file differs")
    #expect(Self.withoutFingerprints(first) == Self.withoutFingerprints(second))
  }

  private static func withoutFingerprints(_ json: String) -> String {
    json.replacing(/[0-9a-f]{16,64}/, with: "…")
  }

  @Test("A folder that cannot be written: exit 1 with the path, before minutes of work")
  func unwritable() throws {
    let whom = try program()
    let run = try whom("run", "orders.md", "-o", "/proc/nothing")
    #expect(run.code != 0)
    #expect(run.errors.contains("/proc/nothing"), "\(run.errors)")
  }
}
