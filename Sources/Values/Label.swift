/// What a column means beyond its type: the labels flow with the column through every
/// expression, join and function, and decide what may leave.
package struct LabelSet: Hashable, Sendable {
  package var isKey = false
  package var isPII = false
  /// Was `pii`, and may leave: `reveal` says why.
  package var isRevealed = false
  package var isPseudonym = false
  package var isPercent = false
  package var isProtected = false
  /// The ISO 4217 currency of an amount of money.
  package var currency: String?

  package init() {}

  package var isEmpty: Bool { self == LabelSet() }

  /// The labels that stay on a value made of two labelled values: privacy always, meaning never.
  package func mergedPrivacy(_ other: LabelSet) -> LabelSet {
    var result = LabelSet()
    result.isPII = isPII || other.isPII
    result.isRevealed = isRevealed || other.isRevealed
    result.isPseudonym = isPseudonym || other.isPseudonym
    result.isProtected = isProtected || other.isProtected
    return result
  }

  /// The same meaning with the privacy of another.
  package func withPrivacy(of other: LabelSet) -> LabelSet {
    var result = other.privacy
    result.isKey = isKey
    result.isPercent = isPercent
    result.currency = currency
    return result
  }

  /// Only the labels about privacy.
  package var privacy: LabelSet { mergedPrivacy(LabelSet()) }
}

extension LabelSet: CustomStringConvertible {
  package var description: String {
    var words: [String] = []
    if isKey { words.append("key") }
    if isPII { words.append("pii") }
    if isRevealed { words.append("revealed") }
    if isPseudonym { words.append("pseudonym") }
    if isProtected { words.append("protected") }
    if let currency { words.append("money(\(currency))") }
    if isPercent { words.append("percent") }
    return words.joined(separator: " ")
  }
}

extension LabelSet {
  /// Reads what `description` writes: `key money(USD)`. Words that are no labels are given back.
  package static func read(_ text: String) -> (labels: LabelSet, unknown: [Substring]) {
    var labels = LabelSet()
    var unknown: [Substring] = []
    for word in text.split(separator: " ") {
      switch word {
      case "key": labels.isKey = true
      case "pii": labels.isPII = true
      case "revealed": labels.isRevealed = true
      case "pseudonym": labels.isPseudonym = true
      case "protected": labels.isProtected = true
      case "percent": labels.isPercent = true
      default:
        if word.hasPrefix("money("), word.hasSuffix(")"), word.count == 10 {
          labels.currency = String(word.dropFirst(6).dropLast())
        } else {
          unknown.append(word)
        }
      }
    }
    return (labels, unknown)
  }
}
