import ArgumentParser
import Glibc
import Values

/// Reads a program from a file, or from standard input when there is none.
enum InputText {
  /// nil where it cannot be read or is not UTF-8; `complaint` then says why.
  static func read(_ path: String?) -> String? {
    bytes(path).flatMap { String(validating: $0, as: UTF8.self) }
  }

  private static func bytes(_ path: String?) -> [UInt8]? {
    let descriptor = path.map { open($0, O_RDONLY | O_CLOEXEC) } ?? STDIN_FILENO
    guard descriptor >= 0 else { return nil }
    defer { if path != nil { close(descriptor) } }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { return nil }
      if count == 0 { return bytes }
      bytes.append(contentsOf: buffer[0..<count])
    }
  }

  /// Why nothing was read: `whom: cannot read `x.whom`: no such file or directory`.
  static func complaint(_ path: String?) -> String {
    guard let path else { return "whom: cannot read standard input: it is not UTF-8\n" }
    let name = Exit.escape(path, for: .terminal)
    return "whom: cannot read `\(name)`: \(reason(path))\n"
  }

  /// `no such file or directory`, `line 3 is not UTF-8`
  static func reason(_ path: String) -> String {
    guard let bytes = bytes(path) else { return String(cString: strerror(errno)).lowercased() }
    return "line \(firstBadLine(bytes)) is not UTF-8"
  }

  /// Exits with 2 where a notebook stands for a program; `%` in the help is its name.
  static func refuseNotebook(_ path: String?, _ help: String) throws {
    guard let path, path.hasSuffix(".md") else { return }
    let name = Exit.escape(path, for: .terminal)
    Terminal.report("whom: `\(name)` is no program: \(help.replacing("%", with: name))\n")
    throw ExitCode(2)
  }

  private static func firstBadLine(_ bytes: [UInt8]) -> Int {
    var decoder = UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var line = 1
    while case .valid(let scalar) = decoder.parseScalar(from: &iterator) {
      if scalar.first == 10 { line += 1 }
    }
    return line
  }
}
