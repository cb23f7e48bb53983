import Glibc

/// Files of the registry: written beside their place and put there when they are whole.
enum RegistryFiles {
  /// Makes the folders down to this one, for the user alone.
  static func makeFolder(_ path: String) throws(RegistryFailure) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
      if mkdir(made, 0o700) == 0 || errno == EEXIST { continue }
      throw failure(made)
    }
    guard FilePaths.info(path)?.isFolder == true else {
      throw .cannotWrite(file: path, why: "this is a file, not a folder")
    }
  }

  /// A file of its own, down on the disk when this is back.
  static func write(_ bytes: [UInt8], to path: String) throws(RegistryFailure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, Array(rest.prefix(1 << 20)), min(rest.count, 1 << 20))
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { throw failure(path) }
      rest = rest.dropFirst(count)
    }
    guard fsync(descriptor) == 0 else { throw failure(path) }
  }

  static func replace(_ path: String, with bytes: [UInt8]) throws(RegistryFailure) {
    let partial = PartialFiles.beside(path)
    do throws(RegistryFailure) {
      try write(bytes, to: partial)
      guard rename(partial, path) == 0 else { throw failure(path) }
    } catch {
      unlink(partial)
      throw error
    }
  }

  /// A folder with the files in it; folders in it are none of ours and stay.
  static func remove(folder: String) {
    for name in FilePaths.names(in: folder) { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }

  static func failure(_ path: String) -> RegistryFailure {
    .cannotWrite(file: path, why: FilePaths.lastProblem)
  }
}

/// The right to change the registry, held by one program at a time. The system takes it back when
/// the program ends, however it does.
enum RegistryLock {
  static func held<T>(
    _ path: String, _ work: () throws(RegistryFailure) -> T
  ) throws(RegistryFailure) -> T {
    try held(by: open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600), path, work)
  }

  /// The right to change the files of a folder, which needs no file of its own.
  static func held<T>(
    folder: String, _ work: () throws(RegistryFailure) -> T
  ) throws(RegistryFailure) -> T {
    try held(by: open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), folder, work)
  }

  private static func held<T>(
    by descriptor: Int32, _ path: String, _ work: () throws(RegistryFailure) -> T
  ) throws(RegistryFailure) -> T {
    guard descriptor >= 0 else { throw RegistryFiles.failure(path) }
    defer { close(descriptor) }
    try take(descriptor, path)
    return try work()
  }

  /// Waits for ten seconds.
  private static func take(_ descriptor: Int32, _ path: String) throws(RegistryFailure) {
    for _ in 0..<1000 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
      guard errno == EWOULDBLOCK || errno == EINTR else { throw RegistryFiles.failure(path) }
      usleep(10_000)
    }
    throw .busy
  }
}
