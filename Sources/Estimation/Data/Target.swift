package import Values

/// What a model learns to say.
package enum Target: Sendable {
  case numbers([Double])
  /// Codes into `labels`; with two labels the second is the positive one.
  case classes(codes: [Int32], labels: [String])
  /// How relevant each row is to its group (a query, a basket, a customer): 0, 1, 2...
  case relevance([Int32])
  /// How long each case was watched, and whether it ended then with the event; else it went on.
  case survival(times: [Double], events: [Bool])

  package var count: Int {
    switch self {
    case .numbers(let values): values.count
    case .classes(let codes, _): codes.count
    case .relevance(let values): values.count
    case .survival(let times, _): times.count
    }
  }

  package var task: Task {
    switch self {
    case .numbers: .regression
    case .classes(_, let labels): .classification(labels: labels)
    case .relevance: .ranking
    case .survival: .survival
    }
  }

  /// As numbers: the values, 0 or 1 and so on for classes, the relevance, the times.
  package var numbers: [Double] {
    switch self {
    case .numbers(let values): values
    case .classes(let codes, _): codes.map(Double.init)
    case .relevance(let values): values.map(Double.init)
    case .survival(let times, _): times
    }
  }

  package func rows(_ indices: [Int]) -> Target {
    switch self {
    case .numbers(let values): .numbers(indices.map { values[$0] })
    case .classes(let codes, let labels):
      .classes(codes: indices.map { codes[$0] }, labels: labels)
    case .relevance(let values): .relevance(indices.map { values[$0] })
    case .survival(let times, let events):
      .survival(times: indices.map { times[$0] }, events: indices.map { events[$0] })
    }
  }

  /// Of a row whose relevance is missing.
  package static let unknownRelevance = Int32.min

  /// In how many rows it is not known.
  package var missing: Int {
    switch self {
    case .numbers(let values): values.count(where: \.isNaN)
    case .classes(let codes, let labels): codes.count { $0 < 0 || Int($0) >= labels.count }
    case .relevance(let values): values.count { $0 == Self.unknownRelevance }
    case .survival(let times, _): times.count(where: \.isNaN)
    }
  }

  /// Refuses what no estimator can learn from: no rows, a missing or infinite value, a target
  /// that is always the same.
  func check() throws(EstimationError) {
    guard count > 0 else { throw .noRows }
    guard missing == 0 else { throw .missingTarget(rows: missing) }
    switch self {
    case .numbers(let values): try Self.check(values)
    case .classes(let codes, let labels): try Self.check(codes, labels)
    case .relevance(let values):
      if values.allSatisfy({ $0 == values[0] }) { throw .constantTarget(String(values[0])) }
    case .survival(let times, let events): try Self.check(times, events)
    }
  }

  private static func check(_ values: [Double]) throws(EstimationError) {
    let infinite = values.count(where: \.isInfinite)
    guard infinite == 0 else { throw .infiniteValues("the target", rows: infinite) }
    if values.allSatisfy({ $0 == values[0] }) {
      throw .constantTarget(NumberPrinting.general(values[0], digits: 12))
    }
    guard values.contains(where: { computable.contains(abs($0)) }),
      values.allSatisfy({ abs($0) <= computable.upperBound })
    else { throw .extremeValues("the target") }
  }

  /// Sizes whose squares have a sum.
  static let computable = 1e-150...1e150

  private static func check(_ times: [Double], _ events: [Bool]) throws(EstimationError) {
    let infinite = times.count(where: \.isInfinite)
    guard infinite == 0 else { throw .infiniteValues("the time", rows: infinite) }
    let negative = times.count { $0 < 0 }
    guard negative == 0 else { throw .negativeTimes(rows: negative) }
    guard events.contains(true) else { throw .noEvents(rows: events.count) }
  }

  private static func check(_ codes: [Int32], _ labels: [String]) throws(EstimationError) {
    if codes.allSatisfy({ $0 == codes[0] }) { throw .oneClass(labels[Int(codes[0])]) }
  }
}

/// What kind of answer a model gives.
package enum Task: Sendable, Equatable {
  case regression
  case classification(labels: [String])
  case ranking
  case survival

  package var kind: TaskKind {
    switch self {
    case .regression: .regression
    case .classification(let labels): labels.count == 2 ? .binary : .multiclass
    case .ranking: .ranking
    case .survival: .survival
    }
  }

  /// How many numbers a row is scored with.
  package var width: Int {
    switch self {
    case .regression, .ranking, .survival: 1
    case .classification(let labels): labels.count == 2 ? 1 : labels.count
    }
  }
}
