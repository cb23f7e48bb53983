package import Values

/// A result as JSON: `[{"month":"1997-01-01","revenue":299060.17}, ...]`, a line each row.
package enum JSONTable {
  package static func render(_ table: ResultTable) -> String {
    guard table.rowCount > 0 else { return "[]\n" }
    return "[\n" + JSONRows.objects(of: table).map { "  " + $0.text }.joined(separator: ",\n")
      + "\n]\n"
  }
}

/// A result as newline-delimited JSON, one object a line.
package enum NDJSONTable {
  package static func render(_ table: ResultTable) -> String {
    JSONRows.objects(of: table).map { $0.text + "\n" }.joined()
  }
}

/// The rows of a table as JSON, by name and by position.
enum JSONRows {
  static func objects(of table: ResultTable) -> [JSONValue] {
    (0..<table.rowCount).map { row in
      .object(
        table.schema.columns.indices.map {
          .init(table.schema.columns[$0].name, value(row, $0, of: table))
        })
    }
  }

  static func arrays(of table: ResultTable) -> [JSONValue] {
    (0..<table.rowCount).map { row in
      .array(table.schema.columns.indices.map { value(row, $0, of: table) })
    }
  }

  private static func value(_ row: Int, _ column: Int, of table: ResultTable) -> JSONValue {
    Exit.machine(
      table.columns[column][row], labels: table.schema.columns[column].type.labels)
  }
}
