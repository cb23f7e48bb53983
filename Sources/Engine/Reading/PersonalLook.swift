import Values

/// Looks in the first rows of a file for columns that hold e-mail addresses, phone numbers, IBANs
/// or numbers of cards: first at one value of each that may be one, then at more of those columns
/// where it is.
struct PersonalLook {
  private let columns: [FileReader.ReadColumn]
  private static let limit = 400
  /// Values of a column that are looked at.
  private static let sample = 500

  init(_ columns: [FileReader.ReadColumn]) {
    self.columns = Array(
      columns.lazy.filter { $0.type == .text || $0.type == .int }.prefix(Self.limit))
  }

  /// One value of each column that could be one, as SQL: with an `@`, or long and ending in a
  /// digit.
  var items: [String] {
    columns.map { column in
      let name = ReaderSQL.name(column.original)
      let isMaybe =
        column.type == .int
        ? "length(\(name)) between 7 and 19"
        : "contains(\(name), '@') or length(\(name)) between 7 and 42 and right(\(name), 1) between '0' and '9'"
      return "any_value(\(name)) filter (\(isMaybe))"
    }
  }

  /// Those that have no value which could be one.
  func plain(_ answers: some Sequence<String?>) -> Set<String> {
    Set(zip(columns, answers).filter { $0.1 == nil }.map(\.0.name))
  }

  func doubtful(_ answers: some Sequence<String?>) -> [FileReader.ReadColumn] {
    zip(columns, answers).filter { $0.1.flatMap { LookAlike(value: $0) } != nil }.map(\.0)
  }

  /// Some of its values, the same on any number of threads, with 1 between them.
  static func values(of column: FileReader.ReadColumn) -> String {
    let name = ReaderSQL.name(column.original)
    return "array_to_string(arg_min(\(name), hash(\(name)), \(sample)), chr(1))"
  }

  static func found(
    _ columns: [FileReader.ReadColumn], _ values: [String?]
  ) -> [String: LookAlike] {
    var found: [String: LookAlike] = [:]
    for (column, list) in zip(columns, values) {
      let texts = list?.split(separator: "\u{1}").map(String.init) ?? []
      found[column.name] = LookAlike(values: texts)
    }
    return found
  }
}
