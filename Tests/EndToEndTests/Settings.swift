import Foundation
import Testing

/// Settings by what they change: zones by Python's zoneinfo, paths and precedence by hand.
@Suite("Settings of a project, a notebook, the environment and the command line")
struct SettingsTests {
  /// Around the two nights on which clocks are moved in New York in 2025.
  private static let moments = """
    at
    2025-03-09T04:30:00Z
    2025-03-09T05:30:00Z
    2025-03-09T07:30:00Z
    2025-11-02T03:59:00Z
    2025-11-02T04:00:00Z
    2025-11-03T04:59:00Z
    2025-11-03T05:00:00Z

    """

  @Test("Days are those of the zone, in every form")
  func zone() throws {
    let whom = Program()
    try whom.folder.write("at.csv", Self.moments)
    try whom.folder.write("whom.toml", "zone = \"America/New_York\"\n")
    let code = """
      read "at.csv" | derive d = date(at), h = hour_of_day(at), e = at == @2025-11-02, \
      p = at in @2025-11-02, l = at < @2025-03-09, n = days(at - @2025-03-08)
      """
    let run = try whom("-c", code)
    #expect(
      run.output == """
        at,d,h,e,p,l,n
        2025-03-09T04:30:00Z,2025-03-08,23,false,false,true,0
        2025-03-09T05:30:00Z,2025-03-09,0,false,false,false,1
        2025-03-09T07:30:00Z,2025-03-09,3,false,false,false,1
        2025-11-02T03:59:00Z,2025-11-01,23,false,false,false,238
        2025-11-02T04:00:00Z,2025-11-02,0,true,true,false,239
        2025-11-03T04:59:00Z,2025-11-02,23,true,true,false,239
        2025-11-03T05:00:00Z,2025-11-03,0,false,false,false,240

        """, "\(run.errors)")
    let table = try whom("-c", "read \"at.csv\" | take 1", "--format", "table").output
    #expect(table.contains("2025-03-08 23:30"))
  }

  @Test("Timestamps without a zone are read as those of the zone, and written so that they stay")
  func zoneless() throws {
    let whom = Program()
    try whom.folder.write("at.csv", "at\n2025-01-15 12:00:00\n2025-07-01 12:00:00\n")
    try whom.folder.write("at.json", "[{\"at\":\"2025-07-01 12:00:00\"}]")
    for format in ["csv", "parquet", "json"] {
      let run = try whom(
        "-c", "read \"at.csv\" | save \"out.\(format)\"", "--zone", "Europe/Zurich")
      #expect(run.code == 0, "\(run.errors)")
      let again = try whom("-c", "read \"out.\(format)\"", "--zone", "Europe/Zurich")
      #expect(again.output == "at\n2025-01-15T11:00:00Z\n2025-07-01T10:00:00Z\n", "\(format)")
    }
    #expect(
      try whom("-c", "read \"at.json\"", "--zone", "Europe/Zurich").output
        == "at\n2025-07-01T10:00:00Z\n")
    let literal = try whom("-c", "@2025-07-01T12:00", "--zone", "Europe/Zurich", "--format", "csv")
    #expect(literal.output == "value\n2025-07-01T10:00:00Z\n")
    let asOf = try whom(
      "-c", "f\"{today()} {now() == timestamp(today())}\"", "--zone", "Europe/Zurich", "--as-of",
      "2025-07-01")
    #expect(asOf.output == "value\n2025-07-01 true\n")
  }

  @Test("Weeks begin on the day that is said")
  func weeks() throws {
    let whom = Program()
    let code = """
      rows [{d: @2025-03-29}, {d: @2025-03-30}, {d: @2025-04-05}, {d: @2025-04-06}]
      | derive w = week(d), p = d in @2025-W14
      """
    // Week 14 of ISO is 31 March to 6 April; it begins on Sunday, 30 March.
    #expect(
      try whom("-c", code, "--week-start", "sunday").output == """
        d,w,p
        2025-03-29,2025-03-23,false
        2025-03-30,2025-03-30,true
        2025-04-05,2025-03-30,true
        2025-04-06,2025-04-06,false

        """)
    let series = """
      rows [{d: @2025-03-30}, {d: @2025-04-13}] | series n = count() at w = d every 1 week
      """
    #expect(
      try whom("-c", series, "--week-start", "sunday").output
        == "w,n\n2025-03-30,1\n2025-04-06,0\n2025-04-13,1\n")
    let pairs = series.replacing("every 1", with: "every 2")
    let zoned = try whom(
      "-c", pairs, "--week-start", "sunday", "--zone", "America/Santiago")
    let plain = try whom("-c", pairs, "--week-start", "sunday")
    #expect(zoned.output == plain.output)
    #expect(plain.output.split(separator: "\n").count == 3)
  }

  /// By Python's zoneinfo: the days of 30 March and 26 October have 23 and 25 hours in Zurich.
  @Test("Steps of several hours begin at the same hours of each day, when clocks are moved too")
  func stepsOfHours() throws {
    let whom = Program()
    func series(_ moments: String...) throws -> String {
      let rows = moments.map { "{at: @\($0)Z}" }.joined(separator: ", ")
      let code = "rows [\(rows)] | series n = count() at start = at every 6 hours"
      return try whom("-c", code, "--zone", "Europe/Zurich").output
    }
    #expect(
      try series("2025-03-29T22:30", "2025-03-30T04:30", "2025-03-30T21:59", "2025-03-30T22:00")
        == """
        start,n
        2025-03-29T17:00:00Z,1
        2025-03-29T23:00:00Z,0
        2025-03-30T04:00:00Z,1
        2025-03-30T10:00:00Z,0
        2025-03-30T16:00:00Z,1
        2025-03-30T22:00:00Z,1

        """)
    #expect(
      try series("2025-10-25T22:00", "2025-10-26T04:59", "2025-10-26T05:00", "2025-10-26T23:00")
        == """
        start,n
        2025-10-25T22:00:00Z,2
        2025-10-26T05:00:00Z,1
        2025-10-26T11:00:00Z,0
        2025-10-26T17:00:00Z,0
        2025-10-26T23:00:00Z,1

        """)
  }

  @Test("Flag before environment before front matter before whom.toml")
  func precedence() throws {
    var whom = Program()
    try whom.folder.write("whom.toml", "zone = \"Asia/Tokyo\"\n[report]\ntoc = false\n")
    let cell = "\n```whom\nhour_of_day(@2025-01-01T00:00Z)\n```\n"
    try whom.folder.write("plain.md", "# A\n" + cell)
    try whom.folder.write("own.md", "---\nzone: Europe/Zurich\n---\n# B\n" + cell)
    func hour(_ notebook: String, _ flags: String...) throws -> String {
      let arguments = ["run", "\(notebook).md", "--to", "json"] + flags
      let run = try whom.start(arguments).result()
      #expect(run.code == 0, "\(run.errors)")
      let json = try whom.folder.read("out/\(notebook).json")
      let value = json.firstRange(of: "\"value\":").map { json[$0.upperBound...] } ?? ""
      return String(value.drop { $0 == " " }.prefix { $0.isNumber })
    }
    #expect(try hour("plain") == "9")
    #expect(try hour("own") == "1")
    whom.environment["WHOM_ZONE"] = "Asia/Kathmandu"
    #expect(try hour("own") == "5")
    #expect(try hour("own", "--zone", "UTC") == "0")
    let doctor = try whom("doctor").output
    #expect(doctor.contains("Asia/Kathmandu"))
    #expect(doctor.contains("WHOM_ZONE"))
    // On the third line, counted as editors do.
    try whom.folder.write("whom.toml", "# ours\n\nweek_start = \"sunday\"\n")
    #expect(try whom("doctor").output.contains("whom.toml:3\n"))
  }

  @Test("The project file is found upwards from the program; its root is where paths start")
  func root() throws {
    let whom = Program()
    for name in ["data", "work"] { _ = try whom("-c", "rows [{a: 1}] | save \"\(name)/a.csv\"") }
    try whom.folder.write("data/a.csv", "a\n42\n")
    try whom.folder.write("whom.toml", "root = \"data\"\n")
    try whom.folder.write("work/p.whom", "read \"a.csv\"\n")
    #expect(try whom("work/p.whom").output == "a\n42\n")
    #expect(try whom("work/p.whom", "--root", "work").output == "a\n1\n")
    try whom.folder.write("work/q.whom", "read \"b.csv\"\n")
    let other = try whom("work/q.whom").errors
    #expect(other.contains("data/b.csv`: paths start from the `root` that is set"), "\(other)")
    try whom.folder.write("whom.toml", "root = \"dta\"\n")
    let missing = try whom("work/p.whom")
    #expect(missing.code == 2)
    #expect(missing.errors.contains("there is no folder"))
    #expect(missing.errors.contains("whom.toml:1:8"))
  }

  @Test("A mistake in settings is located, and nothing runs")
  func mistakes() throws {
    let whom = Program()
    try whom.folder.write("whom.toml", "zone = \"Europe/Zurch\"\n")
    let zone = try whom("-c", "1")
    #expect(zone.code == 2)
    #expect(zone.output == "")
    #expect(
      zone.errors == """
        error[E0806]: there is no time zone `Europe/Zurch`
         --> whom.toml:1:8
          |
        1 | zone = "Europe/Zurch"
          |        ^^^^^^^^^^^^^^ not a zone
          |
          = help: did you mean `Europe/Zurich`?

        """)
    try Data([0x61, 0x0A, 0xFF]).write(to: URL(filePath: "\(whom.folder.path)/whom.toml"))
    #expect(try whom("-c", "1").errors.contains("line 2 is not UTF-8"))
    try whom.folder.write("whom.toml", "min_grup = 5\n")
    let unknown = try whom("check", "x.whom").errors + (try whom("-c", "1").errors)
    #expect(unknown.contains("unknown setting \"min_grup\""))
    for flags in [
      ["--threads", "none"], ["--memory", "lots"], ["--week-start", "someday"],
      ["--engine", "mysql://root:secret@x"],
    ] {
      try whom.folder.write("whom.toml", "")
      let run = try whom.start(["-c", "1"] + flags).result()
      #expect(run.code == 2, "\(flags)")
      #expect(run.errors.contains("\(flags[0]) takes"))
      #expect(!run.errors.contains("secret"))
    }
  }

  @Test("Parameters from a file: over the environment, under `--set`")
  func parameterFile() throws {
    var whom = Program()
    whom.environment = ["WHOM_PARAM_least": "1", "WHOM_PARAM_days": "7"]
    try whom.folder.write(
      "p.json", "{\"until\": \"1998-06-30\", \"least\": 20, \"regions\": [\"EMEA\", \"AMER\"]}")
    let code = """
      param until: date = @2025-01-01
      param least: int = 0
      param days: int = 0
      param regions: list<text> = ["APAC"]
      f"{$until} {$least} {$days} {length($regions)}"
      """
    let run = try whom("-c", code, "--params", "p.json")
    #expect(run.output == "value\n1998-06-30 20 7 2\n", "\(run.errors)")
    let set = try whom("-c", code, "--params", "p.json", "--set", "least=3")
    #expect(set.output == "value\n1998-06-30 3 7 2\n", "\(set.errors)")
    for (text, words) in [
      ("[1]", "is no JSON object"), ("{\"least\": {}}", "gives `least` what is no text"),
      ("{\"least\": \"x\"}", "`x` is not an int"),
      ("{\"leest\": 1}", "did you mean `least`?"),
    ] {
      try whom.folder.write("bad.json", text)
      let bad = try whom("-c", code, "--params", "bad.json")
      #expect(bad.code == 2 && bad.errors.contains(words), "\(bad.errors)")
    }
    let none = try whom("-c", code, "--params", "none.json")
    #expect(none.code == 2 && none.errors.contains("cannot read `none.json`"), "\(none.errors)")
  }
}
