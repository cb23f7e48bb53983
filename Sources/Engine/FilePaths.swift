import Glibc

/// Paths as programs write them: relative to the file that says them.
enum FilePaths {
  /// The path from the current folder; an absolute one stays.
  static func resolve(_ path: String, from folder: String) -> String {
    if path.hasPrefix("~/"), let home = getenv("HOME") {
      return String(cString: home) + path.dropFirst(1)
    }
    if path.hasPrefix("/") || folder.isEmpty { return path }
    return normalized(folder + "/" + path)
  }

  /// The folder that holds a file; empty for one in the current folder.
  static func folder(of file: String) -> String {
    guard let slash = file.lastIndex(of: "/") else { return "" }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }

  /// Without `.` and with `..` worked out where a folder stands before it.
  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: true) {
      if part == "." { continue }
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    return path.hasPrefix("/") ? "/" + joined : joined
  }

  /// Where a folder is, links followed; as it was where it is not there.
  static func absolute(_ folder: String) -> String {
    guard let resolved = realpath(folder.isEmpty ? "." : folder, nil) else { return folder }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// An absolute path as it is named from an absolute folder: `../data/orders.csv`.
  static func relative(_ path: String, to folder: String) -> String {
    let parts = path.split(separator: "/")
    let start = folder.split(separator: "/")
    let shared = zip(parts, start).prefix { $0 == $1 }.count
    let up = [Substring](repeating: "..", count: start.count - shared)
    return (up + parts[shared...]).joined(separator: "/")
  }

  /// From the current folder where it lies below: messages name files as people do.
  static func shown(_ path: String) -> String {
    let prefix = absolute("") + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  /// The folder above the first part that is a pattern.
  static func plainFolder(of path: String) -> String {
    var folder = folder(of: path)
    while isGlob(folder) { folder = self.folder(of: folder) }
    return folder
  }

  /// A path or a pattern from the top of the file system, links of its folder followed.
  static func located(_ path: String) -> String {
    let folder = plainFolder(of: path)
    let start = absolute(folder)
    let rest = folder.isEmpty ? path : String(path.dropFirst(folder.count))
    let top = start.hasPrefix("/") ? start : absolute("") + "/" + start
    return normalized(top + "/" + rest)
  }

  /// Whether a pattern stands for a path; `**` for folders in folders as well.
  static func matches(_ pattern: String, _ path: String) -> Bool {
    isGlob(pattern)
      && fnmatch(pattern, path, pattern.contains("**") ? 0 : FNM_PATHNAME) == 0
  }

  static func isGlob(_ path: String) -> Bool { path.contains { "*?[".contains($0) } }

  /// The path as a pattern that matches nothing else.
  static func literal(_ path: String) -> String {
    path.contains { "*?[".contains($0) }
      ? path.map { "*?[".contains($0) ? "[\($0)]" : "\($0)" }.joined() : path
  }

  struct Info {
    var isFolder: Bool
    var isRegular: Bool
    var size: Int
    var modified: Int
    var inode: UInt64
  }

  static func info(_ path: String) -> Info? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Info(
      isFolder: status.st_mode & S_IFMT == S_IFDIR,
      isRegular: status.st_mode & S_IFMT == S_IFREG, size: Int(status.st_size),
      modified: status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec,
      inode: UInt64(status.st_ino))
  }

  static func canRead(_ path: String) -> Bool { access(path, R_OK) == 0 }

  /// The files a pattern matches, sorted by name.
  static func matches(_ pattern: String) -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    guard glob(pattern, GLOB_NOSORT, nil, &result) == 0 else { return [] }
    var paths: [String] = []
    for index in 0..<Int(result.gl_pathc) {
      if let path = result.gl_pathv[index] { paths.append(String(cString: path)) }
    }
    return paths.sorted()
  }

  /// Names in a folder, for "did you mean"; none where it cannot be read.
  static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory), names.count < 2000 {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// `orders` of `data/orders.csv.gz`, the folder's name of `page_views/*.parquet`.
  static func stem(_ path: String) -> String {
    var parts = path.split(separator: "/").map(String.init)
    while let last = parts.last, isGlob(last), parts.count > 1 { parts.removeLast() }
    let file = parts.last ?? path
    let stem = file.split(separator: ".").first.map(String.init) ?? file
    return stem.filter { $0 != "*" && $0 != "?" }
  }

  /// The whole text of a file.
  static func text(_ path: String) -> String? {
    bytes(path, upTo: .max).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The first bytes of a file; nil where it cannot be opened or read.
  static func bytes(_ path: String, upTo limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    let wasRead = eachChunk(of: path) { chunk in
      bytes.append(contentsOf: chunk.prefix(limit - bytes.count))
      return bytes.count < limit
    }
    return wasRead ? bytes : nil
  }

  /// Hands over a file piece by piece until `take` wants no more; false where it cannot be opened
  /// or read.
  static func eachChunk(of path: String, _ take: (ArraySlice<UInt8>) -> Bool) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { return false }
      if count == 0 || !take(buffer[..<count]) { return true }
    }
  }
}
