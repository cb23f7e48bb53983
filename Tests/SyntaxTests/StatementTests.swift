import Diagnostics
import Syntax
import Testing

/// Statements, docs, line ends, and the prompt.
@Suite struct StatementTests {
  @Test(arguments: [
    ("let a = b | take 1", "(let a (pipe b (take 1)))"),
    ("param r: text in [\"A\"] = \"A\"", #"(param [r: text = "A"] (in (list "A")))"#),
    ("param x", "(param [x])"),
    (
      "param p: record{a: list<int?>, b: decimal(12, 2)}?",
      "(param [p: record{a: list<int?>, b: decimal(12, 2)}?])"
    ),
    (
      "metric aov on orders = sum(a) / count() where b",
      "(metric aov orders (filter (product (call sum a) /(call count)) b))"
    ),
    ("fn f(a, b: column<number>= 3,) = a + b", "(fn f ([a] [b: column<number> = 3]) (sum a +b))"),
    (
      "fn f() {\n  let a = 1\n  let b = a\n  b | g\n}",
      "(fn f () (let a 1) (let b a) (pipe b (apply g)))"
    ),
    ("use rfm as r", "(use rfm (as r))"), ("use \"./m.whom\"", #"(use "./m.whom")"#),
    ("connect env(\"U\") as wh", #"(connect (call env "U") wh)"#),
    (
      "if $n > 0 { a } else if b { c } else { d\n e }",
      "(if-block ((> $n 0) (do a)) (b (do c)) (else (do d e)))"
    ),
    ("if a then b else c | take 1", "(pipe (if (-> a b) (else c)) (take 1))"),
    (
      "for r in [1, 2] {\n  o | where x == $r\n  o | take 5\n}",
      "(for r (list 1 2) (do (pipe o (where (== x $r))) (pipe o (take 5))))"
    ),
    ("assert $a > 0.7, \"low\"", #"(assert (> $a 0.7) "low")"#),
  ])
  func trees(_ written: String, _ tree: String) {
    #expect(Source.dump(written) == tree)
  }

  @Test(arguments: [
    ("a\nb", "a\nb"), ("a |\ntake 1", "(pipe a (take 1))"), ("a\n| take 1", "(pipe a (take 1))"),
    ("let x =\n5", "(let x 5)"), ("let x = a +\nb", "(let x (sum a +b))"),
    ("let x = a\n  + b", "(let x (sum a +b))"), ("let x = a\nand b", "(let x (and a b))"),
    ("let x = f(\na,\nb\n)", "(let x (call f a b))"),
    ("a\n\n\n  # note\n| take 1", "(pipe a (take 1))"),
    ("  let x = a\n    | take 1\n  let y = b", "(let x (pipe a (take 1)))\n(let y b)"),
    ("\tlet x = a\n     | take 1\n    let y = 1", "(let x (pipe a (take 1)))\n(let y 1)"),
    ("if a {\n  b\n}\nelse {\n  c\n}\nd", "(if-block (a (do b)) (else (do c)))\nd"),
    ("f\n(a)", "f\na"), ("let x = if a\nthen b\nelse c", "(let x (if (-> a b) (else c)))"),
  ])
  func newlines(_ written: String, _ tree: String) {
    #expect(Source.dump(written) == tree)
  }

  @Test func docComments() {
    let text = """
      ## The file.
      ## Two lines.

      ## Above.
      param a: int = 1
      param b: int = 2   ## behind
      # no doc
      param c: int = 3

      ## lost

      let d = 4
      ## one
      ## two
      fn f(x) =   # not this
        x
      """
    let tree = Source.parse(text)
    #expect(tree.doc == "The file.\nTwo lines.")
    #expect(tree.statements.map(\.doc) == ["Above.", "behind", nil, nil, "one\ntwo"])
    #expect(Source.parse("## of x\nlet x = 1").doc == nil)
    #expect(Source.parse("## of x\nlet x = 1").statements.map(\.doc) == ["of x"])
    #expect(Source.parse("## only this").doc == "only this")
  }

  @Test(arguments: [
    "orders |", "f(", "let x = [1,", "let x = {", "\"\"\"\nabc", "if a {", "let x =", "a +",
    "if a then 1", "case { a -> 1,", "orders | join", "fn f(a) {\n  let x = 1",
    "orders | top 10 by",
  ])
  func inputGoesOn(_ typed: String) {
    #expect(Source.parse(typed, isPrompt: true).isIncomplete)
  }

  @Test(arguments: ["", "orders", "| take 5", "let x = \"abc", "orders | where )", "x = 5", "a\n"])
  func inputIsComplete(_ typed: String) {
    #expect(!Source.parse(typed, isPrompt: true).isIncomplete)
  }

  @Test func aPipeGoesOnFromIt() {
    let tree = Source.parse("| take 5", isPrompt: true)
    #expect(TreeDump.dump(tree) == "(pipe it (take 5))")
    #expect(Source.titles("| take 5") == ["a pipe with nothing before it"])
  }

  /// A cell of a notebook: spans point into the whole file.
  @Test func aRangeOfAFile() {
    let file = Source.file("prose ```\n  let a = 1\n  let b = oops oops\n``` (")
    let tree = Parser.parse(file, range: .init(file: file.id, start: 10, end: 42))
    #expect(tree.statements.count == 2)
    #expect(tree.diagnostics.map { file.text($0.span ?? file.whole) } == ["oops"])
    #expect(tree.diagnostics.first?.span?.start == 37)
  }
}
