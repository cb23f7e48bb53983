import Testing

/// The commands by their exit codes, standard output and standard error.
@Suite("Commands of the program")
struct CommandTests {
  @Test("-c prints a table for people as CSV for programs")
  func code() throws {
    let run = try Program()("-c", "rows [{a: 1, b: \"x,y\"}, {a: 2, b: null}]")
    #expect(run.code == 0)
    #expect(run.output == "a,b\n1,\"x,y\"\n2,\n")
    #expect(run.errors == "")
  }

  @Test("A script runs from a file and from standard input")
  func scripts() throws {
    let whom = Program()
    try whom.folder.write("data.csv", "x\n1\n2\n")
    let script = "let d = read \"data.csv\"\nd | summarize total = sum(x)\n"
    try whom.folder.write("job.whom", script)
    #expect(try whom("job.whom").output == "total\n3\n")
    #expect(try whom(input: script).output == "total\n3\n")
  }

  @Test("A script does not run when its last line is wrong")
  func lastLine() throws {
    let whom = Program()
    let run = try whom("-c", "rows [{a: 1}] | save \"a.csv\"\nrows [{a: 1}] | select b")
    #expect(run.code == 2)
    #expect(run.errors.contains("E0201"), "\(run.errors)")
    #expect(whom.folder.names == [])
  }

  @Test("What fails while it runs exits with 1")
  func failure() throws {
    let run = try Program()("-c", "rows [{a: \"x\"}] | derive n = int(a)")
    #expect(run.code == 1)
    #expect(run.errors.contains("int(a)"))
    #expect(run.output == "")
  }

  @Test("An assertion that does not hold exits with 4 and says what was seen")
  func assertion() throws {
    let run = try Program()("-c", "assert 1 > 2, \"too few\"")
    #expect(run.code == 4)
    #expect(run.errors.contains("too few") && run.errors.contains("1 > 2"), "\(run.errors)")
  }

  @Test("check looks at several files and runs none")
  func check() throws {
    let whom = Program()
    try whom.folder.write("good.whom", "rows [{a: 1}] | save \"x.csv\"\n")
    try whom.folder.write("bad.whom", "rows [{amount: 1}]\n  | select amuont\n")
    #expect(try whom("check", "good.whom").code == 0)
    let run = try whom("check", "good.whom", "bad.whom")
    #expect(run.code == 2)
    #expect(run.errors.contains("bad.whom:2:12") && run.errors.contains("did you mean `amount`"))
    #expect(whom.folder.names == ["bad.whom", "good.whom"])
  }

  @Test("sql prints what the engine would be given")
  func sql() throws {
    let whom = Program()
    try whom.folder.write("q.whom", "rows [{a: 1}] | where a > 0 | select a\n")
    let run = try whom("sql", "q.whom")
    #expect(run.code == 0)
    #expect(run.output.hasPrefix("select") && run.output.contains("where \"a\" > 0"))
  }

  @Test("explain tells what a code means, and which there are")
  func explain() throws {
    let whom = Program()
    let known = try whom("explain", "E0203")
    #expect(known.code == 0 && known.output.contains("E0203"))
    let unknown = try whom("explain", "E9999")
    #expect(unknown.code == 2 && unknown.errors.contains("E9999"))
  }

  @Test("doctor names the engine and where it was found; without one it says how to get it")
  func doctor() throws {
    let doctor = try Program()("doctor").output
    #expect(doctor.contains("duckdb"))
    #expect(doctor.contains("LightGBM ") && doctor.contains("lib_lightgbm.so"))
    let without = Program(environment: ["WHOM_ENGINES": "/nowhere", "WHOM_DUCKDB": "/nowhere/x.so"])
    let run = try without("-c", "rows [{a: 1}]")
    #expect(run.code == 1)
    #expect(run.errors.contains("whom doctor"), "\(run.errors)")
    #expect(try without("-c", "rows [{a: 1}] | select b").code == 2)
  }

  @Test("Wrong usage exits with 2", arguments: [["run"], ["--no-such"], ["run", "missing.md"]])
  func usage(arguments: [String]) throws {
    let run = try Program().start(arguments).result()
    #expect(run.code == 2)
    #expect(run.errors != "")
  }
}
