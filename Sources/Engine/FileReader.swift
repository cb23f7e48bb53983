import Columnar
import Compiler
import Connectivity
import Diagnostics
import Values

/// How a source is read once its columns are known: the table function with its settings, and
/// what each column is called and cast to.
struct FileReader {
  /// `read_csv('data/orders.csv', ...)`
  var call: String
  var columns: [ReadColumn]

  struct ReadColumn {
    /// In the file, and in Whom.
    var original: String
    var name: String
    /// What it would be called if no other column had this name, but for the case.
    var wanted = ""
    var type: DataType
    /// As the engine's reader gives it, where it needs a cast.
    var needsCast = false
  }

  init(call: String, columns: [ReadColumn]) {
    self.call = call
    self.columns = Self.uniqueNames(columns)
  }

  /// Of a format that says its own columns.
  init(function: String, _ file: FileSource, _ database: Database) throws {
    call = "\(function)(\(ReaderSQL.quoted(file.pattern)))"
    let fields = try database.describe("select * from \(call)")
    let all = try Schema(arrow: fields)
    columns = Self.uniqueNames(
      zip(all.columns, fields).map { column, field in
        ReadColumn(
          original: column.name, name: column.name, type: column.type.base,
          needsCast: !Self.isNative(field.type, column.type.base))
      })
  }

  /// Of a file that the program itself wrote, so that its columns are known.
  init(promised path: String, _ format: FileSource.Format, _ schema: Schema) {
    let file = ReaderSQL.quoted(path)
    let types = schema.columns.map {
      "\(ReaderSQL.quoted($0.name)): \(ReaderSQL.quoted(CSVReader.engineType($0.type.base)))"
    }
    let columns = "columns = {\(types.joined(separator: ", "))}"
    switch format {
    case .csv, .tsv:
      let delimiter = format == .tsv ? "'\t'" : "','"
      call =
        "read_csv(\(file), auto_detect = false, header = true, delim = \(delimiter), quote = '\"', escape = '\"', \(columns))"
    case .parquet: call = "read_parquet(\(file))"
    case .json: call = "read_json(\(file), format = 'array', \(columns))"
    case .ndjson: call = "read_json(\(file), format = 'newline_delimited', \(columns))"
    }
    self.columns = schema.columns.map {
      ReadColumn(original: $0.name, name: $0.name, type: $0.type.base)
    }
  }

  /// Whether the engine's type is the one Whom's type has in it.
  static func isNative(_ arrow: ArrowType, _ type: DataType) -> Bool {
    switch type {
    case .int: arrow == .int(bits: 64, signed: true)
    case .float: arrow == .float(bits: 64)
    case .timestamp: arrow == .timestamp(.microsecond, zone: "")
    case .bool, .decimal, .text, .date, .duration, .months, .period, .list, .record, .json, .null:
      true
    }
  }

  /// The engine does not tell names apart that differ only in case: the later one is renamed.
  private static func uniqueNames(_ columns: [ReadColumn]) -> [ReadColumn] {
    var seen: Set<String> = []
    return columns.enumerated().map { position, column in
      var column = column
      column.wanted = column.name
      if column.name.isEmpty { column.name = "column_\(position + 1)" }
      let base = column.name
      var number = 2
      while !seen.insert(column.name.lowercased()).inserted {
        column.name = "\(base)_\(number)"
        number += 1
      }
      return column
    }
  }

  /// Columns of files may always be missing.
  var schema: Schema {
    Schema(columns.map { Column($0.name, ValueType($0.type, nullable: true)) })
  }

  func warnings(_ request: SourceRequest) -> [Diagnostic] {
    columns.filter { $0.name != $0.wanted && !$0.wanted.isEmpty }.map {
      Diagnostic(
        .renamedColumn, "the column `\($0.wanted)` is called `\($0.name)` here",
        at: request.span, label: "two columns differ only in case",
        help: ["give them names: `read(\"...\", columns = [...])`"])
    }
  }

  func view(named name: String) -> String {
    let items = columns.map(item)
    let isPlain = zip(items, columns).allSatisfy { $0 == ReaderSQL.name($1.name) }
    let list = isPlain ? "*" : items.joined(separator: ", ")
    return "create or replace view \(ReaderSQL.name(name)) as select \(list) from \(call)"
  }

  private func item(_ column: ReadColumn) -> String {
    let source = ReaderSQL.name(column.original)
    var expr = source
    if column.needsCast {
      switch column.type {
      case .int: expr = "cast(\(source) as bigint)"
      case .float: expr = "cast(\(source) as double)"
      case .timestamp: expr = "cast(\(source) as timestamp)"
      case .bool, .decimal, .text, .date, .duration, .months, .period, .list, .record, .json,
        .null:
        break
      }
    }
    // NaN and infinities in a source are missing values.
    if column.type == .float { expr = "case when isfinite(\(expr)) then \(expr) end" }
    return expr == source && column.name == column.original
      ? source : "\(expr) as \(ReaderSQL.name(column.name))"
  }
}
