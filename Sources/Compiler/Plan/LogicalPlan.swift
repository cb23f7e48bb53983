package import Diagnostics
package import Values

/// A relation as the plan knows it: an operator over other relations, with its schema and what
/// is proven about its rows. Verbs lower to these few operators; dialects print only them.
package struct LogicalPlan: Hashable, Sendable {
  package indirect enum Operator: Hashable, Sendable {
    case scan(Scan)
    /// `sql "select ..."`
    case sql(SQLText)
    /// Rows written in the program.
    case rows([[TypedExpr]])
    case filter(LogicalPlan, TypedExpr)
    /// All columns of the result, in order; may hold windows.
    case project(LogicalPlan, [NamedExpr])
    /// One row a group; every item is one aggregate.
    case aggregate(LogicalPlan, keys: [NamedExpr], items: [NamedExpr])
    /// The same rows in the order that `facts.order` says.
    case sort(LogicalPlan)
    case limit(LogicalPlan, Limit)
    case distinct(LogicalPlan)
    case join(LogicalPlan, LogicalPlan, Join)
    /// All columns of the result; of those named in `lists` each row gives one row an item.
    case expand(LogicalPlan, [NamedExpr], lists: Set<String>)
    /// Relations of the same columns, put together row by row.
    case combine(Combination, [LogicalPlan])
    /// The columns of a relation and further ones that Whom works out itself, batch by batch,
    /// between a query that gives the rows and one that reads them.
    case host(LogicalPlan, HostStep)
    /// Rows that Whom works out itself from the whole of its inputs: what a model has, what it is
    /// worth.
    case computed([LogicalPlan], Computation)
    /// A relation with a name of the program; the engine may keep its rows instead of running
    /// it again.
    case reference(BindingID, name: String, LogicalPlan)
  }

  package enum Combination: Hashable, Sendable {
    case unionAll
    /// Sets: each row once, a missing value equal to a missing value.
    case except, intersect
  }

  package var op: Operator
  package var schema: Schema
  package var facts: Facts
  /// The stage it came from: where a failure of the engine is shown.
  package var span: Span
  /// How many operators stand on each other.
  package private(set) var depth = 1

  /// Walking more operators than these takes more stack than a thread has, and more levels of
  /// queries than engines take.
  package static let depthLimit = 500

  package init(_ op: Operator, schema: Schema, facts: Facts, span: Span) {
    self.op = op
    self.schema = schema
    self.facts = facts
    self.span = span
    depth = 1 + (inputs.map(\.depth).max() ?? 0)
  }
}

/// What is proven about the rows of a relation.
package struct Facts: Hashable, Sendable {
  package var order: Order
  /// Sets of columns whose values together are different in every row.
  package var uniqueKeys: [[String]]
  /// The name a person would give it: of the `let`, of the file. Used for aliases.
  package var name: String?
  /// Of the grouping that a pivot is.
  package var leftOut: LeftOut?
  /// Of a relation that leaves, which is told of in groups of people.
  package var smallGroups: SmallGroups?
  /// Of a `drop` or `rename`: columns that the source will gain go on.
  package var keepsRest = false
  /// Of the rows of `series` and its steps, one below the other: measures leave the steps out.
  package var addsSteps = false

  package enum Order: Hashable, Sendable {
    /// The order in which the rows stand in the source.
    case source
    case by([SortKey])
    case unknown
  }

  package init(order: Order = .unknown, uniqueKeys: [[String]] = [], name: String? = nil) {
    self.order = order
    self.uniqueKeys = uniqueKeys
    self.name = name
  }

  package var sortKeys: [SortKey] {
    if case .by(let keys) = order { keys } else { [] }
  }

  package func isUnique(on columns: some Sequence<String>) -> Bool {
    let given = Set(columns)
    return uniqueKeys.contains { given.isSuperset(of: $0) }
  }
}

/// A source that the catalogue knows: a view or table of the engine, by its parts.
package struct Scan: Hashable, Sendable {
  package var path: [String]
  /// Columns that the engine holds in a type that Whom does not have.
  package var casts: Set<String>
  package var clocks: Clocks?
  package init(path: [String], casts: Set<String> = [], clocks: Clocks? = nil) {
    self.path = path
    self.casts = casts
    self.clocks = clocks
  }

  /// Columns whose times do not say where the clock hung: in the zone of the run.
  package struct Clocks: Hashable, Sendable {
    package var columns: Set<String>
    package var zone: String
    package init(columns: Set<String>, zone: String) {
      self.columns = columns
      self.zone = zone
    }
  }
}

/// The first rows of an order, or of each group.
package struct Limit: Hashable, Sendable {
  package enum Count: Hashable, Sendable {
    case rows(Int)
    /// Of all rows (of the group), rounded down but at least one; an exact decimal in (0, 1].
    case share(String)
  }
  package var count: Count
  package var partition: [TypedExpr]
  /// Total, so that the same rows are taken on every run; empty means the source's order.
  package var order: [SortKey]

  /// Whether it takes more than the first rows of all.
  package var needsWindow: Bool {
    if case .share = count { true } else { !partition.isEmpty }
  }
}

package struct Join: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable { case inner, left, right, full, semi, anti, cross }

  package var kind: Kind
  /// Pairs of key columns, then further comparisons (`.column` left, `.rightColumn` right).
  package var keys: [JoinKey]
  package var conditions: [TypedExpr]
  /// Where each column of the result comes from.
  package var outputs: [Output]
  /// The rule that each row matches at most one row, to be checked before the rows are used;
  /// `nil` where it is proven, or `many` was written.
  package var guardSpan: Span?
  /// `join asof`: two matches of one time are an error.
  package var tie: Tie?
  /// Where an inner join stands, which leaves out rows without a match.
  package var loss: Loss?

  package struct Loss: Hashable, Sendable {
    package var span: Span
    /// `join inner`
    package var isMeant: Bool
  }

  package struct Tie: Hashable, Sendable {
    package var span: Span
    /// What tells the rows of the left side apart.
    package var row: [Column]
    /// The time among the columns of the result, the nearest first, and as it is on the right.
    package var time: SortKey
    package var right: TypedExpr
  }

  package struct Output: Hashable, Sendable {
    package enum Source: Hashable, Sendable {
      case left(String)
      case right(String)
      /// A key of a full or right join: whichever side is present.
      case either(String, String)
    }
    package var name: String
    package var source: Source
  }
}

/// `on left == right`, both plain columns or expressions over one side each.
package struct JoinKey: Hashable, Sendable {
  package var left: TypedExpr
  package var right: TypedExpr
}
