package import Columnar
package import Compiler
import Connectivity
import Models
import SQLGeneration
package import Diagnostics
import StandardLibrary
package import Syntax
package import Values

/// One run of a program, of a notebook, or of the prompt: sources, names, the engine, and what
/// has been worked out so far. The one door of everything below it.
package final class Session {
  package struct Options: Sendable {
    /// The as-of instant; `now()` and `today()` come from it.
    package var now: Int64
    /// `now` is what clocks show when the day of `--as-of` begins, wherever they hang.
    package var isStartOfDay = false
    package var settings: [String: ParameterSetting] = [:]
    package var isPrompt = false
    /// How many rows of a result are brought to a person.
    package var shownRows = 1000
    /// Paths that programs say start here instead of in the folder of the file that says them.
    package var root: String?
    package var weekStart = Weekday.monday
    /// Groups of fewer people do not leave.
    package var leastPeople = 5
    /// The secret of `pseudonym`.
    package var pseudonymKey: String?
    package var engine = EngineHandle.Options()
    /// Whether the columns of sources are kept, or those that were kept are gone by.
    package var schemas = SchemaKeeping.none
    /// Whether models score by queries also on the embedded engine, where the library is faster.
    package var alwaysScoresByQuery = false
    package init(now: Int64) { self.now = now }
  }

  package let options: Options
  package private(set) var sources = SourceMap()
  package let engine: EngineHandle
  /// The embedded engine, which looks at files; `engine` itself unless that is a server.
  let local: EngineHandle
  package let catalog: FileCatalog
  package let checker: Checker
  private var folders: [FileID: String] = [:]
  private var isPrepared = false
  /// The program or notebook: the first file that was added.
  private(set) var program: String?
  /// Where `.whom` is.
  private(set) lazy var projectFolder = ProjectFolder.of(
    options.root ?? program.map { FilePaths.folder(of: $0) } ?? "")
  var state = RunState()
  /// Takes the rows of a relation that is shown, instead of a table for a person.
  package var arrowOutput: ArrowStreamWriter.Sink?

  package init(_ options: Options) {
    self.options = options
    engine = EngineHandle(options.engine)
    var embedded = options.engine
    embedded.kind = .duckDB
    local = options.engine.kind == .duckDB ? engine : EngineHandle(embedded)
    var addFile: (String, String) -> SourceFile = { SourceFile(id: FileID(0), name: $0, text: $1) }
    var folder: (FileID) -> String = { _ in "" }
    catalog = FileCatalog(
      engine: local, server: local === engine ? nil : engine, folder: { folder($0) },
      addFile: { addFile($0, $1) })
    checker = Checker(
      catalog: catalog, constants: RunConstants(now: options.now), settings: options.settings,
      isPrompt: options.isPrompt)
    addFile = { [unowned self] name, text in self.add(name: name, text: text, isProgram: false) }
    folder = { [unowned self] id in self.folders[id] ?? "" }
    checker.constants.weekStart = options.weekStart
    checker.constants.leastPeople = options.leastPeople
    checker.constants.pseudonymKey = options.pseudonymKey
    catalog.root = options.root
    catalog.memory.keeping = options.schemas
    catalog.addFile = addFile
    catalog.folder = folder
    catalog.text = { [unowned self] span in self.sources[span.file]?.text(span) }
    catalog.project = { [unowned self] in self.projectFolder }
    // The prompt shows itself first.
    if !options.isPrompt { prepare() }
  }

  /// Reads the modules that need no `use`, once: before the first program at the latest.
  package func prepare() {
    if isPrepared { return }
    isPrepared = true
    for module in StandardLibrary.alwaysThere {
      guard let source = StandardLibrary.source(of: module) else { continue }
      checker.loadPrelude(add(name: source.name, text: source.text))
    }
  }

  /// Makes a text one of the sources; paths in it are relative to its folder. The first program
  /// says where the project is.
  @discardableResult
  package func add(name: String, text: String, isProgram: Bool = true) -> SourceFile {
    prepare()
    let file = sources.add(name: name, text: text)
    let isOwn = !name.hasPrefix("stdlib/") && !name.hasPrefix("<")
    if program == nil, isOwn, isProgram { program = name }
    folders[file.id] = isOwn ? FilePaths.folder(of: name) : ""
    return file
  }

  /// Where the program that holds this span is: paths of `save` start there.
  func folder(of span: Span) -> String { options.root ?? folders[span.file] ?? "" }

  // MARK: Checking

  package struct Checked: Sendable {
    package var statements: [CheckedStatement]
    package var diagnostics: [Diagnostic]
    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
  }

  /// Parses and checks a source, or a part of one, after all that came before.
  package func check(_ file: SourceFile, range: Span? = nil) -> Checked {
    let tree = Parser.parse(file, range: range, isPrompt: options.isPrompt)
    return check(tree)
  }

  /// `isEnd`: nothing follows that could say more of what was read.
  package func check(_ tree: SyntaxTree, isEnd: Bool = true) -> Checked {
    checker.excuse(tree.brokenNames)
    catalog.lookAhead(tree.statements, options.settings)
    defer { catalog.ahead = [:] }
    let statements = checker.check(tree.statements)
    if isEnd { checker.reportLookAlikes() }
    let found = Self.firstTen(tree.diagnostics + checker.takeDiagnostics())
    state.note(statements)
    return Checked(statements: statements, diagnostics: found)
  }

  /// More than ten mistakes at once help nobody.
  private static func firstTen(_ all: [Diagnostic]) -> [Diagnostic] {
    var errors = 0
    return all.filter { finding in
      if finding.severity == .error { errors += 1 }
      return errors <= 10
    }
  }

  /// A parameter that was set but that no program has.
  package func unknownSettings() -> [Diagnostic] {
    let known = checker.parameterNames
    return options.settings.keys.sorted().filter { name in
      !known.contains(name) && options.settings[name]?.origin != .environment
    }.map { name in
      let near = Suggestion.nearest(to: name, in: known)
      return Diagnostic(
        .unknownParameter, "there is no parameter `\(name)`", at: nil,
        help: [
          near.map { "did you mean `\($0)`?" }
            ?? (known.isEmpty
              ? "this program has no parameters"
              : "its parameters: \(known.joined(separator: ", "))")
        ])
    }
  }
}

