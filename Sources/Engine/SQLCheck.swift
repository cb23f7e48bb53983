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
    var names: [String]?
    do throws(EngineError) {
      let database = try engine.database()
      for relation in text.relations { try announce(relation) }
      let inside = try engine.prepared(.query(.select(whole)))
      // A server prepares one statement at a time, and in parentheses only a query: it says so
      // itself where the text is something else.
      if engine.kind == .duckDB {
        try Self.settle(alone, inside, database)
        // In parentheses it would give equal columns names of its own.
        names = try database.describe(alone).map(\.name)
      }
      fields = try database.describe(inside)
    } catch {
      throw refusal(engine.kind == .duckDB ? error : said(error, of: alone), at: span)
    }
    try Self.checkNames(names ?? fields.map(\.name), at: span)
    let description =
      try engine.kind == .duckDB
      ? Self.description(of: fields, at: span) : descriptionByView(of: alone, at: span)
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

  /// What the embedded engine can tell of a text that the server refuses: that it is several
  /// statements, none, or no query. It is not asked before, since it does not know all that the
  /// server does.
  private func said(_ error: EngineError, of alone: String) -> EngineError {
    guard case .failed(let failure) = error, failure.kind == .statement,
      let local = try? engine.database(), let form = try? local.form(of: alone)
    else { return error }
    switch form {
    case .other(let words): return .failed(.init(kind: .permission, message: words))
    case .oneSelect:
      let isAlsoInside = (try? local.isOneSelect("select * from (\n\(alone)\n) as t")) ?? true
      return isAlsoInside
        ? error : .failed(.init(kind: .permission, message: "leave out the `;` at its end"))
    }
  }

  /// What the server's catalogue says of the columns, which its driver tells less of: a number
  /// with all its digits comes as a text. A view needs no rows, and takes nothing but a query.
  private func descriptionByView(
    of alone: String, at span: Span
  ) throws(Diagnostic) -> SQLDescription {
    let path = ["pg_temp", "whom#query"]
    let name = path.map(SQLPrinter.quoted).joined(separator: ".")
    do throws(EngineError) {
      guard let database = try server?.database() else { throw .cancelled }
      // One may be left of a look that failed on its way.
      try database.execute("drop view if exists \(name)")
      try database.execute("create temp view \(SQLPrinter.quoted(path[1])) as \(alone)")
      let table = try ServerTable(path, database, zone: nil)
      try database.execute("drop view \(name)")
      guard let found = table?.description else { throw .cancelled }
      let clocks = found.schema.columns.filter { $0.type.base == .timestamp }.map(\.name)
      return SQLDescription(
        schema: Schema(
          found.schema.columns.map { Column($0.name, ValueType($0.type.base, nullable: true)) }),
        casts: found.casts.union(clocks))
    } catch {
      throw refusal(error, at: span)
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
    let foreign = zip(schema.columns, fields).filter { column, field in
      !FileReader.isNative(field.type, column.type.base)
    }
    let columns = schema.columns.map {
      Column($0.name, ValueType($0.type.base, nullable: true))
    }
    return SQLDescription(schema: Schema(columns), casts: Set(foreign.map(\.0.name)))
  }

  private static func checkNames(_ names: [String], at span: Span) throws(Diagnostic) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name.lowercased()).inserted {
      throw Diagnostic(
        .badSQL, "two columns of this SQL are called `\(Exit.escape(name, for: .terminal))`",
        at: span, label: "or differ only in case", help: ["give one another name with `as`"])
    }
  }

  private func refusal(_ error: EngineError, at span: Span) -> Diagnostic {
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
    let word = text(span).flatMap { Self.culprit(of: failure.message, in: $0) }
    let place = word.map { word in
      Span(file: span.file, start: span.start + word.lowerBound, end: span.start + word.upperBound)
    }
    return Diagnostic(
      .badSQL, "the engine does not understand this SQL", at: place ?? span,
      label: place == nil ? "no query for it" : "not understood",
      notes: EngineWords.lines(of: failure),
      help: ["relations of the program stand in braces: `from {orders}`"])
  }

  /// Where the word stands that the engine names, if it stands in the text once as a word of its
  /// own: `Referenced column "amout" not found`, `Table with name ordres does not exist!`.
  static func culprit(of message: String, in text: String) -> Range<Int>? {
    let line = message.prefix { !$0.isNewline }
    let quoted = line.split(separator: "\"", omittingEmptySubsequences: false)
    var words = quoted.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
    let plain = line.split(separator: " ").map(String.init)
    if let name = plain.firstIndex(of: "name"), name + 1 < plain.count {
      words.append(plain[name + 1])
    }
    let bytes = Array(text.utf8)
    return words.lazy.compactMap { only($0, in: bytes) }.first
  }

  private static func only(_ word: String, in text: [UInt8]) -> Range<Int>? {
    let wanted = Array(word.utf8)
    guard !wanted.isEmpty, text.count >= wanted.count else { return nil }
    let found = (0...(text.count - wanted.count)).filter { start in
      text[start..<(start + wanted.count)].elementsEqual(wanted)
        && !(start > 0 && isWord(text[start - 1]))
        && !(start + wanted.count < text.count && isWord(text[start + wanted.count]))
    }
    return found.count == 1 ? found[0]..<(found[0] + wanted.count) : nil
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...: true
    default: false
    }
  }
}
