import Glibc

/// Files that are written beside their place, `out.csv.4711.partial`, until they are whole: the
/// number is that of the process.
package enum PartialFiles {
  /// Where to write what is to stand at `path`. What a process left there that was killed is taken
  /// away before.
  package static func beside(_ path: String) -> String {
    removeStale(beside: path)
    return "\(path).\(getpid()).partial"
  }

  /// Whether a name is one of these; none of them is data.
  static func isOne(_ name: String) -> Bool { process(of: name) != nil }

  private static func removeStale(beside path: String) {
    let name = FilePaths.name(path)
    let folder = String(path.dropLast(name.count))
    for other in FilePaths.names(in: folder) where other.hasPrefix(name + ".") {
      guard other.dropFirst(name.count + 1).count(where: { $0 == "." }) == 1,
        let process = process(of: other), process != getpid()
      else { continue }
      // No such process: nobody will finish it.
      if kill(process, 0) != 0, errno == ESRCH { unlink(folder + other) }
    }
  }

  /// The number in `out.csv.4711.partial`.
  private static func process(of name: String) -> pid_t? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 2, parts.last == "partial" else { return nil }
    return pid_t(parts[parts.count - 2]).flatMap { $0 > 0 ? $0 : nil }
  }
}
