import ArgumentParser
import Connectivity
import Diagnostics
import Engine
import Glibc
import Values

/// Takes Ctrl-C before any library starts a thread, gives the compiler a deep stack, and hands
/// over to the commands.
@main
enum Main {
  static let interrupts = InterruptWatcher()

  static func main() {
    _ = interrupts
    signal(SIGPIPE, SIG_IGN)
    // A file beyond the limit of the shell is a write that fails, with words, not an end by signal.
    signal(SIGXFSZ, SIG_IGN)
    BigStack.run { command() }
  }

  /// Words that are no command of ours exit with 2, as every other mistake of the user does.
  private static func command() {
    if let complaint = unknownCommand(CommandLine.arguments.dropFirst().first) {
      Terminal.report(complaint)
      Glibc.exit(2)
    }
    do {
      // Without words there is nothing to look through the commands for.
      var command: any ParsableCommand =
        CommandLine.argc == 1 ? try ScriptCommand.parse([]) : try WhomCommand.parseAsRoot()
      try command.run()
    } catch {
      let code = WhomCommand.exitCode(for: error)
      guard code == .validationFailure else { WhomCommand.exit(withError: error) }
      // It repeats what was typed.
      Terminal.report(Exit.lines(WhomCommand.fullMessage(for: error)) + "\n")
      Glibc.exit(2)
    }
  }
}

extension Main {
  /// A word that is nearly a command and is no file, `whom chek a.whom`: else it would be taken for
  /// a program.
  private static func unknownCommand(_ word: String?) -> String? {
    let known =
      WhomCommand.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard let word, !word.isEmpty, word.allSatisfy(\.isLetter), !known.contains(word),
      access(word, F_OK) != 0, let near = Suggestion.nearest(to: word, in: known)
    else { return nil }
    return "whom: there is no command `\(word)`; did you mean `whom \(near)`?\n"
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
      whom script --help            what can be said of the first three
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
