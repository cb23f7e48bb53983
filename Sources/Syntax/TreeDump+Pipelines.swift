/// Pipelines, stages and clauses as S-expressions.
extension TreeDump {
  package static func dump(_ pipeline: Pipeline) -> String {
    guard !pipeline.stages.isEmpty else { return dump(pipeline.head) }
    return form("pipe", [dump(pipeline.head)] + pipeline.stages.map(dump))
  }

  static func dump(_ stage: Stage) -> String {
    let path = stage.path.map(\.text).joined(separator: ".")
    var parts = [stage.isVerb ? path : "apply " + path]
    parts += stage.modifiers.map { "#" + $0.text }
    parts += stage.items.map(dump)
    parts += stage.arguments.map(dump)
    if let formula = stage.formula { parts.append(dump(formula)) }
    if let route = stage.route { parts.append(dump(route)) }
    return form(parts + stage.clauses.map(dump))
  }

  static func dump(_ item: Item) -> String {
    var result = dump(item.expr)
    if let filter = item.filter { result = form("filter", result, dump(filter)) }
    if let tolerance = item.tolerance { result = form("for", result, dump(tolerance)) }
    return item.name.map { form("=", $0.text, result) } ?? result
  }

  static func dump(_ argument: Argument) -> String {
    argument.name.map { form("=", $0.text, dump(argument.value)) } ?? dump(argument.value)
  }

  private static func dump(_ clause: Clause) -> String {
    var parts = [":" + clause.word.rawValue]
    parts += clause.names.map { "#" + $0.text }
    parts += clause.items.map(dump)
    parts += clause.arguments.map(dump)
    if let text = clause.text { parts.append(dump(text)) }
    return form(parts)
  }

  private static func dump(_ formula: Formula) -> String {
    let terms = formula.terms.map { ($0.isRemoved ? "-" : "+") + dump($0.term) }
    return form("~", [formula.target.map(dump) ?? "_"] + terms)
  }

  private static func dump(_ term: Formula.Term) -> String {
    switch term {
    case .column(let name): name.text
    case .call(let name, let arguments): form("call " + name.text, arguments.map(dump))
    case .variable(let name): "$" + name.text
    case .number(let number, _): dump(number)
    case .everything: "."
    case .group(let terms):
      form("group", terms.map { ($0.isRemoved ? "-" : "+") + dump($0.term) })
    case .interaction(let left, let right): form(":", dump(left), dump(right))
    case .crossing(let left, let right): form("*", dump(left), dump(right))
    }
  }

  private static func dump(_ route: RouteTable) -> String {
    var parts = [route.name.text]
    parts += route.arms.map { form("->", dump($0.condition), dump($0.action)) }
    if let otherwise = route.otherwise { parts.append(form("else", dump(otherwise))) }
    return parts.joined(separator: " ")
  }

  private static func dump(_ action: RouteTable.Action) -> String {
    var parts = [action.outcome.text]
    if let reason = action.reason { parts.append(dump(reason)) }
    if let queue = action.queue { parts.append(form("to", dump(queue))) }
    if let within = action.within { parts.append(form("within", dump(within))) }
    return parts.joined(separator: " ")
  }
}
