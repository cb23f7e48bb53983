package import Values

package typealias Parameter = EstimatorParameter

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
