import Foundation
import Testing

/// Work that is stopped half-way leaves what was there before, and nothing else.
@Suite("Interrupting the program", .serialized)
struct InterruptingTests {
  /// Some minutes of work.
  static let endless =
    "let n = rows [\((0..<60).map { "{a: \($0)}" }.joined(separator: ", "))]\n"
    + "let m = n | join cross n as b | join cross n as c | join cross n as d\n"
    + "m | join cross n as e | derive s = a + b_a * c_a + d_a * e_a"

  private func started(_ whom: Program) throws -> Program.Running {
    try whom.folder.write("out.csv", "kept\n")
    try whom.folder.write("job.whom", Self.endless + " | save \"out.csv\"\n")
    let running = try whom.start(["job.whom"])
    // Until it writes: the new file stands beside the old one under another name.
    for _ in 0..<200 where whom.folder.names.count < 3 { usleep(50_000) }
    return running
  }

  @Test("Ctrl-C: exit 130 soon, the old file whole, no other left")
  func interrupt() throws {
    let whom = Program()
    let running = try started(whom)
    let began = Date()
    kill(running.process.processIdentifier, SIGINT)
    let run = try running.result()
    #expect(run.code == 130)
    #expect(Date().timeIntervalSince(began) < 5, "the program went on for seconds")
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

  @Test("Ctrl-C in a notebook: exit 130")
  func notebook() throws {
    let whom = Program()
    try whom.folder.write(
      "long.md", "# Long\n\n```whom\n\(Self.endless) | summarize n = sum(s)\n```\n")
    let running = try whom.start(["run", "long.md"])
    for _ in 0..<100 where !running.errors.contains("cell") { usleep(20_000) }
    usleep(300_000)
    kill(running.process.processIdentifier, SIGINT)
    #expect(try running.result().code == 130)
  }
}
