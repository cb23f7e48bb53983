package import Compiler
package import SQLGeneration
package import SQLTree
import Values

// Queries to be taken elsewhere.
extension Session {
  /// The queries of relations as a text that an engine without Whom understands: in front of them
  /// what their tables are, and the functions of Whom's that they call.
  ///
  ///     -- "customers" is the file data/customers.csv: have a table or a view of this name.
  ///
  ///     -- Functions that the queries call. Run these first, once in a session.
  ///     create or replace macro finite(x) as ...;
  ///
  ///     select ...;
  package func script(of plans: [LogicalPlan]) -> String {
    let queries = plans.map(query)
    let printer = SQLPrinter(engine.dialect)
    let tables = tableNotes(plans)
    let definitions = printer.definitions(for: queries).map { $0 + ";" }
    let advice = "-- Functions that the queries call. Run these first, once in a session."
    let parts =
      (tables.isEmpty ? [] : [tables.joined(separator: "\n")])
      + (definitions.isEmpty ? [] : [([advice] + definitions).joined(separator: "\n")])
      + queries.map { printer.print($0) + ";" }
    return parts.map { $0 + "\n" }.joined(separator: "\n")
  }

  private func query(_ plan: LogicalPlan) -> SQLQuery {
    var lowering = lowering
    lowering.scored = scoringQueries(in: plan)
    return lowering.query(TwoPassMeans.rewrite(plan))
  }

  private func tableNotes(_ plans: [LogicalPlan]) -> [String] {
    var notes: [String] = []
    for path in plans.flatMap(\.scannedPaths) where path.count == 1 {
      guard let file = catalog.files[path[0]] else { continue }
      let table = Exit.escape(SQLPrinter.quoted(path[0]), for: .terminal)
      let note =
        "-- \(table) is the file \(Exit.escape(file, for: .terminal)): "
        + "have a table or a view of this name."
      if !notes.contains(note) { notes.append(note) }
    }
    return notes
  }
}

extension SQLPrinter {
  /// The functions of Whom's that queries call, as statements, each behind those it needs.
  package func definitions(for queries: [SQLQuery]) -> [String] {
    var found: [EngineMacro] = []
    for query in queries {
      for macro in dialect.prelude(for: .query(query)) where !found.contains(macro) {
        found.append(macro)
      }
    }
    return found.map(\.definition)
  }
}

extension LogicalPlan {
  /// The tables that are read, in the order in which they stand.
  fileprivate var scannedPaths: [[String]] {
    if case .scan(let scan) = op { return [scan.path] }
    return inputs.flatMap(\.scannedPaths)
  }
}
