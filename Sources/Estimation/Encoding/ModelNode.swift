/// A model as a document: what is written to a file and read back. Its text is JSON with keys in
/// a fixed order; a number is written with the fewest digits that give the same bits back.
package indirect enum ModelNode: Sendable, Equatable {
  case nothing
  case flag(Bool)
  /// Infinities and NaN are kept too, as the texts `inf`, `-inf` and `nan`.
  case number(Double)
  case text(String)
  case list([ModelNode])
  case record([Field])

  package struct Field: Sendable, Equatable {
    package var name: String
    package var value: ModelNode

    package init(name: String, value: ModelNode) {
      self.name = name
      self.value = value
    }
  }

  package static func numbers(_ values: [Double]) -> ModelNode { .list(values.map(number)) }
  package static func texts(_ values: [String]) -> ModelNode { .list(values.map(text)) }
  package static func whole(_ value: Int) -> ModelNode { .number(Double(value)) }

  package static func optional(_ value: Double?) -> ModelNode {
    value.map(ModelNode.number) ?? .nothing
  }

  /// Named parts, in this order.
  package static func fields(_ parts: KeyValuePairs<String, ModelNode>) -> ModelNode {
    .record(parts.map { Field(name: $0.key, value: $0.value) })
  }

  // MARK: Reading

  package func field(_ name: String) throws(EstimationError) -> ModelNode {
    if case .record(let fields) = self, let field = fields.first(where: { $0.name == name }) {
      return field.value
    }
    throw .unreadableModel("`\(name)` is not there")
  }

  /// Reads a part of a record; what is wrong in it says where it stands.
  ///
  ///     in `members`, `1`, `model`, `fitted`: a number is not finite
  package func reading<T>(
    _ name: String, _ read: (ModelNode) throws(EstimationError) -> T
  ) throws(EstimationError) -> T {
    let part = try field(name)
    do throws(EstimationError) {
      return try read(part)
    } catch {
      throw error.within(name)
    }
  }

  /// The same for each item of a list.
  package func readingItems<T>(
    _ name: String, _ read: (ModelNode) throws(EstimationError) -> T
  ) throws(EstimationError) -> [T] {
    try reading(name) { list throws(EstimationError) in
      var result: [T] = []
      for (place, item) in try list.items().enumerated() {
        do throws(EstimationError) {
          result.append(try read(item))
        } catch {
          throw error.within("\(place + 1)")
        }
      }
      return result
    }
  }

  package func items() throws(EstimationError) -> [ModelNode] {
    guard case .list(let items) = self else { throw .unreadableModel("a list is not one") }
    return items
  }

  package func fields() throws(EstimationError) -> [Field] {
    guard case .record(let fields) = self else { throw .unreadableModel("a record is not one") }
    return fields
  }

  package func number() throws(EstimationError) -> Double {
    switch self {
    case .number(let value): return value
    case .text("nan"): return .nan
    case .text("inf"): return .infinity
    case .text("-inf"): return -.infinity
    case .nothing, .flag, .text, .list, .record:
      throw .unreadableModel("a number is not one")
    }
  }

  package func finite() throws(EstimationError) -> Double {
    let value = try number()
    guard value.isFinite else { throw .unreadableModel("a number is not finite") }
    return value
  }

  /// A part of all rows.
  package func share() throws(EstimationError) -> Double {
    let value = try number()
    guard (0...1).contains(value) else { throw .unreadableModel("a share is not from 0 to 1") }
    return value
  }

  /// How many there are of something.
  package func count() throws(EstimationError) -> Int {
    let value = try whole()
    guard value >= 0 else { throw .unreadableModel("a count is negative") }
    return value
  }

  package func whole() throws(EstimationError) -> Int {
    guard let value = Int(exactly: try number()) else {
      throw .unreadableModel("a count is not whole")
    }
    return value
  }

  package func text() throws(EstimationError) -> String {
    guard case .text(let text) = self else { throw .unreadableModel("a text is not one") }
    return text
  }

  package func flag() throws(EstimationError) -> Bool {
    guard case .flag(let flag) = self else { throw .unreadableModel("a flag is not one") }
    return flag
  }

  package var isNothing: Bool { self == .nothing }

  package func numbers() throws(EstimationError) -> [Double] {
    var result: [Double] = []
    for item in try items() { result.append(try item.number()) }
    return result
  }

  package func finiteNumbers() throws(EstimationError) -> [Double] {
    let result = try numbers()
    guard result.allSatisfy(\.isFinite) else {
      throw .unreadableModel("a number is not finite")
    }
    return result
  }

  package func texts() throws(EstimationError) -> [String] {
    var result: [String] = []
    for item in try items() { result.append(try item.text()) }
    return result
  }

  package func optionalNumber() throws(EstimationError) -> Double? {
    isNothing ? nil : try number()
  }
}

extension EstimationError {
  /// What is wrong with a document, with the part in which it is.
  fileprivate func within(_ part: String) -> EstimationError {
    guard case .unreadableModel(let why) = self else { return self }
    return .unreadableModel(
      why.hasPrefix("in `") ? "in `\(part)`, " + why.dropFirst(3) : "in `\(part)`: " + why)
  }
}
