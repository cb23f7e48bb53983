import Diagnostics
import Syntax
import Values

extension Checker {
  /// `sql "select ... from {orders}"`: one query, whose columns the engine tells before it runs.
  func sqlSource(_ literal: TextLiteral, _ span: Span, _ scope: Scope) -> Checked {
    guard let parts = sqlParts(literal, scope) else { return .failed }
    var text = SQLText(parts: parts)
    switch catalog.query(text, at: literal.span) {
    case .failure(let diagnostic):
      report(diagnostic)
      return .failed
    case .success(let description):
      text.casts = description.casts
      return .relation(
        LogicalPlan(
          .sql(text), schema: labelled(description.schema, text), facts: Facts(name: "sql"),
          span: span))
    }
  }

  /// Nothing is known about where a column comes from: the labels of privacy of everything that
  /// went in stay on everything that comes out.
  private func labelled(_ schema: Schema, _ text: SQLText) -> Schema {
    let labels = text.relations.flatMap(\.schema.columns).reduce(LabelSet()) {
      $0.mergedPrivacy($1.type.labels)
    }
    return Schema(
      schema.columns.map { column in
        Column(
          column.name,
          ValueType(
            column.type.base, nullable: true, labels: column.type.labels.mergedPrivacy(labels)))
      })
  }

  private func sqlParts(_ literal: TextLiteral, _ scope: Scope) -> [SQLText.Part]? {
    var scan = SQLScan()
    var parts: [SQLText.Part] = []
    for (position, part) in literal.parts.enumerated() {
      switch part {
      case .text(let text):
        scan.read(text)
        parts.append(.text(text))
      case .hole(_, _): return nil
      case .relation(let pipeline):
        if case .missing = pipeline.head.kind { return nil }
        guard scan.place == .plain else {
          report(.braceInQuotes(scan.place, at: pipeline.span))
          return nil
        }
        var next = ""
        if case .text(let text)? = literal.parts.dropFirst(position + 1).first { next = text }
        let isTable = scan.isBeforeTable && !SQLScan.beginsWithAlias(next)
        guard let hole = sqlHole(pipeline, isTable: isTable, scope) else { return nil }
        parts.append(hole)
        scan.read("x")
      }
    }
    return parts
  }

  private func sqlHole(
    _ pipeline: Pipeline, isTable: Bool, _ scope: Scope
  ) -> SQLText.Part? {
    switch checkPipeline(pipeline, .outside(scope)) {
    case .relation(let plan):
      return .relation(plan, alias: isTable ? plan.facts.name ?? "t" : nil)
    case .value(let value): return .value(value)
    case .chart:
      report(.needsRelation("a brace of `sql`", got: "a chart", at: pipeline.span))
      return nil
    case .record(let record):
      reportParts(record, at: pipeline.span)
      return nil
    case .model(let model):
      reportModel(model, at: pipeline.span)
      return nil
    case .failed: return nil
    }
  }
}

extension Diagnostic {
  static func braceInQuotes(_ place: SQLScan.Place, at span: Span) -> Diagnostic {
    let inside: String
    switch place {
    case .text: inside = "inside of a quoted text of SQL"
    case .name: inside = "inside of a quoted name of SQL"
    case .lineComment, .blockComment, .plain: inside = "inside of a comment of SQL"
    }
    return Diagnostic(
      .badSQL, "a relation or a value cannot stand here", at: span, label: inside,
      help: [
        "leave the quotes out: `where name = {$name}`; what braces give is quoted for you",
        "braces that belong to the SQL are doubled: `{{` and `}}`",
      ])
  }
}
