import Connectivity
import Glibc

/// Programs that take the terminal over for a while: the editor and the pager.
enum Subprocess {
  /// Runs what a variable such as `EDITOR` says, flags and all, and waits for it; its exit code, or
  /// -1 where it cannot be started. Ctrl-C is its own while it runs.
  static func run(_ command: String, _ arguments: [String], input: Int32? = nil) -> Int32 {
    let words = ["sh", "-c", "exec \(command) \"$@\"", command] + arguments
    var argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for word in argv { free(word) } }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGPIPE)
    sigaddset(&defaults, SIGXFSZ)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input { posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) }
    var process = pid_t()
    let started = Main.interrupts.during(cancel: {}) {
      guard posix_spawn(&process, "/bin/sh", &actions, &attributes, &argv, environ) == 0 else {
        return Int32(-1)
      }
      if let input { close(input) }
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0 && errno == EINTR {}
      return status & 0x7f == 0 ? status >> 8 & 0xff : -1
    }
    return started
  }

  /// Shows a text with `PAGER`, `less` where that is not set; false where there is none.
  static func page(_ text: String) -> Bool {
    let pager = Terminal.environment("PAGER") ?? "less -RFX"
    if pager.isEmpty || pager == "cat" { return false }
    var name = Array("/tmp/whom-XXXXXX".utf8CString)
    let file = mkstemp(&name)
    guard file >= 0 else { return false }
    defer { close(file) }
    _ = name.withUnsafeBufferPointer { $0.baseAddress.map { unlink($0) } }
    Terminal.write(text + "\n", to: file)
    lseek(file, 0, SEEK_SET)
    return run(pager, [], input: dup(file)) == 0
  }
}
