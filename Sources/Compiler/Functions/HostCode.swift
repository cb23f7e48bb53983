package import Values

/// A function that no engine has, in Swift: on constants the checker works it out, on columns a
/// step between two queries does.
package struct HostCode: Sendable {
  /// Of one row's arguments, none of them null; null where there is no value.
  package var work: @Sendable ([Value]) -> Value
  /// The same where it takes and gives numbers only, so that no value of a row is made; what is
  /// not finite stands for a missing one.
  package var numbers: (@Sendable ([Double]) -> Double)?
  /// Why a row's arguments are refused, where the work on them would not end in time.
  package var refusal: (@Sendable ([Value]) -> String?)?

  package init(_ work: @escaping @Sendable ([Value]) -> Value) { self.work = work }

  /// Of numbers; what is no finite number is null (language ruling L57).
  init(numbers: @escaping @Sendable ([Double]) -> Double) {
    self.numbers = numbers
    work = { arguments in
      let x = arguments.compactMap(\.asDouble)
      guard x.count == arguments.count else { return .null }
      let result = numbers(x)
      return result.isFinite ? .float(result) : .null
    }
  }

  /// A null among the arguments gives null.
  package func value(_ arguments: [Value]) -> Value {
    arguments.contains(.null) ? .null : work(arguments)
  }
}

extension Value {
  /// An int, a float or a decimal as a float.
  package var asDouble: Double? {
    switch self {
    case .int(let x): Double(x)
    case .float(let x): x
    case .decimal: Double(ColumnFormat.plain(self))
    case .null, .bool, .text, .date, .timestamp, .duration, .months, .period, .list, .record: nil
    }
  }
}
