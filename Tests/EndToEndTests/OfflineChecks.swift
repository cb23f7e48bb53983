import Foundation
import ServerForTests
import Testing

/// Checks where the data are not. Expected columns and days are by hand.
@Suite("Checking by kept columns")
struct OfflineTests {
  private static let program = """
    let orders = read("data/orders.csv", types = {id: "text"})
    orders | where amount > 2 | summarize total = sum(amount) by region
    sql "select region, count(*) as n from {orders} group by 1" | sort -n
    """

  private func project() throws -> Program {
    let whom = Program()
    try whom.folder.write("whom.toml", "")
    for folder in ["data", "work"] {
      try FileManager.default.createDirectory(
        atPath: "\(whom.folder.path)/\(folder)", withIntermediateDirectories: true)
    }
    try whom.folder.write("data/orders.csv", "id,region,amount\n1,EMEA,5\n2,AMER,7.5\n")
    try whom.folder.write(
      "work/sales.whom", Self.program.replacing("data/", with: "../data/"))
    return whom
  }

  private static let kept = """
    {"format":"whom-schemas","version":1,"sources":[
      {"file":"data/orders.csv","options":{"types":{"id":"text"}},"seen":"DAY","columns":[
        {"name":"id","type":"text","missing":true},
        {"name":"region","type":"text","missing":true},
        {"name":"amount","type":"float","missing":true}]},
      {"query":"DIGEST","seen":"DAY","columns":[
        {"name":"region","type":"text","missing":true},
        {"name":"n","type":"int","missing":true}]}
    ]}

    """

  /// With the day and the digest of the query taken out.
  private static func plain(_ text: String) -> String {
    text.replacing(/\d{4}-\d\d-\d\d/, with: "DAY").replacing(/[0-9a-f]{64}/, with: "DIGEST")
  }

