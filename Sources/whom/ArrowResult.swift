import Compiler

/// An Arrow stream has the columns of one relation.
enum ArrowResult {
  /// Why a program has no such stream, in words; nil where it has one.
  static func problem(_ statements: [CheckedStatement]) -> String? {
    if Terminal.isOutput { return "an Arrow stream is bytes: send it to a file or a program" }
    var relations = 0
    for step in statements.flatMap({ $0.steps.flatMap(\.all) }) {
      guard case .show(let output, _) = step else { continue }
      switch output {
      case .relation, .chart: relations += 1
      case .value: return "an Arrow stream has the rows of a relation; this program shows a value"
      }
    }
    if relations == 1 { return nil }
    let count = relations == 0 ? "shows none" : "shows \(relations)"
    return "an Arrow stream has the rows of one relation; this program \(count)"
  }
}
