import Foundation
import Testing

/// Work that is stopped half-way leaves what was there before, and nothing else.
@Suite("Interrupting the program", .serialized)
struct InterruptingTests {
  /// Half an hour of work: a test that waits for its end is noticed.
  static let endless =
    "let n = rows [\((0..<60).map { "{a: \($0)}" }.joined(separator: ", "))]\n"
    + "let m = n | join cross n as b | join cross n as c | join cross n as d\n"
    + "m | join cross n as e | derive s = a + b_a * c_a + d_a * e_a"

  private func started(_ whom: Program) throws -> Program.Running {
    try whom.folder.write("out.csv", "kept\n")
    try whom.folder.write("job.whom", Self.endless + " | save \"out.csv\"\n")
    let running = try whom.start(["job.whom"])
    // Until it writes: the new file stands beside the old one under another name.
    running.wait(working: .infinity) { whom.folder.names.count == 3 }
    return running
  }

  @Test("Ctrl-C: exit 130, the old file whole, no other left")
  func interrupt() throws {
    let whom = Program()
    let running = try started(whom)
    kill(running.process.processIdentifier, SIGINT)
    let run = try running.result()
    #expect(run.code == 130)
    #expect(try whom.folder.read("out.csv") == "kept\n")
    #expect(whom.folder.names == ["job.whom", "out.csv"])
  }

  @Test("Asked to end: as by Ctrl-C", arguments: [SIGTERM, SIGHUP])
  func asked(_ signal: Int32) throws {
    let whom = Program()
    let running = try started(whom)
    kill(running.process.processIdentifier, signal)
    #expect(try running.result().code == 130)
    #expect(try whom.folder.read("out.csv") == "kept\n")
    #expect(whom.folder.names == ["job.whom", "out.csv"])
  }

  @Test("Killed: the old file is whole, what is left is no data, and the next one takes it away")
  func killed() throws {
    let whom = Program()
    let running = try started(whom)
    kill(running.process.processIdentifier, SIGKILL)
    _ = try running.result()
    #expect(try whom.folder.read("out.csv") == "kept\n")
    let left = "out.csv.\(running.process.processIdentifier).partial"
    #expect(whom.folder.names == ["job.whom", "out.csv", left])
    #expect(try whom("-c", "read(\"out.csv*\", header = false) | count").output.contains("1"))
    #expect(try whom("-c", "rows [{a: 1}] | save \"out.csv\"").code == 0)
    #expect(whom.folder.names == ["job.whom", "out.csv"])
    #expect(try whom.folder.read("out.csv") == "a\n1\n")
  }

  /// Ways of writing whose work lasts, each to a file that is there already.
  struct Writing: CustomTestStringConvertible, Sendable {
    var name: String
    var file: String
    var stage: String

    var testDescription: String { name }

    var whole: String { "rows [{a: 1, b_a: 2, c_a: 3, d_a: 4, e_a: 5, s: 6}] | save \"\(file)\"" }
  }

  static let writings = [
    Writing(
      name: "append", file: "a.csv", stage: "save \"a.csv\" append"),
    Writing(
      name: "append on a key", file: "a.csv",
      stage: "save \"a.csv\" append on a"),
    Writing(
      name: "append to Parquet", file: "a.parquet",
      stage: "save \"a.parquet\" append"),
    Writing(
      name: "replace", file: "a.csv", stage: "save \"a.csv\" replace"),
    Writing(
      name: "replace Parquet", file: "a.parquet",
      stage: "save \"a.parquet\""),
    Writing(
      name: "replace JSON", file: "a.ndjson",
      stage: "save \"a.ndjson\""),
    Writing(
      name: "quarantine", file: "a.csv",
      stage: "expect s < 0 else quarantine \"a.csv\" | count"),
  ]

  @Test(
    "Stopped while it writes, in whichever way: the old file whole, the next one takes its place",
    arguments: writings, [SIGINT, SIGTERM, SIGKILL])
  func stopped(_ writing: Writing, _ signal: Int32) throws {
    let whom = Program()
    #expect(try whom("-c", writing.whole).code == 0)
    let path = URL(fileURLWithPath: "\(whom.folder.path)/\(writing.file)")
    let before = try Data(contentsOf: path)
    try whom.folder.write("job.whom", Self.endless + " | \(writing.stage)\n")
    let running = try whom.start(["job.whom"])
    let partial = "\(writing.file).\(running.process.processIdentifier).partial"
    // Where rows are gathered before the first is written, no file is begun: then amid the work.
    running.wait { whom.folder.names.contains(partial) }
    kill(running.process.processIdentifier, signal)
    let code = try running.result().code
    #expect(code == (signal == SIGKILL ? SIGKILL : 130))
    #expect(try Data(contentsOf: path) == before, "the old file is another")
    let left = whom.folder.names.filter { $0.hasSuffix(".partial") }
    #expect(left == [] || (signal == SIGKILL && left == [partial]))
    #expect(try whom("-c", writing.whole).code == 0)
    #expect(whom.folder.names == [writing.file, "job.whom"])
    #expect(try Data(contentsOf: path) == before)
  }

  /// A report of 10 MB takes long enough to be stopped while it is written.
  @Test("Stopped while it writes a report: the old one is whole", arguments: [SIGTERM, SIGKILL])
  func report(_ signal: Int32) throws {
    let whom = Program()
    try whom.folder.write("n.md", "# N\n\n```whom\n1 + 1\n```\n")
    #expect(try whom("run", "n.md", "-o", "out").code == 0)
    let old = try whom.folder.read("out/n.html")
    try whom.folder.write(
      "n.md",
      "# N\n\n```whom\n#| rows: 2500\nnumbers(1..2500) | derive t = repeat(\"x\", 4000)\n```\n")
    let running = try whom.start(["run", "n.md", "-o", "out"])
    let folder = "\(whom.folder.path)/out"
    func partials() -> [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        .filter { $0.hasSuffix(".partial") }
    }
    running.wait(working: .infinity) { !partials().isEmpty }
    kill(running.process.processIdentifier, signal)
    _ = try running.result()
    let now = try whom.folder.read("out/n.html")
    #expect(now == old || now.hasSuffix("</html>\n"), "half a report stands there")
    try whom.folder.write("n.md", "# N\n\n```whom\n1 + 1\n```\n")
    #expect(try whom("run", "n.md", "-o", "out").code == 0)
    #expect(try whom.folder.read("out/n.html") == old)
    #expect(partials() == [])
  }

  @Test("Ctrl-C in a notebook: exit 130")
  func notebook() throws {
    let whom = Program()
    try whom.folder.write(
      "long.md", "# Long\n\n```whom\n\(Self.endless) | summarize n = sum(s)\n```\n")
    let running = try whom.start(["run", "long.md"])
    running.wait()
    kill(running.process.processIdentifier, SIGINT)
    #expect(try running.result().code == 130)
  }
}
