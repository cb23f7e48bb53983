import Engine
import Glibc

/// Writes a file beside its place and moves it there when it is whole.
enum AtomicFile {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  static func write(_ text: String, to path: String) throws(Failure) {
    try makeFolders(of: path)
    let partial = PartialFiles.beside(path)
    let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 {
        let problem = failure(path)
        close(descriptor)
        unlink(partial)
        throw problem
      }
      bytes = bytes.dropFirst(count)
    }
    guard close(descriptor) == 0, rename(partial, path) == 0 else {
      let problem = failure(path)
      unlink(partial)
      throw problem
    }
  }

  /// Writes a file that is there anew, behind links, with the rights it has.
  static func replace(_ path: String, with text: String) throws(Failure) {
    guard let resolved = realpath(path, nil) else { throw failure(path) }
    defer { free(resolved) }
    let target = String(cString: resolved)
    var status = stat()
    guard stat(target, &status) == 0 else { throw failure(path) }
    try write(text, to: target)
    chmod(target, status.st_mode & 0o7777)
  }

  private static func makeFolders(of path: String) throws(Failure) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true).dropLast()
    var made = path.hasPrefix("/") ? "/" : ""
    for part in parts {
      made += (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
      if mkdir(made, 0o777) != 0 && errno != EEXIST { throw failure(made) }
    }
  }

  private static func failure(_ path: String) -> Failure {
    Failure(description: "cannot write `\(path)`: \(String(cString: strerror(errno)))")
  }
}
