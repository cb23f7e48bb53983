import Diagnostics
import Glibc
import Syntax
import Testing

/// Long, deep and repetitive programs.
@Suite struct ScaleTests {
  /// A chain of one precedence is one node, however long.
  @Test func longChains() {
    for sign in ["+", "*", "and", "or", "??"] {
      let chain = Array(repeating: "a", count: 20_000).joined(separator: " \(sign) ")
      let tree = Source.parse("orders | where " + chain)
      #expect(tree.diagnostics.isEmpty)
    }
    let list = Array(repeating: "1", count: 50_000).joined(separator: ", ")
    #expect(Source.parse("let x = [\(list)]").diagnostics.isEmpty)
    let stages = String(repeating: " | take 5", count: 20_000)
    #expect(Source.parse("orders" + stages).diagnostics.isEmpty)
  }

  @Test(arguments: [
    ("(", ")"), ("[", "]"), ("{a: ", "}"), ("f(", ")"), ("- ", ""), ("not ", ""), ("2 ^ ", ""),
    ("if a then b else if (", ") then 1 else 2"), ("case { a -> ", ", else -> 1 }"),
    ("(orders | where ", ")"), ("f\"{", "}\""), ("a.", ""),
  ])
  func deepNesting(_ open: String, _ close: String) {
    @Sendable func nested(_ depth: Int) -> String {
      String(repeating: open, count: depth) + "x" + String(repeating: close, count: depth)
    }
    onBigStack {
      #expect(Source.render("let x = " + nested(24)) == "")
      let tree = Source.parse("let x = " + nested(20_000) + "\nlet y = 1")
      #expect(tree.diagnostics.count == 1 || open.hasPrefix("f\""), "\(tree.diagnostics)")
    }
  }

  @Test func deepBlocks() {
    let text = String(repeating: "if a {\n", count: 5000) + String(repeating: "}\n", count: 5000)
    onBigStack {
      #expect(Source.titles(text) == ["this is nested more than 256 levels deep"])
    }
  }

  /// However often a piece is repeated, every byte is kept and the complaints end. How the time
  /// grows is measured by `Tests/Benchmarks/growth.py`.
  @Test(arguments: [
    "orders | where amount > 10 and status == \"paid\"\n", "f\"{ ", "f\"{a}", "\"", "`", "(", "{ ",
    "a;", "'", "/* ", "[1, ", "| ", "if a { ", "sql \"{ ", "@2025-", "x -- y\n", "f\"\"\"{ ",
    "## doc\n", "\t", "case { a -> ",
  ])
  func longRepetitions(_ piece: String) {
    onBigStack {
      let text = String(repeating: piece, count: 80_000)
      let tree = Source.parse(text)
      #expect(tree.tokens.reduce(0) { $0 + $1.end - $1.triviaStart } == text.utf8.count)
      #expect(tree.diagnostics.count <= 10)
    }
  }
}

/// Runs on a thread with 64 MB of stack, as the program itself does.
func onBigStack(_ body: @escaping @Sendable () -> Void) {
  final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  pthread_attr_setstacksize(&attributes, 64 << 20)
  var thread = pthread_t()
  let work = Unmanaged.passRetained(Work(body)).toOpaque()
  pthread_create(
    &thread, &attributes,
    { pointer in
      if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body() }
      return nil
    }, work)
  pthread_join(thread, nil)
}
