import Columnar
package import Compiler
import Connectivity
package import Diagnostics
import SQLGeneration
import SQLTree
import Values

extension FileCatalog {
  /// Lets the engine read the SQL of a user and tell its columns. Nothing runs: that the text is
  /// one `select`, alone and in the parentheses it will stand in, is settled before it is
  /// prepared.
  package func query(_ text: SQLText, at span: Span) -> Result<SQLDescription, Diagnostic> {
    do throws(Diagnostic) {
      return .success(try described(text, at: span))
    } catch {
      return .failure(error)
    }
  }

  private func described(_ text: SQLText, at span: Span) throws(Diagnostic) -> SQLDescription {
    let engine = server ?? engine
    let pieces = PlanLowering(engine.dialect).pieces(of: text)
    var whole = SQLSelect()
    whole.from = .verbatim(pieces, alias: "sql")
    let alone = SQLPrinter(engine.dialect).print(verbatim: pieces)
    if memory.isOffline { return try remembered(query: alone, at: span) }
    let fields: [ArrowField]
    do throws(EngineError) {
      let database = try engine.database()
      for relation in text.relations { try announce(relation) }
      let inside = try engine.prepared(.query(.select(whole)))
      // A server prepares one statement at a time, and in parentheses only a query: it says so
      // itself where the text is something else.
      if engine.kind == .duckDB {
        try Self.settle(alone, inside, database)
      }
      fields = try database.describe(inside)
    } catch {
      throw Self.refusal(error, at: span)
    }
    let description = try Self.description(of: fields, at: span)
    memory.saw(query: alone, description)
    return description
  }

  private static func settle(
    _ alone: String, _ inside: String, _ database: Database
  ) throws(EngineError) {
    switch try database.form(of: alone) {
    case .oneSelect: break
    case .other(let form): throw EngineError.failed(.init(kind: .permission, message: form))
    }
    guard try database.isOneSelect(inside) else {
      throw EngineError.failed(.init(kind: .permission, message: "leave out the `;` at its end"))
    }
  }

  private static func description(
    of fields: [ArrowField], at span: Span
  ) throws(Diagnostic) -> SQLDescription {
    let schema: Schema
    do throws(ColumnarError) {
      schema = try Schema(arrow: fields)
    } catch {
      throw Diagnostic(
        .badSQL, "a column of this SQL has a type that Whom does not have", at: span,
        label: "\(error)", help: ["cast it in the SQL: `cast(x as varchar)`"])
    }
    var seen: Set<String> = []
    for name in schema.names where !seen.insert(name.lowercased()).inserted {
      throw Diagnostic(
        .badSQL, "two columns of this SQL are called `\(Exit.escape(name, for: .terminal))`",
        at: span, label: "or differ only in case", help: ["give one another name with `as`"])
    }
    let foreign = zip(schema.columns, fields).filter { column, field in
      !FileReader.isNative(field.type, column.type.base)
    }
    let columns = schema.columns.map {
      Column($0.name, ValueType($0.type.base, nullable: true))
    }
    return SQLDescription(schema: Schema(columns), casts: Set(foreign.map(\.0.name)))
  }

  private static func refusal(_ error: EngineError, at span: Span) -> Diagnostic {
    guard case .failed(let failure) = error else {
      return EngineWords.diagnostic(error, at: span)
    }
    if failure.kind == .permission {
      return Diagnostic(
        .badSQL, "`sql` is one `select`", at: span,
        label: Exit.escape(failure.message, for: .terminal),
        help: [
          "what changes tables or files is done by `save`; several queries are several `sql`"
        ])
    }
    return Diagnostic(
      .badSQL, "the engine does not understand this SQL", at: span, label: "no query for it",
      notes: EngineWords.lines(of: failure),
      help: ["relations of the program stand in braces: `from {orders}`"])
  }
}
