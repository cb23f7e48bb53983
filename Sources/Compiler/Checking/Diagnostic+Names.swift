import Diagnostics
import Syntax
import Values

// The words of everything that can be wrong with a name. `Suggestion` picks the nearest ones.
extension Diagnostic {
  static func unknownColumn(
    _ name: String, in schema: Schema, relation: String?, binding: Bool, at span: Span
  ) -> Diagnostic {
    if binding {
      return Diagnostic(
        .bindingNeedsDollar, "`\(name)` is not a column here", at: span,
        label: "a bare name in a stage is a column",
        help: ["for the value bound outside, write `$\(name)`"])
    }
    let place = relation.map { "`\($0)`" } ?? "this relation"
    var help: [String] = []
    if let near = Suggestion.nearest(to: name, in: schema.names) {
      help.append("did you mean `\(near)`?")
    }
    help.append(columnsLine(schema))
    return Diagnostic(
      .unknownColumn, "unknown column `\(name)`", at: span, label: "not a column of \(place)",
      help: help)
  }

  static func unknownField(_ name: Name, in known: [String]) -> Diagnostic {
    var help = Suggestion.nearest(to: name.text, in: known).map { ["did you mean `\($0)`?"] } ?? []
    help.append("its fields: " + known.prefix(12).joined(separator: ", "))
    return Diagnostic(
      .unknownColumn, "the record has no field `\(name.text)`", at: name.span,
      label: "not among its fields", help: help)
  }

  private static func columnsLine(_ schema: Schema) -> String {
    // Columns that a verb keeps for itself begin with a sign that names seldom do.
    let names = schema.names.filter { !$0.hasPrefix("#") }
    let shown = names.prefix(12).joined(separator: ", ")
    let more = names.count > 12 ? ", and \(names.count - 12) more" : ""
    return names.isEmpty ? "it has no columns" : "its columns: \(shown)\(more)"
  }

  static func unknownBinding(_ name: String, known: [String], at span: Span) -> Diagnostic {
    var help = Suggestion.nearest(to: name, in: known).map { ["did you mean `\($0)`?"] } ?? []
    if help.isEmpty {
      help.append("bind it first: `let \(name) = read \"\(name).csv\"`, or `let \(name) = 20`")
      if !known.isEmpty {
        help.append("bound here: \(known.sorted().prefix(12).joined(separator: ", "))")
      }
    }
    return Diagnostic(
      .unknownBinding, "nothing is bound to `\(name)`", at: span,
      label: "not a `let`, a `param` or a parameter", help: help)
  }

  static func unknownFunction(
    _ name: String, known: [String], advice: String?, at span: Span
  ) -> Diagnostic {
    var help = advice.map { [$0] } ?? []
    if help.isEmpty, let form = stageForm(name) {
      return Diagnostic(
        .unknownFunction, "`\(name)` is a stage, not a function", at: span,
        label: "it stands behind a pipe", help: ["`\(form)`"])
    }
    if help.isEmpty, let near = Suggestion.nearest(to: name, in: known) {
      help.append("did you mean `\(near)`?")
    }
    return Diagnostic(
      .unknownFunction, "unknown function `\(name)`", at: span, label: "no function of this name",
      help: help)
  }

  /// How a verb, or a function of rows and a model, is written.
  private static func stageForm(_ name: String) -> String? {
    if let verb = Verb.all.first(where: { $0.name == name }) { return "rows | \(verb.form)" }
    guard Checker.modelFunctions.contains(name) else { return nil }
    return "rows | \(name)(model\(name == "partial_dependence" ? ", column" : ""))"
  }

  /// The name is bound by a statement further down.
  mutating func pointDown(to place: Span?) {
    guard let place else { return }
    notes.append(Note("bound only here, further down", at: place))
    help = ["names are bound from top to bottom: put its statement first"]
  }

