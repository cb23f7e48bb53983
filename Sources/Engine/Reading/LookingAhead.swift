import Compiler
import Diagnostics
import Estimation
import Syntax

extension FileCatalog {
  /// Looks at the CSV files that statements begin with, side by side: the engine looks at one on
  /// one thread. What cannot be looked at is left to the checker, which comes to it in its turn
  /// and says what is wrong.
  func lookAhead(_ statements: [Statement], _ settings: [String: ParameterSetting]) {
    if memory.isOffline { return }
    let texts = statements.textParameters.merging(settings.mapValues(\.text)) { $1 }
    var files: [(key: String, file: FileSource, span: Span)] = []
    for request in statements.compactMap({ $0.reading(texts) }) {
      let (path, key) = place(of: request)
      guard known[key] == nil, !files.contains(where: { $0.key == key }),
        let file = try? locate(request, path), file.format == .csv || file.format == .tsv
      else { continue }
      files.append((key, file, request.span))
    }
    if files.count < 2 { return }
    let readers = try? engine.eachOnItsThread { database in
      WorkSharing(threads: min(files.count, Self.looksAtOnce)).map(files.count) {
        try? CSVReader(files[$0].file, database, at: files[$0].span).reader
      }
    }
    for case (let file, var reader?) in zip(files, readers ?? []) {
      reader.zone = zone
      ahead[file.key] = reader
    }
  }

  private static let looksAtOnce = 4
}

extension [Statement] {
  /// The texts that parameters have unless they are set.
  fileprivate var textParameters: [String: String] {
    reduce(into: [:]) { texts, statement in
      guard case .param(let parameter, _) = statement.kind,
        case .text(let literal)? = parameter.defaultValue?.kind
      else { return }
      texts[parameter.name.text] = literal.plain
    }
  }
}

extension Statement {
  /// What it reads at its head, where that is a path without options.
  fileprivate func reading(_ texts: [String: String]) -> SourceRequest? {
    let pipeline: Pipeline
    switch kind {
    case .letBinding(_, let value): pipeline = value
    case .pipeline(let value): pipeline = value
    case .param, .metric, .function, .use, .connect, .ifBlock, .forBlock, .assert: return nil
    }
    guard let path = pipeline.head.readPath else { return nil }
    switch path.kind {
    case .text(let literal):
      return literal.plain.map { SourceRequest(path: $0, options: [], span: path.span) }
    case .variable(let name):
      return texts[name].map { SourceRequest(path: $0, options: [], span: path.span) }
    default: return nil
    }
  }
}

extension Expr {
  /// Of `read "x.csv"`, `read($file)`.
  fileprivate var readPath: Expr? {
    switch kind {
    case .source(.read, let path): Expr(.text(path), path.span)
    case .call(let name, let arguments):
      name.text == "read" && arguments.count == 1 && arguments[0].name == nil
        ? arguments[0].value : nil
    case .pipeline(let inner): inner.stages.isEmpty ? inner.head.readPath : nil
    default: nil
    }
  }
}
