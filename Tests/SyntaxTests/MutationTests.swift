import Diagnostics
import Syntax
import Testing

/// Programs with one token gone, doubled or swapped with the next: whatever comes of it, the
/// parser ends, keeps every byte, and complains at most ten times.
@Suite struct MutationTests {
  @Test(arguments: Source.programs)
  func survivesDeletion(_ program: Program) {
    mutate(program) { tokens, index in tokens.remove(at: index) }
  }

  @Test(arguments: Source.programs)
  func survivesDoubling(_ program: Program) {
    mutate(program) { tokens, index in tokens.insert(tokens[index], at: index) }
  }

  @Test(arguments: Source.programs)
  func survivesSwaps(_ program: Program) {
    mutate(program) { tokens, index in
      if index + 1 < tokens.count { tokens.swapAt(index, index + 1) }
    }
  }

  private func mutate(_ program: Program, _ change: (inout [String], Int) -> Void) {
    let bytes = Array(program.text.utf8)
    let pieces = Source.parse(program.text).tokens.map {
      String(decoding: bytes[$0.triviaStart..<$0.end], as: UTF8.self)
    }
    for index in stride(from: 0, to: pieces.count - 1, by: step) {
      var mutated = pieces
      change(&mutated, index)
      check(mutated.joined())
    }
  }

  private func check(_ text: String) {
    let tree = Source.parse(text)
    #expect(tree.diagnostics.count <= 10)
    #expect(tree.tokens.reduce(0) { $0 + $1.end - $1.triviaStart } == text.utf8.count)
  }

  /// Every token in an optimised build; some of them where that would take minutes.
  private var step: Int {
    #if DEBUG
      return 11
    #else
      return 1
    #endif
  }
}
