import Glibc

/// The folder that belongs to a program: the one that it is in, or the nearest above it that has a
/// `.whom` or a `whom.toml`.
package enum ProjectFolder {
  static func of(_ folder: String) -> String {
    candidates(from: folder).first { at in
      owned(".whom", in: at) != nil || owned(file, in: at) != nil
    } ?? folder
  }

  /// The nearest `whom.toml`: in the folder itself, whoever owns it, or above it.
  package static func settings(from folder: String) -> String? {
    for (place, at) in candidates(from: folder).enumerated() {
      if let found = owned(file, in: at, byAnyone: place == 0) { return found }
    }
    return nil
  }

  /// The files of a name that count for a folder, the nearest first: in itself, whoever owns
  /// them, and above it.
  static func all(_ name: String, from folder: String) -> [String] {
    candidates(from: folder).enumerated().compactMap { place, at in
      owned(name, in: at, byAnyone: place == 0)
    }
  }

  private static let file = "whom.toml"

  /// The folder and those above it, up to the one that `WHOM_CEILING` names, which is left out.
  private static func candidates(from folder: String) -> [String] {
    guard let start = resolved(folder.isEmpty ? "." : folder) else { return [] }
    let ceiling = getenv("WHOM_CEILING").flatMap { resolved(String(cString: $0)) }
    var all: [String] = []
    var at = start
    while at != ceiling || all.isEmpty {
      all.append(at)
      guard at != "/", let slash = at.lastIndex(of: "/") else { break }
      at = slash == at.startIndex ? "/" : String(at[..<slash])
    }
    return all
  }

  private static func resolved(_ folder: String) -> String? {
    guard let path = realpath(folder, nil) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  /// What somebody else put into a folder above, such as `/tmp`, does not take programs in.
  private static func owned(
    _ name: String, in folder: String, byAnyone: Bool = false
  ) -> String? {
    let path = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
    var status = stat()
    guard stat(path, &status) == 0, byAnyone || status.st_uid == geteuid() else { return nil }
    return path
  }
}
