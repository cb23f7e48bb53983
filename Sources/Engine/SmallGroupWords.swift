import Compiler
import Diagnostics
import Values

extension Session {
  /// Says how many groups of few people are left out of what leaves.
  func noteSmallGroups(_ plan: LogicalPlan) throws(Diagnostic) {
    guard let groups = plan.facts.smallGroups, let question = groups.question.first else { return }
    let counts = try table(of: question).columns.map { column -> Int in
      guard case .int(let count)? = column.first else { return 0 }
      return Int(count)
    }
    let words = SmallGroupWords(
      least: groups.least, rows: counts[0], few: counts[1], cells: counts[2...].reduce(0, +))
    if let warning = words.warning(at: plan.span) { state.warnings.append(warning) }
  }
}

/// `3 groups under 5 people`
struct SmallGroupWords {
  var least: Int
  /// That are left out.
  var rows: Int
  /// Of these, those of too few people; the others go with them.
  var few: Int
  /// Single values in the rows that are shown.
  var cells: Int

  func warning(at span: Span) -> Diagnostic? {
    if rows == 0 && cells == 0 { return nil }
    let groups = rows == 0 ? nil : "\(counted(few, "group")) under \(least) people"
    let values = cells == 0 ? nil : "\(counted(cells, "value")) of fewer than \(least) people"
    let what = [groups, values].compactMap { $0 }.joined(separator: " and ")
    return Diagnostic(
      .smallGroups, "\(what) \(few + cells == 1 ? "is" : "are") not shown", at: span,
      label: rows > few
        ? "nor \(rows - few) more, so that no total tells what is missing"
        : "so that nobody is told from the others",
      help: ["`min_group` in `whom.toml` or front matter says how many people there must be"])
  }

  private func counted(_ count: Int, _ word: String) -> String {
    "\(NumberPrinting.grouped("\(count)")) \(word)\(count == 1 ? "" : "s")"
  }
}
