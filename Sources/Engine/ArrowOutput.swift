package import Columnar
package import Compiler
import Connectivity
package import Diagnostics
import SQLGeneration
import SQLTree
import Values

extension Session {
  /// The rows of a relation as an Arrow stream, as the engine gives them: no more than some
  /// batches are in memory. False where the reader left before the end.
  package func writeArrow(
    _ plan: LogicalPlan, to sink: @escaping ArrowStreamWriter.Sink
  ) throws(Diagnostic) -> Bool {
    try prepare(plan)
    let query = lowering.query(TwoPassMeans.rewrite(plan), ordered: true)
    return try engineWork(on: plan) { () throws(EngineError) in
      let stream = try engine.database().query(engine.prepared(.query(query)))
      defer { stream.close() }
      // A query that fails at once has written nothing.
      var batch = try stream.next()
      return try Self.isTaken {
        let writer = try ArrowStreamWriter(stream.fields, plan.schema, write: sink)
        do {
          while let rows = batch {
            try writer.add(rows)
            batch = try stream.next()
          }
        } catch {
          writer.breakOff()
          throw error
        }
        try writer.end()
      }
    }
  }

  /// Whether the reader took it.
  private static func isTaken(_ write: () throws -> Void) throws(EngineError) -> Bool {
    do {
      try write()
      return true
    } catch ArrowStreamWriter.Failure.closed {
      return false
    } catch ArrowStreamWriter.Failure.columnar(let problem) {
      throw .unreadable(problem)
    } catch let error as EngineError {
      throw error
    } catch {
      throw .unreadable(.malformed("\(error)"))
    }
  }
}

extension Output {
  /// The relation behind a result.
  var rows: LogicalPlan? {
    switch self {
    case .relation(let plan): plan
    case .chart(let chart): chart.plan
    case .value: nil
    }
  }
}
