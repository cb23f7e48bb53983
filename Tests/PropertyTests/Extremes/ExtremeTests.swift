import Compiler
import Connectivity
import Diagnostics
import Engine
import Glibc
import ServerForTests
import Testing
import Values

/// Every function on columns of extreme values: a value, null, or a finding of ours with its
/// place; the same on every engine, or different for a reason that is written down here.
@Suite("Extreme values", .serialized)
struct ExtremeTests {
  private static let seed: UInt64 =
    getenv("WHOM_SEED").flatMap { UInt64(String(cString: $0)) } ?? 20_250_630
  /// Two ways to call each function, by the seed. `WHOM_EXTREMES=draw_` looks at all ways to call
  /// those whose names begin so, and `WHOM_EXTREMES=` at all of all (some minutes).
  private static let only = getenv("WHOM_EXTREMES").map { String(cString: $0) }

  static let functions = BuiltinFunction.all.filter { function in
    only.map { function.name.hasPrefix($0) } ?? true
  }

  /// Why a function may give something else on a server.
  static let reasons: [String: String] = [
    "make_date": "a server looks at every part before it finds that one is missing",
    "make_timestamp": "a server looks at every part before it finds that one is missing",
    "decimal": "a float beyond 2^52 has no tenths: what is behind its point is each engine's own",
  ]

  /// Some functions that share their engines: those cost more to start than to ask.
  struct Portion: CustomTestStringConvertible, Sendable {
    var functions: [BuiltinFunction]
    var testDescription: String { functions.map(\.name).joined(separator: " ") }
  }

  static let portions = stride(from: 0, to: functions.count, by: 20).map {
    Portion(functions: Array(functions[$0..<min($0 + 20, functions.count)]))
  }

  @Test("No function says anything raw", arguments: portions)
  func calls(_ portion: Portion) {
    var runner = ExtremeRunner()
    for function in portion.functions {
      var random = SplitMix64(
        state: Self.seed ^ UInt64(function.name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) }))
      var calls = ExtremeCall.all(function)
      if Self.only == nil { calls = Array(calls.shuffled(using: &random).prefix(2)) }
      for call in calls { runner.look(at: call, ExtremeRows.of(call.kinds, &random)) }
    }
    for problem in runner.problems { Issue.record("\(problem)") }
  }

  @Test("Texts of two hundred thousand characters", arguments: portions)
  func longTexts(_ portion: Portion) {
    var runner = ExtremeRunner()
    for function in portion.functions {
      let calls = ExtremeCall.all(function).filter { $0.kinds.contains(.text) }
      guard let call = calls.first else { continue }
      var row = call.kinds.map { $0.values[0] }
      let place = call.kinds.firstIndex(of: .text) ?? 0
      row[place] = "repeat(\"é \", 100000)"
      runner.look(at: call, [row])
    }
    for problem in runner.problems { Issue.record("\(problem)") }
  }
}

/// What one row gave.
enum ExtremeOutcome {
  case value(Value)
  case finding(Diagnostic)
}

struct ExtremeRunner {
  var problems: [String] = []
  var differences: [String] = []
  private let sessions: [Session]
  private let reasons = ExtremeTests.reasons

  init(onServers: Bool = true) {
    var options = Session.Options(now: 0)
    var sessions = [Session(options)]
    if onServers, let server = PostgreSQLServer.shared {
      options.engine.kind = .postgreSQL(server.address)
      sessions.append(Session(options))
    }
    self.sessions = sessions
  }

  mutating func look(at call: ExtremeCall, _ rows: [[String]]) {
    let found = outcomes(call, rows)
    guard let first = found.first else { return }
    for (row, outcome) in first.enumerated() {
      let source = "\(call.title) of \(rows[row].joined(separator: " ; "))"
      for (engine, outcomes) in found.enumerated() {
        if let raw = Self.complaint(outcomes[row]) {
          problems.append("\(engine == 0 ? "duckdb" : "postgresql") \(source): \(raw)")
        } else if engine > 0, !Self.isAway(outcomes[row]), reasons[call.function.name] == nil,
          !Self.same(outcome, outcomes[row])
        {
          problems.append(
            "differs: \(source): \(Self.words(outcome)) | \(Self.words(outcomes[row]))")
        }
      }
    }
  }

  /// What the embedded engine gives for these rows, whatever says them.
  func values(_ call: ExtremeCall, of relation: String) throws -> [Value] {
    try run(call.program(over: relation), sessions[0])
  }

