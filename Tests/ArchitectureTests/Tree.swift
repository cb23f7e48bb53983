import Glibc

/// The files of the project as text.
struct SourceText {
  var path: String
  var text: String

  /// The folder of the project.
  static let root: String = {
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  }()

  /// Every file below a folder of the project with one of the endings.
  static func all(below folder: String, endings: [String] = [".swift"]) -> [SourceText] {
    var result: [SourceText] = []
    for entry in entries(of: "\(root)/\(folder)") {
      let path = "\(folder)/\(entry.name)"
      if entry.isFolder {
        result += all(below: path, endings: endings)
      } else if endings.contains(where: entry.name.hasSuffix), let text = read("\(root)/\(path)") {
        result.append(SourceText(path: path, text: text))
      }
    }
    return result
  }

  static func folders(in folder: String) -> [String] {
    entries(of: "\(root)/\(folder)").filter(\.isFolder).map(\.name)
  }

  private static func entries(of folder: String) -> [(name: String, isFolder: Bool)] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var result: [(name: String, isFolder: Bool)] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      var status = stat()
      stat("\(folder)/\(name)", &status)
      result.append((name, status.st_mode & S_IFMT == S_IFDIR))
    }
    return result.sorted { $0.name < $1.name }
  }

  static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(contentsOf: buffer[0..<count])
    }
  }

  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}
