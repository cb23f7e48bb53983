/// Which of two classes a metric is about. Where their names leave no doubt it is the one that
/// happens, is true or is good; else the second by name.
///
///     yes, no           yes
///     churned, stayed   churned
///     gold, silver      silver, with a notice
package struct PositiveClass: Sendable {
  /// The other one, then the positive one.
  package var labels: [String]
  /// Whether the names say so.
  package var isPlain: Bool

  /// `labels` are two, by name.
  package init(_ labels: [String]) {
    self.labels = labels
    isPlain = false
    guard labels.count == 2 else { return }
    let words = labels.map(Self.plain)
    if Self.isPositive(words[1], against: words[0]) {
      isPlain = true
    } else if Self.isPositive(words[0], against: words[1]) {
      isPlain = true
      self.labels = [labels[1], labels[0]]
    }
  }

  private static func plain(_ label: String) -> String {
    let words = label.lowercased().split { " _-".contains($0) }
    return words.joined(separator: " ")
  }

  private static func isPositive(_ a: String, against b: String) -> Bool {
    if ["not ", "no ", "non ", "un"].contains(where: { $0 + a == b }) { return true }
    return pairs.contains { $0.positive.contains(a) && $0.negative.contains(b) }
  }

  private static let pairs: [(positive: Set<String>, negative: Set<String>)] = [
    (["yes", "y", "true", "t", "1", "on"], ["no", "n", "false", "f", "0", "-1", "off"]),
    (["positive", "pos", "+"], ["negative", "neg", "-"]),
    (["good", "ok"], ["bad"]),
    (
      ["churned", "churn", "churner", "left", "cancelled", "canceled", "lapsed", "lost"],
      [
        "stayed", "stay", "retained", "kept", "active", "current", "loyal", "remained", "renewed",
      ]
    ),
    (
      ["fraud", "fraudulent", "spam"],
      ["legit", "legitimate", "genuine", "normal", "clean", "ham", "ok"]
    ),
    (["default", "defaulted"], ["paid", "repaid", "current", "performing"]),
    (["success", "succeeded", "pass", "passed"], ["failure", "failed", "fail"]),
    (["accepted", "approved"], ["rejected", "declined", "refused", "denied"]),
    (
      ["converted", "bought", "clicked", "responded", "won"],
      ["none", "nothing", "lost", "ignored"]
    ),
  ]
}
