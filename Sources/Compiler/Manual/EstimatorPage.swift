package import Values

extension DocPage {
  /// An estimator: what it learns, its arguments, what a model of it has beside the usual.
  package init(_ estimator: EstimatorSignature) {
    var blocks = [
      estimator.summary,
      "Learns \(estimator.tasks.map(\.target).joined(separator: ", ")).",
    ]
    let arguments = estimator.roles.map(Self.row) + estimator.parameters.map(Self.row)
    if !arguments.isEmpty {
      let head = "| argument | is | without it | what it does |\n|---|---|---|---|"
      blocks.append(([head] + arguments).joined(separator: "\n"))
    }
    for part in estimator.parts {
      let columns = part.columns.map { "`\($0.name)`" }.joined(separator: ", ")
      blocks.append("A model has the table `\(part.name)`, \(part.summary): \(columns).")
    }
    for output in estimator.outputs {
      blocks.append("`predict ... as p` adds `p_\(output.name)` too.")
    }
    self.init(
      name: estimator.name, forms: ["train ... using \(estimator.name)"],
      text: blocks.joined(separator: "\n\n"), examples: [Self.example(estimator)])
  }

  private static func row(_ parameter: EstimatorParameter) -> String {
    "| `\(parameter.name)` | \(parameter.kind.words) | \(parameter.initialWords) | \(parameter.summary) |"
  }

  private static func row(_ role: EstimatorRole) -> String {
    let without = role.isRequired ? "an error" : ""
    return "| `\(role.name)` | a column | \(without) | \(role.summary) |"
  }

  /// Over the relation of `ExampleData.members`.
  private static func example(_ estimator: EstimatorSignature) -> String {
    let roles = estimator.roles.filter(\.isRequired).map { "\($0.name) = plan" }
    let using = estimator.name + (roles.isEmpty ? "" : "(\(roles.joined(separator: ", ")))")
    let target =
      estimator.tasks.contains(.binary)
      ? "left" : estimator.tasks.contains(.ranking) ? "visits" : "fee"
    let part = estimator.parts.first?.name ?? "card"
    return """
      let learned = members | train \(target) ~ tenure + plan using \(using)
      learned.\(part) | take 6
      """
  }
}
