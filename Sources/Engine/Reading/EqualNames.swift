import Connectivity
import Values

/// The engine gives the later of two columns that differ only in case a name of its own (`A_1`
/// behind `a`), and says nothing. What the file calls it is asked of the file.
enum EqualNames {
  /// The names as they stand in the file.
  static func restored(
    _ names: [String], _ file: FileSource, _ database: Database
  ) throws(EngineError) -> [String] {
    var restored = names
    for (position, name) in names.enumerated() {
      guard let original = original(of: name, behind: names[..<position]) else { continue }
      if try !holds(name, file, database) { restored[position] = original }
    }
    return restored
  }

  /// `A` of `A_1`, where an `a` stands before it.
  private static func original(of name: String, behind earlier: ArraySlice<String>) -> String? {
    guard let sign = name.lastIndex(of: "_"), sign > name.startIndex,
      Int(name[name.index(after: sign)...]) != nil
    else { return nil }
    let base = String(name[..<sign])
    return earlier.contains { $0.lowercased() == base.lowercased() } ? base : nil
  }

  static func holds(
    _ name: String, _ file: FileSource, _ database: Database
  ) throws(EngineError) -> Bool {
    let wanted = ReaderSQL.quoted(name)
    let names =
      switch file.format {
      case .parquet: "select name from parquet_schema(\(file.engineFiles))"
      case .json, .ndjson:
        "select unnest(json_keys(json)) as name from "
          + "(select json from read_json_objects(\(file.engineFiles)) limit 20480)"
      case .csv, .tsv: "select \(wanted) as name"
      }
    return try database.scalar(
      "select count(*) from (\(names)) where name = \(wanted)", as: .int) != .int(0)
  }
}
