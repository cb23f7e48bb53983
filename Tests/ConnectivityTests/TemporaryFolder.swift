import Glibc

/// A folder of its own for a test, removed with what it holds.
final class TemporaryFolder {
  struct Failure: Error {}

  let path: String

  init() throws {
    var template = Array("/tmp/whom-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw Failure() }
    path = String(cString: made)
  }

  deinit { Self.delete(path) }

  /// Empties a folder before it removes it; `remove` alone does for files.
  private static func delete(_ path: String) {
    guard remove(path) != 0, let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { delete(path + "/" + name) }
    }
    closedir(folder)
    remove(path)
  }

  func write(_ name: String, _ text: String) throws {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o700)
    }
    guard let file = fopen(path + "/" + name, "w") else { throw Failure() }
    defer { fclose(file) }
    fputs(text, file)
  }
}
