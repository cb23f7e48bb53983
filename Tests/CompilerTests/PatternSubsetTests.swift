import Compiler
import Testing

/// The patterns that every engine reads alike. Which of these RE2 itself refuses was checked in
/// DuckDB 2.0; the others are read differently by PostgreSQL or Java.
struct PatternSubsetTests {
  @Test(
    arguments: [
      "", "a", "^a.*b$", "a|b|", "(ab)+?", "(?:ab)*", "[a-z0-9_-]{2,5}", "[^\\]]+", "\\d+\\.\\d*",
      "a{3}", "a{2,}", "(?i)berlin", "\\bword\\b", "[\\d\\s]", "\\(\\)", "é|ü", "[-a]", "a-b", "}",
    ])
  func understood(pattern: String) {
    #expect(PatternSubset.problem(in: pattern) == nil)
  }

  @Test(
    arguments: [
      ("(a", "not closed"), ("a)", "too many"), ("[a", "not closed"), ("a\\", "backslash"),
      ("*a", "nothing to repeat"), ("a**", "nothing to repeat"), ("(+)", "nothing to repeat"),
      ("(?=a)", "look-ahead"), ("a(?!b)", "look-ahead"), ("(?<=a)b", "look-behind"),
      ("(?<!a)b", "look-behind"), ("(a)\\1", "back-reference"), ("(?>a)", "atomic"),
      ("(?P<n>a)", "name"), ("(?<n>a)", "name"), ("a(?i)b", "flag"), ("[z-a]", "goes down"),
      ("a{5,2}", "goes down"), ("a{1000}", "255"), ("a{x}", "no count"), ("a{2", "not closed"),
      ("\\pL", "escape"), ("\\Aa", "escape"), ("[[:alpha:]]", "A-Za-z"), ("[]a]", "begins with"),
    ])
  func refused(pattern: String, word: String) throws {
    let problem = try #require(PatternSubset.problem(in: pattern))
    #expect(problem.contains(word), "\(problem)")
  }
}
