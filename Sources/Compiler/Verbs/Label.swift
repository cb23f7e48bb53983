import Diagnostics
import Syntax
import Values

extension Verb {
  static let label = Verb(
    name: "label", summary: "says what columns mean; the label flows with the column",
    form: "label email = pii, balance = money(USD), order_id = key", clauses: [],
    details: """
      `key` identifies rows, `money(USD)` is exact to four digits and cannot be added to another
      currency, `percent` is shown as one; `pii`, `pseudonym` and `protected` say what is personal,
      `public` that a column is not, whatever it is called. Labels follow the column through every
      stage. What holds for every program that reads a file or a table stands in `labels.whom`:
      see `privacy`.
      """,
    examples: [
      "orders | label amount = money(EUR) | summarize spend = sum(amount) by region",
      "customers | summarize free = share(plan == \"free\") | label free = percent",
    ]
  ) { check in
    var items = Projection.identity(check.input, check.span)
    var keys: [[String]] = []
    for item in check.stage.items {
      guard let name = item.name, let column = check.column(name) else { return .failed }
      guard let tag = check.tag(item.expr) else { return .failed }
      guard let position = check.input.schema.position(of: name.text) else { return .failed }
      guard let labelled = check.labelled(column, tag, item) else { return .failed }
      items[position] = NamedExpr(name.text, labelled)
      if case .key = tag { keys.append([name.text]) }
    }
    var plan = Projection.plan(check.input, items, check.span)
    plan.facts.uniqueKeys += keys
    return .relation(plan)
  }
}

/// What `label` can say of a column.
enum Tag {
  case key, pii, pseudonym, percent, protected, open
  case money(String)

  static let names = ["key", "pii", "pseudonym", "money(USD)", "percent", "protected", "public"]
}

extension StageCheck {
  fileprivate func tag(_ expr: Expr) -> Tag? {
    switch expr.kind {
    case .name("key"): return .key
    case .name("pii"): return .pii
    case .name("pseudonym"): return .pseudonym
    case .name("percent"): return .percent
    case .name("protected"): return .protected
    case .name("public"): return .open
    case .call(let name, let arguments) where name.text == "money":
      if arguments.count == 1, case .name(let currency) = arguments[0].value.kind,
        currency.count == 3, currency.allSatisfy({ $0.isASCII && $0.isUppercase })
      {
        return .money(currency)
      }
      report(
        Diagnostic(
          .badArgument, "`money` wants a currency of three letters", at: expr.span,
          label: "not an ISO 4217 code", help: ["for example `money(USD)`"]))
      return nil
    default:
      report(unknownLabel(expr))
      return nil
    }
  }

  private func unknownLabel(_ expr: Expr) -> Diagnostic {
    var near: String?
    if case .name(let word) = expr.kind {
      let isCurrency = word.count == 3 && word.allSatisfy { $0.isASCII && $0.isUppercase }
      near = isCurrency ? "money(\(word))" : Suggestion.nearest(to: word, in: Tag.names)
    }
    return Diagnostic(
      .badArgument, "unknown label", at: expr.span, label: "not a label",
      help: [
        near.map { "did you mean `\($0)`?" } ?? "the labels: \(Tag.names.joined(separator: ", "))"
      ])
  }

  /// The column with the label; money is exact, so a float becomes a decimal with four places.
  fileprivate func labelled(_ column: Column, _ tag: Tag, _ item: Item) -> TypedExpr? {
    var expr = TypedExpr.column(column, item.span)
    switch tag {
    case .key: expr.type.labels.isKey = true
    case .pii, .pseudonym, .protected, .open:
      checker.settle(column.name, of: input)
      return personal(column, tag, item)
    case .percent, .money:
      guard column.type.base.isNumber || column.type.base == .null else {
        report(
          .mismatch(
            "this label is for numbers", at: item.span,
            label: "`\(column.name)` is \(column.type)"))
        return nil
      }
      guard case .money(let currency) = tag else {
        expr.type.labels.isPercent = true
        return expr
      }
      if column.type.base == .float {
        let type = ValueType(
          .decimal(precision: 18, scale: 4), nullable: column.type.isNullable,
          labels: column.type.labels)
        expr = TypedExpr(.widen(expr), type, item.span)
      }
      expr.type.labels.currency = currency
    }
    return expr
  }

  private func personal(_ column: Column, _ tag: Tag, _ item: Item) -> TypedExpr? {
    var expr = TypedExpr.column(column, item.span)
    switch tag {
    case .pii: expr.type.labels.isPII = true
    case .pseudonym: expr.type.labels.isPseudonym = true
    case .protected: expr.type.labels.isProtected = true
    case .open: if !isOpen(column, item) { return nil }
    case .key, .percent, .money: break
    }
    return expr
  }

  /// What is personal may leave for a reason alone.
  private func isOpen(_ column: Column, _ item: Item) -> Bool {
    guard column.type.labels.isPII else { return true }
    report(
      Diagnostic(
        .badArgument, "`\(column.name)` is personal already", at: item.span,
        label: "labelled pii before",
        help: ["where it must leave, say why: `reveal \(column.name) because \"...\"`"]))
    return false
  }
}
