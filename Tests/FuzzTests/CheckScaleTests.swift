import Compiler
import Diagnostics
import Syntax
import Testing

/// Long programs are checked in a time that grows as they do: nothing is looked through, or copied,
/// once for each statement.
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

  @Test("Four times the program takes about four times as long", arguments: Shape.allCases)
  func isLinear(_ shape: Shape) {
    onBigStack {
      _ = time(shape, 100)
      let small = min(time(shape, 500), time(shape, 500))
      let large = min(time(shape, 2000), time(shape, 2000))
      #expect(large < max(small * 9, .milliseconds(60)), "\(shape): \(small) → \(large)")
    }
  }

  private func time(_ shape: Shape, _ count: Int) -> Duration {
    let text = Self.data + (0..<count).map(shape.lines).joined()
    return ContinuousClock().measure {
      let catalog = HeaderCatalog()
      let checker = Checker(catalog: catalog, constants: RunConstants(now: 0))
      let tree = Parser.parse(catalog.add("long.whom", text))
      let statements = checker.check(tree.statements)
      let findings = checker.takeDiagnostics()
      if shape == .mistakes {
        #expect(findings.count == count)
      } else {
        #expect(findings == [] && statements.count > count)
      }
    }
  }
}
