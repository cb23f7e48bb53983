import Foundation
import Glibc
import Testing

/// The prompt of the program itself, on a terminal of 100 columns.
@Suite("A session at the prompt", .serialized)
struct PromptSessionTests {
  private let whom = Program()

  init() throws {
    try whom.folder.write("orders.csv", "id,region,amount\n1,EMEA,5\n2,AMER,7\n3,EMEA,1\n")
  }

  /// Types each line when the prompt stands there, and gives what was on the screen, without the
  /// signs that move the cursor.
  private func type(
    _ lines: [String], environment: [String: String] = [:], height: UInt16 = 0,
    arguments: [String] = []
  ) throws -> String {
    var master: Int32 = -1
    var slave: Int32 = -1
    var size = winsize()
    size.ws_col = 100
    size.ws_row = height
    #expect(openpty(&master, &slave, nil, nil, &size) == 0)
    let terminal = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
    let process = Process()
    process.executableURL = Program.executable
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: whom.folder.path)
    process.environment = ProcessInfo.processInfo.environment.merging(Program.surroundings) { $1 }
      .merging([
        "XDG_STATE_HOME": whom.folder.path,
        "XDG_CONFIG_HOME": whom.folder.path, "TERM": "xterm", "NO_COLOR": "1",
      ]) { $1 }.merging(environment) { $1 }
    process.standardInput = terminal
    process.standardOutput = terminal
    process.standardError = terminal
    try process.run()
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
    var screen = ""
    for line in lines + ["\u{04}"] {
      waitForPrompt(master, &screen)
      let keys = Array((line == "\u{04}" ? line : line + "\r").utf8)
      _ = write(master, keys, keys.count)
      usleep(50_000)
    }
    process.waitUntilExit()
    close(master)
    let plain = screen.replacing(/\x{1B}\[[0-9;?]*[A-Za-z]/, with: "")
    return plain.filter { $0 != "\r" }.replacing("\r\n", with: "\n")
  }

  private func waitForPrompt(_ terminal: Int32, _ screen: inout String) {
    var chunk = [UInt8](repeating: 0, count: 4096)
    var fresh = ""
    for _ in 0..<1500 {
      let count = read(terminal, &chunk, chunk.count)
      if count > 0 { fresh += String(decoding: chunk[..<count], as: UTF8.self) }
      if count <= 0, fresh.contains("whom> ") { break }
      if count <= 0 { usleep(20_000) }
    }
    screen += fresh
  }

