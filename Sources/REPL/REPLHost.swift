/// What the prompt needs from whoever runs programs. Closures, so that the prompt knows nothing of
/// sessions and a test can play one.
///
/// Every text that comes back is ready for the terminal: escaped, and ends without a line end.
package struct REPLHost {
  /// What need not be there before the first prompt, and must be before the first key.
  package var prepare: () -> Void
  /// Runs a program and gives what it shows, errors included.
  package var evaluate: (_ program: String) -> String
  /// Whether the program can run as it is; the prompt goes on to ask for lines until it can.
  package var isComplete: (_ program: String) -> Bool
  /// What may take the place of the last word of `text`, the input up to the cursor.
  package var complete: (_ text: String) -> REPLCompletion
  /// Shows a text that does not fit on the screen; false where it cannot.
  package var page: (_ text: String) -> Bool
  /// What starts with a colon, besides what the prompt does itself.
  package var commands: [REPLCommand]
  package var greeting: String

  package init(
    prepare: @escaping () -> Void = {},
    evaluate: @escaping (String) -> String, isComplete: @escaping (String) -> Bool,
    complete: @escaping (String) -> REPLCompletion = { _ in REPLCompletion() },
    page: @escaping (String) -> Bool = { _ in false }, commands: [REPLCommand] = [],
    greeting: String = ""
  ) {
    self.prepare = prepare
    self.evaluate = evaluate
    self.isComplete = isComplete
    self.complete = complete
    self.page = page
    self.commands = commands
    self.greeting = greeting
  }
}

package struct REPLCompletion {
  /// The end of the input that a candidate takes the place of.
  package var word: String
  /// In the order of the menu.
  package var candidates: [REPLCandidate]

  package init(word: String = "", _ candidates: [REPLCandidate] = []) {
    self.word = word
    self.candidates = candidates
  }
}

package struct REPLCandidate {
  package var text: String
  /// What it is, in the menu.
  package var note: String
  /// What is not near is counted in a long menu, not listed.
  package var isNear: Bool
  /// Whether a word is finished with it: nothing follows the name of a folder.
  package var isWhole: Bool

  package init(_ text: String, note: String = "", isNear: Bool = true, isWhole: Bool = true) {
    self.text = text
    self.note = note
    self.isNear = isNear
    self.isWhole = isWhole
  }
}

/// `:sql E`, `:vars`, ...
package struct REPLCommand {
  /// What follows the name, for completion.
  package enum Argument {
    case nothing, program, file, name
  }

  package enum Answer: Hashable {
    case text(String)
    /// A program to run as if it had been typed.
    case program(String)
  }

  package var name: String
  /// How `:help` names what follows; empty when nothing may.
  package var argument: String
  package var kind: Argument
  package var summary: String
  package var run: (_ argument: String) -> Answer

  package init(
    _ name: String, argument: String = "", of kind: Argument = .nothing, summary: String,
    run: @escaping (String) -> String
  ) {
    self.init(name, argument: argument, of: kind, summary: summary, answer: { .text(run($0)) })
  }

  package init(
    _ name: String, argument: String = "", of kind: Argument = .nothing, summary: String,
    answer: @escaping (String) -> Answer
  ) {
    self.name = name
    self.argument = argument
    self.kind = kind
    self.summary = summary
    run = answer
  }
}
