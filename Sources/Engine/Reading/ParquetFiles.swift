import Columnar
import Connectivity
import Diagnostics
import Values

/// Several Parquet files are one relation when their columns have the same names and types. (The
/// engine would leave out what the first of them does not have.)
enum ParquetFiles {
  static func check(
    _ file: FileSource, _ fields: [ArrowField], _ database: Database, at span: Span
  ) throws {
    guard let first = file.files.first else { return }
    let wanted = try Schema(arrow: fields)
    for path in file.files.dropFirst().prefix(200) {
      let call = "read_parquet(\(ReaderSQL.quoted(FilePaths.literal(path))))"
      let found = try Schema(arrow: try database.describe("select * from \(call)"))
      guard let difference = difference(wanted, found) else { continue }
      let names = [first, path].map { "`\(Exit.escape(FilePaths.name($0), for: .terminal))`" }
      throw Diagnostic(
        .filesDiffer, "the files do not have the same columns", at: span,
        label: "read as one relation",
        notes: [.init("\(names[0]) and \(names[1]): \(difference)")],
        help: ["read them apart, make them alike, and put them together with `union`"])
    }
  }

  private static func difference(_ a: Schema, _ b: Schema) -> String? {
    for (one, other, side) in [(a, b, "first"), (b, a, "second")] {
      if let name = one.names.first(where: { other[$0] == nil }) {
        return "only the \(side) has `\(Exit.escape(name, for: .terminal))`"
      }
    }
    for column in a.columns {
      guard let other = b[column.name], other.type.base != column.type.base else { continue }
      let name = Exit.escape(column.name, for: .terminal)
      return "`\(name)` is \(column.type.base) here and \(other.type.base) there"
    }
    return nil
  }
}