  @Test("`:save` keeps what the last result needs, and the notebook gives it again")
  func save() throws {
    let screen = try type([
      "let other = rows [{x: 1}]", "let orders = read \"orders.csv\"", "fn twice(x) = x * 2",
      ":set least=2", "param least: int = 1", "let one = 1", "orders | nonsense", "other",
      "orders | where amount >= $least | derive t = twice(amount)", "| sort -t",
      ":sql other | take 1", "it | take $one", ":save s.md",
    ])
    #expect(screen.contains("saved s.md; run it with: whom run s.md --set least=2"))
    #expect(
      try whom.folder.read("s.md") == """
        ---
        title: A session
        whom: 1
        ---

        # A session

        ```whom #setup
        let orders = read "orders.csv"
        fn twice(x) = x * 2
        param least: int = 1
        let one = 1
        ```

        ```whom #result
        orders
        | where amount >= $least
        | derive t = twice(amount)
        | sort -t
        | take $one
        ```

        """)
    let run = try whom("run", "s.md", "--set", "least=2", "--to", "json")
    #expect(run.code == 0, "\(run.errors)")
    #expect(try whom.folder.read("out/s.json").contains("14"))
  }

  @Test("What an expression is, without running it")
  func looking() throws {
    let screen = try type([
      ":plan", "let o = read \"orders.csv\"",
      ":plan o | where amount > 2 | summarize t = sum(amount) by region | top 1 by t",
      "o | where amount > 5", ":plan", ":schema", ":type 1 + 1.5", ":type o", ":sql o | nonsense",
    ])
    #expect(screen.contains("nothing was shown yet"))
    let lines = screen.split(separator: "\n").map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    let plan = lines.firstIndex { $0.hasPrefix("scan ") } ?? 0
    #expect(
      lines[plan..<min(plan + 5, lines.count)].map { $0.split(separator: " ").first ?? "" } == [
        "scan", "named", "filter", "group", "limit",
      ], "\(screen)")
    #expect(screen.contains("filter  where amount > 2"))
    #expect(screen.contains("3 columns, in file order"))
    #expect(screen.contains("2 columns, by region, unique by region"))
    #expect(screen.contains("by -t"))
    #expect(screen.contains("2 AMER 7") == false)
    #expect(screen.contains("region  text?\n"))
    #expect(screen.contains("\nfloat\n"))
    #expect(screen.contains("relation of 3 columns; `:schema` lists them"))
    #expect(screen.contains("E0204"))
  }

  @Test("Names and cells of a file obey nobody at the prompt")
  func hostileNames() throws {
    try whom.folder.write(
      "h.csv", "n,\"a\u{1B}[5m\u{202E}b\"\n1,\"x\u{1B}[5my\u{202E}\"\n")
    let screen = try type([
      "let h = read \"h.csv\"", "h", ":sql h | where n > 0", ":plan h", ":schema h", "h | nn",
      ":type h", "h | select \t\u{3}", ":vars",
    ])
    // What was obeyed is gone from the screen; a picture of it stays.
    #expect(screen.contains("x␛[5my") && screen.contains("a␛[5m"), "\(screen)")
    #expect(!screen.contains("a[5m") && !screen.contains("a\u{5}"))
    #expect(!screen.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{1B}" }, "\(screen)")
  }

  @Test("Tab offers files, columns with their types, and values of a column")
  func completion() throws {
    let screen = try type([
      "let o = read \"ord\t", "o |\rwhere reg\t== \"\tE\t | count", "o | where a\t\t\u{3}",
      ":sch\to | select am\t",
    ])
    #expect(screen.contains("read \"orders.csv\""))
    #expect(screen.contains("AMER\"  EMEA\"") || screen.contains("EMEA\""), "\(screen)")
    #expect(screen.contains("\n2\n"), "two orders are of EMEA: \(screen)")
    #expect(screen.contains("amount  int?"), "\(screen)")
  }

  @Test("Notebooks, models, the editor, the pager, earlier inputs, a file that runs first")
  func files() throws {
    let folder = whom.folder
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/whom", withIntermediateDirectories: true)
    try folder.write("whom/init.whom", "let started = 41\n")
    try folder.write("nb.md", "# A\n\n```whom #n\nread \"orders.csv\" | count\n```\n")
    try folder.write("edit.sh", "printf 'started + 1\\n' > \"$1\"\n")
    try folder.write("page.sh", "wc -l | sed 's/^/lines: /'\n")
    let environment = [
      "EDITOR": "sh \(folder.path)/edit.sh", "PAGER": "sh \(folder.path)/page.sh", "VISUAL": "",
    ]
    let screen = try type(
      [
        "started", ":run nb.md", ":run no.md", ":models", ":help", ":edit", ":history start",
        "?round",
        ":rows 3", "read \"orders.csv\"", ":doc", ":nope", ":hist",
      ], environment: environment, height: 12)
    #expect(screen.contains("\n41\n"))
    #expect(screen.contains("out/nb.html"))
    #expect(FileManager.default.fileExists(atPath: "\(folder.path)/out/nb.html"))
    #expect(screen.contains("no.md"))
    #expect(screen.contains("no model was saved yet"))
    #expect(screen.contains("started + 1\n42\n"), "\(screen)")
    #expect(screen.contains("lines: "), "a long page goes to the pager")
    #expect(screen.contains("3 rows × 3 columns, "))
    #expect(screen.contains("Write :doc NAME"))
    #expect(screen.contains("There is no command :nope."))
    #expect(screen.contains("Is it :history?"))
    let plain = try type(["started"], arguments: ["--no-init"])
    #expect(plain.contains("nothing is bound to `started`"), "\(plain)")
  }
}
