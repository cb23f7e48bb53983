import Values

/// Expressions of a file's view that make values of what the reader gives and lose nothing of it.
/// Left to itself, the engine's reader makes a 3 of `2.5` where the first rows had whole numbers,
/// and forgets the offset of `10:00+02:00` where they had none.
struct ExactReading {
  /// How the numbers of the file are written.
  var decimal = "."
  var thousands: String?
  /// Where clocks hang whose timestamps do not say it; in UTC when nil.
  var zone: String?
  /// Whether the program says the type of the column.
  var isStated = false
  /// The engine's name of the view, and the position of the column: what does not fit is found by
  /// them.
  var place = Misfit.Place(view: "", position: 0)

  /// What `source` gives as a value of the type; what is none ends the query with its words.
  func value(of source: String, _ given: FileReader.Given, _ type: DataType) -> String {
    switch (given, type) {
    case (.same, _), (.text, .text): source
    case (.text, .int), (.text, .list), (.text, .record): withInts(source, type)
    case (.text, .timestamp): orMisfit(instant(source), source, type)
    case (.text, .date): orMisfit(day(source), source, type)
    case (.text, _):
      orMisfit("try_cast(\(source) as \(CSVReader.engineType(type)))", source, type)
    case (.number, .int):
      orMisfit(
        "case when trunc(\(source)) = \(source) then try_cast(\(source) as bigint) end", source,
        type)
    case (.cast, _), (.number, _): "cast(\(source) as \(CSVReader.engineType(type)))"
    }
  }

  /// Missing only where the source is.
  private func orMisfit(_ value: String, _ source: String, _ type: DataType) -> String {
    let words = ReaderSQL.quoted(Misfit.words(place, type))
    return """
      coalesce(\(value), case when \(source) is not null \
      then error(\(words) || left(cast(\(source) as varchar), \(Misfit.shown))) end)
      """
  }

  /// The whole numbers of a value, at any depth; the reader gave them as texts.
  private func withInts(_ source: String, _ type: DataType, depth: Int = 0) -> String {
    switch type {
    case .int: return orMisfit(whole(source), source, .int)
    case .list(let element) where element.base.holdsInts:
      let item = "item_\(depth)"
      let inner = withInts(item, element.base, depth: depth + 1)
      return "list_transform(\(source), lambda \(item): \(inner))"
    case .record(let fields) where type.holdsInts:
      let parts = fields.map { field in
        let name = ReaderSQL.name(field.name)
        return "\(name) := \(withInts("(\(source)).\(name)", field.type.base, depth: depth + 1))"
      }
      return
        "case when \(source) is not null then struct_pack(\(parts.joined(separator: ", "))) end"
    default: return source
    }
  }

  /// A whole number, null where the text is none. Casts round; beyond 2^53, where a float has no
  /// fractions left, a point says that there was one.
  private func whole(_ source: String) -> String {
    // Of a folder such as `year=2025` it is a number already.
    var text = "cast(\(source) as varchar)"
    if let thousands { text = "replace(\(text), \(ReaderSQL.quoted(thousands)), '')" }
    if decimal != "." { text = "replace(\(text), \(ReaderSQL.quoted(decimal)), '.')" }
    return """
      case when try_cast(\(text) as double) = try_cast(\(text) as bigint) \
      and (strlen(\(text)) < 16 or not contains(\(text), '.'))\(isStated ? "" : noCode(text)) \
      then try_cast(\(text) as bigint) end
      """
  }

  /// A zero in front makes a code of digits, which a number would lose: `02139` after 20,480 rows
  /// of `10001`. Among the first rows it makes the column text.
  private func noCode(_ text: String) -> String {
    """
     and (\(text) >= '1' or \(text) = '0' \
    or not regexp_matches(\(text), '^ *[+-]?0[0-9]'))
    """
  }

  /// A date, null where the text has hours too: a cast would cut them off.
  private func day(_ source: String) -> String {
    """
    case when try_cast(\(source) as timestamp) = try_cast(\(source) as date) \
    then try_cast(\(source) as date) end
    """
  }

  /// In UTC. What is no longer than `2025-01-31 10:00`, or has seconds behind that and ends there,
  /// cannot have an offset.
  private func instant(_ source: String) -> String {
    let clock = "try_cast(\(source) as timestamp)"
    let plain = zone.map { "timezone('UTC', timezone(\(ReaderSQL.quoted($0)), \(clock)))" } ?? clock
    let placed = "timezone('UTC', try_cast(\(source) as timestamptz))"
    let isShort = """
      strlen(\(source)) <= 16 \
      or (strlen(\(source)) = 19 and substring(\(source), 17, 1) = ':')
      """
    // A time that says no zone is one of the session, which is in UTC.
    if zone == nil { return "case when \(isShort) then \(clock) else \(placed) end" }
    let saysZone = "regexp_matches(\(source), '([+-][0-9:]+|[A-Za-z][A-Za-z_/]*) *$')"
    return "case when not (\(isShort)) and \(saysZone) then \(placed) else \(plain) end"
  }
}

extension DataType {
  /// Whether whole numbers are in it, at any depth.
  var holdsInts: Bool {
    switch self {
    case .int: true
    case .list(let element): element.base.holdsInts
    case .record(let fields): fields.contains { $0.type.base.holdsInts }
    case .bool, .float, .decimal, .text, .date, .timestamp, .duration, .months, .period, .json,
      .null:
      false
    }
  }
}
