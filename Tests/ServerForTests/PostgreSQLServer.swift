import Glibc

/// A server of the tests' own: in a folder of its own, on a socket there, gone when they end.
/// Nil where the server's programs are not installed.
package final class PostgreSQLServer: Sendable {
  package static let shared = PostgreSQLServer()

  package let address: String

  private init?() {
    if let given = getenv("WHOM_TEST_POSTGRESQL") {
      address = String(cString: given)
      return
    }
    guard let programs = Self.programs else { return nil }
    let folder = "/tmp/whom-postgresql-\(getpid())"
    mkdir(folder, 0o755)
    let asUser = getuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --clear-groups " : ""
    if getuid() == 0 { Self.shell("chown postgres \(folder)") }
    // A locale of its own order, so that a comparison that forgets to say which is noticed.
    let made = Self.shell(
      """
      \(asUser)\(programs)/initdb -D \(folder)/data -U whom -A trust --encoding=UTF8 \
        --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US >\(folder).log 2>&1 &&
      \(asUser)\(programs)/pg_ctl -D \(folder)/data -w -l \(folder)/log \
        -o "-k \(folder) -c listen_addresses='' -c fsync=off" start >>\(folder).log 2>&1
      """)
    guard made else { return nil }
    address = "postgresql://whom@/postgres?host=\(folder)"
    Self.stopAtEnd("\(asUser)\(programs)/pg_ctl -D \(folder)/data -m immediate stop", folder)
  }

  private static var programs: String? {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob("/usr/lib/postgresql/*/bin/initdb", 0, nil, &found) == 0, found.gl_pathc > 0,
      let path = found.gl_pathv[Int(found.gl_pathc) - 1]
    else { return nil }
    return String(String(cString: path).dropLast("/initdb".count))
  }

  @discardableResult
  private static func shell(_ command: String) -> Bool {
    var process = pid_t()
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sh"), strdup("-c"), strdup(command)]
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    guard posix_spawn(&process, "/bin/sh", nil, nil, arguments, environ) == 0 else { return false }
    var status: Int32 = 0
    waitpid(process, &status, 0)
    return status == 0
  }

  /// A shell of its own waits for this process to end, however it does, and clears up behind it.
  private static func stopAtEnd(_ command: String, _ folder: String) {
    shell(
      """
      setsid sh -c 'while kill -0 \(getpid()) 2>/dev/null; do sleep 1; done
        \(command); rm -rf \(folder) \(folder).log' >/dev/null 2>&1 </dev/null &
      """)
  }
}

extension PostgreSQLServer {
  /// Runs statements with the server's own client.
  package func run(_ sql: String) -> Bool {
    var name = Array("/tmp/whom-statements-XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0, let output = fdopen(descriptor, "w") else { return false }
    fputs(sql, output)
    fclose(output)
    let file = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { unlink(file) }
    return Self.shell("psql -qX -v ON_ERROR_STOP=1 -d '\(address)' -f \(file) >/dev/null 2>&1")
  }

  /// Waits until the server works on a statement that holds this text, or on none; false if that
  /// never comes.
  package func waits(untilAtWork: Bool, on text: String) -> Bool {
    run(
      """
      do $$ begin
        for turn in 1..1200 loop
          perform pg_stat_clear_snapshot();
          if \(untilAtWork) = exists (
            select from pg_stat_activity
            where state = 'active' and pid <> pg_backend_pid()
              and position('\(text)' in query) > 0
          ) then
            return;
          end if;
          perform pg_sleep(0.05);
        end loop;
        raise 'it never came';
      end $$;
      """)
  }
}
