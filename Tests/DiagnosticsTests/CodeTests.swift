import Diagnostics
import Testing

/// The codes and their long explanations.
@Suite struct CodeTests {
  @Test(arguments: DiagnosticCode.allCases)
  func hasAnExplanation(_ code: DiagnosticCode) {
    let page = Explanation.page(code)
    #expect(page.hasPrefix("\(code.rawValue): "))
    #expect(Explanation.of(code).text.count > 60)
    #expect(["Wrong:", "Right:", "Example:"].contains { page.contains("\n\($0)\n    ") })
    #expect(page.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(code.severity == (code.rawValue.hasPrefix("W") ? .warning : .error))
  }

  /// Two codes that share an explanation would be one code.
  @Test func explanationsDiffer() {
    let titles = DiagnosticCode.allCases.map { Explanation.of($0).title }
    #expect(Set(titles).count == titles.count)
  }

  @Test func aWholePage() {
    #expect(
      Explanation.page(.chainedComparison) == """
        E0111: comparisons do not chain

        `a < b < c` would compare the truth of `a < b` with `c`, which nobody means. Join two
        comparisons with `and`; a closed range is written with `in`.

        Wrong:
            orders | where 10 < amount < 20

        Right:
            orders | where amount > 10 and amount < 20
            orders | where amount in 10..20

        """)
  }
}
