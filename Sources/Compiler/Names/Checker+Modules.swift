package import Diagnostics
import Syntax
import Values

// `use rfm`, `use "./lib/mine.whom" as mine`: the public functions of a module.
extension Checker {
  func use(_ module: ModuleReference, _ alias: Name?, _ span: Span) {
    use(module, alias, span, into: &scope)
  }

  private func use(
    _ module: ModuleReference, _ alias: Name?, _ span: Span, into scope: inout Scope
  ) {
    guard let request = request(module), let functions = load(request) else { return }
    if let alias {
      scope.use(functions, as: alias.text)
      return
    }
    for (name, function) in functions.sorted(by: { $0.key < $1.key }) {
      if let known = scope.functions[name],
        known.declaration.name.span.file != function.declaration.name.span.file
      {
        report(sameName(name, known, at: span))
        return
      }
      scope.declare(function, as: name)
    }
  }

  private func request(_ module: ModuleReference) -> ModuleRequest? {
    switch module {
    case .name(let name):
      return ModuleRequest(reference: .library(name.text), span: name.span)
    case .path(let text):
      if let path = text.plain {
        return ModuleRequest(reference: .file(path), span: text.span)
      }
      report(.notConstant("the path of `use`", at: text.span))
      return nil
    }
  }

  private func sameName(_ name: String, _ known: UserFunction, at span: Span) -> Diagnostic {
    Diagnostic(
      .duplicateName, "the function `\(name)` is there already", at: span,
      label: "this module has one too",
      notes: [Diagnostic.Note("declared here", at: known.declaration.name.span)],
      help: ["give the module a name: `use ... as m`, and call `m.\(name)(...)`"])
  }

  /// The public functions of a module, read once a run; `nil` after a mistake was reported.
  private func load(_ request: ModuleRequest) -> [String: UserFunction]? {
    switch catalog.module(request) {
    case .failure(let diagnostic):
      report(diagnostic)
      return nil
    case .success(let source):
      if let known = loadedModules[source.name] { return known }
      if openModules.contains(where: { $0.name == source.name }) {
        report(cycle(to: source.name, at: request.span))
        return nil
      }
      openModules.append((source.name, request.span))
      defer { openModules.removeLast() }
      let tree = Parser.parse(source)
      diagnostics += tree.diagnostics
      let functions = declarations(of: tree)
      loadedModules[source.name] = functions
      return functions
    }
  }

  /// The chain of `use` that comes back to where it began.
  private func cycle(to name: String, at span: Span) -> Diagnostic {
    let start = openModules.firstIndex { $0.name == name } ?? 0
    let chain = openModules[start...]
    let names = chain.map(\.name) + [name]
    return Diagnostic(
      .moduleCycle, "modules use each other", at: span,
      label: chain.count == 1 ? "this is the module itself" : "this module is being read already",
      notes: chain.dropFirst().map {
        Diagnostic.Note("on the way through `\($0.name)`", at: $0.use)
      },
      help: [
        names.joined(separator: " → "),
        "put what they share into a module that uses neither",
      ])
  }

  /// Each function sees those declared above it in its module, and what the module uses.
  private func declarations(of tree: SyntaxTree) -> [String: UserFunction] {
    var inner = Scope()
    var result: [String: UserFunction] = [:]
    for statement in tree.statements {
      switch statement.kind {
      case .function(let declaration):
        let name = declaration.name
        if let first = inner.functions[name.text]?.declaration.name.span,
          first.file == name.span.file
        {
          report(.duplicateName(name.text, at: name.span, first: first))
        }
        guard isFree(name), hasFitParameters(declaration) else { continue }
        let function = UserFunction(declaration: declaration, doc: statement.doc, scope: inner)
        inner.declare(function, as: name.text)
        if !name.text.hasPrefix("_") { result[name.text] = function }
      case .use(let module, let alias): use(module, alias, statement.span, into: &inner)
      case .letBinding, .param, .metric, .connect, .ifBlock, .forBlock, .assert, .pipeline:
        report(notInModule(statement))
      }
    }
    return result
  }

  private func notInModule(_ statement: Statement) -> Diagnostic {
    Diagnostic(
      .notInModule, "a module holds functions, and `use` of other modules", at: statement.span,
      label: "runs nowhere",
      help: ["what a function needs comes in by its parameters: `fn f(orders: relation) = ...`"])
  }

  /// What everyone can use without `use`.
  package func loadPrelude(_ source: SourceFile) {
    for (name, function) in declarations(of: Parser.parse(source)) {
      scope.declare(function, as: name)
    }
    prelude = scope
  }
}
