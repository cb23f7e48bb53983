import Compiler
import Diagnostics
import Values

extension FileCatalog {
  /// The files that a request means, all of one format.
  func locate(_ request: SourceRequest, _ path: String) throws(Diagnostic) -> FileSource {
    if request.path.contains("://") { throw .unknownFormat(request.path, at: request.span) }
    let isFolder = FilePaths.info(path)?.isFolder == true
    let pattern = isFolder ? path + "/*" : path
    var files = try files(request, path, pattern, isFolder: isFolder)
    for file in files { try Self.checkAccess(file, request) }
    let format = try format(request, files, path, isFolder: isFolder)
    // What writes many files leaves some empty.
    let filled = files.filter { FilePaths.info($0)?.size != 0 }
    if !filled.isEmpty { files = filled }
    return FileSource(
      format: format, name: request.path, pattern: pattern, files: files,
      options: request.options)
  }

  private func files(
    _ request: SourceRequest, _ path: String, _ pattern: String, isFolder: Bool
  ) throws(Diagnostic) -> [String] {
    if !isFolder, FilePaths.info(path) != nil { return [path] }
    guard isFolder || FilePaths.isGlob(pattern) else {
      throw .fileNotFound(request.path, resolved: path, root: root, at: request.span)
    }
    var files = FilePaths.matches(pattern)
    if isFolder {
      // `_SUCCESS` and its like stand beside the data.
      files = FilePaths.names(in: path).filter { !$0.hasPrefix("_") }.map { "\(path)/\($0)" }
    }
    files.removeAll { PartialFiles.isOne(FilePaths.name($0)) }
    if files.isEmpty { throw .noMatch(request.path, at: request.span) }
    guard files.count <= 10_000 else {
      throw .unreadable(
        request.path, "\(files.count) files are too many for one relation", at: request.span)
    }
    return files
  }

  private static func checkAccess(
    _ file: String, _ request: SourceRequest
  ) throws(Diagnostic) {
    let name = Exit.escape(file, for: .terminal)
    guard FilePaths.canRead(file), let info = FilePaths.info(file) else {
      throw .unreadable(name, "no permission", at: request.span)
    }
    if info.isFolder { throw .unreadable(name, "a folder inside a folder", at: request.span) }
    if !info.isRegular {
      var diagnostic = Diagnostic.unreadable(name, "a pipe or a device", at: request.span)
      diagnostic.help = ["a file is looked at before it is read: write it to a file first"]
      throw diagnostic
    }
  }

  private func format(
    _ request: SourceRequest, _ files: [String], _ path: String, isFolder: Bool
  ) throws(Diagnostic) -> FileSource.Format {
    if let option = request.options.first(where: { $0.name == "format" }) {
      guard case .text(let text) = option.value, let format = FileSource.Format(rawValue: text)
      else {
        throw Diagnostic(
          .unknownFormat, "this format is not known", at: option.span, label: "not a format",
          help: ["formats: \(FileSource.Format.allCases.map(\.rawValue).joined(separator: ", "))"])
      }
      return format
    }
    guard let format = FileSource.format(of: files[0]) else {
      throw .unknownFormat(isFolder ? files[0] : request.path, at: request.span)
    }
    for file in files where FileSource.format(of: file) != format {
      let names = [files[0], file].map { "`\(Exit.escape(FilePaths.name($0), for: .terminal))`" }
      throw Diagnostic(
        .filesDiffer, "the files are not of one format", at: request.span,
        label: names.joined(separator: " and "),
        help: ["say which: `read \"folder/*.csv\"`"])
    }
    return format
  }
}
