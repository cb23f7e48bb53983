package import Diagnostics

/// What the parser makes of a source: statements, the tokens they came from (with trivia, so that
/// a formatter loses nothing), and what was wrong. It never fails: a mistake leaves `missing`
/// nodes and a diagnostic.
package struct SyntaxTree: Sendable {
  package var statements: [Statement]
  /// The doc comment at the top of the file, before a blank line.
  package var doc: String?
  package var tokens: [Token]
  package var diagnostics: [Diagnostic]
  /// The text ended where more was expected (an open bracket, a pipe at the end): at the prompt,
  /// input goes on.
  package var isIncomplete: Bool

  package init(
    statements: [Statement], doc: String?, tokens: [Token], diagnostics: [Diagnostic],
    isIncomplete: Bool
  ) {
    self.statements = statements
    self.doc = doc
    self.tokens = tokens
    self.diagnostics = diagnostics
    self.isIncomplete = isIncomplete
  }
}

/// A name as written, without its backquotes.
package struct Name: Hashable, Sendable {
  package var text: String
  package var span: Span
  package init(_ text: String, _ span: Span) {
    self.text = text
    self.span = span
  }
}

// MARK: Statements

package struct Statement: Hashable, Sendable {
  package indirect enum Kind: Hashable, Sendable {
    case letBinding(name: Name, value: Pipeline)
    case param(Parameter, domain: Expr?)
    case metric(name: Name, relation: Name, measure: Item)
    case function(FunctionDeclaration)
    /// `use rfm`, `use "./lib/mine.whom" as mine`
    case use(module: ModuleReference, alias: Name?)
    case connect(source: Expr, name: Name)
    case ifBlock([ConditionalBlock], otherwise: [Statement]?)
    case forBlock(name: Name, domain: Expr, body: [Statement])
    case assert(condition: Expr, message: Expr?)
    case pipeline(Pipeline)
  }

  package var kind: Kind
  /// The `##` comment above or behind the declaration, without the signs.
  package var doc: String?
  package var span: Span

  package init(_ kind: Kind, doc: String? = nil, span: Span) {
    self.kind = kind
    self.doc = doc
    self.span = span
  }
}

package struct ConditionalBlock: Hashable, Sendable {
  package var condition: Expr
  package var body: [Statement]
  package init(condition: Expr, body: [Statement]) {
    self.condition = condition
    self.body = body
  }
}

package enum ModuleReference: Hashable, Sendable {
  case name(Name)
  case path(TextLiteral)
}

/// `name: type = default`: of a function, or of a `param` statement.
package struct Parameter: Hashable, Sendable {
  package var name: Name
  package var type: TypeSyntax?
  package var defaultValue: Expr?
  package init(name: Name, type: TypeSyntax?, defaultValue: Expr?) {
    self.name = name
    self.type = type
    self.defaultValue = defaultValue
  }
}

package struct FunctionDeclaration: Hashable, Sendable {
  package var name: Name
  package var parameters: [Parameter]
  /// The `let`s of a block body, in order; empty after `=`.
  package var lets: [LocalBinding]
  package var body: Pipeline
  package init(name: Name, parameters: [Parameter], lets: [LocalBinding], body: Pipeline) {
    self.name = name
    self.parameters = parameters
    self.lets = lets
    self.body = body
  }
}

package struct LocalBinding: Hashable, Sendable {
  package var name: Name
  package var value: Pipeline
  package init(name: Name, value: Pipeline) {
    self.name = name
    self.value = value
  }
}

/// `list<text>?`, `decimal(12, 2)`, `record{a: int}`, `column<timestamp>`.
package struct TypeSyntax: Hashable, Sendable {
  package enum Argument: Hashable, Sendable {
    case number(Int)
    case name(String)
  }

  package var name: Name
  package var arguments: [Argument]
  /// The type between `<` and `>`: none or one.
  package var element: [TypeSyntax]
  package var fields: [Field]?
  package var isNullable: Bool
  package var span: Span

  package struct Field: Hashable, Sendable {
    package var name: Name
    package var type: TypeSyntax
    package init(name: Name, type: TypeSyntax) {
      self.name = name
      self.type = type
    }
  }

  package init(
    name: Name, arguments: [Argument], element: [TypeSyntax], fields: [Field]?,
    isNullable: Bool, span: Span
  ) {
    self.name = name
    self.arguments = arguments
    self.element = element
    self.fields = fields
    self.isNullable = isNullable
    self.span = span
  }
}

// MARK: Pipelines

/// `head | stage | stage`; no stage at all is a plain expression. A pipeline in which the parser
/// found a mistake is its head `missing`, with no stages: what it gives is not known.
package struct Pipeline: Hashable, Sendable {
  package var head: Expr
  package var stages: [Stage]
  package var span: Span
  package init(head: Expr, stages: [Stage], span: Span) {
    self.head = head
    self.stages = stages
    self.span = span
  }
}

