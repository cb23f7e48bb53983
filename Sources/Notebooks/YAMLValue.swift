internal import Diagnostics

/// A YAML text as a tree with positions. Scalars stay as written: what `1` or `yes` means depends
/// on the option that takes it, so a title of `2025` is a text.
struct YAMLValue: Hashable, Sendable {
  indirect enum Kind: Hashable, Sendable {
    case scalar(String, isPlain: Bool)
    case list([YAMLValue])
    case map([YAMLEntry])
  }

  var kind: Kind
  var span: Span

  /// Nothing written, `~` or `null`.
  var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = kind else { return false }
    return text.isEmpty || text == "~" || text == "null"
  }

  /// How a message names what was found.
  var description: String {
    switch kind {
    case .scalar(let text, _): "\"\(text)\""
    case .list: "a list"
    case .map: "a group of settings"
    }
  }
}

struct YAMLEntry: Hashable, Sendable {
  var key: String
  var keySpan: Span
  var value: YAMLValue
}
