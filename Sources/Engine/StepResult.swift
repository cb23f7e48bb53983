package import Charting
package import Values

/// What a statement gave a person to see.
package enum StepResult: Sendable {
  case table(ResultTable, title: String?)
  case value(Value, ValueType, title: String?)
  case chart(ChartSpec, ResultTable, title: String?)
  case saved(path: String, rows: Int?)
  case savedModel(ModelRegistry.Receipt)
}
