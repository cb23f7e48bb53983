import Diagnostics
import Syntax
import Values

extension Checker {
  /// `read "data/orders.csv"`
  func read(_ path: TextLiteral, _ options: [SourceRequest.Option], _ span: Span, _ scope: Scope)
    -> Checked
  {
    let text = Expr(.text(path), path.span)
    guard let file = constantText(text, "the path of `read`", scope) else { return .failed }
    return source(SourceRequest(path: file, options: options, span: path.span), span)
  }

  /// `read("x.csv", header = false, types = {id: "text"})`
  func readCall(_ arguments: [Argument], _ span: Span, _ scope: Scope) -> Checked {
    guard let first = arguments.first, first.name == nil else {
      report(
        .argumentCount(
          "read", expected: "a path, then options by name", got: arguments.count, at: span))
      return .failed
    }
    guard let path = constantText(first.value, "the path of `read`", scope) else { return .failed }
    var options: [SourceRequest.Option] = []
    var seen: [String: Span] = [:]
    for argument in arguments.dropFirst() {
      guard let option = readOption(argument, scope) else { return .failed }
      if let name = argument.name, let first = seen.updateValue(name.span, forKey: name.text) {
        report(
          Diagnostic(
            .duplicateName, "the option `\(name.text)` is given twice", at: name.span,
            label: "second time here", notes: [.init("first here", at: first)]))
        return .failed
      }
      options.append(option)
    }
    return source(SourceRequest(path: path, options: options, span: first.value.span), span)
  }

  private func readOption(_ argument: Argument, _ scope: Scope) -> SourceRequest.Option? {
    let known = ReadOption.allCases.map(\.rawValue)
    guard let name = argument.name, ReadOption(rawValue: name.text) != nil else {
      let word = argument.name?.text ?? ""
      let near = ReadOption.elsewhere[word] ?? Suggestion.nearest(to: word, in: known)
      report(
        Diagnostic(
          .badArgument, "`read` has no option `\(word)`",
          at: argument.name?.span ?? argument.value.span,
          label: "unknown option",
          help: [
            near.map { "did you mean `\($0)`?" } ?? "options: \(known.joined(separator: ", "))"
          ]))
      return nil
    }
    let value = check(argument.value, .outside(scope))
    if value.isFailed { return nil }
    if let constant = value.constant {
      return SourceRequest.Option(name: name.text, value: constant, span: argument.value.span)
    }
    if case .record(let fields) = value.kind {
      let constants = fields.compactMap { field in
        field.value.constant.map { Value.Field(field.name, $0) }
      }
      if constants.count == fields.count {
        return SourceRequest.Option(
          name: name.text, value: .record(constants), span: argument.value.span)
      }
    }
    report(.notConstant("an option of `read`", at: argument.value.span))
    return nil
  }

  private func source(_ request: SourceRequest, _ span: Span) -> Checked {
    switch catalog.source(request) {
    case .failure(let diagnostic):
      report(diagnostic)
      return .failed
    case .success(let source):
      for warning in source.warnings { report(warning) }
      if let writer = source.writtenBy { uses.insert(writer) }
      return labelled(source, span)
    }
  }

  /// With the labels that the project has for the source, as if they stood behind it.
  private func labelled(_ source: SourceDescription, _ span: Span) -> Checked {
    let plan = scan(of: source, span)
    suspect(source, at: span)
    guard let first = source.labels.first else { return .relation(plan) }
    var stage = Stage(path: [Name("label", first.span)], isVerb: true, span: first.span)
    stage.items = source.labels
    let mark = diagnostics.count
    let result = apply(stage, to: plan, Scope())
    for position in diagnostics.indices.dropFirst(mark) {
      diagnostics[position].notes.append(.init("for what is read here", at: plan.span))
    }
    guard case .relation(var labelled) = result else { return result }
    labelled.span = plan.span
    return .relation(labelled)
  }

  func scan(of source: SourceDescription, _ span: Span) -> LogicalPlan {
    let facts = Facts(
      order: source.isOrdered ? .source : .unknown, uniqueKeys: source.keys, name: source.name)
    return LogicalPlan(
      .scan(Scan(path: source.path, casts: source.casts, clocks: source.clocks)),
      schema: source.schema, facts: facts,
      span: span)
  }

