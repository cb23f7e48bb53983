import Foundation
import Testing

/// Programs, notebooks and files that are broken: words at the place, the right exit code, no
/// crash, nothing half-written.
@Suite("Bad input")
struct BadInputTests {
  static let deep: [(String, String)] = [
    ("parentheses", many("(") + "1" + many(")")), ("lists", many("[") + "1" + many("]")),
    ("open parentheses", many("(")), ("signs", many("- ") + "1"), ("not", many("not ") + "true"),
    ("conditions", many("if ") + "true"), ("calls", many("abs(") + "1" + many(")")),
    ("records", many("{a: ") + "1" + many("}")), ("powers", many("2 ^ ") + "1"),
    ("blocks", many("if true {\n") + "1\n" + many("}\n")),
    ("types", "param x: " + many("list<") + "int" + many(">") + " = 1"),
    ("fields", "let r = {a: 1}\nr" + many(".a")),
    ("stages", "rows [{a: 1}]" + many(" | where a > 0")),
    ("names for stages", names()),
  ]

  private static func many(_ text: String) -> String { String(repeating: text, count: 10_000) }

  private static func names() -> String {
    let steps = (1...2_000).map { "let r\($0) = r\($0 - 1) | derive a = a + \($0)\n" }
    return "let r0 = rows [{a: 1}]\n" + steps.joined() + "r2000"
  }

  @Test("10,000 deep: a finding, no crash", arguments: deep)
  func nesting(name: String, program: String) throws {
    let whom = Program()
    try whom.folder.write("deep.whom", program)
    let run = try whom("deep.whom")
    #expect(run.code == 2, "\(name): \(run.code) \(run.errors.prefix(300))")
    #expect(run.errors.contains("E0110"), "\(name): \(run.errors.prefix(300))")
  }

  @Test(
    "10,000 of one operator are no depth",
    arguments: [(" + ", "1", "10000"), (" and ", "true", "true"), (" ?? ", "1", "1")])
  func chains(sign: String, operand: String, value: String) throws {
    let whom = Program()
    let chain = [String](repeating: operand, count: 10_000).joined(separator: sign)
    try whom.folder.write("chain.whom", chain)
    #expect(try whom("chain.whom").output == "value\n\(value)\n")
  }

  @Test("A program of 10 MB")
  func large() throws {
    let whom = Program()
    let comment = "# " + String(repeating: "x", count: 10_000_000)
    try whom.folder.write("large.whom", comment + "\n1 + 1\n" + comment)
    #expect(try whom("large.whom").output == "value\n2\n")
    try whom.folder.write("open.whom", "\"" + String(repeating: "x", count: 10_000_000))
    let run = try whom("open.whom")
    #expect(run.code == 2 && run.errors.contains("E0102") && run.errors.utf8.count < 5_000)
  }

  @Test(
    "Programs that are no text", arguments: ["script.whom", "check", "run", "sql", "fmt"])
  func noText(command: String) throws {
    let whom = Program()
    try Data([0x31, 0x0A, 0xFF, 0xFE, 0x0A]).write(
      to: URL(fileURLWithPath: whom.folder.path + "/script.whom"))
    let arguments = command == "script.whom" ? [command] : [command, "script.whom"]
    let run = try whom.start(arguments).result()
    #expect(run.code == 2)
    #expect(run.errors.contains("line 2 is not UTF-8"), "\(run.errors)")
    #expect(whom.folder.names == ["script.whom"])
  }

  @Test(
    "Programs that cannot be read",
    arguments: [("missing.whom", "no such file"), ("folder", "is a directory")])
  func unreadable(file: String, words: String) throws {
    let whom = Program()
    try FileManager.default.createDirectory(
      atPath: whom.folder.path + "/folder", withIntermediateDirectories: false)
    for arguments in [[file], ["run", file], ["check", file], ["sql", file], ["fmt", file]] {
      let run = try whom.start(arguments).result()
      #expect(run.code == 2 && run.errors.contains(words), "\(arguments): \(run.errors)")
    }
  }

