internal import Diagnostics

/// One name that a group of settings knows: how its value is read and where it goes.
struct OptionKey<Options> {
  let name: String
  fileprivate let apply: (inout Options, YAMLValue, inout [Diagnostic]) -> Void

  init<Value>(
    _ name: String, _ target: WritableKeyPath<Options, Value>, _ type: OptionType<Value>
  ) {
    self.name = name
    apply = { options, value, diagnostics in
      if value.isNull { return }
      if let read = type.read(value) {
        options[keyPath: target] = read
      } else {
        diagnostics.append(.wrongOption(name, wants: type.words, found: value))
      }
    }
  }

  init<Value>(
    _ name: String, _ target: WritableKeyPath<Options, Value?>, _ type: OptionType<Value>
  ) {
    self.init(name, target, type.map(Optional.some))
  }

  init<Group>(
    _ name: String, group: WritableKeyPath<Options, Group>, _ keys: [OptionKey<Group>]
  ) {
    self.name = name
    apply = { options, value, diagnostics in
      diagnostics += keys.read(value, into: &options[keyPath: group], of: "`\(name)`")
    }
  }
}

extension Array {
  /// Reads a map of settings. `owner` says in messages whose settings these are: `a cell`.
  func read<Options>(
    _ value: YAMLValue?, into options: inout Options, of owner: String
  ) -> [Diagnostic] where Element == OptionKey<Options> {
    guard let value, !value.isNull else { return [] }
    guard case .map(let entries) = value.kind else { return [.notSettings(value, of: owner)] }
    var diagnostics: [Diagnostic] = []
    for entry in entries {
      if let key = first(where: { $0.name == entry.key }) {
        key.apply(&options, entry.value, &diagnostics)
      } else {
        diagnostics.append(.unknownOption(entry, of: owner, known: map(\.name)))
      }
    }
    return diagnostics
  }
}

/// How a value of a setting is read, and the words for what it takes.
struct OptionType<Value> {
  let words: String
  let read: (YAMLValue) -> Value?

  func map<Other>(_ change: @escaping (Value) -> Other) -> OptionType<Other> {
    OptionType<Other>(words: words) { read($0).map(change) }
  }
}

extension YAMLValue {
  fileprivate var scalar: String? {
    guard case .scalar(let text, _) = kind else { return nil }
    return text
  }
  /// The text of a scalar without quotes: only that can be a number or a truth value.
  fileprivate var plain: String? {
    guard case .scalar(let text, isPlain: true) = kind else { return nil }
    return text
  }
}

extension OptionType<String> {
  static var text: Self { Self(words: "a text") { $0.scalar } }

  /// The shape of a language tag, so that the report's `lang` is always well formed.
  static var languageTag: Self {
    Self(words: "a language such as en or pt-BR") { value in
      guard let tag = value.scalar else { return nil }
      let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
      let isTag = parts.allSatisfy { part in
        (1...8).contains(part.count)
          && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      }
      return isTag && (2...8).contains(parts[0].count) ? tag : nil
    }
  }
}

extension OptionType<ReportSettings.Lead> {
  static var lead: Self {
    Self(words: "the heading of a section") { value in
      value.scalar.map { ReportSettings.Lead(heading: $0, span: value.span) }
    }
  }
}

extension OptionType<[String]> {
  /// One text, or a list of them.
  static var texts: Self {
    Self(words: "a text or a list of texts") { value in
      switch value.kind {
      case .scalar(let text, _): return [text]
      case .list(let items):
        let texts = items.compactMap(\.scalar)
        return texts.count == items.count ? texts : nil
      case .map: return nil
      }
    }
  }
}

extension OptionType<Bool> {
  static var bool: Self {
    Self(words: "true or false") { value in
      switch value.plain {
      case "true": true
      case "false": false
      default: nil
      }
    }
  }
}

extension OptionType<Int> {
  static var count: Self {
    Self(words: "a whole number") { $0.plain.flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil } }
  }

  /// The only version there is so far.
  static var version: Self {
    Self(words: "the language's version, 1") { $0.plain == "1" ? 1 : nil }
  }
}

extension OptionType<TimeLimit> {
  static var timeLimit: Self {
    Self(words: "a time such as 30s, 2m or 1h") { $0.scalar.flatMap { TimeLimit($0) } }
  }
}

extension OptionType<Span> {
  /// A scalar that the language's own parser reads, so only its place counts.
  static var code: Self {
    Self(words: "a condition") { $0.plain == nil ? nil : $0.span }
  }
}

extension OptionType where Value: RawRepresentable<String> & CaseIterable {
  static func choice() -> Self {
    let names = Value.allCases.map(\.rawValue)
    return Self(words: names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")) {
      $0.scalar.flatMap(Value.init(rawValue:))
    }
  }
}
