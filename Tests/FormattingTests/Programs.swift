import Diagnostics
import Glibc
import Testing

/// Programs of the project, to be laid out.
enum Programs {
  struct Program: CustomTestStringConvertible, Sendable {
    var name: String
    var text: String
    var testDescription: String { name }
  }

  private static let root: String = {
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  }()

  /// Files as they are kept: the 24 programs and the library.
  static let kept = files("Tests/Corpus/programs/*.whom") + files("stdlib/*.whom")

  static let notebooks = files("notebooks/*.md")

  /// What stands in the `whom` blocks of the corpus, in many layouts.
  static let corpus: [Program] = files("Tests/Corpus/*/*.md").flatMap { file in
    var blocks: [Program] = []
    var block: [Substring]?
    for line in file.text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "```whom" {
        block = []
      } else if line == "```", let lines = block {
        blocks.append(
          Program(
            name: "\(file.name) \(blocks.count + 1)", text: lines.joined(separator: "\n") + "\n"))
        block = nil
      } else {
        block?.append(line)
      }
    }
    return blocks
  }

  private static func files(_ pattern: String) -> [Program] {
    var result = glob_t()
    defer { globfree(&result) }
    guard glob("\(root)/\(pattern)", 0, nil, &result) == 0 else { return [] }
    return (0..<Int(result.gl_pathc)).compactMap { index in
      guard let path = result.gl_pathv[index].map({ String(cString: $0) }), let text = read(path)
      else { return nil }
      return Program(name: path.split(separator: "/").last.map(String.init) ?? path, text: text)
    }
  }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes.append(contentsOf: buffer[0..<count])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
