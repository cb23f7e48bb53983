import Compiler
import SQLTree
import Values

/// A select that is being built: stages go into it as long as their meaning allows; then it
/// becomes a subquery of the next.
struct SelectBlock {
  var select = SQLSelect()
  /// The columns of the result so far, each over what stands behind `from`.
  var columns: [BlockColumn]
  /// What the only table behind `from` has, in order: for `select *`. `nil` after a join.
  var tableColumns: [String]?
  /// By which name columns of the first table can be told apart.
  var alias: String
  /// Those in use, in small letters.
  var aliases: Set<String>
  var isGrouped = false
  /// Rows multiply by `unnest` among the columns: nothing else goes into the same select.
  var isExpanded = false

  struct BlockColumn {
    var name: String
    var expr: SQLExpr
    var isWindow = false
    /// What it costs to write the expression again.
    var weight = 1
    var isNullable = true
  }

  init(table: SQLTable, columns: [String], alias: String) {
    select.from = table
    self.columns = columns.map { BlockColumn(name: $0, expr: .column($0)) }
    tableColumns = columns
    self.alias = alias
    aliases = [alias.folded]
  }

  /// Rows written in the program take the name that the program gives them.
  func named(_ name: String) -> SelectBlock {
    guard tableColumns != nil, case .values(let rows, _, let columns)? = select.from else {
      return self
    }
    var block = self
    block.select.from = .values(rows, alias: name, columns: columns)
    block.alias = name
    block.aliases = [name.folded]
    return block
  }

  func expr(_ name: String) -> SQLExpr {
    columns.first { $0.name == name }?.expr ?? .column(name)
  }
  func column(_ name: String) -> BlockColumn? { columns.first { $0.name == name } }

  var isLimited: Bool { select.limit != nil }
  var hasWindows: Bool { columns.contains(where: \.isWindow) }
  /// Nothing but tables, joins and a filter: more can be put on every side of it.
  var isPlain: Bool {
    !isGrouped && !isExpanded && !isLimited && !select.isDistinct && select.qualify == nil
      && !hasWindows
  }

  /// Whether expressions that use columns so often can be put in their place: nothing long is
  /// written twice, and nothing very long becomes part of something longer.
  func canInline(_ uses: [String: Int]) -> Bool {
    uses.allSatisfy { name, count in
      guard let column = column(name) else { return true }
      if column.weight > Self.longest { return false }
      return column.weight <= 1 || count <= 1 || column.weight <= 4 && count <= 2
    }
  }

  private static let longest = 500

  mutating func addFilter(_ condition: SQLExpr) {
    select.filter = SQLExpr.joined([select.filter, condition].compactMap { $0 }, by: .and)
  }
  mutating func addHaving(_ condition: SQLExpr) {
    select.having = SQLExpr.joined([select.having, condition].compactMap { $0 }, by: .and)
  }
  mutating func addQualify(_ condition: SQLExpr) {
    select.qualify = SQLExpr.joined([select.qualify, condition].compactMap { $0 }, by: .and)
  }

  /// The finished select. Order keys that are columns of the result are named by them.
  func finish(showsHidden: Bool = false) -> SQLQuery {
    var result = select
    let shown = showsHidden ? columns : columns.filter { !HiddenColumn.isHidden($0.name) }
    result.items = items(shown)
    result.group = groupKeys(shown)
    result.order = select.order.map { order in
      guard let named = shown.first(where: { $0.expr == order.key }) else { return order }
      return SQLOrder(
        .column(named.name), descending: order.isDescending, nullable: order.isNullable)
    }
    return .select(result)
  }

  /// Plain keys by name; with a computed key among them, positions say it shortest.
  private func groupKeys(_ shown: [BlockColumn]) -> [SQLExpr] {
    let allPlain = select.group.allSatisfy { if case .column = $0 { true } else { false } }
    if allPlain { return select.group }
    return select.group.map { key in
      shown.firstIndex { $0.expr == key }.map { .int($0 + 1) } ?? Self.unshown(key)
    }
  }

  /// A number by itself would be taken as a position, and other constants are refused.
  private static func unshown(_ key: SQLExpr) -> SQLExpr {
    if case .literal = key { return .call("coalesce", [key, key]) }
    return key
  }

  /// One row for all rows needs something in the select that folds them.
  var hasLostItsFold: Bool {
    guard isGrouped, select.group.isEmpty, select.having == nil else { return false }
    return !columns.contains { column in
      var folds = false
      column.expr.visit { part in
        switch part {
        case .column, .star, .aggregate: folds = true
        default: break
        }
      }
      return folds
    }
  }

  /// `*` where the columns are those of the table, in order, perhaps with more behind.
  private func items(_ columns: [BlockColumn]) -> [SQLItem] {
    let listed = columns.map { SQLItem(NarrowInt.widened($0.expr), as: $0.name) }
    guard let tableColumns, !isGrouped, columns.count >= tableColumns.count else { return listed }
    let isPrefix = zip(tableColumns, columns).allSatisfy { table, column in
      column.name == table && column.expr == .column(table)
    }
    guard isPrefix else { return listed }
    let rest = listed.dropFirst(tableColumns.count)
    return rest.isEmpty ? [] : [SQLItem(.star, as: "*")] + rest
  }

  /// `select distinct` can be ordered only by what it shows.
  var sortsHidden: Bool {
    select.isDistinct
      && !select.order.allSatisfy { key in columns.contains { $0.expr == key.key } }
  }

  /// In `having` an engine takes an output of that name before the column of the table.
  func isShadowed(inHaving condition: SQLExpr) -> Bool {
    switch condition {
    case .aggregate: false
    case .column(nil, let name): hasOther(name, than: condition)
    default:
      !columns.contains { $0.expr == condition && !select.group.contains($0.expr) }
        && condition.children.contains { isShadowed(inHaving: $0) }
    }
  }

  /// Whether an output of the name, in whatever case, is something else than the column.
  private func hasOther(_ name: String, than column: SQLExpr) -> Bool {
    columns.contains { $0.name.folded == name.folded && $0.expr != column }
  }

  /// Order keys mean the columns of the table; an output of that name with another meaning
  /// would be taken instead.
  var hasShadowedOrder: Bool {
    let shown = columns.filter { !HiddenColumn.isHidden($0.name) }
    return select.order.contains { order in
      var isShadowed = false
      order.key.visit { part in
        if case .column(nil, let name) = part, hasOther(name, than: part),
          !HiddenColumn.isHidden(name), !shown.contains(where: { $0.expr == order.key })
        {
          isShadowed = true
        }
        // A window that is not among the columns has no name in `order by`.
        if case .window = part, !shown.contains(where: { $0.expr == order.key }) {
          isShadowed = true
        }
      }
      return isShadowed
    }
  }
}
