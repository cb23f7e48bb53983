import Diagnostics
import Syntax
import Testing

/// The programs that the language was designed to read well.
@Suite struct ProgramTests {
  @Test func corpusIsThere() {
    #expect(Source.programs.count == 24)
  }

  @Test(arguments: Source.programs)
  func isRight(_ program: Program) {
    #expect(Source.render(program.text) == "")
    #expect(!Source.parse(program.text).statements.isEmpty)
  }

  @Test(arguments: Source.programs)
  func tokensAreTheSource(_ program: Program) {
    let tree = Source.parse(program.text)
    let bytes = Array(program.text.utf8)
    let joined = tree.tokens.flatMap { bytes[$0.triviaStart..<$0.end] }
    #expect(joined == bytes)
  }

  /// A statement may be broken anywhere if its rest is indented.
  @Test(arguments: Source.programs)
  func survivesBreaks(_ program: Program) {
    checkInsertions(program, "\n" + String(repeating: " ", count: 60))
  }

  @Test(arguments: Source.programs)
  func survivesComments(_ program: Program) {
    checkInsertions(program, " # a note | where (\n" + String(repeating: " ", count: 60))
  }

  @Test(arguments: Source.programs)
  func survivesWindowsLineEnds(_ program: Program) {
    let file = Source.file(program.text)
    let other = program.text.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\r\n")
    #expect(Source.dump(other) == TreeDump.dump(Parser.parse(file)))
  }

  private func checkInsertions(_ program: Program, _ inserted: String) {
    let tree = Source.parse(program.text)
    let expected = TreeDump.dump(tree)
    let bytes = Array(program.text.utf8)
    let starts = Set(tree.statements.flatMap { Boundaries.starts($0, tree.tokens, bytes) })
    for token in tree.tokens
    where token.kind != .endOfFile && !starts.contains(token.start) {
      var broken = bytes
      broken.insert(contentsOf: inserted.utf8, at: token.start)
      let text = String(decoding: broken, as: UTF8.self)
      let found = Source.dump(text)
      guard found == expected else {
        Issue.record("before byte \(token.start) of \(program.name): \(found.suffix(600))")
        return
      }
    }
  }
}

/// Where statements begin, inside of blocks and functions too.
private enum Boundaries {
  static func starts(
    _ statement: Statement, _ tokens: [Token], _ bytes: [UInt8]
  ) -> [Int] {
    var starts = [statement.span.start]
    switch statement.kind {
    case .ifBlock(let branches, let otherwise):
      let inner = branches.flatMap(\.body) + (otherwise ?? [])
      starts += inner.flatMap { self.starts($0, tokens, bytes) }
    case .forBlock(_, _, let body):
      starts += body.flatMap { self.starts($0, tokens, bytes) }
    case .function(let function) where !function.lets.isEmpty:
      starts.append(function.body.span.start)
      starts += function.lets.compactMap { binding in
        tokens.last { $0.end < binding.name.span.start }?.start
      }
    case .letBinding, .param, .metric, .function, .use, .connect, .assert, .pipeline: break
    }
    return starts
  }
}
