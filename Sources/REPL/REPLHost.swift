/// What the prompt needs from whoever runs programs. Closures, so that the prompt knows nothing of
/// sessions and a test can play one.
///
/// Every text that comes back is ready for the terminal: escaped, and ends without a line end.
package struct REPLHost {
  /// Runs a program and gives what it shows, errors included.
  package var evaluate: (_ program: String) -> String
  /// Whether the program can run as it is; the prompt goes on to ask for lines until it can.
  package var isComplete: (_ program: String) -> Bool
  /// Words that may replace the last word of `text`, the input up to the cursor.
  package var complete: (_ text: String) -> [String]
  /// What starts with a colon, besides what the prompt does itself.
  package var commands: [REPLCommand]
  package var greeting: String

  package init(
    evaluate: @escaping (String) -> String, isComplete: @escaping (String) -> Bool,
    complete: @escaping (String) -> [String] = { _ in [] }, commands: [REPLCommand] = [],
    greeting: String = ""
  ) {
    self.evaluate = evaluate
    self.isComplete = isComplete
    self.complete = complete
    self.commands = commands
    self.greeting = greeting
  }
}

/// `:sql E`, `:vars`, ...
package struct REPLCommand {
  package var name: String
  /// How `:help` names what follows; empty when nothing may.
  package var argument: String
  package var summary: String
  package var run: (_ argument: String) -> String

  package init(
    _ name: String, argument: String = "", summary: String, run: @escaping (String) -> String
  ) {
    self.name = name
    self.argument = argument
    self.summary = summary
    self.run = run
  }
}
