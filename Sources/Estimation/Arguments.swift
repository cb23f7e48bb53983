/// An argument that an estimator takes.
package struct Parameter: Sendable, Equatable {
  package var name: String
  package var kind: Kind
  package var initial: ArgumentValue
  package var summary: String

  package enum Kind: Sendable, Equatable {
    case number(ClosedRange<Double>)
    case whole(ClosedRange<Int>)
    case flag
    case choice([String])
    case numbers
    case texts
  }

  package init(_ name: String, _ kind: Kind, _ initial: ArgumentValue, _ summary: String) {
    self.name = name
    self.kind = kind
    self.initial = initial
    self.summary = summary
  }
}

package enum ArgumentValue: Sendable, Equatable {
  /// Left to the estimator.
  case automatic
  case number(Double)
  case flag(Bool)
  case text(String)
  case numbers([Double])
  case texts([String])

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

/// Checked arguments; those that were not given have their initial values.
package struct Arguments: Sendable, Equatable {
  private var values: [String: ArgumentValue]

  package init(
    _ given: [String: ArgumentValue], for parameters: [Parameter]
  ) throws(EstimationError) {
    let known = parameters.map(\.name)
    if let unknown = given.keys.filter({ !known.contains($0) }).min() {
      throw .unknownArgument(name: unknown, known: known)
    }
    values = [:]
    for parameter in parameters {
      let value = given[parameter.name] ?? parameter.initial
      guard value == .automatic || parameter.allows(value) else {
        throw .badArgument(
          name: parameter.name, value: value.words, wanted: parameter.kind.words)
      }
      values[parameter.name] = value
    }
  }

  package subscript(_ name: String) -> ArgumentValue { values[name] ?? .automatic }

  package func number(_ name: String) -> Double? {
    if case .number(let value) = self[name] { return value }
    return nil
  }

  package func whole(_ name: String) -> Int? { number(name).flatMap { Int(exactly: $0) } }

  package func flag(_ name: String) -> Bool { self[name] == .flag(true) }

  package func text(_ name: String) -> String? {
    if case .text(let text) = self[name] { return text }
    return nil
  }

  package func numbers(_ name: String) -> [Double] {
    if case .numbers(let values) = self[name] { return values }
    return []
  }

  package func texts(_ name: String) -> [String] {
    if case .texts(let values) = self[name] { return values }
    return []
  }
}

extension Parameter {
  func allows(_ value: ArgumentValue) -> Bool {
    switch (kind, value) {
    case (.number(let range), .number(let value)): range.contains(value)
    case (.whole(let range), .number(let value)):
      Int(exactly: value).map(range.contains) ?? false
    case (.flag, .flag): true
    case (.choice(let names), .text(let name)): names.contains(name)
    case (.numbers, .numbers(let values)): values.allSatisfy(\.isFinite)
    case (.texts, .texts): true
    case (.number, _), (.whole, _), (.flag, _), (.choice, _), (.numbers, _), (.texts, _): false
    }
  }
}

extension Parameter.Kind {
  /// `a number from 0 to 1`, as a part of a sentence.
  package var words: String {
    switch self {
    case .number(let range): "a number" + Self.bounds(range.lowerBound, range.upperBound)
    case .whole(let range):
      "a whole number" + Self.bounds(Double(range.lowerBound), Double(range.upperBound))
    case .flag: "`true` or `false`"
    case .choice(let names): "one of " + names.map { "\"\($0)\"" }.joined(separator: ", ")
    case .numbers: "a list of numbers"
    case .texts: "a list of texts"
    }
  }

  private static func bounds(_ low: Double, _ high: Double) -> String {
    let from = ArgumentValue.number(low).words
    let to = ArgumentValue.number(high).words
    return switch (low.isFinite && low > -1e9, high.isFinite && high < 1e9) {
    case (true, true): " from \(from) to \(to)"
    case (true, false): " of at least \(from)"
    case (false, true): " of at most \(to)"
    case (false, false): ""
    }
  }
}
