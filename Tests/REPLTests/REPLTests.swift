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
    ("orders |\rtake 5\r", ["orders |\ntake 5"]),
    ("f(\r\r", ["f("]),
    ("f(\r   \rb\r", ["f(", "b"]),
    ("| take 3\r", ["it | take 3"]),
    ("  | take 3\r", ["it | take 3"]),
    ("\r \r", []),
    ("orders\u{3}customers\r", ["customers"]),
    ("orders |\rtake\u{3}b\r", ["b"]),
    ("größe 🙂\r", ["größe 🙂"]),
    ("bc\u{1}a\r", ["abc"]),
    ("\u{1B}[200~a\r  | f(\r  b)\u{1B}[201~\r", ["a\n  | f(\n  b)"]),
    ("\u{1B}[200~a\u{7}\u{1B}[31mb\u{1B}[201~\r", ["a[31mb"]),
    ("ord\t\r", ["orders"]),
    ("$ord\t\r", ["$ord"]),
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
    #expect(screen.contains("  ... "))
    #expect(screen.contains("ran <orders |/take 5>\n"))
  }

  @Test func listsCompletions() {
    let screen = TerminalSession(keys: "cust" + tab + tab + controlC + controlD).screen
    #expect(screen.contains("customers    customer_id\n"))
  }

  @Test func colonCommands() {
    let keys = [":help", ":sql a | b", ":sql", ":no\u{16}\u{7}pe"].joined(separator: enter)
    let session = TerminalSession(keys: keys + enter + ":quit" + enter + "orders" + enter)
    #expect(session.programs.isEmpty)
    #expect(session.screen.contains("  :sql E  the SQL of an expression\n"))
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
    #expect(lines.first?.hasSuffix(#""text":"say \"\\hi\" |\nb"}"#) == true)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    let later = TerminalSession(keys: up + enter + controlD, history: path)
    #expect(later.programs == ["say \"\\hi\" |\nb"])
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
