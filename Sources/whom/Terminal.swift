import Glibc

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

  private static let wantsColour = environment("NO_COLOR")?.isEmpty ?? true

  static let isStyled = isOutput && wantsColour
  static let areErrorsColoured = isError && wantsColour

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      // A reader that went away has seen enough.
      if count <= 0 { return }
      bytes = bytes.dropFirst(count)
    }
  }

  static func report(_ text: String) { write(text, to: STDERR_FILENO) }
}
