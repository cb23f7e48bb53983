/// A syntax tree as S-expressions, for tests and for looking at what the parser understood:
///
///     (let paid (pipe orders (where (== status "paid"))))
package enum TreeDump {
  package static func dump(_ tree: SyntaxTree) -> String {
    tree.statements.map(dump).joined(separator: "\n")
  }

  package static func dump(_ statement: Statement) -> String {
    let doc = statement.doc.map { " ;; " + $0.split(separator: "\n").joined(separator: " / ") }
    return dump(statement.kind) + (doc ?? "")
  }

  private static func dump(_ kind: Statement.Kind) -> String {
    switch kind {
    case .letBinding(let name, let value): return form("let", name.text, dump(value))
    case .param(let parameter, let domain):
      return form(
        "param", dump(parameter), domain.map { form("in", dump($0)) } ?? "")
    case .metric(let name, let relation, let measure):
      return form("metric", name.text, relation.text, dump(measure))
    case .function(let function): return dump(function)
    case .use(let module, let alias):
      return form("use", dump(module), alias.map { form("as", $0.text) } ?? "")
    case .connect(let source, let name): return form("connect", dump(source), name.text)
    case .ifBlock(let branches, let otherwise):
      let blocks = branches.map { form(dump($0.condition), dump($0.body)) }
      return form("if-block", blocks + (otherwise.map { [form("else", dump($0))] } ?? []))
    case .forBlock(let name, let domain, let body):
      return form("for", name.text, dump(domain), dump(body))
    case .assert(let condition, let message):
      return form("assert", dump(condition), message.map(dump) ?? "")
    case .pipeline(let pipeline): return dump(pipeline)
    }
  }

  private static func dump(_ body: [Statement]) -> String { form("do", body.map(dump)) }

  private static func dump(_ module: ModuleReference) -> String {
    switch module {
    case .name(let name): name.text
    case .path(let text): dump(text)
    }
  }

  private static func dump(_ function: FunctionDeclaration) -> String {
    let lets = function.lets.map { form("let", $0.name.text, dump($0.value)) }
    return form(
      "fn",
      [function.name.text, form(function.parameters.map(dump))] + lets + [dump(function.body)])
  }

  private static func dump(_ parameter: Parameter) -> String {
    let type = parameter.type.map { ": " + dump($0) } ?? ""
    let value = parameter.defaultValue.map { " = " + dump($0) } ?? ""
    return "[" + parameter.name.text + type + value + "]"
  }

  package static func dump(_ type: TypeSyntax) -> String {
    var result = type.name.text
    let arguments = type.arguments.map { argument in
      switch argument {
      case .number(let number): String(number)
      case .name(let name): name
      }
    }
    if !arguments.isEmpty { result += "(" + arguments.joined(separator: ", ") + ")" }
    if let element = type.element.first { result += "<" + dump(element) + ">" }
    if let fields = type.fields {
      let inner = fields.map { $0.name.text + ": " + dump($0.type) }
      result += "{" + inner.joined(separator: ", ") + "}"
    }
    return result + (type.isNullable ? "?" : "")
  }

  // MARK: Forms

  static func form(_ parts: String...) -> String { form(parts) }

  static func form(_ head: String, _ parts: [String]) -> String { form([head] + parts) }

  static func form(_ parts: [String]) -> String {
    "(" + parts.filter { !$0.isEmpty }.joined(separator: " ") + ")"
  }
}
