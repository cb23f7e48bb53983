import Columnar
import Compiler
import Connectivity
import Diagnostics
import Values

/// A value of a file that does not have the type of its column, as the file's view says it.
struct Misfit {
  /// A column of a view.
  struct Place {
    var view: String
    var position: Int
  }

  let place: Place
  /// `an int`
  let kind: String
  let value: String
  /// So many characters of a value are shown.
  static let shown = 200

  private static let mark = "whom: misfit"
  private static let gap: Character = "\u{1F}"

  /// What the engine is to say before the value.
  static func words(_ place: Place, _ type: DataType) -> String {
    [mark, place.view, "\(place.position)", TypeRules.article(type), ""]
      .joined(separator: "\(gap)")
  }

  static func isSaid(by failure: EngineFailure) -> Bool { failure.message.contains(mark) }

  init?(_ failure: EngineFailure) {
    guard let start = failure.message.firstRange(of: Self.mark) else { return nil }
    let parts = failure.message[start.lowerBound...]
      .split(separator: Self.gap, maxSplits: 4, omittingEmptySubsequences: false)
    guard parts.count == 5, let position = Int(parts[2]) else { return nil }
    place = Place(view: String(parts[1]), position: position)
    kind = String(parts[3])
    value = String(parts[4])
  }

  /// `row 30,001 of orders.csv does not fit`
  func diagnostic(
    in column: FileReader.ReadColumn? = nil, file: String? = nil, row: Int? = nil, at span: Span?
  ) -> Diagnostic {
    let name = file.map { "`\(Exit.escape($0, for: .terminal))`" } ?? "a file"
    let number = row.map { "row \(NumberPrinting.grouped("\($0)"))" } ?? "a row"
    let shown = column.map { Exit.escape($0.name, for: .terminal) }
    let named = column.map { Exit.escape(Checker.written($0.name), for: .terminal) }
    let within = shown.map { " in the column `\($0)`" } ?? ""
    var help = [
      "the types were taken from the first 20,480 rows, or from `types`; say another:"
        + " `read(\"...\", types = {\(named ?? "column"): \"\(wider(column))\"})`"
    ]
    if column?.given == .json, value.count(where: \.isNumber) > 15 {
      help.insert("numbers of JSON have a float's digits; texts keep all: `\"12.50\"`", at: 0)
    } else if column?.type.isNested == true {
      help[0] += ", and take the text apart"
    }
    return Diagnostic(
      .badRow, "\(number) of \(name) does not fit", at: span, label: "read here",
      notes: [.init("`\(EngineWords.clean(value))`\(within) is not \(kind)")], help: help)
  }

  /// The type that holds the value too.
  private func wider(_ column: FileReader.ReadColumn?) -> String {
    let digits = value.allSatisfy { "+-.,eE".contains($0) || $0.isNumber }
    switch column?.type {
    case .int where digits && value.contains(where: { ".,eE".contains($0) }): return "float"
    case .int where digits && Int(value) == nil: return decimal(places: 0) ?? "text"
    case .decimal where digits: return decimal(places: 2) ?? "float"
    case .date where value.utf8.count > 10 && value.first?.isNumber == true: return "timestamp"
    default: return "text"
    }
  }

  /// The decimal that the value itself is, with room for larger ones.
  private func decimal(places: Int) -> String? {
    let parts = value.drop { "+-".contains($0) }
      .split(separator: ".", omittingEmptySubsequences: false)
    let isPlain = (1...2).contains(parts.count) && parts.allSatisfy { $0.allSatisfy(\.isNumber) }
    let scale = parts.count == 2 ? parts[1].count : places
    guard isPlain, let whole = parts.first, max(whole.count + 2, 10) + scale <= 38 else {
      return nil
    }
    return "decimal(\(max(whole.count + 2, 10) + scale), \(scale))"
  }

  /// Where a plan reads the file.
  static func span(_ error: EngineError, in plan: LogicalPlan) -> Span? {
    guard case .failed(let failure) = error, let view = Misfit(failure)?.place.view else {
      return nil
    }
    return span(ofScan: view, in: plan)
  }

  private static func span(ofScan view: String, in plan: LogicalPlan) -> Span? {
    if case .scan(let scan) = plan.op, scan.path.last == view { return plan.span }
    return plan.inputs.lazy.compactMap { span(ofScan: view, in: $0) }.first
  }
}

extension FileCatalog {
  /// What an engine said while it ran a query, with the row of a file that did not fit. The file is
  /// read once more for that.
  func diagnostic(_ error: EngineError, at span: Span?) -> Diagnostic {
    guard case .failed(let failure) = error, let misfit = Misfit(failure),
      let reader = readers[misfit.place.view],
      reader.columns.indices.contains(misfit.place.position)
    else { return EngineWords.diagnostic(error, at: span) }
    let column = reader.columns[misfit.place.position]
    if let known = engineFinding(reader, column, at: span) { return known }
    let source = files[misfit.place.view].map(FilePaths.name)
    let found = row(of: misfit, reader, column)
    return misfit.diagnostic(
      in: column, file: found.map { reader.isOneFile ? source : FilePaths.name($0.file) } ?? source,
      row: found?.number, at: span)
  }

  /// Where the engine's reader finds fault by itself, it knows the line.
  private func engineFinding(
    _ reader: FileReader, _ column: FileReader.ReadColumn, at span: Span?
  ) -> Diagnostic? {
    if case .decimal = column.type { return nil }
    guard let lenient = reader.lenientCall else { return nil }
    do throws(EngineError) {
      let values = "count(\(ReaderSQL.name(column.original)))"
      _ = try engine.database().scalar("select \(values) from \(lenient)", as: .int)
      return nil
    } catch {
      guard case .failed(let failure) = error, failure.kind == .conversion else { return nil }
      return EngineWords.diagnostic(error, at: span)
    }
  }

  /// The first row with this value, counted in its file.
  private func row(
    of misfit: Misfit, _ reader: FileReader, _ column: FileReader.ReadColumn
  ) -> (file: String, number: Int)? {
    if column.type.isNested { return nil }
    let name = ReaderSQL.name(column.original)
    let value = column.given == .json ? "(\(name) ->> '$')" : "cast(\(name) as varchar)"
    // What is read side by side has no name of a file; then it is one.
    let file = reader.isOneFile ? "''" : "filename"
    let sql = """
      with numbered as (select row_number() over () as n, \(file) as file, \(value) as value \
      from \(reader.call)), \
      first as (select min(n) as n, arg_min(file, n) as file from numbered \
      where left(value, \(Misfit.shown)) = \(ReaderSQL.quoted(misfit.value))) \
      select first.file, cast(min(first.n) - min(numbered.n) + 1 as varchar) from numbered \
      join first on numbered.file = first.file group by all
      """
    guard let row = try? engine.database().texts(sql, columns: 2).first, let number = Int(row[1])
    else { return nil }
    return (row[0], number)
  }
}

extension DataType {
  fileprivate var isNested: Bool {
    switch self {
    case .list, .record: true
    default: false
    }
  }
}
