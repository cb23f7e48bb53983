import Diagnostics
import Syntax
import Values

extension Verb {
  static let save = Verb(
    name: "save", summary: "writes the rows to a file, whole or not at all, and passes them on",
    form: "save \"out/top.parquet\"", clauses: [.append, .replace, .on],
    details: """
      The ending of the name says the format: `.csv`, `.tsv`, `.parquet`, `.json` or `.ndjson`, and all but
      Parquet also packed, as in `.csv.gz` or `.csv.zst`. Paths start at the folder of the program.

      A file that is there is replaced. `append` puts the rows behind those of the file; with
      `on` and a key, rows of the file that have the key of a new row give way to it, so that a run can be
      repeated. Texts are written as they are: a program that opens a CSV file as a sheet may take `=1+1`
      in one for a formula.
      """,
    examples: [
      "orders | save \"out/orders.csv\"",
      "orders | where region == \"EMEA\" | save \"out/seen.parquet\" append on order_id",
    ]
  ) { check in
    guard let item = check.stage.items.first, var target = check.target(item.expr),
      let mode = check.saveMode()
    else { return .failed }
    target.mode = mode
    guard check.canHold(target), check.mayLeave(to: target) else { return .failed }
    check.checker.steps.append(.save(check.checker.leaving(check.input, isMasked: false), target))
    check.checker.promise(target, check.input.schema)
    return .relation(check.input)
  }
}

extension Checker {
  /// The statement at hand writes the file; readers depend on it.
  func promise(_ target: SaveTarget, _ schema: Schema) {
    // A file that may stay unwritten is no source for what follows.
    if mayNotRun { return }
    let id = newBinding()
    written.append(id)
    catalog.promise(target, target.schema(schema), by: id)
  }
}

extension StageCheck {
  func target(_ expr: Expr) -> SaveTarget? {
    guard let path = checker.constantText(expr, "the path of `save`", scope) else { return nil }
    if let control = path.unicodeScalars.first(where: { $0.properties.generalCategory == .control })
    {
      report(Self.holdsControl(control, path, at: expr.span))
      return nil
    }
    if let target = SaveTarget(path: path, span: expr.span) { return target }
    report(Self.unknownFormat(path, at: expr.span))
    return nil
  }

  /// A name that nobody can type, and that a terminal obeys when it lists the folder.
  private static func holdsControl(
    _ control: Unicode.Scalar, _ path: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .cannotWrite, "`\(Exit.escape(path, for: .terminal))` cannot be written", at: span,
      label: "the name holds the control character \(control.codePoint)",
      help: ["leave it out: names are made of signs that can be seen and typed"])
  }

  private static func unknownFormat(_ path: String, at span: Span) -> Diagnostic {
    let endings = SaveTarget.Format.allCases.map { ".\($0.rawValue)" }.joined(separator: ", ")
    var help = ["endings: \(endings), also packed: .csv.gz, .json.zst"]
    if path.lowercased().contains(".parquet.") {
      help = ["a Parquet file is packed inside: leave the last ending out"]
    }
    if path.lowercased().hasSuffix(".xlsx") {
      help = ["write `.csv`, which every program for sheets opens"]
    }
    return Diagnostic(
      .unknownFormat, "the format of `\(Exit.escape(path, for: .terminal))` is not known", at: span,
      label: "the ending says the format", help: help)
  }

  /// `append`, `append on key`, `replace` or nothing; nil after a mistake was reported.
  fileprivate func saveMode() -> SaveTarget.Mode? {
    let append = clause(.append)
    if let append, let replace = clause(.replace) {
      report(
        Diagnostic(
          .clauseNotHere, "`append` and `replace` exclude each other", at: replace.span,
          label: "one of them", notes: [.init("the other", at: append.span)]))
      return nil
    }
    guard let on = clause(.on) else { return append == nil ? .replace : .append(key: []) }
    guard append != nil else {
      report(
        Diagnostic(
          .clauseNotHere, "`on` says which rows `append` replaces", at: on.span,
          label: "without `append`", help: ["`save \"...\" append on key`"]))
      return nil
    }
    var keys: [String] = []
    for item in on.items {
      guard case .name(let name) = item.expr.kind else {
        report(
          .mismatch(
            "the key of `append on` is a column", at: item.expr.span, label: "not a column",
            help: ["`derive` it first, so that the file has it too"]))
        return nil
      }
      guard let column = column(Name(name, item.expr.span)) else { return nil }
      keys.append(column.name)
    }
    return .append(key: keys)
  }

  /// Text files have no lists and no records.
  func canHold(_ target: SaveTarget) -> Bool {
    guard target.format == .csv || target.format == .tsv else { return true }
    guard let nested = input.schema.columns.first(where: { $0.type.base.isNested }) else {
      return true
    }
    report(
      .mismatch(
        "`\(nested.name)` is \(TypeRules.article(nested.type.base)): a CSV file has none",
        at: target.span, label: "save it as .parquet or .json",
        help: ["or `drop \(nested.name)`, or `unnest` it, before `save`"]))
    return false
  }
}

extension DataType {
  var isNested: Bool {
    switch self {
    case .list, .record: true
    case .bool, .int, .float, .decimal, .text, .date, .timestamp, .duration, .months, .period,
      .json, .null:
      false
    }
  }
}

extension SaveTarget {
  /// The columns that a reader of the file finds: text files know no lengths of time.
  fileprivate func schema(_ schema: Schema) -> Schema {
    if format == .parquet { return schema }
    return Schema(
      schema.columns.map { column in
        switch column.type.base {
        case .duration, .months, .period, .null:
          Column(column.name, ValueType(.text, nullable: column.type.isNullable))
        case .bool, .int, .float, .decimal, .text, .date, .timestamp, .list, .record, .json: column
        }
      })
  }
}
