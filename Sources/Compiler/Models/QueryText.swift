import Diagnostics
import Values

/// The program's own words for a relation, with every `let` that it stands on: what made the rows
/// of a model, for a reader who has the card alone.
///
///     let paid = orders | where status == "paid"; paid | derive net = amount - fee
struct QueryText {
  /// The text of a part of a source; nil where it is not at hand.
  let text: (Span) -> String?
  private var lets: [(name: String, text: String)] = []

  init(text: @escaping (Span) -> String?) { self.text = text }

  /// More would hide the rest of the card.
  private static let limit = 1000

  mutating func of(_ plan: LogicalPlan) -> String? {
    let last = pipeline(plan)
    guard !last.isEmpty else { return nil }
    let all = lets.map { "let \($0.name) = \($0.text)" } + [last]
    return Self.folded(all.joined(separator: "; "))
  }

  private static func folded(_ text: String) -> String {
    guard text.count > limit else { return text }
    let rest = NumberPrinting.grouped("\(text.count - limit)")
    return "\(text.prefix(limit))... and \(rest) more characters"
  }

  /// A source and the stages behind it.
  private mutating func pipeline(_ plan: LogicalPlan) -> String {
    var spans: [Span] = []
    var name: String?
    collect(plan, &spans, &name)
    let words = spans.compactMap(text).map(Self.line).filter { !$0.isEmpty }
    return ((name.map { [$0] } ?? []) + words).joined(separator: " | ")
  }

  /// The stages from the source on, each once; the relations beside them only as names.
  private mutating func collect(_ plan: LogicalPlan, _ spans: inout [Span], _ name: inout String?) {
    if case .reference(_, let given, let inner) = plan.op {
      let text = pipeline(inner)
      if !lets.contains(where: { $0.name == given }) { lets.append((given, text)) }
      name = given
      return
    }
    if let first = plan.inputs.first { collect(first, &spans, &name) }
    for other in plan.inputs.dropFirst() { named(in: other) }
    // What a stage is made of carries its span; a wider one stands for the narrower in it.
    spans.removeAll { plan.span.covers($0) }
    if !spans.contains(where: { $0.covers(plan.span) }) { spans.append(plan.span) }
  }

  /// Learns the `let`s of a relation that stands within a stage.
  private mutating func named(in plan: LogicalPlan) {
    var spans: [Span] = []
    var name: String?
    collect(plan, &spans, &name)
  }

  /// On one line, without comments.
  private static func line(_ text: String) -> String {
    var result = ""
    var (isGap, isQuoted, isComment) = (false, false, false)
    for character in text {
      if character == "\"", !isComment { isQuoted.toggle() }
      if character == "#", !isQuoted { isComment = true }
      if character.isNewline { isComment = false }
      if isComment { continue }
      if character.isWhitespace, !isQuoted {
        isGap = !result.isEmpty
      } else {
        if isGap { result.append(" ") }
        isGap = false
        result.append(character)
      }
    }
    return result.hasPrefix("| ") ? String(result.dropFirst(2)) : result
  }
}

extension Span {
  fileprivate func covers(_ other: Span) -> Bool {
    file == other.file && start <= other.start && other.end <= end
  }
}
