import ArgumentParser
import Connectivity
import Engine
import Glibc

/// Takes Ctrl-C before any library starts a thread, gives the compiler a deep stack, and hands
/// over to the commands.
@main
enum Main {
  static let interrupts = InterruptWatcher()

  static func main() {
    _ = interrupts
    signal(SIGPIPE, SIG_IGN)
    BigStack.run { command() }
  }

  /// Words that are no command of ours exit with 2, as every other mistake of the user does.
  private static func command() {
    do {
      var command = try WhomCommand.parseAsRoot()
      try command.run()
    } catch {
      let code = WhomCommand.exitCode(for: error)
      guard code == .validationFailure else { WhomCommand.exit(withError: error) }
      Terminal.report(WhomCommand.fullMessage(for: error) + "\n")
      Glibc.exit(2)
    }
  }
}

struct WhomCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whom",
    abstract: "A typed query language for customer data and models.",
    discussion: """
      whom                          the prompt, or a script from standard input
      whom FILE.whom                runs a script
      whom -c 'read "x.csv" | take 5'
      whom run NOTEBOOK.md          runs a notebook to a report
      """,
    version: Whom.version,
    subcommands: [
      ScriptCommand.self, RunCommand.self, CheckCommand.self, FormatCommand.self,
      SQLCommand.self, DocCommand.self, ExplainCommand.self, DoctorCommand.self,
      ModelsCommand.self,
    ],
    defaultSubcommand: ScriptCommand.self)
}

/// A thread with 64 MB of stack: programs may nest deeply.
enum BigStack {
  static func run(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, 64 << 20)
    var thread = pthread_t()
    let context = Unmanaged.passRetained(Box(body)).toOpaque()
    let result = pthread_create(
      &thread, &attributes,
      { raw in
        if let raw { Unmanaged<Box>.fromOpaque(raw).takeRetainedValue().body() }
        return nil
      }, context)
    guard result == 0 else {
      Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
      return
    }
    pthread_join(thread, nil)
  }
}
