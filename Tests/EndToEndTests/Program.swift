import Foundation

/// The `whom` that was built beside these tests, run as a person runs it.
struct Program {
  struct Result {
    var code: Int32
    var output: String
    var errors: String
  }

  /// A folder of its own, gone when the value is.
  final class Folder {
    let path: String
    init() {
      path = NSTemporaryDirectory() + "whom-" + UUID().uuidString
      try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    func read(_ name: String) throws -> String {
      try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    /// What is in it, hidden files too, by name.
    var names: [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }
  }

  let folder = Folder()
  var environment: [String: String] = [:]

  private static let root =
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  static let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("whom")

  static func inProject(_ path: String) -> String { "\(root)/\(path)" }

  /// A project that lies above the folders of the tests is none of theirs.
  static let surroundings = [
    "WHOM_ENGINES": inProject(".engines"), "WHOM_CEILING": NSTemporaryDirectory(),
  ]

  /// Starts it in its folder.
  func start(
    _ arguments: [String], input: String = "", output: String? = nil, fileBlocks: Int? = nil
  ) throws -> Running {
    try Running(
      arguments, in: folder.path, input: input, sendingTo: output, fileBlocks: fileBlocks,
      environment: ProcessInfo.processInfo.environment
        .merging(Self.surroundings) { $1 }
        .merging(environment) { $1 })
  }

  func callAsFunction(_ arguments: String..., input: String = "") throws -> Result {
    try start(arguments, input: input).result()
  }

  /// One that runs; its output goes to files, so that no full pipe can stop it.
  final class Running {
    let process = Process()
    private let output = Folder()

    init(
      _ arguments: [String], in folder: String, input: String, sendingTo elsewhere: String?,
      fileBlocks: Int?, environment: [String: String]
    ) throws {
      try output.write("in", input)
      try output.write("out", "")
      try output.write("err", "")
      process.executableURL = Program.executable
      process.arguments = arguments
      // No file may grow beyond so many blocks: for what it writes, the disk is full.
      if let fileBlocks {
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        let line = "ulimit -f \(fileBlocks); exec \"$0\" \"$@\""
        process.arguments = ["-c", line, Program.executable.path] + arguments
      }
      process.environment = environment
      process.currentDirectoryURL = URL(fileURLWithPath: folder)
      process.standardInput = FileHandle(forReadingAtPath: "\(output.path)/in")
      process.standardOutput = FileHandle(
        forWritingAtPath: elsewhere ?? "\(output.path)/out")
      process.standardError = FileHandle(forWritingAtPath: "\(output.path)/err")
      try process.run()
    }

    func result() throws -> Result {
      process.waitUntilExit()
      return Result(
        code: process.terminationStatus, output: try output.read("out"),
        errors: try output.read("err"))
    }

    /// Waits until something is there, or until it has worked for so long that it is amid its work:
    /// what it has of the processor counts, which a busy machine gives late.
    func wait(working seconds: Double = 1, until isThere: () -> Bool = { false }) {
      while process.isRunning, !isThere(), processorSeconds < seconds { usleep(5_000) }
    }

    private var processorSeconds: Double {
      let path = "/proc/\(process.processIdentifier)/stat"
      let fields = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: " ") ?? []
      guard fields.count > 14, let user = Double(fields[13]), let system = Double(fields[14]) else {
        return 0
      }
      return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// What it has said so far on standard error.
    var errors: String { (try? output.read("err")) ?? "" }
  }
}