/// One stage by the general rule: a verb or a function, what stands behind it, and clauses.
/// What a verb does with them is said in the verb's own file of the compiler.
///
/// What goes where:
/// - `where take sample except intersect save predict evaluate explain unnest`: one item;
///   `show distinct`: none or more; `derive select summarize drop sort series pivot unpivot
///   reveal expect split union`: one or more, with `name =`, a filter or a tolerance where the
///   grammar has one. Descending `sort -a` is a plain `.negate`.
/// - `top 10 by -a`: one item, the number; the clause `by` holds the order.
/// - `rename new = old`: the item's name is the new one, its expression the old one.
/// - `label a = pii, b = money(USD)`: the name is the column, the expression `.name("pii")` or
///   `.call("money", [.name("USD")])`.
/// - `join left many x`: modifiers `left`, `many`, and one item. `split before e`: modifier
///   `before`. `chart line(...)`: modifier `line`, and arguments.
/// - `train y ~ a + b`: the formula; without terms (`train y using ...`) it has a target alone;
///   before a bare `using` there is none. `route x {...}`: the route table.
///
/// Clauses: `by all` has the name `all`; `as x, y`, `calibrate isotonic`, `allow training` have
/// names; `using als(...)` a name and arguments; `tune 30 on auc` an item and a name;
/// `at top 10%` the name `top` and an item; `else warn` the name, and of `quarantine` the text;
/// `because "..."` the text; `append` and `replace` nothing. `rows -6..0` is one item, a range,
/// whose start is `missing` in `rows ..0`. All others have items. No word occurs twice.
package struct Stage: Hashable, Sendable {
  /// The verb, or the path of a function: `where`; `rfm`; `finance.npv`.
  package var path: [Name]
  /// False for a function stage (`apply`): then `arguments` holds what stood in parentheses.
  package var isVerb: Bool
  /// Words that change the verb: `left`, `many` (join), `before` (split).
  package var modifiers: [Name]
  /// `a, b = x, c where d`: columns, measures, relations, counts, the order of `top`.
  package var items: [Item]
  /// Of a function stage, and of `chart line(...)`.
  package var arguments: [Argument]
  package var formula: Formula?
  package var route: RouteTable?
  package var clauses: [Clause]
  package var span: Span

  package init(path: [Name], isVerb: Bool, span: Span) {
    self.path = path
    self.isVerb = isVerb
    self.modifiers = []
    self.items = []
    self.arguments = []
    self.formula = nil
    self.route = nil
    self.clauses = []
    self.span = span
  }
}

/// An expression in a list of a stage, with what may be said about it there.
package struct Item: Hashable, Sendable {
  /// `name =` before the expression.
  package var name: Name?
  package var expr: Expr
  /// `where` behind a measure.
  package var filter: Expr?
  /// `for 99%` behind a check of `expect`.
  package var tolerance: Expr?
  package var span: Span
  package init(name: Name?, expr: Expr, filter: Expr? = nil, tolerance: Expr? = nil, span: Span) {
    self.name = name
    self.expr = expr
    self.filter = filter
    self.tolerance = tolerance
    self.span = span
  }
}

package struct Argument: Hashable, Sendable {
  package var name: Name?
  package var value: Expr
  package init(name: Name?, value: Expr) {
    self.name = name
    self.value = value
  }
}

/// The closed set of words that open a clause of a stage.
package enum ClauseWord: String, CaseIterable, Hashable, Sendable {
  case by, sort, rows, on, at, within, into, `as`, seed, every, over, fill, across, using, weight
  case folds, calibrate, tune, allow, explain, horizon, append, replace, because, audit
  case otherwise = "else"
}

package struct Clause: Hashable, Sendable {
  package var word: ClauseWord
  /// `by all`, `at top`, the remedy of `else`, `using` name, `tune ... on` name, ...:
  /// names that are not expressions.
  package var names: [Name]
  package var items: [Item]
  package var arguments: [Argument]
  package var text: TextLiteral?
  package var span: Span
  package init(word: ClauseWord, span: Span) {
    self.word = word
    self.names = []
    self.items = []
    self.arguments = []
    self.text = nil
    self.span = span
  }
}

/// The right side of `train target ~ terms`.
package struct Formula: Hashable, Sendable {
  package indirect enum Term: Hashable, Sendable {
    case column(Name)
    case call(Name, [Argument])
    case variable(Name)
    case number(NumberLiteral, Span)
    case everything(Span)
    case group([SignedTerm])
    case interaction(Term, Term)
    case crossing(Term, Term)
  }
  package struct SignedTerm: Hashable, Sendable {
    package var isRemoved: Bool
    package var term: Term
    package init(isRemoved: Bool, term: Term) {
      self.isRemoved = isRemoved
      self.term = term
    }
  }

  package var target: Expr?
  package var terms: [SignedTerm]
  package var span: Span
  package init(target: Expr?, terms: [SignedTerm], span: Span) {
    self.target = target
    self.terms = terms
    self.span = span
  }
}

