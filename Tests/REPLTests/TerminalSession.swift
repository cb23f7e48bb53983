import REPL

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A prompt on a pseudo-terminal, fed with keys: what was run, and what stood on the screen.
struct TerminalSession {
  var programs: [String] = []
  var screen = ""
  var isTerminal = true
  /// The lines of each text that went to the pager.
  var paged: [Int] = []
  /// How many programs had run whenever the host was to prepare itself.
  var prepared: [Int] = []

  private final class Log {
    var programs: [String] = []
    var paged: [Int] = []
    var prepared: [Int] = []
  }

  /// A program is complete when its brackets are closed and it does not end in a pipe.
  init(keys: String, history: String? = nil, height: UInt16 = 0) {
    let log = Log()
    var host = REPLHost(
      evaluate: { program in
        log.programs.append(program)
        return "ran <\(program.replacing("\n", with: "/"))>"
      },
      isComplete: { text in
        !text.hasSuffix("|") && text.count { $0 == "(" } <= text.count { $0 == ")" }
      })
    host.complete = { text in
      let name = text.reversed().prefix { $0.isLetter || $0 == "_" }
      let candidates = [
        REPLCandidate("customers", note: "relation of 3 columns"), REPLCandidate("customer_id"),
        REPLCandidate("orders"), REPLCandidate("customer_zone", isNear: false),
        REPLCandidate("folder/", isWhole: false),
      ]
      return REPLCompletion(word: String(name.reversed()), candidates)
    }
    host.greeting = "Hello"
    host.commands = [
      REPLCommand("sql", argument: "E", summary: "the SQL of an expression") { "select \($0)" },
      REPLCommand("edit", argument: "E", summary: "", answer: { .program("edited \($0)\n") }),
      REPLCommand("lines", argument: "N", summary: "") { count in
        (1...(Int(count) ?? 1)).map { "line \($0)" }.joined(separator: "\n")
      },
    ]
    host.page = { text in
      log.paged.append(text.split(separator: "\n").count)
      return true
    }
    let (master, slave) = Self.openTerminal()
    host.prepare = {
      log.prepared.append(log.programs.count)
      _ = write(slave, "<ready>", 7)
    }
    var size = winsize()
    size.ws_row = height
    size.ws_col = height == 0 ? 0 : 80
    _ = ioctl(slave, UInt(TIOCSWINSZ), &size)
    defer { close(master) }
    Self.type(keys, on: master, until: slave)
    isTerminal = REPL(host: host, input: slave, output: slave, historyPath: history).run()
    close(slave)
    programs = log.programs
    paged = log.paged
    prepared = log.prepared
    screen = Self.drain(master)
  }

  /// In raw mode from the start, so that keys written ahead reach the editor as they are.
  private static func openTerminal() -> (master: Int32, slave: Int32) {
    var master: Int32 = -1
    var slave: Int32 = -1
    openpty(&master, &slave, nil, nil, nil)
    var mode = termios()
    tcgetattr(slave, &mode)
    cfmakeraw(&mode)
    tcsetattr(slave, TCSANOW, &mode)
    return (master, slave)
  }

  /// Waits until every key has reached the terminal: one that comes while the editor has handed the
  /// terminal back would be a signal.
  private static func type(_ keys: String, on master: Int32, until slave: Int32) {
    let bytes = Array(keys.utf8)
    _ = write(master, bytes, bytes.count)
    var waiting: Int32 = 0
    for _ in 0..<5000 where waiting < bytes.count {
      usleep(200)
      _ = ioctl(slave, UInt(FIONREAD), &waiting)
    }
  }

  private static func drain(_ descriptor: Int32) -> String {
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while case let count = read(descriptor, &chunk, chunk.count), count > 0 {
      bytes += chunk[..<count]
    }
    return String(decoding: bytes.filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
  }
}

/// A folder of its own for a test's files.
func temporaryFolder() -> String {
  var template = Array("/tmp/whom-tests-XXXXXX".utf8CString)
  return mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
}