  /// A window sees its neighbours: where one engine fails, each row is looked at alone on all.
  private func outcomes(_ call: ExtremeCall, _ rows: [[String]]) -> [[ExtremeOutcome]] {
    switch call.place {
    case .derive, .summarize: return sessions.map { outcomes(call, rows, $0) }
    case .windowed, .ranked, .looking: break
    }
    let whole = sessions.map { session in
      do throws(Diagnostic) { return try run(call.program(rows), session) } catch { return [] }
    }
    if whole.allSatisfy({ $0.count == rows.count }) { return whole.map { $0.map { .value($0) } } }
    return sessions.map { session in rows.flatMap { outcomes(call, [$0], session) } }
  }

  /// All rows at once; where one of them fails, each by itself.
  private func outcomes(
    _ call: ExtremeCall, _ rows: [[String]], _ session: Session
  ) -> [ExtremeOutcome] {
    do throws(Diagnostic) {
      let values = try run(call.program(rows), session)
      if values.count == rows.count { return values.map { .value($0) } }
      let wrong = Diagnostic(.internalError, "\(values.count) rows of \(rows.count)", at: nil)
      return rows.map { _ in .finding(wrong) }
    } catch {
      if rows.count == 1 || Self.isOfCheck(error) { return rows.map { _ in .finding(error) } }
      if rows.count <= 4 { return rows.flatMap { outcomes(call, [$0], session) } }
      let half = rows.count / 2
      return outcomes(call, Array(rows[..<half]), session)
        + outcomes(call, Array(rows[half...]), session)
    }
  }

  /// Says the same of any rows.
  private static func isOfCheck(_ error: Diagnostic) -> Bool {
    !error.code.rawValue.hasPrefix("E07") && !error.title.contains("a range of more than")
      || error.code == .notOnEngine
  }

  private func run(_ program: String, _ session: Session) throws(Diagnostic) -> [Value] {
    let checked = session.check(session.add(name: "extreme.whom", text: program))
    if let error = checked.diagnostics.first(where: { $0.severity == .error }) { throw error }
    guard let statement = checked.statements.first,
      case .table(let table, _)? = try session.run(statement, rows: 1000).first
    else { return [] }
    return table.columns.last ?? []
  }

  private static func complaint(_ outcome: ExtremeOutcome) -> String? {
    switch outcome {
    case .value(let value):
      if let x = value.number, !x.isFinite { return "gives \(x)" }
      return nil
    case .finding(let finding):
      if isOfCheck(finding) { return nil }
      if finding.code == .engineFailed || finding.code == .internalError {
        return "raw: \(words(outcome))"
      }
      if finding.notes.contains(where: { $0.text.contains("the engine says") }) {
        return "an engine speaks: \(words(outcome))"
      }
      return finding.span == nil ? "no place: \(words(outcome))" : nil
    }
  }

  private static func words(_ outcome: ExtremeOutcome) -> String {
    switch outcome {
    case .value(let value): String("\(value)".prefix(200))
    case .finding(let finding):
      "\(finding.code.rawValue) \(finding.title) \(finding.notes.map(\.text))"
    }
  }

  private static func same(_ a: ExtremeOutcome, _ b: ExtremeOutcome) -> Bool {
    switch (a, b) {
    case (.value(let x), .value(let y)): same(x, y)
    case (.finding(let x), .finding(let y)): x.code == y.code
    // What a server cannot do is said when the program is checked, and counted by the corpus.
    case (.value, .finding(let y)): isOfCheck(y)
    case (.finding, .value): false
    }
  }

  /// A day that a server does not reach, or sums of floats near 1e308, which it refuses where the
  /// language has no value: the manual says both.
  private static func isAway(_ outcome: ExtremeOutcome) -> Bool {
    guard case .finding(let finding) = outcome else { return false }
    return finding.title == "a date is out of the reach of this engine"
      || finding.notes.contains { $0.text.hasSuffix("beyond the range of floats") }
  }

  private static func same(_ a: Value, _ b: Value) -> Bool {
    if case .list(let x) = a, case .list(let y) = b {
      return x.count == y.count && zip(x, y).allSatisfy(same)
    }
    guard case .float(let x) = a, case .float(let y) = b else { return a == b }
    return x == y || abs(x - y) <= 1e-12 * max(abs(x), abs(y))
  }
}
