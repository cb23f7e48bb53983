import Diagnostics
import Syntax
import Values

/// A source with columns that look personal.
struct SuspectSource {
  var name: String
  var span: Span
  /// Those that nobody has said anything of.
  var columns: [(name: String, kind: LookAlike)]
  var wasTold = false
}

// Columns named or shaped like an e-mail address, a phone, an IBAN or a card number (ruling 26).
extension Checker {
  func suspect(_ source: SourceDescription, at span: Span) {
    if suspects[source.path] != nil { return }
    let said = Set(source.labels.compactMap { $0.name?.text })
    let columns = source.schema.columns.compactMap { column -> (name: String, kind: LookAlike)? in
      if said.contains(column.name) || source.plainColumns.contains(column.name) { return nil }
      let kind =
        source.lookAlikes[column.name] ?? LookAlike(name: column.name, type: column.type.base)
      return kind.map { (column.name, $0) }
    }
    suspects[source.path] = SuspectSource(name: source.name, span: span, columns: columns)
  }

  /// The program says what the column is, and so of the columns of sources that it is.
  func settle(_ column: String, of plan: LogicalPlan) {
    if suspects.values.allSatisfy(\.columns.isEmpty) { return }
    for origin in plan.origins(of: column) {
      suspects[origin.path]?.columns.removeAll { $0.name == origin.column }
    }
  }

  /// Warns of the columns that nothing was said of, each source once: when the whole program is
  /// known, since `label` may stand far below `read`.
  package func reportLookAlikes() {
    let inOrder = suspects.sorted {
      ($0.value.span.file.number, $0.value.span.start)
        < ($1.value.span.file.number, $1.value.span.start)
    }
    for (path, source) in inOrder
    where !source.wasTold && !source.columns.isEmpty {
      suspects[path]?.wasTold = true
      report(.looksPersonal(source))
    }
  }
}

extension LogicalPlan {
  fileprivate struct Origin {
    var path: [String]
    var column: String
  }

  /// The columns of sources that a column is, unchanged.
  fileprivate func origins(of column: String) -> [Origin] {
    switch op {
    case .scan(let scan): return [Origin(path: scan.path, column: column)]
    case .rows, .sql, .computed: return []
    case .reference(_, _, let input), .filter(let input, _), .sort(let input), .limit(let input, _),
      .distinct(let input), .host(let input, _):
      return input.origins(of: column)
    case .project(let input, let items), .expand(let input, let items, _):
      return input.origins(of: items.first { $0.name == column }?.expr.sourceColumn)
    case .aggregate(let input, let keys, _):
      return input.origins(of: keys.first { $0.name == column }?.expr.sourceColumn)
    case .combine(_, let all): return all.flatMap { $0.origins(of: column) }
    case .join(let left, let right, let join):
      switch join.outputs.first(where: { $0.name == column })?.source {
      case .left(let name)?: return left.origins(of: name)
      case .right(let name)?: return right.origins(of: name)
      case .either(let one, let other)?: return left.origins(of: one) + right.origins(of: other)
      case nil: return []
      }
    }
  }

  private func origins(of column: String?) -> [Origin] { column.map { origins(of: $0) } ?? [] }
}

extension TypedExpr {
  /// The column, also as a type of more values.
  fileprivate var sourceColumn: String? {
    if case .widen(let inner) = kind { inner.columnName } else { columnName }
  }
}

extension Diagnostic {
  fileprivate static func looksPersonal(_ source: SuspectSource) -> Diagnostic {
    let names = source.columns.map { "`\(Exit.escape($0.name, for: .terminal))`" }
    let kinds = zip(names, source.columns).map { "\($0) \($1.kind.words)" }
    let name = Exit.escape(source.columns[0].name, for: .terminal)
    let relation = Exit.escape(source.name, for: .terminal)
    return Diagnostic(
      .looksPersonal,
      names.count == 1
        ? "\(names[0]) of `\(relation)` looks personal"
        : "\(names.count) columns of `\(relation)` look personal", at: source.span,
      label: "looks like: " + kinds.joined(separator: ", "),
      help: [
        "say so, here or in `labels.whom`: `label \(name) = pii`; if not: `label \(name) = public`"
      ])
  }
}
