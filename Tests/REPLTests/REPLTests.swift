import REPL
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

private let enter = "\r"
private let controlC = "\u{3}"
private let controlD = "\u{4}"
private let up = "\u{1B}[A"
private let tab = "\t"

/// One after the other: a terminal is a thing of the whole process.
@Suite(.serialized) struct REPLTests {
  /// What is typed, and what is run.
  static let cases: [(keys: String, programs: [String])] = [
    ("orders\r", ["orders"]),
    ("a\rb\r", ["a", "b"]),
    ("orders |\rtake 5\r", ["orders |\n  take 5"]),
    // Up within the input, and on in its first line; then down and on at the end of the last one.
    ("f(\rab)\u{1B}[Ax\u{1B}[B!\r", ["xf(\n  ab)!"]),
    (
      "orders |\rtake 5\r\u{1B}[A\u{1B}[A\u{1}let a = \r",
      [
        "orders |\n  take 5", "let a = orders |\n  take 5",
      ]
    ),
    ("a\rf(\rb)\r\u{1B}[A\u{1B}[A\u{1B}[A\r", ["a", "f(\n  b)", "a"]),
    ("a\u{1B}\rb\r", ["a\n  b"]),
    ("f(\rb\u{1}x\u{5}y)\r", ["f(\nx  by)"]),
    ("f(\r    a,\rb)\r", ["f(\n      a,\n      b)"]),
    ("whom> orders\r", ["orders"]),
    ("fol\tx\r", ["folder/x"]),
    ("f(\r\r", ["f("]),
    ("f(\r   \rb\r", ["f(", "b"]),
    ("| take 3\r", ["it | take 3"]),
    ("  | take 3\r", ["it | take 3"]),
    ("\r \r", []),
    ("orders\u{3}customers\r", ["customers"]),
    ("orders |\rtake\u{3}b\r", ["b"]),
    ("f(\rg(\u{1B}[A\u{3}b\r", ["b"]),
    ("größe 🙂\r", ["größe 🙂"]),
    ("bc\u{1}a\r", ["abc"]),
    ("\u{1B}[200~a\r  | f(\r  b)\u{1B}[201~\r", ["a\n  | f(\n  b)"]),
    ("\u{1B}[200~a\u{7}\u{1B}[31mb\u{1B}[201~\r", ["a[31mb"]),
    ("ord\t\r", ["orders"]),
    ("cust\ts\r", ["customers"]),
    ("first\rsecond\r\u{1B}[A\u{1B}[A\r", ["first", "second", "first"]),
  ]

  @Test(arguments: cases.indices) func runs(_ index: Int) {
    let (keys, programs) = Self.cases[index]
    #expect(TerminalSession(keys: keys + controlD).programs == programs)
  }

  @Test func showsPromptsAndResults() {
    let screen = TerminalSession(keys: "orders |" + enter + "take 5" + enter + controlD).screen
    #expect(screen.hasPrefix("Hello\n"))
    #expect(screen.contains("whom> "))
    #expect(screen.contains("ran <orders |/  take 5>\n"))
  }

  /// What takes time stands behind the first prompt, not in front of it.
  @Test func preparesBehindTheFirstPrompt() {
    let session = TerminalSession(keys: "a" + enter + "b" + enter + controlD)
    #expect(session.prepared == [0])
    #expect(session.programs == ["a", "b"])
    #expect(session.screen.contains("whom> <ready>"))
  }

  @Test func listsCompletions() {
    let screen = TerminalSession(keys: "cust" + tab + tab + controlC + controlD).screen
    #expect(screen.contains("customers    relation of 3 columns\ncustomer_id\nand 1 more\n"))
  }

  @Test func colonCommands() {
    let keys = [":help", ":sql a | b", ":sql", ":no\u{16}\u{7}pe"].joined(separator: enter)
    let session = TerminalSession(keys: keys + enter + ":quit" + enter + "orders" + enter)
    #expect(session.programs.isEmpty)
    #expect(session.screen.contains("  :sql E           the SQL of an expression\n"))
    #expect(session.screen.contains("select a | b\n"))
    #expect(session.screen.contains("Write :sql E, the SQL of an expression.\n"))
    #expect(session.screen.contains("There is no command :no?pe. Try :help.\n"))
  }

  @Test func leavesWithoutATerminal() {
    let descriptor = open("/dev/null", O_RDWR)
    defer { close(descriptor) }
    let host = REPLHost(evaluate: { $0 }, isComplete: { _ in true })
    #expect(!REPL(host: host, input: descriptor, output: descriptor, historyPath: nil).run())
  }

  @Test func historyOutlivesTheSession() {
    let path = temporaryFolder() + "/deep/state/history.jsonl"
    let first = "say \"\\hi\" |" + enter + "b" + enter + " secret" + enter
    _ = TerminalSession(keys: first + controlD, history: path)
    let lines = text(path).split(separator: "\n")
    #expect(lines.count == 1)
    #expect(lines.first?.hasSuffix(#""text":"say \"\\hi\" |\n  b"}"#) == true)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    let later = TerminalSession(keys: up + enter + controlD, history: path)
    #expect(later.programs == ["say \"\\hi\" |\n  b"])
  }

  @Test func earlierInputs() {
    let keys = ["orders |", "take 5", "b", ":history take", ":history zzz"].joined(separator: enter)
    let screen = TerminalSession(keys: keys + enter + controlD).screen
    #expect(screen.contains("orders |\n    take 5\n"), "\(screen)")
    #expect(screen.contains("no earlier input has this\n"))
  }

  @Test func programsOfCommands() {
    let session = TerminalSession(keys: ":edit x" + enter + up + enter + controlD)
    #expect(session.programs == ["edited x", "edited x"])
  }

  @Test func longTextsArePaged() {
    let keys = ":lines 23" + enter + ":lines 24" + enter + controlD
    let session = TerminalSession(keys: keys, height: 24)
    #expect(session.paged == [24])
    #expect(session.screen.contains("line 23\n"))
    #expect(!session.screen.contains("line 24\n"))
  }

  @Test func strangeHistoryIsPassedOver() {
    let path = temporaryFolder() + "/history.jsonl"
    let lines = [
      #"{"t":1,"text":"good\u0007 one"}"#, "not json", #"{"t":1,"text":"broken \x"}"#,
      #"{"t":1,"text":"cut"#, "",
    ]
    let file = fopen(path, "wb")
    _ = lines.joined(separator: "\n").withCString { fputs($0, file) }
    fclose(file)
    let session = TerminalSession(keys: up + enter + controlD, history: path)
    #expect(session.programs == ["good\u{7} one"])
  }

  private func text(_ path: String) -> String {
    guard let file = fopen(path, "rb") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
