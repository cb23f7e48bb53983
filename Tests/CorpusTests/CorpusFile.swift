import Glibc
import Testing

/// A Markdown file of cases: `## name`, a `whom` block, then what is expected of it. What is not
/// written is not checked.
struct CorpusFile {
  var path: String
  var lines: [String]

  init?(_ path: String) {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes.append(contentsOf: buffer[0..<count])
    }
    self.path = path
    lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The folder of all corpus files, beside this target.
  static let folder: String = {
    let here = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    return "/\(here)/Corpus"
  }()

  /// All corpus files, sorted by name.
  static func all() -> [CorpusFile] {
    ["verbs", "functions", "errors", "mistakes", "language"].flatMap { part -> [CorpusFile] in
      var result = glob_t()
      defer { globfree(&result) }
      guard glob("\(folder)/\(part)/*.md", 0, nil, &result) == 0 else { return [] }
      return (0..<Int(result.gl_pathc)).compactMap { index in
        result.gl_pathv[index].flatMap { CorpusFile(String(cString: $0)) }
      }
    }
  }

  var cases: [CorpusCase] {
    var result: [CorpusCase] = []
    var number = 0
    while number < lines.count {
      let line = lines[number]
      if line.hasPrefix("## ") {
        result.append(CorpusCase(file: path, name: String(line.dropFirst(3))))
      } else if line.hasPrefix("```"), line.count > 3, !result.isEmpty {
        let start = number + 1
        var end = start
        while end < lines.count, lines[end] != "```" { end += 1 }
        let block = CorpusCase.Block(
          kind: String(line.dropFirst(3)), text: lines[start..<end].joined(separator: "\n"),
          lines: start..<end)
        result[result.count - 1].blocks.append(block)
        number = end
      }
      number += 1
    }
    return result.filter { $0.block("whom") != nil }
  }

  /// Writes blocks anew, from the last to the first so that lines stay where they are.
  static func rewrite(_ path: String, _ blocks: [(lines: Range<Int>, text: String)]) {
    guard var file = CorpusFile(path) else { return }
    for block in blocks.sorted(by: { $0.lines.lowerBound > $1.lines.lowerBound }) {
      file.lines.replaceSubrange(
        block.lines,
        with: block.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
    guard let output = fopen(path, "w") else { return }
    fputs(file.lines.joined(separator: "\n"), output)
    fclose(output)
  }
}

struct CorpusCase: CustomTestStringConvertible, Sendable {
  struct Block: Sendable {
    var kind: String
    var text: String
    var lines: Range<Int>
  }

  var file: String
  var name: String
  var blocks: [Block] = []

  func block(_ kind: String) -> Block? { blocks.first { $0.kind == kind } }

  var testDescription: String {
    let parts = file.split(separator: "/").suffix(2).joined(separator: "/")
    return "\(parts): \(name)"
  }
}
