package import Diagnostics

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
/// whose start is `missing` in `rows ..0`. All others have items. Whether the
/// verb has the clause at all, and only once, is for the checker to say.
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
  /// The column that this stands for, where a set of columns was written out.
  package var column: String?
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
