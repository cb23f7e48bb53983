package import Compiler
package import Diagnostics
import Columnar
import Connectivity
import Models
import StandardLibrary
import Syntax
package import Values

/// Knows what is in files. Each file is looked at once; what it holds becomes a view of the
/// engine, so that queries read like queries and nothing is guessed a second time.
package final class FileCatalog: Catalog {
  package struct Source: Hashable, Sendable {
    /// As the program names it.
    package var name: String
    package var files: [String]
    package var size: Int
    /// Size, time and inode of each file when it was first looked at.
    package var fingerprint: String
    /// The engine's name for it.
    var view: String
    /// Whether the program has written over one of the files.
    var isWrittenOver = false
  }

  /// The embedded engine, which looks at files.
  let engine: EngineHandle
  /// The server where queries run; nil where the embedded engine runs them.
  let server: EngineHandle?
  /// Names of the files that programs are in, to find paths from; by the session.
  package var folder: (FileID) -> String
  package var addFile: (String, String) -> SourceFile
  /// Where paths start instead of in the folder of the file that says them. Modules are found
  /// beside their file all the same.
  var root: String?
  /// Where clocks hang that wrote timestamps without a zone; in UTC when nil.
  var zone: String?
  /// What stands in a program at a place; by the session.
  var text: (Span) -> String? = { _ in nil }
  package private(set) var sources: [Source] = []
  var known: [String: SourceDescription] = [:]
  /// How the files behind views are read.
  private(set) var readers: [String: FileReader] = [:]
  /// Files that were looked at before the checker came to them.
  var ahead: [String: FileReader] = [:]
  /// Models of the registry that programs mean.
  var keptModels = KeptModels()
  /// The folder of the project that the program is in; by the session.
  var project: () -> String = { "" }
  private var views: Set<String> = []
  /// What the program calls the files behind views.
  private(set) var files: [String: String] = [:]
  /// Files with columns that are watched for values of which reading loses something, by view.
  var watches: [String: ValueWatch] = [:]
  var watchedColumns = 0
  /// Files whose rows the server has.
  var brought: Set<[String]> = []
  /// Tables of the server that were looked at; nil where there is none of the name.
  var tables: [[String]: SourceDescription?] = [:]
  /// Modules that are files, by path.
  private var modules: [String: SourceFile] = [:]
  var sizes: [[String]: Int] = [:]
  /// Files of which a column can be read alone.
  private var packed: Set<[String]> = []
  /// Where the columns of sources come from, and whether they are kept.
  var memory = SourceMemory()
  var labelFiles = LabelFiles()
  /// Files that statements of the program write, by path.
  private var promised: [String: [PromisedFile]] = [:]

  package init(
    engine: EngineHandle, server: EngineHandle? = nil, folder: @escaping (FileID) -> String,
    addFile: @escaping (String, String) -> SourceFile
  ) {
    self.engine = engine
    self.server = server
    self.folder = folder
    self.addFile = addFile
  }

  package func source(_ request: SourceRequest) -> Result<SourceDescription, Diagnostic> {
    let (path, key) = place(of: request)
    do throws(Diagnostic) {
      return .success(try labelled(try described(request, path, key), at: path, request))
    } catch {
      return .failure(error)
    }
  }

  private func described(
    _ request: SourceRequest, _ path: String, _ key: String
  ) throws(Diagnostic) -> SourceDescription {
    // What the program writes further up is what is read, not what was there before.
    if let description = promised[path]?.last?.description { return description }
    if let description = known[key] { return description }
    if memory.isOffline {
      let description = try remembered(request, path)
      known[key] = description
      files[description.path.last ?? ""] = request.path
      return description
    }
    let file = try locate(request, path)
    let description = try describe(file, request, ahead.removeValue(forKey: key))
    known[key] = description
    files[description.path.last ?? ""] = request.path
    memory.saw(self.key(of: request), description)
    remember(file, request, as: description.path.last ?? "")
    sizes[description.path] = sources.last?.size ?? 0
    if file.format == .parquet { packed.insert(description.path) }
    return description
  }

  /// Where a source is, and by what it is known.
  func place(of request: SourceRequest) -> (path: String, key: String) {
    let path = FilePaths.resolve(request.path, from: root ?? folder(request.span.file))
    let options = request.options.map { "\($0.name)=\($0.value)" }
    return (path, ([path] + options).joined(separator: "\u{0}"))
  }

  package func text(at span: Span) -> String? { text(span) }

  package var estimators: [EstimatorSignature] { EstimatorSignature.all }

  package func promise(_ target: SaveTarget, _ schema: Schema, by statement: BindingID) {
    let path = FilePaths.resolve(target.path, from: root ?? folder(target.span.file))
    guard let format = FileSource.Format(rawValue: target.format.rawValue) else { return }
    let name = unusedName(FilePaths.stem(path))
    let there = typesThere(target, path, format, schema)
    var description = SourceDescription(
      path: [name],
      schema: Schema(
        schema.columns.map {
          Column($0.name, ValueType(there?[$0.name]?.type.base ?? $0.type.base, nullable: true))
        }),
      name: name)
    description.writtenBy = statement
    promised[path, default: []].append(
      PromisedFile(description: description, format: format, span: target.span))
  }

  /// The types of the file's columns where rows are appended that hold nothing in one of them, or
  /// narrower numbers.
  private func typesThere(
    _ target: SaveTarget, _ path: String, _ format: FileSource.Format, _ schema: Schema
  ) -> Schema? {
    let columns = schema.columns.filter { $0.type.base.givesWayToFloats || $0.type.base == .null }
    guard case .append = target.mode, !columns.isEmpty else { return nil }
    var found = promised[path]?.last?.description.schema
    if found == nil, !memory.isOffline, let info = FilePaths.info(path), info.size > 0 {
      let file = FileSource(
        format: format, name: target.path, pattern: path, files: [path], options: [])
      found = try? describe(file, at: target.span).schema
    }
    return found.map { found in
      Schema(
        columns.compactMap { column in
          found[column.name].flatMap {
            column.type.base == .null || $0.type.base == .float ? $0 : nil
          }
        })
    }
  }

  /// The file is there now: readers further down find it under the promised name. Where another
  /// branch would have written the same columns, they may look for it under the name of that.
  /// `columns`: in the order of the file, where it is not that of the rows.
  func fulfil(
    _ path: String, _ target: SaveTarget, columns: [String]?
  ) throws(EngineError) {
    noteWritten(path)
    let files = promised[path] ?? []
    guard let own = files.last(where: { $0.span == target.span }) else { return }
    for file in files where file.description.schema == own.description.schema {
      guard let name = file.description.path.last else { continue }
      let reader = FileReader(
        promised: path, file.format, file.description.schema, order: columns, zone: zone)
      try engine.database().execute(reader.view(named: name))
      sizes[file.description.path] = FilePaths.info(path)?.size
      if file.format == .parquet { packed.insert(file.description.path) }
    }
  }

  /// The columns of a file by the engine's name for it.
  func schema(ofFile name: String) -> Schema? {
    let files = known.values + promised.values.joined().map(\.description)
    return files.first { $0.path == [name] }?.schema
  }

  /// Bytes of the files behind a name of the engine; 0 where that is not known.
  func size(of path: [String]) -> Int { sizes[path] ?? 0 }

  /// Bytes of the files where all of them is read whatever is asked; else 0.
  func textSize(of path: [String]) -> Int { packed.contains(path) ? 0 : size(of: path) }

  /// What reading a column of a file costs, in bytes of text; nil of what is no file.
  func readingCost(of path: [String]) -> Int? {
    sizes[path].map { packed.contains(path) ? $0 / 8 : $0 }
  }

  package func module(_ request: ModuleRequest) -> Result<SourceFile, Diagnostic> {
    switch request.reference {
    case .library(let name):
      if let source = StandardLibrary.source(of: name) {
        return .success(addFile(source.name, source.text))
      }
      let near = Suggestion.nearest(to: name, in: StandardLibrary.modules)
      return .failure(
        Diagnostic(
          .unknownModule, "there is no module `\(name)`", at: request.span, label: "unknown module",
          help: [
            near.map { "did you mean `\($0)`?" }
              ?? "modules: \(StandardLibrary.modules.joined(separator: ", "))"
          ]))
    case .file(let path):
      let resolved = FilePaths.normalized(
        FilePaths.resolve(path, from: folder(request.span.file)))
      if let known = modules[resolved] { return .success(known) }
      if let problem = Diagnostic.noModule(path, resolved: resolved, at: request.span) {
        return .failure(problem)
      }
      guard let text = FilePaths.text(resolved) else {
        return .failure(.fileNotFound(path, resolved: resolved, at: request.span))
      }
      let source = addFile(resolved, text)
      modules[resolved] = source
      return .success(source)
    }
  }

  package func modules(declaring function: String) -> [String] {
    StandardLibrary.modules.filter { module in
      StandardLibrary.source(of: module)?.text.contains("\nfn \(function)(") == true
    }
  }

  // MARK: Files

  private func remember(_ file: FileSource, _ request: SourceRequest, as view: String) {
    let infos = file.files.map { FilePaths.info($0) }
    sources.append(
      Source(
        name: request.path, files: file.files, size: infos.reduce(0) { $0 + ($1?.size ?? 0) },
        fingerprint: Fingerprint.of(file.files), view: view))
  }

  private func noteWritten(_ path: String) {
    for position in sources.indices where sources[position].files.contains(path) {
      sources[position].isWrittenOver = true
    }
  }

  // MARK: Schemas

  private func describe(
    _ file: FileSource, _ request: SourceRequest, _ seen: FileReader?
  ) throws(Diagnostic) -> SourceDescription {
    let reader = if let seen { seen } else { try describe(file, at: request.span) }
    let name = unusedName(FilePaths.stem(file.pattern))
    readers[name] = reader
    do throws(EngineError) {
      try makeView(name, reader, at: request.span)
    } catch {
      throw EngineWords.diagnostic(error, reading: request.path, at: request.span)
    }
    var description = SourceDescription(
      path: [name], schema: reader.schema, name: name, warnings: reader.warnings(request))
    description.lookAlikes = reader.lookAlikes
    description.plainColumns = reader.plainColumns
    return description
  }

  func describe(_ file: FileSource, at span: Span) throws(Diagnostic) -> FileReader {
    do {
      let database = try engine.database()
      var reader =
        switch file.format {
        case .csv, .tsv: try CSVReader(file, database, at: span).reader
        case .parquet, .json, .ndjson: try FileReader(file, database, at: span)
        }
      reader.zone = zone
      return reader
    } catch let error as EngineError {
      throw EngineWords.diagnostic(error, reading: file.name, at: span)
    } catch let error as Diagnostic {
      throw error
    } catch {
      throw .unreadable(file.name, "\(error)", at: span)
    }
  }

  func unusedName(_ stem: String) -> String {
    let base = stem.isEmpty ? "source" : stem
    var name = base
    var number = 2
    while !views.insert(name.lowercased()).inserted {
      name = "\(base)_\(number)"
      number += 1
    }
    return name
  }
}

extension DataType {
  /// Whether a column of it behind floats is one of floats.
  fileprivate var givesWayToFloats: Bool {
    switch self {
    case .int, .decimal: true
    case .float, .bool, .text, .date, .timestamp, .duration, .months, .period, .list, .record,
      .json, .null:
      false
    }
  }
}

/// A file that a statement will write, as those behind it read it.
private struct PromisedFile {
  var description: SourceDescription
  var format: FileSource.Format
  /// Where the program says to save it: a program may write one file several times.
  var span: Span
}
