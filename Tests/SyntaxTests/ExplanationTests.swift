import Diagnostics
import Syntax
import Testing

/// The programs in the long explanations are what they say they are.
@Suite struct ExplanationTests {
  @Test(arguments: DiagnosticCode.allCases)
  func rightProgramsAreRight(_ code: DiagnosticCode) {
    #expect(Source.render(Explanation.of(code).right) == "")
  }

  @Test(arguments: DiagnosticCode.allCases)
  func wrongProgramsAreWrongInThisWay(_ code: DiagnosticCode) {
    let codes = Set(Source.parse(Explanation.of(code).wrong).diagnostics.map(\.code))
    switch code {
    case .unknownVerb: #expect(codes == [.unknownVerb])
    case .nestingTooDeep, .repeatedClause, .clauseNotHere, .notYetAVerb: #expect(codes.isEmpty)
    default:
      let isSyntax = code.rawValue.hasPrefix("E01")
      #expect(codes == (isSyntax ? [code] : []), "\(Source.render(Explanation.of(code).wrong))")
    }
  }
}
