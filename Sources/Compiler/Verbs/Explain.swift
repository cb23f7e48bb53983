import Diagnostics
import Syntax
import Values

extension Verb {
  static let explain = Verb(
    name: "explain", summary: "what a model looks at, over the rows or for each",
    form: "explain churn by plan", clauses: [.by],
    details: """
      Gives a row for each feature: `importance` is the mean size of what it adds to the score, `contribution` the
      mean with its sign, both on the scale of the raw score (log odds for a probability), and `n` the rows.
      The most important come first. `by plan` explains each plan; by a key that tells the rows apart, each row.
      """,
    examples: [
      """
      let spend = orders | where amount != null | train amount ~ region using linear
      orders | explain spend | select feature, n
      """
    ]
  ) { check in
    guard let item = check.stage.items.first,
      let model = check.checker.checkModelOperand(item.expr, "explain", check.scope)
    else { return .failed }
    var rows = ModelRows(check, model)
    guard rows.addFeatures(), let keys = check.ownKeys(&rows) else { return .failed }
    let number = ValueType(.float, nullable: !model.shape.keys.isEmpty)
    let schema = Schema(
      keys + [
        Column("feature", ValueType(.text)), Column("importance", number),
        Column("contribution", number), Column("n", ValueType(.int)),
      ])
    return .relation(
      check.computed(.explain(model.use, keys: keys.count), [rows.alone()], schema))
  }
}
