import Compiler
import Connectivity
import Diagnostics
import Engine
import Glibc
import Notebooks
import Reporting
import Synchronization
import Testing
import Values

/// A notebook run as `whom run` runs it, without the command line.
struct NotebookRun {
  var outcome: NotebookRunner.Outcome?
  var diagnostics: [Diagnostic]
  var statements: [StatementRecord]

  var html: String { outcome.map { HTMLReport.render($0.document) } ?? "" }
  var json: String { outcome.map { JSONReport.render($0.document) } ?? "" }

  final class Log: Sendable {
    private let records = Mutex<[StatementRecord]>([])
    func add(_ record: StatementRecord) { records.withLock { $0.append(record) } }
    var all: [StatementRecord] { records.withLock { $0 } }
  }

  init(
    _ text: String, name: String = "\(Self.root)/notebooks/test.md", threads: Int? = nil,
    settings: [String: String] = [:]
  ) {
    let log = Log()
    // 1998-07-01
    var options = Session.Options(now: 10_408 * 86_400_000_000)
    for (key, value) in settings {
      options.settings[key] = .init(text: value, origin: .set)
    }
    options.engine = EngineHandle.Options(threads: threads, observer: { log.add($0) })
    let session = Session(options)
    let checked = CheckedNotebook(text, name: name, in: session)
    diagnostics = checked.diagnostics
    if !checked.hasErrors {
      var runner = NotebookRunner(checked, session: session) { _ in }
      outcome = runner.run()
    }
    statements = log.all
  }

  static let root: String = {
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  }()

  static func text(_ path: String) -> String? {
    guard let file = fopen("\(root)/\(path)", "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(contentsOf: buffer[0..<count])
    }
  }
}

@Suite("Notebooks, run to reports")
struct RunningNotebooks {
  private static let demo = NotebookRun.text("notebooks/customers.md") ?? ""
  private static let demoName = "\(NotebookRun.root)/notebooks/customers.md"

  /// The figures are those that two other programs gave for the same data; see the notebook's
  /// data folder.
  @Test("The demo gives the figures that are known of its data")
  func demoFigures() throws {
    let run = NotebookRun(Self.demo, name: Self.demoName)
    #expect(run.diagnostics == [])
    #expect(run.outcome?.exitCode == 0)
    let values = run.outcome?.document.inlineValues.map(\.result) ?? []
    func has(_ value: Value) -> Bool {
      values.contains { if case .value(value, _) = $0 { true } else { false } }
    }
    #expect(has(.int(2357)), "customers")
    #expect(has(.int(6919)), "purchases")
    #expect(has(.decimal(unscaled: 2_440_919_400, scale: 4)), "revenue 244,091.94")
    #expect(has(.int(247)), "customers of segment 555")
    #expect(has(.int(170)), "customers of segment 111")
    #expect(has(.int(471)), "the top 20 % are floor(471.4) customers")
    let floats = values.compactMap { result -> Double? in
      if case .value(.float(let number), _) = result { number } else { nil }
    }
    #expect(floats.contains(2.8), "mean purchase days, 2.840899")
    let shares = run.json
    #expect(shares.contains("0.674016") || floats.contains { abs($0 - 0.674016) < 5e-7 })
  }

  @Test("The report has the same bytes on any number of threads")
  func threads() {
    let one = NotebookRun(Self.demo, name: Self.demoName, threads: 1)
    let two = NotebookRun(Self.demo, name: Self.demoName, threads: 2)
    let four = NotebookRun(Self.demo, name: Self.demoName, threads: 4)
    #expect(!one.html.isEmpty)
    #expect(one.html == two.html)
    #expect(one.html == four.html)
    #expect(one.json == four.json)
  }

  @Test("A parameter moves the end of the data")
  func parameter() {
    let run = NotebookRun(
      Self.demo, name: Self.demoName, settings: ["until": "1997-06-30"])
    #expect(run.outcome?.exitCode == 0)
    #expect(run.html.contains("1997-06-30"))
    #expect(!run.html.contains("244,091.94"))
  }

  @Test("A type error in the last cell: nothing has run")
  func nothingRuns() {
    let run = NotebookRun(
      """
      # T
      ```whom
      read "data/cdnow_transactions.csv" | count
      ```
      ```whom
      read "data/cdnow_transactions.csv" | where usd > "x"
      ```
      """)
    #expect(run.outcome == nil)
    #expect(run.diagnostics.map(\.code) == [.typeMismatch])
    // The heads of files are looked at; no statement of the program is, which would read the view.
    #expect(!run.statements.contains { $0.sql.contains("from \"cdnow_transactions\"") })
  }

  @Test("A failing cell skips only the cells that need it")
  func skips() {
    let run = NotebookRun(
      """
      # T
      ```whom #bad
      let n = rows [{t: "x"}] | summarize n = max(int(t)) | value
      ```
      ```whom #needs
      rows [{a: 1}] | derive b = a + $n
      ```
      ```whom #free
      rows [{a: 1}]
      ```
      The value is {= $n =}.
      """)
    let states = run.outcome?.states ?? []
    #expect(states.count == 3)
    guard states.count == 3 else { return }
    if case .failed(let diagnostic) = states[0] {
      #expect(diagnostic.code == .conversionFailed)
    } else {
      Issue.record("the first cell should fail")
    }
    #expect(states[1] == .skipped(becauseOf: "bad"))
    #expect(states[2] == .done)
    #expect(run.outcome?.exitCode == 1)
    #expect(run.html.contains("bad"))
  }

  @Test("An unknown or mistyped parameter is an error before anything runs")
  func badParameters() {
    let unknown = NotebookRun(Self.demo, name: Self.demoName, settings: ["untill": "1997-06-30"])
    #expect(unknown.outcome == nil)
    #expect(unknown.diagnostics.map(\.code) == [.unknownParameter])
    #expect(unknown.diagnostics.first?.help == ["did you mean `until`?"])
    let mistyped = NotebookRun(Self.demo, name: Self.demoName, settings: ["until": "soon"])
    #expect(mistyped.outcome == nil)
    #expect(mistyped.diagnostics.first?.code == .badParameter)
  }

  @Test("Hostile data is shown as such")
  func hostile() {
    let run = NotebookRun(
      """
      # T
      ```whom
      rows [{name: "<script>alert(1)</script>", note: "\\u{1B}[31mred\\u{202E}"}] | show "<b>title</b>"
      ```
      """)
    #expect(run.outcome?.exitCode == 0)
    #expect(!run.html.contains("<script>"))
    #expect(!run.html.contains("<b>title"))
    #expect(!run.html.contains("\u{1B}"))
    #expect(run.html.contains("&lt;script&gt;"))
  }
}
