import Diagnostics
import Syntax
import Values

extension Verb {
  static let unpivot = Verb(
    name: "unpivot", summary: "columns become rows: one for each of them, with its name",
    form: "unpivot q1, q2 as quarter, amount", clauses: [.as],
    details: """
      The first name after `as` takes the name of the column, the second its value. All columns must have
      one type; numbers widen. The other columns are repeated.
      """,
    examples: [
      "rows [{shop: \"Oslo\", q1: 10, q2: 12}] | unpivot q1, q2 as quarter, amount"
    ]
  ) { check in
    guard let names = check.clause(.as)?.names, names.count == 2 else {
      return check.failed(
        "`unpivot` needs two names", help: "`unpivot q1, q2 as quarter, amount`: name, then value")
    }
    guard let columns = check.unpivoted() else { return .failed }
    return check.unpivoted(columns, name: names[0], value: names[1])
  }

  static let unnest = Verb(
    name: "unnest", summary: "a list becomes rows: one for each of its items",
    form: "unnest items as item", clauses: [.as],
    details: """
      The other columns are repeated for each item. An empty or missing list gives no row.
      """,
    examples: [
      "rows [{order: 1, items: [\"tea\", \"milk\"]}, {order: 2, items: [\"tea\"]}] | unnest items as item"
    ]
  ) { check in
    guard let item = check.stage.items.first else { return .failed }
    let list = check.checker.check(item.expr, check.rowContext)
    if list.isFailed { return .failed }
    guard case .list(let element) = list.type.base else {
      // A column that failed where it was derived is null here; that was said there.
      if list.type.base == .null, check.checker.hasErrors(since: 0) { return .failed }
      check.report(
        .mismatch("`unnest` takes a list", at: item.span, label: "this is \(list.type)"))
      return .failed
    }
    let given = check.clause(.as)?.names.first ?? StageCheck.ownName(of: item.expr, check.scope)
    guard let name = given else {
      return check.failed("the items need a name", help: "`unnest split_text(tags, \",\") as tag`")
    }
    let rest = check.input.schema.columns.filter { $0.name != list.columnName }
    if rest.contains(where: { $0.name == name.text }) {
      check.report(.duplicateName(name.text, at: name.span, first: item.span))
      return .failed
    }
    return check.expanded(rest, [(NamedExpr(name.text, list), element.nullable)], key: nil)
  }
}

extension StageCheck {
  fileprivate func failed(_ title: String, help: String) -> Checked {
    report(Diagnostic(.unexpectedToken, title, at: span, help: [help]))
    return .failed
  }

  fileprivate func unpivoted() -> [TypedExpr]? {
    var columns: [TypedExpr] = []
    for item in stage.items {
      for key in groupKeys(item) {
        guard !key.expr.isFailed else { return nil }
        guard key.expr.columnName != nil else {
          report(
            .mismatch("`unpivot` takes columns", at: item.span, label: "this is computed"))
          return nil
        }
        columns.append(key.expr)
      }
    }
    return columns
  }

  fileprivate func unpivoted(_ columns: [TypedExpr], name: Name, value: Name) -> Checked {
    var type = columns[0].type
    for (column, item) in zip(columns, stage.items).dropFirst() {
      guard let both = TypeRules.unify(type, column.type) else {
        report(
          .mismatch(
            "the columns have two types", at: item.span, label: "\(column.type), not \(type)",
            help: ["convert them first, with `text(...)` for instance"]))
        return .failed
      }
      type = both
    }
    let gone = Set(columns.compactMap(\.columnName))
    let rest = input.schema.columns.filter { !gone.contains($0.name) }
    guard areDistinct(rest.map { Name($0.name, span) } + [name, value]) else { return .failed }
    let names = columns.map { column in
      TypedExpr(.literal(.text(column.columnName ?? "")), ValueType(.text), span)
    }
    let values = columns.map { column in
      column.type.base == type.base ? column : TypedExpr(.widen(column), type, column.span)
    }
    let lists = [
      (
        NamedExpr(name.text, TypedExpr(.list(names), ValueType(.list(ValueType(.text))), span)),
        ValueType(.text)
      ),
      (NamedExpr(value.text, TypedExpr(.list(values), ValueType(.list(type)), span)), type),
    ]
    return expanded(rest, lists, key: name.text)
  }

  /// Each row once for every item of its lists, which are equally long; in the order of the rows.
  fileprivate func expanded(
    _ rest: [Column], _ lists: [(NamedExpr, ValueType)], key: String?
  ) -> Checked {
    let kept = rest.map { NamedExpr($0.name, .column($0, span)) }
    var plan = Projection.plan(input, kept + lists.map(\.0), span)
    guard case .project(_, let items) = plan.op else { return .failed }
    plan.op = .expand(input, items, lists: Set(lists.map(\.0.name)))
    plan.schema = Schema(rest + lists.map { Column($0.0.name, $0.1) })
    plan.facts.uniqueKeys = key.map { name in plan.facts.uniqueKeys.map { $0 + [name] } } ?? []
    return .relation(plan)
  }
}