  /// A table of the server: `orders`, `sales.orders`. Names of the program come first.
  func serverTable(_ path: [String], _ span: Span) -> Checked? {
    switch catalog.table(path, at: span) {
    case nil: return nil
    case .failure(let diagnostic)?:
      report(diagnostic)
      return .failed
    case .success(let source)?:
      for warning in source.warnings { report(warning) }
      return labelled(source, span)
    }
  }

  // MARK: Rows written in the program

  /// `rows [{a: 1}, {a: 2}]`: the columns are those of the first row.
  func literalRows(_ list: Expr, _ span: Span, _ scope: Scope) -> Checked {
    guard case .list(let elements) = list.kind, !elements.isEmpty else {
      report(
        .mismatch(
          "`rows` needs at least one row", at: span, label: "no columns without a row",
          help: ["`rows [{name: \"a\", n: 2}]`"]))
      return .failed
    }
    var columns: [Column] = []
    var rows: [[TypedExpr]] = []
    for element in elements {
      guard let row = literalRow(element, &columns, isFirst: rows.isEmpty, scope) else {
        return .failed
      }
      rows.append(row)
    }
    if let (first, second) = Schema(columns).twins {
      report(.twins(first.name, second.name, at: elements[0].span))
      return .failed
    }
    let widened = rows.map { row in
      zip(row, columns).map { widen($0, to: $1.type.base) }
    }
    return .relation(
      LogicalPlan(
        .rows(widened), schema: Schema(columns), facts: Facts(order: .source, name: "rows"),
        span: span))
  }

  private func literalRow(
    _ element: Expr, _ columns: inout [Column], isFirst: Bool, _ scope: Scope
  ) -> [TypedExpr]? {
    guard let (names, values) = fields(of: element, scope) else { return nil }
    if isFirst, names.isEmpty {
      report(
        .mismatch(
          "`rows` needs a column", at: element.span, label: "a record without fields",
          help: ["`rows [{name: \"a\", n: 2}]`"]))
      return nil
    }
    if isFirst {
      var seen: [String: Span] = [:]
      for (name, value) in zip(names, values) {
        if let first = seen[name.text] {
          report(.duplicateName(name.text, at: name.span, first: first))
          return nil
        }
        seen[name.text] = name.span
        columns.append(Column(name.text, value.type))
      }
      return values
    }
    return aligned(names, values, &columns, element.span)
  }

  /// Of a record that is written here, or of one that a name stands for: `rows [$expected]`.
  private func fields(of element: Expr, _ scope: Scope) -> ([Name], [TypedExpr])? {
    if case .record(let fields) = element.kind {
      let values = fields.map { check($0.value, .outside(scope)) }
      return values.contains(where: \.isFailed) ? nil : (fields.map(\.name), values)
    }
    if case .variable = element.kind {
      let typed = check(element, .outside(scope))
      if typed.isFailed { return nil }
      if case .record(let fields) = typed.kind {
        return (fields.map { Name($0.name, element.span) }, fields.map(\.value))
      }
    }
    report(.mismatch("a row is a record", at: element.span, label: "not `{name: value}`"))
    return nil
  }

  /// The values of a further row in the order of the columns.
  private func aligned(
    _ names: [Name], _ values: [TypedExpr], _ columns: inout [Column], _ span: Span
  ) -> [TypedExpr]? {
    var row: [TypedExpr] = []
    for name in names where !columns.contains(where: { $0.name == name.text }) {
      var diagnostic = Diagnostic.unknownColumn(
        name.text, in: Schema(columns), relation: nil, binding: false, at: name.span)
      diagnostic.label = "the first row has no such field"
      report(diagnostic)
      return nil
    }
    for (position, column) in columns.enumerated() {
      guard let at = names.firstIndex(where: { $0.text == column.name }) else {
        row.append(TypedExpr(.literal(.null), ValueType(column.type.base, nullable: true), span))
        columns[position].type = column.type.nullable
        continue
      }
      guard let type = TypeRules.unify(column.type, values[at].type) else {
        report(
          .mismatch(
            "`\(column.name)` is \(column.type.base) in the rows above", at: values[at].span,
            label: "this is \(values[at].type.base)"))
        return nil
      }
      columns[position].type = type
      row.append(values[at])
    }
    return row
  }
}
