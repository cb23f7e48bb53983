import Compiler
import Connectivity
import Diagnostics
import Values

/// Counts the values of a file of which reading loses something while a statement reads them:
/// floats that are NaN or infinite, and times with more than six digits behind the second. The view
/// of the file takes the next number of a sequence for each such value. What has none costs
/// nothing, and no file is read a second time for it.
struct ValueWatch {
  let reader: FileReader
  let span: Span
  /// The sequence of each column that was not found out about yet.
  var sequences: [String: String]
}

extension FileCatalog {
  /// Makes the view of a file, and what counts its values.
  func makeView(_ name: String, _ reader: FileReader, at span: Span) throws(EngineError) {
    let floats = reader.isSeenWhole ? [] : reader.columns.filter { $0.type == .float }
    let times = reader.columns.filter { $0.isCut != nil }
    var watch = ValueWatch(reader: reader, span: span, sequences: [:])
    for columns in [floats, times] {
      var sequence = ""
      for (position, column) in columns.enumerated() {
        if position < Self.watchedApart { sequence = try makeSequence() }
        watch.sequences[column.name] = sequence
      }
    }
    if !watch.sequences.isEmpty { watches[name] = watch }
    try makeView(name, watch)
  }

  /// So many columns of a kind have a sequence of their own; it costs 0.1 ms each.
  private static let watchedApart = 50

  private func makeSequence() throws(EngineError) -> String {
    watchedColumns += 1
    let name = "watched_\(watchedColumns)"
    try engine.database().execute("create sequence \(engine.keptSchema).\(ReaderSQL.name(name))")
    return name
  }

  private func makeView(_ name: String, _ watch: ValueWatch) throws(EngineError) {
    let counters = watch.sequences.mapValues { "\(engine.keptSchema).\($0)" }
    try engine.database().execute(watch.reader.view(named: name, counting: counters))
  }

  /// The columns of these files that turned out to hold such values, with how many were met; each
  /// is told once and not counted any more.
  func lostValues(in files: Set<String>) throws(EngineError) -> [LostValues] {
    let looked = files.sorted().filter { watches[$0] != nil }
    if looked.isEmpty { return [] }
    let rows = try engine.database().texts(
      """
      select sequence_name, cast(last_value as varchar) from duckdb_sequences()
      where database_name = \(ReaderSQL.quoted(engine.keptSchema)) and last_value is not null
      """, columns: 2)
    let counts = Dictionary(rows.map { ($0[0], Int($0[1]) ?? 0) }) { $1 }
    var found: [LostValues] = []
    for file in looked {
      guard var watch = watches[file] else { continue }
      for (sequence, count) in counts.sorted(by: { $0.key < $1.key }) {
        let columns = watch.reader.columns.filter { watch.sequences[$0.name] == sequence }
        guard let first = columns.first else { continue }
        for column in columns { watch.sequences[column.name] = nil }
        found.append(
          LostValues(
            file: file, name: first.name, areFloats: first.type == .float,
            others: columns.count - 1, count: count, span: watch.span))
      }
      guard found.last?.file == file else { continue }
      watches[file] = watch.sequences.isEmpty ? nil : watch
      try makeView(file, watch)
    }
    return found
  }
}

/// Values of a column of which reading lost something.
struct LostValues {
  var file: String
  var name: String
  /// That are no numbers; else times that were cut.
  var areFloats: Bool
  /// Columns that were counted together with it.
  var others: Int
  /// As often as a statement met one: twice, where it reads the file twice.
  var count: Int
  var span: Span
}

extension Session {
  /// Warns of values that the plans of a step read as missing or cut. How many there are is said
  /// only where the number does not depend on the way the engine took.
  func noteLostValues(_ plans: [LogicalPlan], areCut: Bool) {
    if catalog.watches.isEmpty { return }
    let rewritten = plans.map(TwoPassMeans.rewrite)
    let reads = rewritten.reduce(into: [:]) { $1.countScans(&$0) }
    guard let found = try? catalog.lostValues(in: Set(reads.keys)) else { return }
    let isWhole = !areCut && !rewritten.contains(where: \.hasLimit)
    for column in found {
      let isKey = plans.flatMap(JoinGuards.of).contains { $0.keys.contains(column.name) }
      let isExact =
        catalog.server != nil || (isWhole && !isKey && reads[column.file] == 1)
      state.warnings.append(.lostValues(column, isExact: isExact))
    }
  }
}

extension LogicalPlan {
  fileprivate func countScans(_ counts: inout [String: Int]) {
    if case .scan(let scan) = op, scan.path.count == 1 { counts[scan.path[0], default: 0] += 1 }
    for input in inputs { input.countScans(&counts) }
  }

  fileprivate var hasLimit: Bool {
    if case .limit = op { return true }
    return inputs.contains(where: \.hasLimit)
  }
}

extension Diagnostic {
  fileprivate static func lostValues(_ column: LostValues, isExact: Bool) -> Diagnostic {
    let own = "`\(Exit.escape(column.name, for: .terminal))`"
    let name = column.others == 0 ? own : "\(own) or the \(column.others) columns behind it"
    let isOne = isExact && column.count == 1
    let values =
      switch (isExact, column.count) {
      case (false, _): "values of \(name)"
      case (true, 1): "a value of \(name)"
      case (true, let count): "\(NumberPrinting.grouped("\(count)")) values of \(name)"
      }
    if column.areFloats {
      return Diagnostic(
        .notFinite, "\(values) \(isOne ? "is" : "are") NaN or infinite", at: column.span,
        label: "read as missing")
    }
    return Diagnostic(
      .cutSecond, "\(values) \(isOne ? "has" : "have") more than six digits behind the second",
      at: column.span, label: "read without the further ones",
      help: [
        "to keep them, read texts: `read(\"...\", types = {\(Checker.written(column.name)): \"text\"})`"
      ])
  }
}