package struct RouteTable: Hashable, Sendable {
  package struct Action: Hashable, Sendable {
    package var outcome: Name
    package var reason: TextLiteral?
    package var queue: TextLiteral?
    package var within: Expr?
    package init(outcome: Name, reason: TextLiteral?, queue: TextLiteral?, within: Expr?) {
      self.outcome = outcome
      self.reason = reason
      self.queue = queue
      self.within = within
    }
  }
  package struct Arm: Hashable, Sendable {
    package var condition: Expr
    package var action: Action
    package init(condition: Expr, action: Action) {
      self.condition = condition
      self.action = action
    }
  }

  package var name: Name
  package var arms: [Arm]
  package var otherwise: Action?
  package init(name: Name, arms: [Arm], otherwise: Action?) {
    self.name = name
    self.arms = arms
    self.otherwise = otherwise
  }
}

// MARK: Expressions

package struct Expr: Hashable, Sendable {
  /// Chains of one precedence are one node, so that long flat input never makes a deep tree.
  package indirect enum Kind: Hashable, Sendable {
    case name(String)
    /// `$name`
    case variable(String)
    case number(NumberLiteral)
    /// `15%` is the number 0.15, written as a ratio.
    case percent(NumberLiteral)
    case duration(DurationLiteral)
    case date(DateLiteral)
    case text(TextLiteral)
    case bool(Bool)
    case null
    case it
    /// `read "x.csv"`, `sql "..."`, `model "churn"`
    case source(SourceWord, TextLiteral)
    /// `rows [{...}]`
    case rows(Expr)
    /// `f(x, y = 1)`; before a bracket a name is always a function.
    case call(Name, [Argument])
    /// `parts.train`, `wh.sales.orders`
    case field(Expr, Name)
    /// `finance.npv(x)`
    case qualifiedCall(Expr, Name, [Argument])
    case negate(Expr)
    case not(Expr)
    case or([Expr])
    case and([Expr])
    case coalesce([Expr])
    /// `first ± rest`, left to right.
    case sum(first: Expr, rest: [Operand<AdditiveSign>])
    /// `first */// rest`, left to right.
    case product(first: Expr, rest: [Operand<MultiplicativeSign>])
    case power(Expr, Expr)
    case compare(Expr, Comparison, Expr)
    case range(Expr, Expr)
    /// The last branch is `else`.
    case conditional([Branch], otherwise: Expr, isCase: Bool)
    case list([Expr])
    case record([RecordField])
    /// `(orders | count)`; always at least one stage.
    case pipeline(Pipeline)
    /// `(count() where paid)`
    case filtered(Expr, Expr)
    /// Where the parser expected an expression and said so, and the open start of `rows ..0`.
    case missing
  }

  package var kind: Kind
  package var span: Span
  package init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}

package enum SourceWord: String, Hashable, Sendable { case read, sql, model }

package enum AdditiveSign: String, Hashable, Sendable { case plus = "+", minus = "-" }

package enum MultiplicativeSign: String, Hashable, Sendable {
  case times = "*", divide = "/", floorDivide = "//"
}

package struct Operand<Sign: Hashable & Sendable>: Hashable, Sendable {
  package var sign: Sign
  package var value: Expr
  package init(_ sign: Sign, _ value: Expr) {
    self.sign = sign
    self.value = value
  }
}

package enum Comparison: String, Hashable, Sendable {
  case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">"
  case greaterOrEqual = ">=", matches = "~", isIn = "in", isNotIn = "not in"
}

package struct Branch: Hashable, Sendable {
  package var condition: Expr
  package var value: Expr
  package init(condition: Expr, value: Expr) {
    self.condition = condition
    self.value = value
  }
}

package struct RecordField: Hashable, Sendable {
  package var name: Name
  package var value: Expr
  package init(name: Name, value: Expr) {
    self.name = name
    self.value = value
  }
}

// MARK: Literals

package enum NumberLiteral: Hashable, Sendable {
  case int(Int64)
  /// With a point or an exponent.
  case float(Double)
}

package enum DurationLiteral: Hashable, Sendable {
  /// Exact, in microseconds.
  case exact(Int64)
  /// Calendar months (quarter 3, year 12).
  case months(Int64)
}

package enum DateLiteral: Hashable, Sendable {
  /// Days since 1970-01-01.
  case date(Int32)
  /// Microseconds since 1970-01-01T00:00Z.
  case timestamp(Int64)
  /// `@2025`, `@2025-Q1`, `@2025-03`, `@2025-W14`: days, half-open.
  case period(start: Int32, end: Int32)
}

/// A text with its escapes undone; an `f` text has holes.
package struct TextLiteral: Hashable, Sendable {
  package indirect enum Part: Hashable, Sendable {
    case text(String)
    /// `{expr:format}`
    case hole(Expr, format: String?)
    /// `{orders | where ...}` in a `sql` text.
    case relation(Pipeline)
  }

  package var parts: [Part]
  package var isFormatted: Bool
  package var span: Span
  package init(parts: [Part], isFormatted: Bool, span: Span) {
    self.parts = parts
    self.isFormatted = isFormatted
    self.span = span
  }

  /// The text when it has no holes.
  package var plain: String? {
    var result = ""
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .hole, .relation: return nil
      }
    }
    return result
  }
}
