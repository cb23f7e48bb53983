import Columnar
import Compiler
import Connectivity
import Diagnostics
import Values

/// Turns what an engine says into a finding of ours: where, what, one way out. The engine's own
/// words go below, escaped; nobody is shown them alone.
enum EngineWords {
  static func diagnostic(_ error: EngineError, at span: Span?) -> Diagnostic {
    switch error {
    case .driverMissing(let engine, let searched):
      return Diagnostic(
        .engineMissing, "the engine \(engine) is not installed", at: span,
        label: "needed here",
        notes: searched.prefix(6).map {
          Diagnostic.Note("looked in \(Exit.escape($0, for: .terminal))")
        },
        help: ["run `make setup` in Whom's folder; `whom doctor` says what is there"])
    case .driverUnusable(let path, let reason):
      return Diagnostic(
        .engineMissing, "the engine's library cannot be loaded", at: span,
        notes: [
          .init(Exit.escape(path, for: .terminal)), .init(Exit.escape(reason, for: .terminal)),
        ],
        help: ["`whom doctor` says what is there"])
    case .unreachable(let reason):
      return Diagnostic(
        .serverUnreachable, "the server cannot be reached", at: span, label: "needed here",
        notes: [.init(Exit.escape(reason, for: .terminal))],
        help: ["check the address of `--engine`, and that the server is up: `psql` says the same"])
    case .unsupported(let words):
      return Diagnostic(
        .notOnEngine, "this engine cannot do this", at: span, label: words,
        help: ["without `--engine` the embedded engine does"])
    case .cancelled:
      return Diagnostic(.cancelled, "stopped", at: span, label: "was running")
    case .unreadable(let problem): return columnar(problem, at: span)
    case .failed(let failure): return failed(failure, at: span)
    }
  }

  /// Which kind of place in a plan can have caused it.
  static func site(of error: EngineError) -> FailureSite? {
    switch error {
    case .unreadable(.overflow): return .arithmetic
    case .failed(let failure):
      if failure.message.contains(severalValues) { return .only }
      if Misfit.isSaid(by: failure) { return .reading }
      if failure.message.contains(longRange) { return .range }
      if tooLong.contains(where: failure.message.contains) { return .length }
      switch failure.kind {
      case .conversion: return isAboutRows(failure) ? .reading : .conversion
      case .outOfRange: return .arithmetic
      case .statement, .constraint, .io, .outOfMemory, .permission, .internalError, .other:
        return nil
      }
    case .driverMissing, .driverUnusable, .cancelled, .unreadable, .unsupported, .unreachable:
      return nil
    }
  }

  /// What `only` says in our SQL.
  private static let longRange = "whom: a range of more than"
  private static let severalValues = "whom: more than one value"

  private static func isAboutRows(_ failure: EngineFailure) -> Bool {
    failure.message.contains("CSV Error") || failure.message.contains("read_csv")
      || failure.message.contains("JSON transform error")
      || ReadingWords.diagnostic(failure, at: nil) != nil
  }

  /// While the head of a file was looked at.
  static func diagnostic(_ error: EngineError, reading path: String, at span: Span) -> Diagnostic {
    guard case .failed(let failure) = error else { return diagnostic(error, at: span) }
    if let known = ReadingWords.diagnostic(failure, reading: path, at: span) { return known }
    return Diagnostic(
      .unreadableFile, "`\(Exit.escape(path, for: .terminal))` cannot be read", at: span,
      label: "not what its ending says, or damaged", notes: [words(failure)])
  }

  private static func columnar(_ problem: ColumnarError, at span: Span?) -> Diagnostic {
    switch problem {
    case .overflow:
      Diagnostic(
        .overflow, "a whole number is too large", at: span, label: "beyond 64 bits",
        help: ["an int goes to 9,223,372,036,854,775,807; `float(x)` goes further"])
    case .refused(let why):
      Diagnostic(.trainingFailed, why, at: span, label: "the model cannot judge these rows")
    case .tooLong(let why): tooLong(why, at: span)
    case .monthsInDuration(let column, _):
      Diagnostic(
        .conversionFailed,
        "`\(Exit.escape(column, for: .terminal))` holds months where a length of time is wanted",
        at: span, label: "a month has no fixed length",
        help: ["take the months out where it comes from: in SQL `extract(month from x)`"])
    case .unsupported, .mismatch, .daysInMonths, .malformed:
      Diagnostic(
        .engineFailed, "the engine answered with something unexpected", at: span,
        notes: [.init("\(problem)")])
    }
  }

  private static func tooLong(_ why: String, at span: Span?) -> Diagnostic {
    Diagnostic(.overflow, why, at: span, label: "in a row here", help: [Checker.shorterTexts])
  }

  /// Of `repeat("x", n)` and the like.
  private static let tooLong = [
    "whom: a text of more than", "Cannot create a string of size", "requested length too large",
    "invalid memory alloc request",
  ]

