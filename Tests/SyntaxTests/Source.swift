import Diagnostics
import Glibc
import Syntax
import Testing

/// Programs for tests, and short ways to parse them.
enum Source {
  static func file(_ text: String, name: String = "test.whom") -> SourceFile {
    SourceFile(id: FileID(0), name: name, text: text)
  }

  static func parse(_ text: String, isPrompt: Bool = false) -> SyntaxTree {
    Parser.parse(file(text), isPrompt: isPrompt)
  }

  /// The tree of a program that must be right.
  static func dump(_ text: String) -> String {
    let tree = parse(text)
    return tree.diagnostics.isEmpty ? TreeDump.dump(tree) : render(text)
  }

  /// What a user sees of a program's mistakes.
  static func render(_ text: String) -> String {
    let file = file(text)
    return DiagnosticRenderer(files: [file], width: 80).render(Parser.parse(file).diagnostics)
  }

  static func titles(_ text: String) -> [String] { parse(text).diagnostics.map(\.title) }

  static func text(_ token: Token, in bytes: [UInt8]) -> String {
    String(decoding: bytes[token.start..<token.end], as: UTF8.self)
  }

  // MARK: The programs of the corpus

  static let programs: [Program] = {
    let folder = path("../Corpus/programs")
    return names(in: folder).filter { $0.hasSuffix(".whom") }.sorted().compactMap { name in
      read(folder + "/" + name).map { Program(name: name, text: $0) }
    }
  }()

  private static func path(_ path: String, file: String = #filePath) -> String {
    file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
      + "/" + path
  }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      names.append(
        withUnsafeBytes(of: entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return names
  }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[0..<count]
    }
  }
}

struct Program: Sendable, CustomTestStringConvertible {
  var name: String
  var text: String
  var testDescription: String { name }
}

/// Numbers that look random and are the same on every run (xorshift64*; Vigna 2016).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed | 1 }

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }
}
