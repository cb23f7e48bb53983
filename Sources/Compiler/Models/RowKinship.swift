import Values

/// What the plans of two relations say of their rows.
enum RowKinship {
  /// Rows of one are rows of the other.
  case same
  /// No row can be in both: parts of one `split`, or filters that exclude each other.
  case apart
  case unknown
}

extension LogicalPlan {
  /// Whether rows here are rows of the other relation: it is the other one, or was made of it row
  /// by row, or the other way round.
  func kinship(to other: LogicalPlan) -> RowKinship {
    let mine = rowPaths
    let theirs = other.rowPaths
    var all: Set<RowKinship> = []
    for path in mine { for their in theirs { all.insert(RowPath.kinship(path, their)) } }
    if all.contains(.same) { return .same }
    return all == [.apart] ? .apart : .unknown
  }

  /// The ways that rows take from here down to where they begin.
  private var rowPaths: [RowPath] {
    var done: [RowPath] = []
    var open = [RowPath(steps: [unnamed])]
    while let path = open.popLast(), let plan = path.steps.last {
      let inputs = plan.rowInputs
      // Unions of unions of unions: what is left is not known.
      if inputs.isEmpty || done.count + open.count > 64 {
        done.append(path)
        continue
      }
      open += inputs.map { RowPath(steps: path.steps + [$0.unnamed]) }
    }
    return done
  }

  /// The inputs whose rows go through, one row for one.
  private var rowInputs: [LogicalPlan] {
    switch op {
    case .filter(let input, _), .project(let input, _), .sort(let input), .limit(let input, _),
      .host(let input, _), .distinct(let input), .expand(let input, _, _):
      [input]
    case .join(let left, _, _): [left]
    case .combine(.unionAll, let inputs): inputs
    case .combine(.except, let inputs), .combine(.intersect, let inputs): Array(inputs.prefix(1))
    case .scan, .sql, .rows, .aggregate, .computed, .reference: []
    }
  }

  /// The same without the names that the program gave it.
  fileprivate var unnamed: LogicalPlan {
    var plan = self
    while case .reference(_, _, let inner) = plan.op { plan = inner }
    return plan
  }
}

/// From a relation down, step by step.
private struct RowPath {
  var steps: [LogicalPlan]

  static func kinship(_ a: RowPath, _ b: RowPath) -> RowKinship {
    guard let top = a.steps.first, let other = b.steps.first else { return .unknown }
    if a.leavesOut(other) || b.leavesOut(top) { return .apart }
    if a.steps.contains(other) || b.steps.contains(top) { return .same }
    guard let place = a.steps.firstIndex(where: b.steps.contains),
      let their = b.steps.firstIndex(of: a.steps[place])
    else { return .unknown }
    let mine = a.conditions(above: place)
    let theirs = b.conditions(above: their)
    let isApart = mine.contains { one in theirs.contains { one.excludes($0) } }
    return isApart ? .apart : .unknown
  }

  /// `rows | except known` has no row of `known`.
  private func leavesOut(_ relation: LogicalPlan) -> Bool {
    steps.contains { step in
      guard case .combine(.except, let inputs) = step.op else { return false }
      return inputs.dropFirst().contains { $0.unnamed == relation }
    }
  }

  /// What the filters right above a step ask of its rows, before anything else is made of them.
  private func conditions(above place: Int) -> [TypedExpr] {
    var found: [TypedExpr] = []
    for step in steps[..<place].reversed() {
      switch step.op {
      case .filter(_, let condition): found += condition.conjuncts
      case .sort, .limit, .distinct: continue
      case .scan, .sql, .rows, .project, .aggregate, .join, .expand, .combine, .host, .computed,
        .reference:
        return found
      }
    }
    return found
  }
}

extension TypedExpr {
  fileprivate var conjuncts: [TypedExpr] {
    if case .and(let all) = kind { return all.flatMap(\.conjuncts) }
    return [self]
  }

  /// Whether no row meets both conditions.
  fileprivate func excludes(_ other: TypedExpr) -> Bool {
    switch (kind, other.kind) {
    case (.not(let inner), _) where inner.says(other): true
    case (_, .not(let inner)) where inner.says(self): true
    case (.compare(let sign, let a, let b), .compare(let otherSign, let c, let d)):
      a.says(c) && (b.says(d) ? sign.excludes(otherSign) : sign.excludes(b, otherSign, d))
    default: false
    }
  }

  /// The same, wherever it stands.
  private func says(_ other: TypedExpr) -> Bool {
    switch (kind, other.kind) {
    case (.column(let a), .column(let b)): a == b
    case (.literal(let a), .literal(let b)): a == b
    case (.widen(let a), .widen(let b)): a.says(b)
    case (.compare(let sign, let a, let b), .compare(let otherSign, let c, let d)):
      sign == otherSign && a.says(c) && b.says(d)
    default: self == other
    }
  }
}

extension CompareSign {
  /// Of the same two values.
  fileprivate func excludes(_ other: CompareSign) -> Bool {
    switch self {
    case .equal: other == .notEqual || other == .less || other == .greater
    case .notEqual: other == .equal
    case .less: other == .greaterOrEqual || other == .greater || other == .equal
    case .lessOrEqual: other == .greater
    case .greater: other == .lessOrEqual || other == .less || other == .equal
    case .greaterOrEqual: other == .less
    }
  }

  /// One value equal to two that differ.
  fileprivate func excludes(_ a: TypedExpr, _ other: CompareSign, _ b: TypedExpr) -> Bool {
    guard self == .equal, other == .equal, let a = a.constant, let b = b.constant else {
      return false
    }
    return a != b
  }
}
