import Compiler
import Diagnostics
import Syntax

/// The files of labels that were read.
struct LabelFiles {
  private var read: [String: (fingerprint: String, file: LabelFile)] = [:]

  /// What is in a file as it is now; nil where it cannot be read.
  mutating func file(_ path: String, _ add: (String, String) -> SourceFile) -> LabelFile? {
    let fingerprint = Fingerprint.of([path])
    if let known = read[path], known.fingerprint == fingerprint { return known.file }
    guard let text = FilePaths.text(path) else { return nil }
    let file = LabelFile(
      add(FilePaths.shown(path), text), folder: FilePaths.folder(of: path))
    read[path] = (fingerprint, file)
    return file
  }
}

// Labels that stand beside the data or in the project.
extension FileCatalog {
  /// The description of a file with what is said of its columns, nearest first: beside the file,
  /// in the folders above it, in those of the program.
  func labelled(
    _ description: SourceDescription, at path: String, _ request: SourceRequest
  ) throws(Diagnostic) -> SourceDescription {
    let start = FilePaths.info(path)?.isFolder == true ? path : FilePaths.plainFolder(of: path)
    var pattern = FilePaths.located(path)
    if FilePaths.info(path)?.isFolder == true { pattern += "/*" }
    return try labelled(
      description, .files(pattern), from: [start, programFolder(request.span)], at: request.span)
  }

  func labelled(
    _ description: SourceDescription, table path: [String], at span: Span
  ) throws(Diagnostic) -> SourceDescription {
    try labelled(description, .table(path), from: [programFolder(span)], at: span)
  }

  private func labelled(
    _ description: SourceDescription, _ source: LabelledSource, from folders: [String],
    at span: Span
  ) throws(Diagnostic) -> SourceDescription {
    var result = description
    var places: [String] = []
    for folder in folders {
      for place in ProjectFolder.all(LabelFile.name, from: folder) where !places.contains(place) {
        places.append(place)
      }
    }
    // Of a column that several speak of, the nearest says what it is.
    var said: Set<String> = []
    for place in places {
      guard let file = labelFiles.file(place, addFile) else {
        throw .unreadable(FilePaths.shown(place), "no permission", at: span)
      }
      if var problem = file.problems.first {
        problem.notes.append(.init("its labels count for what is read here", at: span))
        throw problem
      }
      let items = file.entries.filter { $0.source.meets(source) }.flatMap(\.items)
      let new = items.filter { item in item.name.map { !said.contains($0.text) } ?? true }
      said.formUnion(new.compactMap { $0.name?.text })
      result.labels += new
    }
    return result
  }

  private func programFolder(_ span: Span) -> String { root ?? folder(span.file) }
}
