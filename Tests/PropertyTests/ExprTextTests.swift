import Compiler
import Diagnostics
import Glibc
import Syntax
import Testing

/// What a saved model keeps of a formula is text: it is read again in another program, and must
/// mean there what it meant.
@Suite("Expressions as text")
struct ExprTextTests {
  private static let seed: UInt64 =
    getenv("WHOM_SEED").flatMap { UInt64(String(cString: $0)) } ?? 20_251_121

  /// The tree of an expression, without its places.
  private static func tree(_ text: String) -> (dump: String, again: String)? {
    let file = SourceFile(id: FileID(0), name: "<model>", text: text)
    let (expr, findings) = Parser.parseExpression(file, range: file.whole)
    guard findings.isEmpty else { return nil }
    return (TreeDump.dump(expr), ExprText.plain(expr))
  }

  private static func problem(_ source: String) -> String? {
    guard let first = tree(source) else { return "cannot be read: \(source)" }
    guard let second = tree(first.again) else {
      return "its text cannot be read: \(source)\n\(first.again)"
    }
    if first.dump != second.dump {
      return "it means something else: \(source)\n\(first.again)\n\(first.dump)\n\(second.dump)"
    }
    return first.again == second.again ? nil : "its text changes: \(first.again)\n\(second.again)"
  }

  @Test("10,000 random expressions mean the same when they are read again")
  func random() {
    var generator = ExpressionGenerator(seed: Self.seed)
    var problems: [String] = []
    for _ in 0..<10_000 where problems.count < 5 {
      if let problem = Self.problem(generator.expression().source) { problems.append(problem) }
    }
    #expect(problems.isEmpty, "\(problems.joined(separator: "\n---\n"))")
  }

  @Test(
    "Operators keep what they hold, names and texts what is in them",
    arguments: [
      "a - (b - c)", "a / (b / c)", "(a + b) * c", "-x ^ 2", "(-x) ^ 2", "2 ^ -x", "(2 ^ x) ^ y",
      "2 ^ x ^ y", "-(a + b)", "-(-a)", "a - -b", "not (a and b)", "not a and b", "not (not a)",
      "(a or b) and c", "a and (b or c)", "(a == b) == c", "a == (b < c)", "a ?? b ?? 0",
      "(a ?? b) + 1", "a ?? (b + 1)", "(a and b) ?? c", "x in [1, 2]", "not (x in [1, 2])",
      "if a then b else c", "(if a then 1 else 2) + 1", "if a then 1 else if b then 2 else 3",
      "case { a -> 1, b -> 2, else -> 3 }", "`odd name` + `and`", "`tick``ed`", "r.`in` + r.b",
      "f\"{x:,.2f} {{y}} {if a then \"b\" else \"c\"}\"", "\"it's \\\"q\\\" \\\\ \\n\"",
      "\"\\u{7}{x}\"", "15%", "1e300", "1e-7", "0.1", "9223372036854775807", "30 days", "3mo",
      "@2025-01-31", "@2025-01-31T09:30Z", "{a: 1, `b c`: x}", "[1, [2, x]]", "1..3",
      "log(a + 1, base = 2)", "a // b * b", "null", "(a..b) == c", "x ~ \"a.*\"", "!= 3",
    ])
  func written(source: String) {
    // What cannot be read at all has no text either.
    guard Self.tree(source) != nil else { return }
    let problem = Self.problem(source)
    #expect(problem == nil, "\(problem ?? "")")
  }
}
