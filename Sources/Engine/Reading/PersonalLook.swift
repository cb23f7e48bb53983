import Values

/// Looks in the first rows of a file for columns that hold e-mail addresses, phone numbers, IBANs
/// or numbers of cards: first at two values of each, then at more of those columns where one is.
struct PersonalLook {
  private let columns: [FileReader.ReadColumn]
  private static let limit = 400
  /// Values of a column that are looked at.
  private static let sample = 500

  init(_ columns: [FileReader.ReadColumn]) {
    self.columns = Array(
      columns.lazy.filter { $0.type == .text || $0.type == .int }.prefix(Self.limit))
  }

  /// The first value of each column and the largest, as SQL: to look at every one costs more than
  /// to find the types.
  var items: [String] {
    columns.map { column in
      let name = ReaderSQL.name(column.original)
      return "concat_ws(chr(1), any_value(\(name)), max(\(name)))"
    }
  }

  /// Those where neither could be one, whatever they are called.
  func plain(_ answers: some Sequence<String?>) -> Set<String> {
    Set(
      zip(columns, answers).filter { !Self.parts($0.1).contains(where: Self.couldBe) }.map(\.0.name)
    )
  }

  /// With an `@`, or long and ending in a digit.
  private static func couldBe(_ value: String) -> Bool {
    value.utf8.contains(UInt8(ascii: "@"))
      || value.utf8.count >= 7 && value.utf8.last.map { (48...57).contains($0) } == true
  }

  private static func parts(_ list: String?) -> [String] {
    list?.split(separator: "\u{1}").map(String.init) ?? []
  }

  func doubtful(_ answers: some Sequence<String?>) -> [FileReader.ReadColumn] {
    zip(columns, answers).filter { _, answer in
      Self.parts(answer).contains { LookAlike(value: $0) != nil }
    }.map(\.0)
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
      found[column.name] = LookAlike(values: parts(list))
    }
    return found
  }
}
