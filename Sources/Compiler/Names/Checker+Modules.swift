package import Diagnostics
import Syntax
import Values

// `use rfm`, `use "./lib/mine.whom" as mine`: the public functions of a module.
extension Checker {
  func use(_ module: ModuleReference, _ alias: Name?, _ span: Span) {
    guard let contents = use(module, alias, span, into: &scope) else { return }
    take(contents.metrics, alias, span)
  }

  /// Within a module only the functions of another are taken in: it has no relations.
  @discardableResult
  private func use(
    _ module: ModuleReference, _ alias: Name?, _ span: Span, into scope: inout Scope
  ) -> ModuleContents? {
    guard let request = request(module), let contents = load(request) else { return nil }
    let functions = contents.functions
    if let alias {
      scope.use(functions, LayeredMap(), as: alias.text)
      return contents
    }
    for (name, function) in functions.sorted(by: { $0.key < $1.key }) {
      if let known = scope.functions[name],
        known.declaration.name.span.file != function.declaration.name.span.file
      {
        report(sameName(name, "function", known.declaration.name.span, at: span))
        return nil
      }
      scope.declare(function, as: name)
    }
    return contents
  }

  /// The metrics of a module over the relations of this program that they name.
  private func take(_ declared: [MetricDeclaration], _ alias: Name?, _ span: Span) {
    var taken = LayeredMap<Metric>()
    for declaration in declared {
      let name = declaration.name
      let known =
        scope.metrics[name.text]?.name.span
        ?? scope.functions[name.text]?.declaration.name.span
      if alias == nil, let known, known.file != name.span.file {
        report(sameName(name.text, "metric", known, at: span))
        return
      }
      var inner = declaration.scope
      inner.metrics = taken
      guard var metric = checked(declaration, within: inner, use: span) else { return }
      metric.use = span
      taken[name.text] = metric
    }
    let isPublic = declared.filter { !$0.name.text.hasPrefix("_") }.compactMap {
      taken[$0.name.text]
    }
    guard let alias else {
      for metric in isPublic { scope.declare(metric) }
      return
    }
    var named = LayeredMap<Metric>()
    for metric in isPublic { named[metric.name.text] = metric }
    scope.use(scope.modules[alias.text] ?? [:], named, as: alias.text)
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

  private func sameName(
    _ name: String, _ kind: String, _ known: Span, at span: Span
  ) -> Diagnostic {
    let call = kind == "metric" ? "m.\(name)()" : "m.\(name)(...)"
    return Diagnostic(
      .duplicateName, "the \(kind) `\(name)` is there already", at: span,
      label: "this module has one too", notes: [Diagnostic.Note("declared here", at: known)],
      help: ["give the module a name: `use ... as m`, and call `\(call)`"])
  }

  /// What a module declares, read once a run; `nil` after a mistake was reported.
  private func load(_ request: ModuleRequest) -> ModuleContents? {
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
      let contents = declarations(of: tree)
      loadedModules[source.name] = contents
      return contents
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
  private func declarations(of tree: SyntaxTree) -> ModuleContents {
    var inner = Scope()
    var result = ModuleContents()
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
        if !name.text.hasPrefix("_") { result.functions[name.text] = function }
      case .use(let module, let alias): use(module, alias, statement.span, into: &inner)
      case .metric(let name, let relation, let measure):
        if let first = result.metrics.first(where: { $0.name.text == name.text })?.name.span {
          report(.duplicateName(name.text, at: name.span, first: first))
        } else if isFree(name) {
          result.metrics.append(
            MetricDeclaration(
              name: name, relation: relation, measure: measure, doc: statement.doc, scope: inner))
        }
      case .letBinding, .param, .connect, .ifBlock, .forBlock, .assert, .pipeline:
        report(notInModule(statement))
      }
    }
    return result
  }

  private func notInModule(_ statement: Statement) -> Diagnostic {
    Diagnostic(
      .notInModule, "a module holds functions, metrics, and `use` of other modules",
      at: statement.span,
      label: "runs nowhere",
      help: ["what a function needs comes in by its parameters: `fn f(orders: relation) = ...`"])
  }

  /// What everyone can use without `use`; who says `use governance` all the same means the same
  /// functions.
  package func loadPrelude(_ source: SourceFile) {
    let contents = declarations(of: Parser.parse(source))
    for (name, function) in contents.functions { scope.declare(function, as: name) }
    loadedModules[source.name] = contents
    prelude = scope
  }
}
