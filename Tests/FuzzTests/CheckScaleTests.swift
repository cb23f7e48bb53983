import Compiler
import Diagnostics
import Syntax
import Testing

/// Long programs. How the time of checking grows with them is measured by
/// `Tests/Benchmarks/growth.py`.
@Suite("Checking long programs", .serialized)
struct CheckScaleTests {
  enum Shape: String, CaseIterable, Sendable {
    case relations, values, functions, mistakes

    /// The statements that the n-th repetition consists of.
    func lines(_ n: Int) -> String {
      switch self {
      case .relations:
        "let a\(n) = orders | where amount > \(n)\n"
          + "  | summarize spend = sum(amount) by region\n  | sort -spend\n"
      case .values: "let b\(n) = \(n) + \(n == 0 ? "0" : "$b\(n - 1)")\n"
      case .functions:
        "fn f\(n)(x: number, y: number = 2) = x * y + "
          + (n % 10 == 0 ? "x" : "f\(n - 1)(x)") + "\norders | derive z = f\(n)(amount) | count\n"
      case .mistakes: "orders | where amuont > \(n)\n"
      }
    }
  }

  private static let data = "let orders = rows [{id: 1, amount: 2.0, region: \"x\"}]\n"

  @Test("Thousands of statements: every mistake is found, and no other", arguments: Shape.allCases)
  func checks(_ shape: Shape) {
    onBigStack {
      let count = 2000
      let catalog = HeaderCatalog()
      let checker = Checker(catalog: catalog, constants: RunConstants(now: 0))
      let text = Self.data + (0..<count).map(shape.lines).joined()
      let statements = checker.check(Parser.parse(catalog.add("long.whom", text)).statements)
      let findings = checker.takeDiagnostics()
      if shape == .mistakes {
        #expect(findings.count == count)
      } else {
        #expect(findings == [] && statements.count > count)
      }
    }
  }
}
