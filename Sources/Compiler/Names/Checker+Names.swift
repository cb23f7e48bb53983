import Values

// What the prompt tells about names.
extension Checker {
  /// `orders: relation of 4 columns`, a line each.
  package var bindingWords: [String] {
    scope.bindings.keys.sorted().filter { $0 != "it" }.compactMap { name in
      switch scope.bindings[name] {
      case .relation(let plan)?:
        "\(name): relation of \(plan.schema.count) columns"
      case .value(let value)?: "\(name): \(value.type)"
      case .chart(let chart)?: "\(name): \(chart.mark) chart"
      case .column?, .columns?, .failed?, nil: nil
      }
    }
  }

  package var completionWords: [String] {
    let columns = scope.bindings.values.flatMap { binding -> [String] in
      if case .relation(let plan) = binding { plan.schema.names } else { [] }
    }
    let names = Array(scope.bindings.keys)
    return Array(
      Set(
        names + names.map { "$\($0)" } + columns + functionNames(scope)
          + ["let", "param", "fn", "use", "read"]))
  }
}
