package import Diagnostics
import Syntax
package import Values

/// Which rows a model was trained on, told by digests of their keys: for programs that cannot see
/// where the rows came from (ruling 29).
package struct TrainedKeys: Sendable {
  package static let column = "digest"

  /// The columns labelled `key` or `pseudonym`.
  package var columns: [Column]
  /// The digests, one column, each once. Of rows of the program they are plain; kept ones are
  /// keyed, so that nobody can find out by trying which customers were among the rows.
  package var digests: LogicalPlan
  /// What the kept ones were keyed with.
  var salt: String?

  package init(columns: [Column], digests: LogicalPlan, salt: String? = nil) {
    self.columns = columns
    self.digests = digests
    self.salt = salt
  }

  /// The digests to be kept: SHA-256 of the salt and each one, in their order.
  package func keyed(with salt: String) -> LogicalPlan {
    Self.sorted(Self.keyed(digests, salt))
  }

  private static func keyed(_ plain: LogicalPlan, _ salt: String) -> LogicalPlan {
    var bare = plain
    bare.facts.order = .unknown
    let span = plain.span
    let parts = [
      TypedExpr(.literal(.text(salt)), ValueType(.text), span),
      TypedExpr(.column(column), ValueType(.text), span),
    ]
    let digest = TypedExpr(
      .scalar(
        FunctionReference("sha256", overload: 0),
        [TypedExpr(.concatenate(parts), ValueType(.text), span)]), ValueType(.text), span)
    return Projection.plan(bare, [NamedExpr(column, digest)], span)
  }

  private static func sorted(_ digests: LogicalPlan) -> LogicalPlan {
    var rows = digests
    let digest = TypedExpr.column(rows.schema.columns[0], rows.span)
    rows.facts.order = .by([SortKey(digest)])
    return LogicalPlan(.sort(rows), schema: rows.schema, facts: rows.facts, span: rows.span)
  }

  /// Nil where nothing tells the rows apart.
  init?(of rows: LogicalPlan, _ span: Span) {
    let columns = rows.schema.columns.filter {
      ($0.type.labels.isKey || $0.type.labels.isPseudonym) && $0.type.base.isWrittenAlike
    }
    guard !columns.isEmpty else { return nil }
    var once = Self.digests(of: rows, by: columns, span)
    once = LogicalPlan(.distinct(once), schema: once.schema, facts: Facts(), span: span)
    self.columns = columns
    digests = Self.sorted(once)
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
    var left = Self.digests(of: rows, by: own, span)
    if let salt { left = Self.keyed(left, salt) }
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
