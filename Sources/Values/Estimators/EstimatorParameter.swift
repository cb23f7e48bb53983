/// An argument that an estimator takes.
package struct EstimatorParameter: Hashable, Sendable {
  package var name: String
  package var kind: Kind
  package var initial: ArgumentValue
  package var summary: String
  /// What targets it says something about; nil for all that the estimator learns.
  package var tasks: [TaskKind]?
  /// What it takes for a target of this kind, where that is less than `kind` allows.
  package var choices: [TaskKind: [String]] = [:]
  /// Targets for which no value would be a good guess.
  package var needed: [TaskKind] = []
  /// Beside which other argument it says something; nil for any.
  package var condition: Condition?

  package enum Condition: Hashable, Sendable {
    /// `penalty = "l2"`
    case with(String, String)
    /// Where the other one is not given.
    case without(String)
  }

  package enum Kind: Hashable, Sendable {
    case number(ClosedRange<Double>)
    case whole(ClosedRange<Int>)
    case flag
    case choice([String])
    case numbers
    case texts
  }

  package init(
    _ name: String, _ kind: Kind, _ initial: ArgumentValue, _ summary: String,
    tasks: [TaskKind]? = nil, choices: [TaskKind: [String]] = [:], needed: [TaskKind] = [],
    condition: Condition? = nil
  ) {
    self.name = name
    self.kind = kind
    self.initial = initial
    self.summary = summary
    self.tasks = tasks
    self.choices = choices
    self.needed = needed
    self.condition = condition
  }
}

extension EstimatorParameter {
  package func allows(_ value: ArgumentValue) -> Bool {
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

extension EstimatorParameter {
  /// Whether a value that `kind` allows fits a target of this kind.
  package func fits(_ value: ArgumentValue, _ task: TaskKind) -> Bool {
    guard case .text(let name) = value, let names = choices[task] else { return true }
    return names.contains(name)
  }

  /// What it is without a word: `"none"`; what a target leaves no choice of; or that it is needed.
  package var initialWords: String {
    var words = initial == .automatic ? [] : ["`\(initial.words)`"]
    for task in TaskKind.allCases {
      if let names = choices[task], names.count == 1 {
        words.append("`\"\(names[0])\"` for \(task.target)")
      }
    }
    return (words + needed.map { "needed for \($0.target)" }).joined(separator: ", ")
  }
}

extension EstimatorParameter.Kind {
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