/// What has been worked out so far in a run.
struct RunState {
  var values: [BindingID: Value] = [:]
  /// Relations whose rows the engine keeps.
  var kept: [BindingID: [String]] = [:]
  /// Where the rows of host steps are, for as long as the run goes.
  var steps: [LogicalPlan: StepTable] = [:]
  var stepCount = 0
  /// Host steps that the engine takes itself.
  var scored: [LogicalPlan: LogicalPlan] = [:]
  /// How often each relation will be read, as far as it is known.
  private(set) var readers: [BindingID: Int] = [:]
  /// Join rules that were found to hold in this run.
  var provenGuards: Set<JoinGuard> = []
  /// Rows that failed a check which must hold, and where it stands.
  var unfit: [BindingID: Span] = [:]
  var expectations: [ExpectationResult] = []
  var warnings: [Diagnostic] = []
  /// Stages whose left out rows were counted.
  var knownLosses: Set<RowLoss> = []
  /// Models that were trained in this run, or read from the registry.
  var models: [ModelUse: TrainedModel] = [:]
  /// What people call the trained ones, in the order of training.
  var cards: [(name: String, use: ModelUse)] = []
  private var appendedTables = 0

  /// A number for a further table of rows that a file gets.
  mutating func nextAppended() -> Int {
    appendedTables += 1
    return appendedTables
  }

  mutating func note(_ statements: [CheckedStatement]) {
    for statement in statements {
      for step in statement.steps {
        for plan in step.plans { for id in plan.references { readers[id, default: 0] += 1 } }
      }
    }
  }
}

extension Session {
  /// A pipeline of prose: a value, computed where it stands.
  package func checkInline(_ pipeline: Pipeline) -> CheckedStatement? {
    let statement = checker.checkInline(pipeline)
    if let statement { state.note([statement]) }
    return statement
  }

  /// SHA-256 of the bytes of a source, so that a reader can tell what a report speaks of; none
  /// above 256 MB, where size and name have to do.
  package func contentHash(of source: FileCatalog.Source) -> String? {
    guard source.size <= 256 << 20, !source.files.isEmpty,
      let database = try? local.database()
    else { return nil }
    let list = source.files.map { ReaderSQL.quoted(FilePaths.literal($0)) }.joined(separator: ", ")
    let sql =
      "select sha256(string_agg(sha256(content), '' order by filename)) from read_blob([\(list)])"
    let single = "select sha256(content) from read_blob(\(list))"
    let value = try? database.scalar(source.files.count == 1 ? single : sql, as: .text)
    guard case .text(let hash)? = value else { return nil }
    return hash
  }
}
