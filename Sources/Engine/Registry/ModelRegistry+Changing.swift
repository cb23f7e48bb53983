import Compiler
import Glibc
import Values

extension ModelRegistry {
  /// What became of a model that was saved.
  package struct Receipt: Sendable, Equatable {
    package var name: String
    package var version: Int
    /// It was there already, with the same bytes.
    package var isKnown: Bool
    package var inUse: Int
  }

  /// Makes an object the newest version of a name and puts it in use. One that is a version
  /// already stays what it is.
  func add(
    _ name: String, object: String, program: String
  ) throws(RegistryFailure) -> Receipt {
    try change(name) { index in
      if let known = index.versions.last(where: { $0.object == object }) {
        return Receipt(
          name: name, version: known.number, isKnown: true, inUse: index.inUse)
      }
      let number = index.versions.count + 1
      index.versions.append(
        RegistryIndex.Version(
          number: number, object: object, saved: Self.now, program: program))
      index.uses.append(number)
      return Receipt(name: name, version: number, isKnown: false, inUse: number)
    }
  }

  func change<T>(
    _ name: String, _ work: (inout RegistryIndex) throws(RegistryFailure) -> T
  ) throws(RegistryFailure) -> T {
    guard ModelName.isFit(name) else { throw .badName(name) }
    try RegistryFiles.makeFolder("\(folder)/names")
    return try RegistryLock.held("\(folder)/lock") { () throws(RegistryFailure) -> T in
      let before = try known(name)
      var index = before ?? RegistryIndex(name: name)
      let result = try work(&index)
      if index != before {
        try RegistryFiles.replace(indexPath(name), with: Array(index.encoded.utf8))
      }
      return result
    }
  }

  private static var now: String {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return ColumnFormat.plain(.timestamp(Int64(time.tv_sec) * 1_000_000))
  }
}

/// An object that is being made: a folder that takes its place when it is whole.
struct RegistryDraft {
  let registry: ModelRegistry
  let folder: String

  init(_ registry: ModelRegistry) throws(RegistryFailure) {
    self.registry = registry
    let objects = "\(registry.folder)/objects"
    try RegistryFiles.makeFolder(objects)
    Self.clearUp(objects)
    folder = "\(objects)/partial-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    guard mkdir(folder, 0o700) == 0 else { throw RegistryFiles.failure(folder) }
  }

  /// Writes the document and gives the folder its name; the digest of the document.
  func place(_ document: String) throws(RegistryFailure) -> String {
    let bytes = Array(document.utf8)
    let object = SHA256.digest(of: bytes)
    try RegistryFiles.write(bytes, to: "\(folder)/\(ModelRegistry.modelFile)")
    let place = "\(registry.folder)/objects/\(object)"
    if rename(folder, place) != 0 {
      guard errno == EEXIST || errno == ENOTEMPTY else { throw RegistryFiles.failure(place) }
    }
    return object
  }

  /// Nothing is left of a draft that has not found its place.
  func discard() { RegistryFiles.remove(folder: folder) }

  /// Drafts of programs that were ended.
  private static func clearUp(_ objects: String) {
    for name in FilePaths.names(in: objects) where name.hasPrefix("partial-") {
      let parts = name.split(separator: "-")
      guard parts.count == 3, let process = Int32(parts[1]), process > 0 else { continue }
      if kill(process, 0) != 0, errno == ESRCH {
        RegistryFiles.remove(folder: "\(objects)/\(name)")
      }
    }
  }
}
