package import Diagnostics
import Syntax
package import Values

/// Which rows a model was trained on, told by digests of their keys: for programs that cannot see
/// where the rows came from (ruling 29).
package struct TrainedKeys: Sendable {
  package static let column = "digest"

  /// The columns labelled `key` or `pseudonym`.
  package var columns: [Column]
  /// The digests, one column, each once.
  package var digests: LogicalPlan

  package init(columns: [Column], digests: LogicalPlan) {
    self.columns = columns
    self.digests = digests
  }

  /// Nil where nothing tells the rows apart.
  init?(of rows: LogicalPlan, _ span: Span) {
    let columns = rows.schema.columns.filter {
      ($0.type.labels.isKey || $0.type.labels.isPseudonym) && $0.type.base.isWrittenAlike
    }
    guard !columns.isEmpty else { return nil }
    var once = Self.digests(of: rows, by: columns, span)
    once = LogicalPlan(.distinct(once), schema: once.schema, facts: Facts(), span: span)
    let digest = TypedExpr.column(once.schema.columns[0], span)
    once.facts.order = .by([SortKey(digest)])
    self.columns = columns
    digests = LogicalPlan(.sort(once), schema: once.schema, facts: once.facts, span: span)
  }

  private static func digests(
    of rows: LogicalPlan, by columns: [Column], _ span: Span
  ) -> LogicalPlan {
    var bare = rows
    bare.facts.order = .unknown
    let written = HashDigest.written(columns.map { .column($0, span) }, after: "key:", span)
    let digest = TypedExpr(
      .scalar(FunctionReference("md5", overload: 0), [written]), ValueType(.text), span)
    return Projection.plan(bare, [NamedExpr(column, digest)], span)
  }

  /// The rows that are among those of the model; nil where they do not have its keys.
  func known(among rows: LogicalPlan, _ span: Span) -> LogicalPlan? {
    var own: [Column] = []
    for column in columns {
      guard let found = rows.schema[column.name], found.type.base == column.type.base else {
        return nil
      }
      own.append(found)
    }
    let left = Self.digests(of: rows, by: own, span)
    let type = ValueType(.text)
    let join = Join(
      kind: .semi,
      keys: [
        JoinKey(
          left: TypedExpr(.column(Self.column), type, span),
          right: TypedExpr(.rightColumn(Self.column), type, span))
      ], conditions: [], outputs: [.init(name: Self.column, source: .left(Self.column))],
      guardSpan: nil)
    return LogicalPlan(
      .join(left, digests, join), schema: left.schema, facts: Facts(), span: span)
  }
}

extension StageCheck {
  /// What finds rows among those of a model where no lineage tells; nothing where they are allowed.
  func trainedRows(of model: ModelValue) -> [LogicalPlan] {
    guard clause(.allow) == nil else { return [] }
    if let source = model.source, input.kinship(to: source) == .apart { return [] }
    let trained = model.trainedKeys ?? model.source.flatMap { TrainedKeys(of: $0, span) }
    if let found = trained?.known(among: input, span) { return [found] }
    let keys = trained?.columns.map { "`\($0.name)`" }.joined(separator: ", ")
    report(
      Diagnostic(
        .maybeTrained, "nothing says whether \(model.words) was trained on these rows", at: span,
        label: "a model knows the answers of its own rows",
        help: [
          keys.map { "the rows of its training are known by \($0), which is not a column here" }
            ?? "before `train`, label what tells rows apart: `label customer_id = key`",
          "to measure all the same: `allow training`",
        ]))
    return []
  }
}

extension Diagnostic {
  /// So many of the rows are among those that the model was trained on.
  package static func trained(on known: Int, of words: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .trainedOnTheseRows,
      "\(NumberPrinting.grouped("\(known)")) of these rows \(known == 1 ? "has a key" : "have keys") that \(words) was trained on",
      at: span, label: "it knows their answers",
      help: [
        "keep rows apart for this: `split` on the key, before `train`",
        "to measure them all the same: `allow training`",
      ])
  }
}
