import Columnar
package import Values

extension Database {
  /// Whether `sql` is exactly one `select`. Nothing in it runs: the engine only parses.
  ///
  /// To be asked of any SQL that a user wrote, before `describe` or `query`: of several
  /// statements in one text the engine runs all but the last merely to prepare the last.
  package func isOneSelect(_ sql: String) throws(EngineError) -> Bool {
    do throws(EngineError) {
      return try form(of: sql) == .oneSelect
    } catch {
      if case .failed(let failure) = error, failure.kind == .statement { return false }
      throw error
    }
  }

  package enum Form: Hashable, Sendable {
    case oneSelect
    /// In words: `these are 2 statements`.
    case other(String)
  }

  /// What kind of text this is; text that is no SQL is a failure of kind `statement`.
  package func form(of sql: String) throws(EngineError) -> Form {
    let answer = try scalar(
      """
      select case
        when t ->> '$.error' = 'false' then json_array_length(t, '$.statements') :: varchar
        when t ->> '$.error_type' = 'parser' then '!' || (t ->> '$.error_message')
        else '?' end
      from (select json_serialize_sql(\(Self.literal(sql))) as t)
      """, as: .text)
    guard case .text(let words) = answer else { return .other("nothing") }
    switch words.first {
    case "!":
      throw .failed(EngineFailure(kind: .statement, message: String(words.dropFirst()), sql: sql))
    case "?": return .other("this is no `select`")
    default: break
    }
    switch words {
    case "1": return .oneSelect
    case "0": return .other("nothing is in it")
    default: return .other("these are \(words) statements")
    }
  }

  /// As `execute`, with less memory for its time. A `copy` that streams keeps as many rows in
  /// flight as the limit lets it: of 10 million rows 380 MB, and 240 MB within `400MB`.
  package func execute(_ sql: String, memoryLimit: String) throws(EngineError) -> Int? {
    guard settings.sandbox == nil else { return try execute(sql) }
    try execute("set global memory_limit = \(Self.literal(memoryLimit))")
    let restore =
      settings.memoryLimit.map { "set global memory_limit = \(Self.literal($0))" }
      ?? "reset global memory_limit"
    do throws(EngineError) {
      let rows = try execute(sql)
      try execute(restore)
      return rows
    } catch {
      try? executeAlways(restore)
      throw error
    }
  }

  /// The first value of the first row.
  package func scalar(_ sql: String, as type: DataType) throws(EngineError) -> Value {
    let stream = try query(sql)
    guard let batch = try stream.next() else { return .null }
    do throws(ColumnarError) {
      return try batch.values(column: 0, as: type, rows: 0..<1).first ?? .null
    } catch {
      throw .unreadable(error)
    }
  }

  /// Text as SQL. There is no NUL in it, since the statement would end there.
  static func literal(_ text: String) -> String {
    var result = "'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'": result += "''"
      case "\0": result += "\u{2400}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "'"
  }
}
