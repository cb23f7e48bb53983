import Diagnostics
import Syntax
import Testing

/// What binds tighter, as trees written by hand from the grammar.
@Suite struct ExpressionTests {
  @Test(arguments: [
    ("-2 ^ 2", "(neg (^ 2 2))"), ("2 ^ -1", "(^ 2 (neg 1))"), ("2 ^ 3 ^ 4", "(^ 2 (^ 3 4))"),
    ("a + b * c - d", "(sum a +(product b *c) -d)"), ("a / b // c", "(product a /b //c)"),
    ("a ?? b ?? c", "(?? a b c)"), ("a + 1 ?? b", "(?? (sum a +1) b)"),
    ("a or b and not c == d", "(or a (and b (not (== c d))))"),
    ("a or b or c", "(or a b c)"), ("not not a", "(not (not a))"),
    ("a not in [1, 2]", "(not in a (list 1 2))"), ("a in 1..3 and b", "(and (in a (.. 1 3)) b)"),
    ("a ~ r\"^x\" or b", #"(or (~ a "^x") b)"#), ("(a + b) * c", "(product (sum a +b) *c)"),
    ("a.b.c", "(. (. a b) c)"), ("m.f(x, y = 1)", "(call .f m x (= y 1))"), ("f()", "(call f)"),
    ("f(a, b,)", "(call f a b)"), ("{a: 1, `b c`: [],}", "(record (: a 1) (: b c (list)))"),
    ("if a then 1 else if b then 2 else 3", "(if (-> a 1) (-> b 2) (else 3))"),
    ("case { a -> 1, b -> 2, else -> 3, }", "(case (-> a 1) (-> b 2) (else 3))"),
    ("case { else -> 3 }", "(case (else 3))"),
    ("(count() where paid) / count()", "(product (filter (call count) paid) /(call count))"),
    ("(orders | count) + 1", "(sum (pipe orders (apply count)) +1)"), ("((a))", "a"),
    ("$x.y", "(. $x y)"), ("null == it", "(== null it)"), ("true", "true"),
    ("read \"a.csv\"", #"(read "a.csv")"#), ("read(\"a.csv\")", #"(call read "a.csv")"#),
    ("rows [{a: 1}]", "(rows (list (record (: a 1))))"), ("rows", "rows"),
    ("model \"m@2\"", #"(model "m@2")"#),
    ("a <= b", "(<= a b)"),
    (
      "today() - 365 days..today() - 1 day",
      "(.. (sum (call today) -31536000000000us) (sum (call today) -86400000000us))"
    ),
    ("sort + by - label", "(sum sort +by -label)"), ("`select`.`in`", "(. select in)"),
  ])
  func trees(_ written: String, _ tree: String) {
    #expect(Source.dump("let x = " + written) == "(let x \(tree))")
  }

  @Test func spansCoverWhatWasWritten() {
    let text = "let x = (a + b) * f(c) ^ 2"
    let file = Source.file(text)
    guard case .letBinding(_, let value)? = Parser.parse(file).statements.first?.kind,
      case .product(let first, let rest) = value.head.kind
    else { return #expect(Bool(false), "not a product") }
    #expect(file.text(value.span) == "(a + b) * f(c) ^ 2")
    #expect(file.text(first.span) == "(a + b)")
    #expect(rest.map { file.text($0.value.span) } == ["f(c) ^ 2"])
  }

  @Test func partsCanBeParsedAlone() {
    let file = Source.file("Total: {= a | count =} and {= b + =}")
    let first = Parser.parsePipeline(file, range: span(file, 9, 20))
    #expect(TreeDump.dump(first.0) == "(pipe a (apply count))")
    #expect(first.1.isEmpty)
    let second = Parser.parseExpression(file, range: span(file, 29, 34))
    #expect(second.1.map(\.title) == ["the program ends too early"])
  }

  private func span(_ file: SourceFile, _ start: Int, _ end: Int) -> Span {
    Span(file: file.id, start: start, end: end)
  }
}