  @Test("A check keeps the columns; with them a program is checked without data and engine")
  func kept() throws {
    var whom = try project()
    #expect(try whom("check", "work/sales.whom").output == "work/sales.whom: well\n")
    let file = try whom.folder.read(".whom/schemas.json")
    #expect(Self.plain(file) == Self.kept)
    let rights = try FileManager.default.attributesOfItem(atPath: "\(whom.folder.path)/.whom")
    #expect(rights[.posixPermissions] as? Int == 0o700)
    try FileManager.default.removeItem(atPath: "\(whom.folder.path)/data")
    whom.environment = ["WHOM_ENGINES": "/nowhere", "WHOM_DUCKDB": "/nowhere/x.so"]
    let offline = try whom("check", "--offline", "work/sales.whom")
    #expect(
      offline.output
        == "work/sales.whom: well (offline, by the columns of 2 sources, the oldest as of today)\n",
      "\(offline.errors)")
    #expect(try whom.folder.read(".whom/schemas.json") == file)
    try whom.folder.write(
      "work/sales.whom", Self.program.replacing("data/", with: "../data/") + "\n| select rgion")
    let wrong = try whom("check", "--offline", "work/sales.whom")
    #expect(wrong.code == 2)
    #expect(wrong.errors.contains("unknown column `rgion`"), "\(wrong.errors)")
    #expect(wrong.errors.contains("did you mean `region`?"))
  }

  @Test("A run and a notebook keep them too; the same columns do not touch the file")
  func onlyChanges() throws {
    let whom = try project()
    #expect(try whom("work/sales.whom").code == 0)
    let path = "\(whom.folder.path)/.whom/schemas.json"
    func inode() throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    }
    let before = try inode()
    #expect(try whom("check", "work/sales.whom").code == 0)
    #expect(try inode() == before)
    try whom.folder.write("data/orders.csv", "id,region,amount,plan\n1,EMEA,5,a\n")
    try whom.folder.write(
      "work/nb.md", "# A\n\n```whom\nread \"../data/orders.csv\" | count\n```\n")
    #expect(try whom("run", "work/nb.md").code == 0)
    let file = try whom.folder.read(".whom/schemas.json")
    #expect(file.contains("{\"file\":\"data/orders.csv\",\"seen\""))
    #expect(file.contains("{\"name\":\"plan\",\"type\":\"text\",\"missing\":true}]}"))
    #expect(file.contains("\"options\":{\"types\":{\"id\":\"text\"}}"))
    #expect(try whom("check", "--offline", "work/nb.md").code == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(whom.folder.path)/.whom")
    #expect(names == ["schemas.json"])
  }

  @Test("A program with a mistake, a command line and the prompt keep nothing")
  func nothingKept() throws {
    let whom = try project()
    try whom.folder.write("work/sales.whom", "read \"../data/orders.csv\" | select amuont")
    #expect(try whom("check", "work/sales.whom").code == 2)
    #expect(try whom("-c", "read \"data/orders.csv\"").code == 0)
    #expect(try whom(input: "read \"data/orders.csv\"").code == 0)
    #expect(whom.folder.names == ["data", "whom.toml", "work"])
  }

  @Test("What was not kept is said where it stands, with the way out")
  func notKept() throws {
    let whom = try project()
    let none = try whom("check", "--offline", "work/sales.whom")
    #expect(none.code == 2)
    #expect(none.output == "")
    #expect(
      none.errors.hasPrefix(
        """
        error[E0609]: the columns of the file `../data/orders.csv` were not kept
         --> work/sales.whom:1:19
          |
        1 | let orders = read("../data/orders.csv", types = {id: "text"})
          |                   ^^^^^^^^^^^^^^^^^^^^ not in .whom/schemas.json
          |
          = help: check or run the program once without `--offline`, which keeps them

        """), "\(none.errors)")
    #expect(try whom("check", "work/sales.whom").code == 0)
    let other = Self.program.replacing("data/", with: "../data/").replacing("count(*)", with: "1")
    try whom.folder.write("work/other.whom", other)
    let query = try whom("check", "--offline", "work/other.whom")
    #expect(query.code == 2)
    #expect(query.errors.contains("E0609]: the columns of this SQL were not kept"))
    #expect(query.errors.contains("work/other.whom:3:5"), "\(query.errors)")
  }

  @Test(
    "A file that was damaged is refused offline and written anew by a check",
    arguments: [
      "", "{", "[]", "{\"format\":\"whom-schemas\",\"version\":1}",
      "{\"format\":\"whom-schemas\",\"version\":1,\"sources\":[{\"file\":1}]}",
      """
      {"format":"whom-schemas","version":1,"sources":[{"file":"data/orders.csv","seen":"2026-01-01",
      "columns":[{"name":"a","type":"int"},{"name":"a","type":"decimal(99, 2)"}]}]}
      """,
    ])
  func damaged(_ text: String) throws {
    let whom = try project()
    #expect(try whom("check", "work/sales.whom").code == 0)
    let good = try whom.folder.read(".whom/schemas.json")
    try whom.folder.write(".whom/schemas.json", text)
    let run = try whom("check", "--offline", "work/sales.whom")
    #expect(run.code == 2)
    #expect(run.errors.contains("E0609]: `.whom/schemas.json` cannot be used"), "\(run.errors)")
    #expect(run.errors.contains("check once without `--offline`"))
    #expect(try whom("check", "work/sales.whom").code == 0)
    #expect(try whom.folder.read(".whom/schemas.json") == good)
  }

  @Test("What a newer version kept stays; a project that cannot be written is checked all the same")
  func leftAlone() throws {
    let whom = try project()
    #expect(try whom("check", "work/sales.whom").code == 0)
    let newer = "{\"format\":\"whom-schemas\",\"version\":2,\"sources\":{}}\n"
    try whom.folder.write(".whom/schemas.json", newer)
    #expect(try whom("check", "work/sales.whom").code == 0)
    #expect(try whom.folder.read(".whom/schemas.json") == newer)
    let run = try whom("check", "--offline", "work/sales.whom")
    #expect(run.errors.contains("a newer version of Whom wrote it"), "\(run.errors)")
    try FileManager.default.removeItem(atPath: "\(whom.folder.path)/.whom")
    try whom.folder.write(".whom", "")
    #expect(try whom("check", "work/sales.whom").code == 0)
  }

  @Test("The age is that of the oldest look; an old day is brought up to date")
  func age() throws {
    let whom = try project()
    #expect(try whom("check", "work/sales.whom").code == 0)
    let good = try whom.folder.read(".whom/schemas.json")
    let path = "\(whom.folder.path)/.whom/schemas.json"
    let old = good.replacing(/\d{4}-\d\d-\d\d/, maxReplacements: 1) { _ in "2020-02-03" }
    try old.write(toFile: path, atomically: true, encoding: .utf8)
    let run = try whom("check", "--offline", "work/sales.whom")
    #expect(run.output.contains("2 sources, the oldest as of 2020-02-03, "), "\(run.output)")
    #expect(run.output.contains(" days ago)"))
    #expect(try whom("check", "work/sales.whom").code == 0)
    #expect(try whom.folder.read(".whom/schemas.json") == good)
  }

  @Test("Programs that run at once lose nothing of each other")
  func atOnce() throws {
    let whom = try project()
    var running: [Program.Running] = []
    for number in 1...6 {
      try whom.folder.write("data/f\(number).csv", "a\(number)\n1\n")
      try whom.folder.write("work/p\(number).whom", "read \"../data/f\(number).csv\" | count")
    }
    for number in 1...6 { running.append(try whom.start(["check", "work/p\(number).whom"])) }
    for program in running { #expect(try program.result().code == 0) }
    let file = try whom.folder.read(".whom/schemas.json")
    for number in 1...6 { #expect(file.contains("\"data/f\(number).csv\"")) }
  }

  @Test("Nested types and hostile names come back as they were")
  func nested() throws {
    let whom = try project()
    try whom.folder.write(
      "data/deep.json",
      #"[{"a\"b":[{"x":1,"y\\n":["t"]}],"<i>":{"k":true},"é\u0007":"2025-01-02T03:04:05Z"}]"#)
    let program = """
      let d = read "../data/deep.json"
      d | derive x = `<i>`.k, t = length(`a"b`) | select x, t
      """
    try whom.folder.write("work/deep.whom", program)
    let check = try whom("check", "work/deep.whom")
    #expect(check.code == 0, "\(check.errors)")
    let before = try whom("check", "--offline", "work/deep.whom")
    #expect(before.code == 0, "\(before.errors)")
    try whom.folder.write("work/deep.whom", program + "\n| where x > 1")
    let online = try whom("check", "work/deep.whom")
    let offline = try whom("check", "--offline", "work/deep.whom")
    #expect(online.code == 2)
    #expect(online.errors == offline.errors)
  }

  @Test("A model of the registry is checked by its document alone")
  func model() throws {
    let whom = try project()
    try whom.folder.write(
      "work/train.whom",
      """
      numbers(1..60) | derive y = n + mod(n * 7, 5) | train y ~ n using linear | save model "m"
      """)
    let trained = try whom("work/train.whom")
    #expect(trained.code == 0, "\(trained.errors)")
    try whom.folder.write("work/use.whom", "rows [{n: 3}] | predict model \"m\" as p | select p, n")
    let offline = try whom("check", "--offline", "work/use.whom")
    #expect(offline.output == "work/use.whom: well\n", "\(offline.errors)")
    try whom.folder.write("work/use.whom", "rows [{k: 3}] | predict model \"m\" as p")
    let wrong = try whom("check", "--offline", "work/use.whom")
    #expect(wrong.code == 2)
    #expect(wrong.errors.contains("`n`"), "\(wrong.errors)")
  }
}