  /// What our own SQL lets the engine say.
  private static func saidByUs(_ failure: EngineFailure, at span: Span?) -> Diagnostic? {
    if let mark = failure.message.firstRange(of: ColumnarError.tooLongMark) {
      return tooLong(String(failure.message[mark.upperBound...]), at: span)
    }
    if failure.message.contains(severalValues) {
      return Diagnostic(
        .valueNotSingle, "`only` found more than one value", at: span, label: "in a group here",
        help: ["use `first(x, order)` or `max(x)` if any of them will do"])
    }
    if let why = ModelWords.refusal(in: failure.message) {
      return Diagnostic(
        .trainingFailed, why, at: span, label: "the model cannot judge these rows")
    }
    if let misfit = Misfit(failure) { return misfit.diagnostic(at: span) }
    if let none = noSuchMoment(failure.message, at: span)
      ?? tooManyColumns(failure.message, at: span)
    {
      return none
    }
    if failure.message.contains("invalid byte sequence"), failure.message.contains("0x00") {
      return Diagnostic(
        .conversionFailed, "a text holds a NUL, and a server keeps none", at: span,
        label: "met while this ran",
        help: ["take it out of the file, or read it without `--engine`"])
    }
    if tooLong.contains(where: failure.message.contains) {
      return Diagnostic(
        .overflow, "a text becomes too long", at: span, label: "more than 10 million characters",
        help: ["look at the count: `least(n, 1000)`"])
    }
    if failure.message.contains(longRange) {
      return Diagnostic(
        .badArgument,
        "a range of more than "
          + (failure.message.contains("days") ? "1 million days" : "10 million numbers or steps"),
        at: span, label: "in a row here",
        help: ["take a smaller range, or longer steps: `every 1 hour`"])
    }
    if failure.message.lowercased().contains("more than one row returned by a subquery") {
      return Diagnostic(
        .valueNotSingle, "the relation has more than one row", at: span,
        label: "`value` takes the only cell", help: ["`summarize` it, or `take 1`"])
    }
    return nil
  }

  private static func failed(_ failure: EngineFailure, at span: Span?) -> Diagnostic {
    if let known = saidByUs(failure, at: span) ?? ReadingWords.diagnostic(failure, at: span) {
      return known
    }
    switch failure.kind {
    case .conversion: return outOfRange(failure, at: span) ?? conversion(failure, at: span)
    case .outOfRange:
      return outOfRange(failure, at: span)
        ?? Diagnostic(
          .overflow, "a number left the range of its type", at: span, label: "while this ran",
          notes: [operands(failure).map { .init("`\($0)` is beyond 64 bits") } ?? words(failure)],
          help: ["`float(x)` has a wider range; `try_int(x)` gives null instead"])
    case .io:
      return Diagnostic(
        .unreadableFile, "a file could not be read or written", at: span, notes: [words(failure)])
    case .outOfMemory:
      return Diagnostic(
        .engineFailed, "not enough memory", at: span, label: "while this ran",
        notes: [words(failure)],
        help: ["filter or summarize earlier, or give more memory: `--memory 8GB`"])
    case .permission:
      return Diagnostic(.cannotWrite, "not allowed here", at: span, notes: [words(failure)])
    case .statement, .constraint, .internalError, .other:
      return Diagnostic(
        .engineFailed, "the engine refused what Whom asked of it", at: span,
        label: "while this ran", notes: [words(failure)],
        help: ["this is a defect of Whom: please report it with the program"])
    }
  }

  /// A row of a file, or a value of a column, that does not have the type it was taken for.
  private static func conversion(_ failure: EngineFailure, at span: Span?) -> Diagnostic {
    if failure.message.contains("out of range for the destination type INT64") {
      return Diagnostic(
        .overflow, "a whole number is too large", at: span, label: "beyond 64 bits",
        notes: [tooLarge(failure) ?? words(failure)],
        help: ["an int goes to 9,223,372,036,854,775,807; `float(x)` goes further"])
    }
    if isAboutRows(failure) {
      return Diagnostic(
        .badRow, badLine(failure), at: span, label: "read here",
        notes: badField(failure).map { [$0] } ?? csvNotes(failure),
        help: [
          "the types were taken from the first 20,480 rows; say another: `read(\"...\", types = {\(badColumn(failure) ?? "column"): \"text\"})`",
          "or name what stands for nothing: `missing = [\"NA\"]`",
        ])
    }
    if let (value, type) = unconverted(failure) {
      return Diagnostic(
        .conversionFailed, "`\(value)` is not \(TypeRules.article(type))", at: span,
        label: "a value of some row here",
        help: ["`try_\(type)(x)` gives null where a value is none"])
    }
    return Diagnostic(
      .conversionFailed, "a value could not be converted", at: span, label: "while this ran",
      notes: [words(failure)],
      help: ["`try_int`, `try_float`, `try_date` give null where a value does not fit"])
  }