  static func unknownVerb(
    _ name: String, known: [String], advice: String?, at span: Span
  ) -> Diagnostic {
    if let advice {
      return Diagnostic(
        .unknownVerb, "`\(name)` is not a verb of Whom", at: span, label: "from another language",
        help: [advice])
    }
    let near = Suggestion.nearest(to: name, in: known)
    return Diagnostic(
      .unknownVerb, "unknown verb `\(name)`", at: span,
      label: "neither a verb nor a function",
      help: [
        near.map { "did you mean `\($0)`?" } ?? "the verbs: " + Verb.names.joined(separator: ", ")
      ])
  }

  /// `orders.head(5)`, `status.lower()`
  static func noMethods(_ name: String, of base: Expr, at span: Span) -> Diagnostic {
    let verb = Verb.named(name) != nil
    var help = "write `\(name)(...)`, with the value as an argument"
    if case .name(let value) = base.kind {
      help = verb ? "write `\(value) | \(name) ...`" : "write `\(name)(\(value))`"
    }
    return Diagnostic(
      .unknownFunction, "there are no methods", at: span, label: "a call behind a point",
      help: [ForeignWord.verbs[name] ?? ForeignFunctions.advice(for: name) ?? help])
  }

  static func duplicateName(_ name: String, at span: Span, first: Span?) -> Diagnostic {
    Diagnostic(
      .duplicateName, "the name `\(name)` is given twice", at: span, label: "second time here",
      notes: first.map { [Note("first here", at: $0)] } ?? [],
      help: ["give one of them another name: `other = ...`"])
  }

  static func twins(_ first: String, _ second: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .duplicateName, "`\(first)` and `\(second)` differ only in case", at: span,
      label: "two columns, and one name to the engine",
      help: ["give one of them another name"])
  }

  static func parameterBoundAgain(_ name: String, at span: Span, first: Span?) -> Diagnostic {
    Diagnostic(
      .duplicateName, "the name `\(name)` is given twice", at: span, label: "second time here",
      notes: first.map { [Note("first here", at: $0)] } ?? [],
      help: ["a `param` may get its value from outside, so its name stands for nothing else"])
  }

  static func unknownType(_ name: String, known: [String], at span: Span) -> Diagnostic {
    let elsewhere = [
      "integer": "int", "bigint": "int", "long": "int", "int64": "int", "double": "float",
      "real": "float", "numeric": "decimal", "number": "float", "string": "text", "str": "text",
      "varchar": "text", "char": "text", "character": "text", "boolean": "bool",
      "logical": "bool", "datetime": "timestamp", "time": "timestamp", "interval": "duration",
      "array": "list", "struct": "record", "dict": "record", "table": "relation",
      "dataframe": "relation",
    ]
    let fitting = elsewhere[name.lowercased()].flatMap { known.contains($0) ? $0 : nil }
    let near = fitting ?? Suggestion.nearest(to: name, in: known)
    return Diagnostic(
      .unknownBinding, "unknown type `\(name)`", at: span, label: "not a type",
      help: [
        near.map { "did you mean `\($0)`?" } ?? "the types: \(known.joined(separator: ", "))"
      ])
  }

  static func unnamed(_ what: String, example: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unnamedColumn, "this \(what) needs a name", at: span, label: "computed, so it has no name",
      help: ["put a name in front: `\(example)`"])
  }

  static func recursion(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .recursion, "`\(name)` calls itself", at: span, label: "again inside its own body",
      help: ["functions are expanded before anything runs, so they cannot be recursive"])
  }

  /// A function has a column of its own with the name of one that it was given.
  static func hiddenByBody(
    _ column: String, _ function: String, at span: Span, made: Span
  ) -> Diagnostic {
    Diagnostic(
      .duplicateName, "`\(function)` makes a column `\(column)` of its own", at: span,
      label: "no longer the column that was given", notes: [.init("made here", at: made)],
      help: ["give yours another name before the call: `rename given_\(column) = \(column)`"])
  }

  static func itOutsidePrompt(at span: Span) -> Diagnostic {
    Diagnostic(
      .itOutsidePrompt, "`it` is for the prompt only", at: span, label: "which result?",
      help: ["in a file, name the relation: `let found = ...`, then use `found`"])
  }
}
