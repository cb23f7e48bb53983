import Diagnostics
import Formatting
import Syntax
import Testing

func file(_ text: String) -> SourceFile { SourceFile(id: FileID(0), name: "a.whom", text: text) }

func formatted(_ text: String) throws -> String { try SourceFormatter.format(file(text)) }

/// `#` signs outside of texts: how many comments there are.
func comments(_ text: String) -> [String] {
  let source = file(text)
  return Parser.parse(source).tokens.flatMap { token in
    source.text(Span(file: source.id, start: token.triviaStart, end: token.start))
      .split(separator: "\n").filter { $0.contains("#") }
      .map { line in
        let comment = line[(line.firstIndex(of: "#") ?? line.startIndex)...]
        return String(comment.reversed().drop { $0 == " " || $0 == "\r" }.reversed())
      }
  }
}

@Suite("The layout of programs")
struct FormattingTests {
  @Test("The programs of the project are laid out as they are kept", arguments: Programs.kept)
  func isKept(_ program: Programs.Program) throws {
    #expect(try formatted(program.text) == program.text)
  }

  @Test("There are programs")
  func areThere() {
    #expect(Programs.kept.count >= 27)
    #expect(Programs.corpus.count > 500)
    #expect(!Programs.notebooks.isEmpty)
  }

  @Test("A second time changes nothing, the tree and every comment stay")
  func properties() throws {
    for program in Programs.corpus + Programs.kept {
      let tree = Parser.parse(file(program.text))
      guard tree.diagnostics.isEmpty else { continue }
      try hold(program.text, tree, program.name)
    }
  }

  @Test("Blanks, line ends and comments at any place are put in order", arguments: 1...20)
  func mangled(_ seed: Int) throws {
    var random = Mangler(seed: UInt64(seed))
    for program in Programs.kept + Programs.corpus {
      let tree = Parser.parse(file(program.text))
      guard tree.diagnostics.isEmpty else { continue }
      // Laid out first, so that every statement begins a line of its own.
      let source = file(try formatted(program.text))
      let text = random.mangle(source, Parser.parse(source))
      try hold(text, tree, "\(program.name), seed \(seed):\n\(text)")
    }
  }

  private func hold(_ text: String, _ tree: SyntaxTree, _ name: String) throws {
    let once: String
    do throws(SourceFormatter.Failure) {
      once = try SourceFormatter.format(file(text))
    } catch {
      Issue.record("\(name): \(error)")
      return
    }
    #expect(TreeDump.dump(Parser.parse(file(once))) == TreeDump.dump(tree), "\(name)")
    #expect(try formatted(once) == once, "\(name)\n---\n\(once)")
    #expect(comments(once).sorted() == comments(text).sorted(), "\(name)")
  }
}

/// Puts other white space and comments between tokens, where the language says that none matters.
struct Mangler {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  private mutating func next(_ count: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(count))
  }

  mutating func mangle(_ source: SourceFile, _ tree: SyntaxTree) -> String {
    var text = ""
    for token in tree.tokens {
      let trivia = source.text(Span(file: source.id, start: token.triviaStart, end: token.start))
      text += trivia.isEmpty || trivia.contains(where: { $0 != " " }) ? trivia : blank()
      text += source.text(token.span)
    }
    return text
  }

  private mutating func blank() -> String {
    let deep = String(repeating: " ", count: 60)
    switch next(12) {
    case 0: return "\n" + deep
    case 1: return "   # a comment \n" + deep
    case 2: return "\n\n# on its own\n\n\n" + deep
    case 3: return "\t"
    case 4: return "   "
    default: return " "
    }
  }
}
