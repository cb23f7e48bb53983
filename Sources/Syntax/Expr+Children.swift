extension Expr {
  /// The expressions directly inside, in the order of the text. Pipelines, sources and the holes
  /// of texts are closed: their names belong to them.
  package var children: [Expr] {
    var all: [Expr] = []
    _ = mapChildren {
      all.append($0)
      return $0
    }
    return all
  }

  /// The same expression over other parts.
  package func mapChildren(_ change: (Expr) -> Expr) -> Expr {
    var result = self
    switch kind {
    case .name, .variable, .number, .percent, .duration, .date, .text, .bool, .null, .it, .source,
      .rows, .pipeline, .missing:
      return self
    case .call(let name, let arguments): result.kind = .call(name, arguments.mapped(change))
    case .qualifiedCall(let base, let name, let arguments):
      result.kind = .qualifiedCall(base, name, arguments.mapped(change))
    case .field(let base, let name): result.kind = .field(change(base), name)
    case .negate(let x): result.kind = .negate(change(x))
    case .not(let x): result.kind = .not(change(x))
    case .or(let all): result.kind = .or(all.map(change))
    case .and(let all): result.kind = .and(all.map(change))
    case .coalesce(let all): result.kind = .coalesce(all.map(change))
    case .list(let all): result.kind = .list(all.map(change))
    case .sum(let first, let rest):
      result.kind = .sum(
        first: change(first), rest: rest.map { Operand($0.sign, change($0.value)) })
    case .product(let first, let rest):
      result.kind = .product(
        first: change(first), rest: rest.map { Operand($0.sign, change($0.value)) })
    case .power(let a, let b): result.kind = .power(change(a), change(b))
    case .range(let a, let b): result.kind = .range(change(a), change(b))
    case .filtered(let a, let b): result.kind = .filtered(change(a), change(b))
    case .compare(let a, let sign, let b): result.kind = .compare(change(a), sign, change(b))
    case .conditional(let branches, let otherwise, let isCase):
      result.kind = .conditional(
        branches.map { Branch(condition: change($0.condition), value: change($0.value)) },
        otherwise: change(otherwise), isCase: isCase)
    case .record(let fields):
      result.kind = .record(fields.map { RecordField(name: $0.name, value: change($0.value)) })
    }
    return result
  }
}

extension [Argument] {
  fileprivate func mapped(_ change: (Expr) -> Expr) -> [Argument] {
    map { Argument(name: $0.name, value: change($0.value)) }
  }
}
