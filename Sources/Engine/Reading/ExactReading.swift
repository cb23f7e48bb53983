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
    case (.text, .list), (.text, .record): nested(source, type)
    case (.text, _): scalar("cast(\(source) as varchar)", type)
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

  /// Of a text. One of a folder such as `year=2025` was a number or a date, hence the casts to it.
  private func scalar(_ text: String, _ type: DataType) -> String {
    switch type {
    case .int: orMisfit("\(plainInt(text)), \(whole(text))", text, type)
    case .float where !hasPlainNumbers:
      orMisfit("try_cast(\(number(text)) as double)", text, type)
    case .decimal: orMisfit(exactDecimal(text, type), text, type)
    case .timestamp: orMisfit(finite(instant(text)), text, type)
    case .date: orMisfit(finite(day(text)), text, type)
    case .duration: orMisfit("try_cast(\(text) as time)", text, type)
    default: orMisfit("try_cast(\(text) as \(CSVReader.engineType(type)))", text, type)
    }
  }

  /// One that `types` says is rounded to its places; one that was found has no others.
  private func exactDecimal(_ text: String, _ type: DataType) -> String {
    let number = "try_cast(\(number(text)) as \(CSVReader.engineType(type)))"
    return isStated ? number : "case when not regexp_matches(\(text), '[.eE]') then \(number) end"
  }

  private func finite(_ time: String) -> String {
    "case when isfinite(\(time)) then \(time) end"
  }

  /// What lists and records hold at any depth, as far as the reader gave it as texts.
  private func nested(_ source: String, _ type: DataType, depth: Int = 0) -> String {
    switch type {
    case .list(let element) where element.base.isReadAsText:
      let item = "item_\(depth)"
      let inner = nested(item, element.base, depth: depth + 1)
      return "list_transform(\(source), lambda \(item): \(inner))"
    case .record(let fields) where type.isReadAsText:
      let parts = fields.map { field in
        let name = ReaderSQL.name(field.name)
        return "\(name) := \(nested("(\(source)).\(name)", field.type.base, depth: depth + 1))"
      }
      return
        "case when \(source) is not null then struct_pack(\(parts.joined(separator: ", "))) end"
    case let type where type.isReadAsText: return scalar(source, type)
    default: return source
    }
  }

  /// A whole number as it is printed, which most are: quickly seen.
  private func plainInt(_ text: String) -> String {
    let number = "try_cast(\(text) as bigint)"
    return "case when cast(\(number) as varchar) = \(text) then \(number) end"
  }

  /// Any other whole number, null where the text is none. Casts round; beyond 2^53, where a float
  /// has no fractions left, a point or an exponent says that there may be one. A zero in front makes
  /// a code of digits, which a number would lose: `02139` after 20,480 rows of `10001`; among the
  /// first rows it makes the column text.
  private func whole(_ text: String) -> String {
    let number = number(text)
    let isCode = isStated ? "" : " and not regexp_matches(\(text), '^ *[+-]?0[0-9]|_')"
    return """
      case when try_cast(\(number) as double) = try_cast(\(number) as bigint) \
      and (strlen(\(number)) < 16 or not regexp_matches(\(number), '[.eE]'))\(isCode) \
      then try_cast(\(number) as bigint) end
      """
  }

  /// Whether a number is written as the engine's own casts read it.
  var hasPlainNumbers: Bool { decimal == "." && thousands == nil }

  /// The number as a cast reads it; what is not written as the program says is none.
  private func number(_ text: String) -> String {
    if hasPlainNumbers { return text }
    let point = decimal == "." ? "[.]" : decimal
    let groups = thousands.map { "|[0-9]{1,3}([\($0)][0-9]{3})+" } ?? ""
    let pattern = " *[+-]?(([0-9]+\(groups))(\(point)[0-9]*)?|\(point)[0-9]+)([eE][+-]?[0-9]+)? *"
    var plain = text
    if let thousands { plain = "replace(\(plain), \(ReaderSQL.quoted(thousands)), '')" }
    if decimal != "." { plain = "replace(\(plain), \(ReaderSQL.quoted(decimal)), '.')" }
    return
      "case when regexp_full_match(\(text), \(ReaderSQL.quoted(pattern))) then \(plain) end"
  }

  /// A date, null where the text has hours too: a cast would cut them off.
  private func day(_ source: String) -> String {
    """
    case when strlen(\(source)) = 10 \
    or try_cast(\(source) as timestamp) = try_cast(\(source) as date) \
    then try_cast(\(source) as date) end
    """
  }

  /// In UTC. What is no longer than a date, or has the shape `2025-01-31 10:00:00`, has no offset.
  private func instant(_ source: String) -> String {
    let clock = "try_cast(\(source) as timestamp)"
    let plain = zone.map { "timezone('UTC', timezone(\(ReaderSQL.quoted($0)), \(clock)))" } ?? clock
    let placed = "timezone('UTC', try_cast(\(source) as timestamptz))"
    let isShort = """
      strlen(\(source)) <= 10 or (strlen(\(source)) = 19 and substring(\(source), 5, 1) = '-' \
      and substring(\(source), 8, 1) = '-' and substring(\(source), 17, 1) = ':')
      """
    // A time that says no zone is one of the session, which is in UTC.
    if zone == nil { return "case when \(isShort) then \(clock) else \(placed) end" }
    let saysZone = "regexp_matches(\(source), '([+-][0-9:]+|[A-Za-z][A-Za-z_/]*) *$')"
    return "case when not (\(isShort)) and \(saysZone) then \(placed) else \(plain) end"
  }
}

extension DataType {
  /// Whether the reader of JSON gives it, or what is in it, as texts. Floats in lists are not worth
  /// a text each: they lose nothing.
  var isReadAsText: Bool {
    switch self {
    case .int, .bool, .date, .timestamp: true
    case .list(let element): element.base.isReadAsText
    case .record(let fields): fields.contains { $0.type.base.isReadAsText }
    case .float, .decimal, .text, .duration, .months, .period, .json, .null: false
    }
  }
}