  @Test(
    "Notebooks that are none",
    arguments: [
      ("# Words\n\nand more words\n", "1:1"), ("", "1:1"), ("# Open\n\n```whom\n1 + 1\n", "3:1"),
      ("---\ntitle: x\n", "1:1"), ("---\ntitel: x\n---\n```whom\n1\n```\n", "2:1"),
      ("```whom\n#| captoin: x\n1\n```\n", "2:4"),
      ("---\ntitle: [x\n---\n```whom\n1\n```\n", "2:10"),
      ("```whom #a\n1\n```\n```whom #a\n2\n```\n", "4:1"),
    ])
  func notebooks(text: String, place: String) throws {
    let whom = Program()
    try whom.folder.write("n.md", text)
    let run = try whom("run", "n.md", "-o", "out")
    #expect(run.code == 2)
    #expect(run.errors.contains("n.md:\(place)"), "\(run.errors)")
    #expect(whom.folder.names == ["n.md"])
  }

  @Test("A file that may not be opened is named", .enabled(if: getuid() != 0))
  func noPermission() throws {
    let whom = Program()
    try whom.folder.write("x.csv", "a\n1\n")
    chmod(whom.folder.path + "/x.csv", 0)
    let run = try whom("-c", "read \"x.csv\"")
    #expect(run.code == 2 && run.errors.contains("no permission"), "\(run.errors)")
  }

  @Test("A pipe is no file", .timeLimit(.minutes(1)))
  func pipe() throws {
    let whom = Program()
    mkfifo(whom.folder.path + "/x.csv", 0o600)
    let run = try whom("-c", "read \"x.csv\"")
    #expect(run.code == 2 && run.errors.contains("a pipe or a device"), "\(run.errors)")
  }

  @Test("A result that nobody can store is no success", arguments: ["csv", "arrow", "json"])
  func fullOutput(format: String) throws {
    let whom = Program()
    let running = try whom.start(
      ["-c", "rows [{a: 1}]", "--to", format], output: "/dev/full")
    let run = try running.result()
    #expect(run.code == 1 && run.errors.contains("cannot write the result"), "\(run.errors)")
  }

  @Test(
    "A NUL in a cell is told, kept and counted, whether the type was guessed or given",
    arguments: ["read \"x.csv\"", "read(\"x.csv\", types = {name: \"text\"})"])
  func nul(reading: String) throws {
    let whom = Program()
    try whom.folder.write("x.csv", "id,name\n1,Ada\n2,Bo\0b\n3,\0\n")
    let run = try whom("-c", "\(reading) | derive n = length(name)")
    #expect(run.code == 0 && run.output == "id,name,n\n1,Ada,3\n2,Bo␀b,4\n3,␀,1\n")
    #expect(run.errors.contains("warning[W0604]: line 3 of `x.csv` holds a NUL"), "\(run.errors)")
    // What is saved and read again is the same.
    for file in ["y.parquet", "y.json"] {
      let again = try whom(
        "-c", "\(reading) | save \"\(file)\"\nread \"\(file)\" | derive n = length(name)")
      #expect(again.output == run.output, "\(again.errors)")
    }
  }

  @Test("Names of files are no SQL, no pattern and no control of a terminal")
  func fileNames() throws {
    let whom = Program()
    for name in ["it's.csv", "a\"b.csv", "x'); drop table y; --.csv", "a[1]*.csv", "é 👩.csv"] {
      try whom.folder.write(name, "a\n1\n")
      let path = name.replacingOccurrences(of: "\"", with: "\\\"")
      let run = try whom("-c", "read \"\(path)\" | save \"out/\(path)\"\nread \"out/\(path)\"")
      #expect(run.output == "a\n1\n", "\(name): \(run.errors)")
    }
    let escape = try whom("-c", "read \"\\u{1b}[31m.csv\"")
    #expect(escape.code == 2 && !escape.errors.contains("\u{1B}"))
  }
}
