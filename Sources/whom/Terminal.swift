import Glibc
import Values

/// What is known about where output goes.
enum Terminal {
  static let isOutput = isatty(STDOUT_FILENO) == 1
  static let isError = isatty(STDERR_FILENO) == 1
  static let isInput = isatty(STDIN_FILENO) == 1

  static var width: Int {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return Int(size.ws_col)
    }
    return environment("COLUMNS").flatMap { Int($0) } ?? 100
  }

  /// Lines that are too long for the terminal go on in the next one, as far indented.
  static func wrapped(_ text: String) -> String {
    guard isOutput else { return text }
    let width = max(40, width)
    return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      wrapped(line, to: width)
    }.joined(separator: "\n")
  }

  static func wrapped(_ line: Substring, to width: Int) -> [String] {
    if DisplayWidth.of(String(line)) <= width { return [String(line)] }
    let blanks = String(line.prefix { $0 == " " })
    var lines: [String] = []
    var next = blanks
    for word in line.dropFirst(blanks.count).split(separator: " ", omittingEmptySubsequences: false)
    {
      let longer = next == blanks ? blanks + word : next + " " + word
      if DisplayWidth.of(longer) > width, next != blanks {
        lines.append(next)
        next = blanks + word
      } else {
        next = longer
      }
    }
    return lines + [next]
  }

  private static let wantsColour = environment("NO_COLOR")?.isEmpty ?? true

  static let isStyled = isOutput && wantsColour
  static let areErrorsColoured = isError && wantsColour

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
    _ = Array(text.utf8).withUnsafeBytes { write($0, to: descriptor) }
  }

  /// False where the reader went away: it has seen enough. A disk that is full ends the program,
  /// since what is lost was its result.
  static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32 = STDOUT_FILENO
  ) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count < 0 && errno == EINTR { continue }
      if count < 0, errno != EPIPE, descriptor == STDOUT_FILENO {
        report("whom: cannot write the result: \(String(cString: strerror(errno)))\n")
        exit(1)
      }
      if count <= 0 { return false }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
    return true
  }

  static func report(_ text: String) { write(text, to: STDERR_FILENO) }
}
