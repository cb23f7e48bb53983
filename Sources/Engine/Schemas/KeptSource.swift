import Compiler
import Values

/// What is kept of a source that was read, so that programs are checked without it.
struct KeptSource: Hashable {
  /// By what a program means it.
  enum Key: Hashable {
    /// From the folder of the project on; the options as JSON.
    case file(path: String, options: JSONValue)
    /// `orders`, `sales.orders`
    case table(String)
    /// The digest of a query that the program has in SQL.
    case query(String)
  }

  var key: Key
  /// Where the engine has a table: its schema and its name.
  var path: [String] = []
  var schema: Schema
  /// Columns that the engine has to cast.
  var casts: Set<String> = []
  /// Columns that tell the rows apart.
  var keys: [[String]] = []
  /// The day of a look at the source at which it was so.
  var day: Int32

  /// Whether two looks at a source saw the same.
  func says(_ other: KeptSource) -> Bool {
    var same = other
    same.day = day
    return self == same
  }
}

extension KeptSource.Key: Comparable {
  /// The order in the file: files, tables, queries, each by name.
  static func < (a: KeptSource.Key, b: KeptSource.Key) -> Bool { a.order < b.order }

  private var order: (Int, String, String) {
    switch self {
    case .file(let path, let options): (0, path, options.text)
    case .table(let name): (1, name, "")
    case .query(let digest): (2, digest, "")
    }
  }
}
