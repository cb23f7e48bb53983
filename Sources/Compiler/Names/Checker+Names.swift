import Syntax
import Values

// What the prompt tells about names.
extension Checker {
  /// Looks at something without a trace: what it binds is forgotten, and `it` stays what it was.
  package func trial<Result>(_ look: () -> Result) -> Result {
    let kept = (scope: scope, suspects: suspects)
    defer { (scope, suspects) = kept }
    return look()
  }

  /// `orders: relation of 4 columns`, a line each; metrics behind them.
  package var bindingWords: [String] { bound + metrics }

  /// `aov(): metric on orders, float`
  private var metrics: [String] {
    scope.metrics.keys.sorted().compactMap { scope.metrics[$0] }.map {
      "\($0.name.text)(): metric on \($0.relation), \($0.type)"
    }
  }

  private var bound: [String] {
    scope.bindings.keys.sorted().filter { $0 != "it" }.compactMap { name in
      words(of: scope.bindings[name], name).map { "\(name): \($0)" }
    }
  }

  /// What a name stands for: `relation of 4 columns`.
  func words(of binding: Binding?, _ name: String = "") -> String? {
    switch binding {
    case .relation(let plan)?: "relation of \(plan.schema.count) columns"
    case .value(let value)?: "\(value.type)"
    case .chart(let chart)?: "\(chart.mark) chart"
    case .record(let record)?:
      "relations \(record.names.map { "\(name).\($0)" }.joined(separator: ", "))"
    case .model(let model)?: "model of \(model.shape.target.text), \(model.shape.estimator.name)"
    case .column?, .columns?, .failed?, nil: nil
    }
  }
}
