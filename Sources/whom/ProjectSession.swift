import ArgumentParser
import Connectivity
import Diagnostics
import Engine
import Glibc
import Notebooks
import Values

/// The settings of a run, gathered: `whom.toml`, front matter, environment, flags.
struct ProjectSettings {
  private(set) var settings = ProgramSettings()
  /// What notebooks start from.
  private(set) var project = ProjectFile()
  /// The project file that counts.
  private(set) var projectPath: String?
  private(set) var problems: [Diagnostic] = []
  private var sources = SourceMap()
  private var folders: [FileID: String] = [:]

  /// `text` is that of the notebook or program at `path`; the current folder counts without one.
  init(for path: String?, text: String? = nil, flags: [(name: String, text: String)] = []) {
    let folder = path.map { Self.folder(of: $0) } ?? ""
    readProject(from: folder)
    if let path, let text, path.hasSuffix(".md") { readFrontMatter(path, text) }
    readEnvironment()
    for flag in flags {
      take(flag.text, as: flag.name, from: .flag("--" + flag.name.replacing("_", with: "-")))
    }
  }

  // MARK: Places

  private mutating func readProject(from folder: String) {
    guard let path = ProjectFolder.settings(from: folder).map(Self.shown) else { return }
    projectPath = path
    guard let text = InputText.read(path) else {
      let name = Exit.escape(path, for: .terminal)
      problems.append(
        Diagnostic(
          .badSetting, "`\(name)` cannot be read", at: nil, help: [InputText.reason(path)]))
      return
    }
    let file = sources.add(name: path, text: text)
    folders[file.id] = Self.folder(of: path)
    let (project, found) = ProjectFile.read(file)
    self.project = project
    settings = project.settings
    problems += found
  }

  /// From the current folder where it lies below: messages name files as people do.
  private static func shown(_ path: String) -> String {
    guard let current = getcwd(nil, 0) else { return path }
    defer { free(current) }
    let prefix = String(cString: current) + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  /// What is wrong with a notebook is said when it is checked.
  private mutating func readFrontMatter(_ path: String, _ text: String) {
    let file = sources.add(name: path, text: text)
    folders[file.id] = Self.folder(of: path)
    let matter = NotebookParser.frontMatter(of: file, project)
    settings = settings.overridden(by: matter.settings)
  }

  private mutating func readEnvironment() {
    for name in ProgramSettings.names {
      let variable = "WHOM_" + name.uppercased()
      guard let text = Terminal.environment(variable), !text.isEmpty else { continue }
      take(text, as: name, from: .environment(variable))
    }
  }

  private mutating func take(_ text: String, as name: String, from place: SettingPlace) {
    guard let wanted = settings.take(text, as: name, from: place) else { return }
    // The address is not repeated: it may hold a password.
    let shown = name == "engine" ? "" : ", not `\(Exit.escape(text, for: .terminal))`"
    problems.append(
      Diagnostic(.badSetting, "\(Self.words(place)) takes \(wanted)\(shown)", at: nil))
  }

  static func words(_ place: SettingPlace) -> String {
    switch place {
    case .file: "a file"
    case .environment(let name), .flag(let name): name
    }
  }

  /// `whom.toml:3`, `WHOM_ZONE`, `--zone`
  func origin(_ place: SettingPlace) -> String {
    guard let span = place.span, let file = sources[span.file] else { return Self.words(place) }
    return "\(file.name):\(file.line(of: span.start) + 1)"
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  // MARK: For people

  /// `zone        Europe/Zurich    whom.toml:3`, a line each; defaults as well.
  var lines: [String] {
    let address = settings.engine.map { said in
      Said(said.value == "duckdb" ? "duckdb" : "a server", said.place)
    }
    return [
      line("engine", address, "duckdb"), line("zone", settings.zone, "UTC"),
      line("week_start", settings.weekStart.map { Said($0.value.rawValue, $0.place) }, "monday"),
      line("min_group", settings.minGroup.map { Said("\($0.value)", $0.place) }, "5"),
      line("root", settings.root, "the folder of each file"),
      line("threads", settings.threads.map { Said("\($0.value)", $0.place) }, "all"),
      line("memory", settings.memory, "80% of what there is"),
    ]
  }

  private func line(_ name: String, _ said: Said<String>?, _ byDefault: String) -> String {
    let value = Exit.escape(said?.value ?? byDefault, for: .terminal)
    let origin = said.map { Exit.escape(self.origin($0.place), for: .terminal) } ?? "default"
    return Self.padded(name, 12) + Self.padded(value, 26) + origin
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - DisplayWidth.of(text)))
  }

  // MARK: The session

  /// Findings of settings, for standard error.
  func rendered(_ findings: [Diagnostic]) -> String {
    DiagnosticRenderer(
      sources, width: max(60, min(Terminal.width, 120)), isColoured: Terminal.areErrorsColoured
    ).render(findings)
  }

  /// Where paths start: relative to the file that says so.
  private var root: String? {
    guard let said = settings.root else { return nil }
    let folder = said.place.span.flatMap { folders[$0.file] } ?? ""
    if said.value.hasPrefix("/") || folder.isEmpty { return said.value }
    return folder + "/" + said.value
  }

  /// Exits with 2 where the settings are wrong.
  func session(_ options: Session.Options) throws -> Session {
    var options = options
    options.root = root
    options.weekStart = settings.weekStart?.value ?? .monday
    options.leastPeople = settings.minGroup?.value ?? 5
    options.pseudonymKey = Terminal.environment("WHOM_PSEUDONYM_KEY")
    options.engine.kind = engine
    options.engine.threads = settings.threads?.value
    options.engine.memoryLimit = settings.memory?.value
    var findings = problems
    if findings.isEmpty, let root, !Self.isFolder(root) {
      findings.append(
        Diagnostic(
          .badSetting, "there is no folder `\(Exit.escape(root, for: .terminal))`",
          at: settings.root?.place.span, label: "would be the root"))
    }
    let session = Session(options)
    if findings.isEmpty, let zone = settings.zone {
      do throws(Diagnostic) {
        try session.use(zone: zone.value, at: zone.place.span)
      } catch {
        var finding = error
        if zone.place.span == nil { finding.notes.append(.init(Self.origin(of: zone))) }
        findings.append(finding)
      }
    }
    if findings.isEmpty { return session }
    Terminal.report(rendered(findings))
    throw ExitCode(2)
  }

  private static func origin(of zone: Said<String>) -> String { "by \(words(zone.place))" }

  private var engine: EngineKind {
    guard let address = settings.engine?.value, address != "duckdb" else { return .duckDB }
    return .postgreSQL(address)
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
