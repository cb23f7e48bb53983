package enum ArgumentValue: Hashable, Sendable {
  /// Left to the estimator.
  case automatic
  case number(Double)
  case flag(Bool)
  case text(String)
  case numbers([Double])
  case texts([String])

  /// A number without a fraction.
  package var isWhole: Bool {
    if case .number(let value) = self { return Int(exactly: value) != nil }
    return false
  }

  package var words: String {
    switch self {
    case .automatic: "automatic"
    case .number(let value): Int(exactly: value).map(String.init) ?? value.description
    case .flag(let flag): flag ? "true" : "false"
    case .text(let text): "\"\(text)\""
    case .numbers(let values):
      "[" + values.map { ArgumentValue.number($0).words }.joined(separator: ", ") + "]"
    case .texts(let values): "[" + values.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }
  }
}
