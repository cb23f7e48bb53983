import Diagnostics
import Syntax

/// What the layout asks of the syntax tree, by offsets of the source: tokens alone do not say
/// which minus is a sign, which bracket belongs to a call, and where stages and items begin.
struct TreeFacts {
  /// A stage of a pipeline: its verb, its items, and its clauses with theirs.
  struct Stage {
    var verb: Int
    var isVerb = true
    var items: [Int] = []
    var clauses: [(start: Int, items: [Int])] = []
  }

  struct Chain {
    var head: Int
    var stages: [Stage]
  }

  var statements: Set<Int> = []
  /// Names that the `let`s in bodies of functions bind, and where the pipelines behind them begin.
  var localNames: [Int] = []
  var results: Set<Int> = []
  /// Where the first token of an expression with a sign stands, brackets included.
  var negations: [Int] = []
  var openRanges: Set<Int> = []
  /// Names that a bracket touches.
  var calls: Set<Int> = []
  var types: [Span] = []
  var chains: [Chain] = []

  init(_ statements: [Statement]) { for statement in statements { add(statement) } }

  // MARK: Statements

  private mutating func add(_ statement: Statement) {
    statements.insert(statement.span.start)
    switch statement.kind {
    case .letBinding(_, let value): add(value)
    case .param(let parameter, let domain):
      add(parameter)
      add(domain)
    case .metric(_, _, let measure): add(measure)
    case .function(let function): add(function)
    case .use: break
    case .connect(let source, _): add(source)
    case .ifBlock(let branches, let otherwise):
      for branch in branches {
        add(branch.condition)
        for inner in branch.body { add(inner) }
      }
      for inner in otherwise ?? [] { add(inner) }
    case .forBlock(_, let domain, let body):
      add(domain)
      for inner in body { add(inner) }
    case .assert(let condition, let message):
      add(condition)
      add(message)
    case .pipeline(let pipeline): add(pipeline)
    }
  }

  private mutating func add(_ function: FunctionDeclaration) {
    calls.insert(function.name.span.start)
    for parameter in function.parameters { add(parameter) }
    for step in function.lets {
      localNames.append(step.name.span.start)
      add(step.value)
    }
    if !function.lets.isEmpty { results.insert(function.body.span.start) }
    add(function.body)
  }

  private mutating func add(_ parameter: Parameter) {
    if let type = parameter.type { add(type) }
    add(parameter.defaultValue)
  }

  private mutating func add(_ type: TypeSyntax) {
    types.append(type.span)
    calls.insert(type.name.span.start)
    for element in type.element { add(element) }
    for field in type.fields ?? [] { add(field.type) }
  }

  // MARK: Pipelines

  private mutating func add(_ pipeline: Pipeline) {
    add(pipeline.head)
    var chain = Chain(head: pipeline.span.start, stages: [])
    for stage in pipeline.stages {
      chain.stages.append(facts(of: stage))
      add(stage)
    }
    if !chain.stages.isEmpty { chains.append(chain) }
  }

  private func facts(of stage: Syntax.Stage) -> Stage {
    var facts = Stage(verb: stage.span.start, isVerb: stage.isVerb)
    if stage.isVerb { facts.items = stage.items.map(\.span.start) }
    facts.clauses = stage.clauses.map { ($0.span.start, $0.items.map(\.span.start)) }
    return facts
  }

  private mutating func add(_ stage: Syntax.Stage) {
    if !stage.isVerb, let name = stage.path.last { calls.insert(name.span.start) }
    if stage.path.first?.text == "chart", let mark = stage.modifiers.last {
      calls.insert(mark.span.start)
    }
    for item in stage.items { add(item) }
    for argument in stage.arguments { add(argument.value) }
    for clause in stage.clauses {
      if clause.word == .using, let name = clause.names.first { calls.insert(name.span.start) }
      for item in clause.items { add(item) }
      for argument in clause.arguments { add(argument.value) }
    }
    add(stage.formula?.target)
    for term in stage.formula?.terms ?? [] { add(term.term) }
    for arm in stage.route?.arms ?? [] {
      add(arm.condition)
      add(arm.action.within)
    }
    add(stage.route?.otherwise?.within)
  }

  private mutating func add(_ item: Item) {
    add(item.expr)
    add(item.filter)
    add(item.tolerance)
  }

  private mutating func add(_ term: Formula.Term) {
    switch term {
    case .call(let name, let arguments):
      calls.insert(name.span.start)
      for argument in arguments { add(argument.value) }
    case .group(let terms): for inner in terms { add(inner.term) }
    case .interaction(let a, let b), .crossing(let a, let b):
      add(a)
      add(b)
    case .column, .variable, .number, .everything: break
    }
  }

  // MARK: Expressions

  private mutating func add(_ expr: Expr?) {
    guard let expr else { return }
    switch expr.kind {
    case .negate(let operand):
      negations.append(expr.span.start)
      add(operand)
    case .number(.int(.min)): negations.append(expr.span.start)
    case .range(let low, let high):
      if case .missing = low.kind { openRanges.insert(expr.span.start) }
      add(low)
      add(high)
    case .call(let name, let arguments):
      calls.insert(name.span.start)
      for argument in arguments { add(argument.value) }
    case .qualifiedCall(let base, let name, let arguments):
      calls.insert(name.span.start)
      add(base)
      for argument in arguments { add(argument.value) }
    case .pipeline(let pipeline): add(pipeline)
    case .conditional(let branches, let otherwise, _):
      for branch in branches {
        add(branch.condition)
        add(branch.value)
      }
      add(otherwise)
    default: for child in expr.plainChildren { add(child) }
    }
  }
}

extension Expr {
  /// The operands of what needs no look of its own.
  fileprivate var plainChildren: [Expr] {
    switch kind {
    case .rows(let inner), .field(let inner, _), .not(let inner): [inner]
    case .or(let all), .and(let all), .coalesce(let all), .list(let all): all
    case .sum(let first, let rest): [first] + rest.map(\.value)
    case .product(let first, let rest): [first] + rest.map(\.value)
    case .power(let a, let b), .compare(let a, _, let b), .filtered(let a, let b): [a, b]
    case .record(let fields): fields.map(\.value)
    case .name, .variable, .number, .percent, .duration, .date, .text, .bool, .null, .it, .source,
      .missing, .negate, .range, .call, .qualifiedCall, .pipeline, .conditional:
      []
    }
  }
}
