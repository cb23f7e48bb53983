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
    case (.entries, _): nested("map_entries(\(source))", type)
    case (.json, _): decimal(ofJSON: source, type)
    case (.nanoseconds, _):
      "make_timestamp((epoch_ns(\(source)) - nanosecond(\(source)) % 1000) // 1000)"
    case (.number, .int):
      orMisfit(
        "case when trunc(\(source)) = \(source) then try_cast(\(source) as bigint) end", source,
        type)
    case (.cast, _), (.number, _): "cast(\(source) as \(CSVReader.engineType(type)))"
    }
  }

  /// Whether a time of `source` has more than six digits behind its second, which a timestamp does
  /// not keep; nil where none can have them.
  static func isCut(_ source: String, _ given: FileReader.Given, _ type: DataType) -> String? {
    if case .nanoseconds = given { return "nanosecond(\(source)) % 1000 <> 0" }
    guard case .text = given, type.holdsTimes else { return nil }
    let text = "cast(\(source) as varchar)"
    // As in `2024-1-5 9:0:0.1234567`, and without the day.
    let length = type == .timestamp ? 21 : 13
    return
      "strlen(\(text)) >= \(length) and regexp_matches(\(text), ':[0-9]+[.][0-9]{6}0*[1-9]')"
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
    case .decimal(_, let scale): orMisfit(exactDecimal(number(text), type, scale), text, type)
    case .timestamp: orMisfit(finite(instant(text), of: text), text, type)
    case .date: orMisfit(finite(day(text), of: text), text, type)
    case .duration: orMisfit("try_cast(\(text) as time)", text, type)
    default: orMisfit("try_cast(\(text) as \(CSVReader.engineType(type)))", text, type)
    }
  }

  /// The cast rounds to the places of the type: further ones must be zeros. With an exponent the
  /// places are not to be seen; a float tells up to 15 digits apart.
  private func exactDecimal(_ number: String, _ type: DataType, _ scale: Int) -> String {
    let decimal = "try_cast(\(number) as \(CSVReader.engineType(type)))"
    let isPlain =
      "regexp_full_match(\(number), '\\s*[+-]?[0-9_]*([.][0-9]{0,\(scale)}0*)?\\s*')"
    return """
      case when cast(\(decimal) as varchar) = \(number) or \(isPlain) or (strlen(\(number)) < 17 \
      and try_cast(\(number) as double) = cast(\(decimal) as double)) then \(decimal) end
      """
  }

  /// A number of JSON that is not whole comes with a float's digits, so that one with more than 15
  /// of them may have been another. A text is what stands there.
  private func decimal(ofJSON source: String, _ type: DataType) -> String {
    guard case .decimal(_, let scale) = type else { return source }
    let text = "(\(source) ->> '$')"
    let digits = "ltrim(regexp_replace(\(text), '[eE].*|[^0-9]', '', 'g'), '0')"
    let isExact = """
      starts_with(cast(\(source) as varchar), '"') or not regexp_matches(\(text), '[.eE]') \
      or strlen(\(digits)) < 16
      """
    return orMisfit(
      "case when \(isExact) then \(exactDecimal(text, type, scale)) end", text, type)
  }

  /// The engine takes `epoch`, `infinity` and `-infinity` for times. (To ask the time itself would
  /// be to work it out twice.)
  private func finite(_ time: String, of text: String) -> String {
    let start = "ltrim(\(text))"
    return "case when \(start) < ':' and substring(\(start), 2, 1) < 'A' then \(time) end"
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
    or date_trunc('day', try_cast(\(source) as timestamp)) = try_cast(\(source) as timestamp) \
    and not regexp_matches(\(source), '[.]0*[1-9]') then try_cast(\(source) as date) end
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
  /// a text each: of numbers they lose nothing.
  var isReadAsText: Bool {
    switch self {
    case .int, .float, .decimal, .bool, .date, .timestamp, .duration: true
    case .list(let element): element.base != .float && element.base.isReadAsText
    case .record(let fields): fields.contains { $0.type.base.isReadAsText }
    case .text, .months, .period, .json, .null: false
    }
  }

  fileprivate var holdsTimes: Bool {
    switch self {
    case .timestamp, .duration: true
    case .list(let element): element.base.holdsTimes
    case .record(let fields): fields.contains { $0.type.base.holdsTimes }
    case .int, .float, .decimal, .bool, .date, .text, .months, .period, .json, .null: false
    }
  }
}
