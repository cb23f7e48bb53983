import Glibc
import Values

/// The columns of the sources of a project, as they were when programs last looked:
/// `.whom/schemas.json`. It names no server and no folder of the machine, and holds no row.
struct KeptSchemas: Equatable {
  private(set) var sources: [KeptSource.Key: KeptSource] = [:]

  subscript(key: KeptSource.Key) -> KeptSource? { sources[key] }

  /// Names of tables, to find the one that was meant.
  var tables: [String] {
    sources.keys.compactMap { if case .table(let name) = $0 { name } else { nil } }.sorted()
  }

  /// So many stay; those seen longest ago go.
  private static let limit = 5000
  /// A day that is older than this is brought up to date even where nothing changed: so the file
  /// seldom differs from the one that others have.
  private static let week: Int32 = 7

  /// Takes what a program saw.
  mutating func merge(_ seen: [KeptSource]) {
    for source in seen {
      if let known = sources[source.key], known.says(source), known.day <= source.day,
        source.day - known.day < Self.week
      {
        continue
      }
      sources[source.key] = source
    }
    guard sources.count > Self.limit else { return }
    let newest = sources.values.sorted { ($1.day, $0.key) < ($0.day, $1.key) }
    sources = Dictionary(newest.prefix(Self.limit).map { ($0.key, $0) }) { $1 }
  }
}

// MARK: The file

extension KeptSchemas {
  private static let formatName = "whom-schemas"
  private static let formatVersion = 1

  static func path(in project: String) -> String {
    (project.isEmpty ? "" : project + "/") + ".whom/schemas.json"
  }

  /// The same sources give the same bytes.
  var encoded: String {
    let list = sources.values.sorted { $0.key < $1.key }.map(\.encoded)
    return """
      {"format":"\(Self.formatName)","version":\(Self.formatVersion),"sources":[
      \(list.joined(separator: ",\n"))
      ]}

      """
  }

  init(encoded text: String) throws(KeptSchemasProblem) {
    guard let json = JSONReader.read(text) else { throw .damaged("it is no JSON") }
    guard json["format"] == .string(Self.formatName), case .number(let digits)? = json["version"],
      let version = Int(digits)
    else { throw .damaged("it holds something else") }
    guard version <= Self.formatVersion else {
      throw .ofNewerVersion
    }
    let list = try (json["sources"] ?? .null).items { item throws(KeptSchemasProblem) in
      try KeptSource(item)
    }
    sources = Dictionary(list.map { ($0.key, $0) }) { $1 }
  }

  /// Larger than the columns of any project.
  private static let sizeLimit = 64 << 20

  /// Nil where none was kept yet.
  static func read(in project: String) throws(KeptSchemasProblem) -> KeptSchemas? {
    let path = path(in: project)
    guard let info = FilePaths.info(path) else { return nil }
    guard info.isRegular, info.size <= sizeLimit, let text = FilePaths.text(path) else {
      throw .damaged("it cannot be read")
    }
    return try KeptSchemas(encoded: text)
  }

  /// Adds to the file what a program saw; leaves it as it is where that is nothing new. Programs
  /// that run at once wait for each other. A project that may not be written keeps nothing, which
  /// is no reason to stop a run.
  static func keep(_ seen: [KeptSource], in project: String) {
    let path = path(in: project)
    let folder = FilePaths.folder(of: path)
    do {
      try RegistryFiles.makeFolder(folder)
      try RegistryLock.held(folder: folder) { () throws(RegistryFailure) in
        var kept = KeptSchemas()
        do throws(KeptSchemasProblem) {
          kept = try read(in: project) ?? KeptSchemas()
        } catch {
          // What a newer version wrote stays; what nobody can read is written anew.
          if case .ofNewerVersion = error { return }
        }
        let before = kept
        kept.merge(seen)
        if kept == before { return }
        try RegistryFiles.replace(path, with: Array(kept.encoded.utf8))
      }
    } catch {}
  }
}
