import Compiler
import Diagnostics
import Values

/// Whether the columns of sources are looked up where the sources are, and whether they are kept.
package enum SchemaKeeping: Sendable {
  /// Sources are looked at; nothing is kept.
  case none
  /// What was seen on this day may be kept.
  case keep(day: Int32)
  /// No file of data and no server is touched: the columns are those that were kept.
  case offline(day: Int32)
}

/// What a catalogue saw of its sources, or what it was told of them.
struct SourceMemory {
  var keeping = SchemaKeeping.none
  /// What can be kept when the program is without a mistake.
  private(set) var seen: [KeptSource] = []
  /// What an offline check went by.
  var used: [KeptSource.Key: KeptSource] = [:]
  /// What is in the project's file; nil before it was read.
  var kept: Result<KeptSchemas, KeptSchemasProblem>?

  var isOffline: Bool { if case .offline = keeping { true } else { false } }

  mutating func saw(_ key: KeptSource.Key, _ description: SourceDescription) {
    var path: [String] = []
    if case .table = key { path = description.path }
    saw(
      KeptSource(
        key: key, path: path, schema: description.schema, casts: description.casts,
        keys: description.keys, day: 0))
  }

  mutating func saw(query: String, _ description: SQLDescription) {
    saw(
      KeptSource(
        key: .query(of: query), schema: description.schema, casts: description.casts, day: 0))
  }

  private mutating func saw(_ source: KeptSource) {
    guard case .keep(let day) = keeping else { return }
    var source = source
    source.day = day
    seen.append(source)
  }
}

extension KeptSource.Key {
  static func query(of text: String) -> KeptSource.Key {
    .query(SHA256.digest(of: Array(text.utf8)))
  }
}

extension FileCatalog {
  /// By what a file is kept: its path from the folder of the project, and how it is read.
  func key(of request: SourceRequest) -> KeptSource.Key {
    let options = request.options.sorted { $0.name < $1.name }.map {
      JSONValue.Member($0.name, Exit.machine($0.value, labels: LabelSet()))
    }
    var path = request.path
    if !path.hasPrefix("/"), !path.hasPrefix("~/") {
      let start = FilePaths.absolute(root ?? folder(request.span.file))
      path = FilePaths.relative(
        FilePaths.resolve(path, from: start), to: FilePaths.absolute(project()))
    }
    return .file(path: path, options: .object(options))
  }

  // MARK: Offline

  func remembered(
    _ request: SourceRequest, _ path: String
  ) throws(Diagnostic) -> SourceDescription {
    let name = "the file `\(Exit.escape(request.path, for: .terminal))`"
    let source = try remembered(key(of: request), name, at: request.span)
    let view = unusedName(FilePaths.stem(path))
    var description = SourceDescription(path: [view], schema: source.schema, name: view)
    // Whether a name is right, values say, which nobody looks at.
    description.plainColumns = Set(source.schema.names)
    return description
  }

  func remembered(
    table path: [String], at span: Span
  ) -> Result<SourceDescription, Diagnostic> {
    let name = path.joined(separator: ".")
    do throws(Diagnostic) {
      let words = "a table `\(Exit.escape(name, for: .terminal))`"
      let source = try remembered(.table(name), words, at: span, isTable: true)
      let place = source.path.isEmpty ? path : source.path
      var description = SourceDescription(
        path: place, schema: source.schema, name: place.last ?? name)
      description.casts = source.casts
      description.keys = source.keys
      description.isOrdered = false
      tables[path] = .some(description)
      return .success(description)
    } catch {
      return .failure(error)
    }
  }

  func remembered(query text: String, at span: Span) throws(Diagnostic) -> SQLDescription {
    let source = try remembered(.query(of: text), "this SQL", at: span)
    return SQLDescription(schema: source.schema, casts: source.casts)
  }

  private func remembered(
    _ key: KeptSource.Key, _ words: String, at span: Span, isTable: Bool = false
  ) throws(Diagnostic) -> KeptSource {
    let kept = try keptSchemas(at: span)
    guard let source = kept[key] else {
      throw .notKept(words, isTable: isTable, key, tables: kept.tables, at: span)
    }
    memory.used[key] = source
    return source
  }

  private func keptSchemas(at span: Span) throws(Diagnostic) -> KeptSchemas {
    let kept = memory.kept ?? Self.read(in: project())
    memory.kept = kept
    do throws(KeptSchemasProblem) {
      return try kept.get()
    } catch {
      throw .damagedSchemas(error, at: span)
    }
  }

  private static func read(in project: String) -> Result<KeptSchemas, KeptSchemasProblem> {
    do throws(KeptSchemasProblem) {
      return .success(try KeptSchemas.read(in: project) ?? KeptSchemas())
    } catch {
      return .failure(error)
    }
  }
}

extension Diagnostic {
  fileprivate static func notKept(
    _ words: String, isTable: Bool, _ key: KeptSource.Key, tables: [String], at span: Span
  ) -> Diagnostic {
    var help: [String] = []
    if case .table(let name) = key, let near = Suggestion.nearest(to: name, in: tables) {
      help.append("did you mean `\(Exit.escape(near, for: .terminal))`?")
    }
    help.append(
      isTable
        ? "if the server has it: check once without `--offline`, which keeps its columns"
        : "check or run the program once without `--offline`, which keeps them")
    return Diagnostic(
      .noKeptSchema,
      isTable
        ? "no binding, and \(words) is not known offline"
        : "the columns of \(words) were not kept", at: span,
      label: "not in .whom/schemas.json", help: help)
  }

  fileprivate static func damagedSchemas(
    _ problem: KeptSchemasProblem, at span: Span
  ) -> Diagnostic {
    let help =
      switch problem {
      case .damaged: "check once without `--offline`, which writes the file anew"
      case .ofNewerVersion: "use that version, or remove the file"
      }
    return Diagnostic(
      .noKeptSchema, "`.whom/schemas.json` cannot be used", at: span, label: problem.words,
      help: [help])
  }
}

// MARK: The session

extension Session {
  /// Keeps the columns of the sources that were looked at, for checks without them. For programs
  /// that are files: nobody checks what was typed a second time.
  package func keepSchemas() {
    guard program != nil, !catalog.memory.seen.isEmpty else { return }
    KeptSchemas.keep(catalog.memory.seen, in: projectFolder)
  }

  /// How many sources an offline check went by, and the days since the one that was seen first.
  package var offlineSources: (count: Int, oldest: Int32, age: Int)? {
    guard case .offline(let today) = options.schemas else { return nil }
    let days = catalog.memory.used.values.map(\.day)
    guard let oldest = days.min() else { return nil }
    return (days.count, oldest, max(0, Int(today) - Int(oldest)))
  }
}
