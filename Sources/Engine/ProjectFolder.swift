import Glibc

/// The folder that belongs to a program: the one that it is in, or the nearest above it that has a
/// `.whom` or a `whom.toml`.
enum ProjectFolder {
  static func of(_ folder: String) -> String {
    guard let resolved = realpath(folder.isEmpty ? "." : folder, nil) else { return folder }
    defer { free(resolved) }
    var at = String(cString: resolved)
    while !isProject(at) {
      guard let slash = at.lastIndex(of: "/"), at != "/" else { return folder }
      at = slash == at.startIndex ? "/" : String(at[..<slash])
    }
    return at
  }

  /// A folder of somebody else, such as one in `/tmp`, does not take programs in.
  private static func isProject(_ folder: String) -> Bool {
    [".whom", "whom.toml"].contains { name in
      var status = stat()
      return stat(folder == "/" ? "/\(name)" : "\(folder)/\(name)", &status) == 0
        && status.st_uid == geteuid()
    }
  }
}