  /// The value and the type of `Could not convert string 'paid' to INT64`.
  private static func unconverted(_ failure: EngineFailure) -> (value: String, type: DataType)? {
    let message = failure.message
    if let value = quoted(message, behind: "invalid date field format: \"") {
      return (clean(value), .date)
    }
    if let value = quoted(message, behind: "invalid timestamp field format: \"") {
      return (clean(value), .timestamp)
    }
    guard let start = message.firstRange(of: "ould not convert string '"),
      let end = message[start.upperBound...].firstRange(of: "' to ")
    else { return nil }
    let word = message[end.upperBound...].prefix { $0.isLetter || $0.isNumber }
    return types[String(word)].map {
      (clean(String(message[start.upperBound..<end.lowerBound])), $0)
    }
  }

  /// `2 * 9000000000000000000` of an overflow.
  static func operands(_ failure: EngineFailure) -> String? {
    let message = failure.message
    guard message.contains("verflow in"), message.contains("INT64"),
      let start = message.firstIndex(of: "("),
      let end = message[start...].firstIndex(of: ")")
    else { return nil }
    let inner = message[message.index(after: start)..<end]
    return inner.allSatisfy { $0.isNumber || " +-*.".contains($0) } ? String(inner) : nil
  }

  static func tooLarge(_ failure: EngineFailure) -> Diagnostic.Note? {
    guard let start = failure.message.firstRange(of: "with value ") else { return nil }
    let value = failure.message[start.upperBound...].prefix { $0 != " " }
    return .init("the value is \(clean(String(value)))")
  }

  /// `line 2 of the file does not fit`
  private static func badLine(_ failure: EngineFailure) -> String {
    guard let start = failure.message.firstRange(of: "CSV Error on Line: ") else {
      return "a row of the file does not fit"
    }
    let number = failure.message[start.upperBound...].prefix { $0.isNumber }
    let file = ReadingWords.quotedFile(failure.message).map { "`\(clean(FilePaths.name($0)))`" }
    return "line \(number) of \(file ?? "the file") does not fit"
  }

  private static func badColumn(_ failure: EngineFailure) -> String? {
    quoted(failure.message, behind: "when converting column \"").map(clean)
  }

  /// `"n/a" in the column "price" is not a float`
  private static func badField(_ failure: EngineFailure) -> Diagnostic.Note? {
    guard let column = quoted(failure.message, behind: "when converting column \""),
      let value = quoted(failure.message, behind: "ould not convert string \""),
      let type = failure.message.firstRange(of: "' to '")
        ?? failure.message.firstRange(of: "\" to '")
    else { return nil }
    let word = String(failure.message[type.upperBound...].prefix { $0 != "'" })
    guard let wanted = Self.types[word] else { return nil }
    return .init(
      "`\(clean(value))` in the column `\(clean(column))` is not \(TypeRules.article(wanted))")
  }

  private static func quoted(_ message: String, behind words: String) -> String? {
    guard let start = message.firstRange(of: words),
      let end = message[start.upperBound...].firstIndex(of: "\"")
    else { return nil }
    return String(message[start.upperBound..<end])
  }

  /// What the engine calls the types that its readers and casts speak of.
  private static let types: [String: DataType] = [
    "INT64": .int, "INT32": .int, "BIGINT": .int, "INTEGER": .int, "DOUBLE": .float,
    "BOOL": .bool, "BOOLEAN": .bool, "DATE": .date, "TIMESTAMP": .timestamp,
    "TIMESTAMP WITH TIME ZONE": .timestamp,
  ]

  private static func csvNotes(_ failure: EngineFailure) -> [Diagnostic.Note] {
    let lines = failure.message.split(separator: "\n", omittingEmptySubsequences: true)
    return lines.prefix(4).map { .init(clean(String($0))) }
  }

  private static func words(_ failure: EngineFailure) -> Diagnostic.Note {
    let first = failure.message.split(separator: "\n", omittingEmptySubsequences: true).first
    return .init("the engine says: " + clean(first.map(String.init) ?? failure.message))
  }

  /// All that the engine says, but for its own excerpt of the SQL.
  static func lines(of failure: EngineFailure) -> [Diagnostic.Note] {
    let lines = failure.message.split(separator: "\n", omittingEmptySubsequences: true)
      .prefix { !$0.hasPrefix("LINE ") && !$0.contains("pg_") }.prefix(3)
    return lines.enumerated().map { position, line in
      .init((position == 0 ? "the engine says: " : "") + clean(String(line)))
    }
  }

  static func clean(_ text: String) -> String {
    let escaped = Exit.escape(text, for: .terminal)
    return escaped.count > 300 ? String(escaped.prefix(300)) + "…" : escaped
  }
}
