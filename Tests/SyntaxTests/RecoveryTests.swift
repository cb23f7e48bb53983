import Syntax
import Testing

/// One mistake is one finding, and what comes behind it is read all the same.
@Suite struct RecoveryTests {
  @Test(arguments: [
    "o | where (a > 1\nlet b = 2", "o | where a > | take 5\nlet b = 2", "let = 5\nlet b = 2",
    "o | select a b c d\nlet b = 2", "o | derive x = f(a, (b + ]\nlet b = 2",
    "o | nonsense 3\nlet b = 2",
    "let x = rows [\n  {a: 1 b: 2},\n  {a: 2},\n]\nlet b = 2",
    "o | join left (p | where ) on a | take 1\nlet b = 2", "o | train a ~ b\nlet b = 2",
    "fn f(x {\n  x\n}\nlet b = 2", "o | chart line x\nlet b = 2", "for x [1] {\n  o\n}\nlet b = 2",
    "o | case { a -> 1 }\nlet b = 2", "let x = if a then b\nlet b = 2", "let x = \"abc\nlet b = 2",
    "o | summarize\n    a = sum(x),\n    b = ,\n  by c\n| sort a\nlet b = 2", "use 5\nlet b = 2",
    "o | expect a else shrug\nlet b = 2", "param p: = 3\nlet b = 2", ") + 1\nlet b = 2",
    "o | route d { a -> b }\nlet b = 2", "o | sort a,\n| take 5\nlet b = 2",
    "let x = [1, 2\nlet b = 2", "let x = {a: 1\n\nlet b = 2",
    "o | where a > 1 and\n| take 5\nlet b = 2",
  ])
  func oneMistakeOneFinding(_ program: String) {
    let tree = Source.parse(program)
    #expect(tree.diagnostics.count == 1, "\(Source.render(program))")
    let last = tree.statements.last.map { TreeDump.dump($0) }
    #expect(last == "(let b 2)", "\(TreeDump.dump(tree))")
  }

  @Test func mistakesInSeveralStagesAreAllSaid() {
    let program = "o | where a > | select b c | sort -d | take )\n| filter x"
    #expect(Source.titles(program).count == 4, "\(Source.render(program))")
  }

  /// The name stays bound, so that its uses are not errors as well.
  @Test func aBrokenLetIsStillALet() {
    #expect(TreeDump.dump(Source.parse("let x = orders | where (")) == "(let x <missing>)")
    #expect(TreeDump.dump(Source.parse("let x = 5m")) == "(let x <missing>)")
  }

  @Test func noMoreThanTen() {
    let program = (0..<50).map { "let x\($0) = 5m" }.joined(separator: "\n")
    #expect(Source.parse(program).diagnostics.count == 10)
    #expect(Source.parse(program).statements.count == 50)
  }

  @Test func blocksAreReadOn() {
    let program = "if a {\n  o | where (\n  let x = 1\n}\nlet b = oops oops"
    #expect(Source.titles(program) == ["`(` is never closed", "unexpected `oops`"])
  }
}
