import Diagnostics
import Values

/// The program's own words for a relation, with every `let` that it stands on: what made the rows
/// of a model, for a reader who has the card alone.
///
///     let paid = orders | where status == "paid"; paid | derive net = amount - fee
struct QueryText {
  /// The text of a part of a source; nil where it is not at hand.
  let text: (Span) -> String?
  /// Where the program calls functions: their own stages are not its words.
  private let calls: [ExpandedCall]
  /// Where these functions stand.
  private let functions: Set<Span>
  private var lets: [(name: String, text: String)] = []

  init(calls: [ExpandedCall], functions: Set<Span>, text: @escaping (Span) -> String?) {
    self.calls = calls
    self.functions = functions
    self.text = text
  }

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
    if let call = call(plan) {
      if let head = call.head { collect(head, &spans, &name) }
      for input in plan.inputs { nameAll(in: input) }
      spans.append(call.span)
      return
    }
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

  /// The outermost call that a plan came of.
  private func call(_ plan: LogicalPlan) -> ExpandedCall? {
    calls.last { $0.plan.span == plan.span && $0.plan == plan }
  }

  /// Learns the `let`s of the program that stand somewhere in what a function made; its own are not
  /// to be seen from outside.
  private mutating func nameAll(in plan: LogicalPlan) {
    if case .reference(_, _, let inner) = plan.op {
      let span = call(inner)?.span ?? inner.span
      let isInside = functions.contains { $0.covers(span) }
      return isInside ? nameAll(in: inner) : named(in: plan)
    }
    for input in plan.inputs { nameAll(in: input) }
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

/// A relation that a call of a function became.
struct ExpandedCall {
  var plan: LogicalPlan
  /// What was piped in.
  var head: LogicalPlan?
  var span: Span
  /// Where the function stands, from its name to its end.
  var function: Span
}

extension Span {
  func covers(_ other: Span) -> Bool {
    file == other.file && start <= other.start && other.end <= end
  }
}
