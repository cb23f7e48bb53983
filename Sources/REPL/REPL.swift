#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// The loop at the prompt: reads statements, has the host run them, prints what comes back.
///
/// An input has as many lines as it needs: Enter adds one while the host says that it is not
/// complete, and an empty line ends it in any case. A statement that starts with `|` goes on from
/// `it`, the last result.
package struct REPL {
  private static let prompt = "whom> "

  private let host: REPLHost
  private let input: Int32
  private let output: Int32
  private let history: History

  /// `input` and `output` are descriptors of a terminal; `historyPath` nil keeps no history.
  package init(
    host: REPLHost, input: Int32 = 0, output: Int32 = 1,
    historyPath: String? = Self.standardHistoryPath
  ) {
    self.host = host
    self.input = input
    self.output = output
    history = History(historyPath)
  }

  package static var standardHistoryPath: String? { History.standardPath }

  /// Returns when the user leaves. False when there is no terminal to talk on.
  package func run() -> Bool {
    let commands = MetaCommands(host.commands + [earlier])
    guard
      let editor = LineEditor(
        input: input, output: output, prepare: host.prepare, isWhole: isWhole,
        complete: { completion(of: $0, commands) })
    else { return false }
    history.entries.forEach(editor.remember)
    show(host.greeting, editor)
    while let text = read(editor) {
      let statement = trimmed(text)
      if statement.isEmpty { continue }
      // A space in front keeps a statement out of the history.
      if text.first?.isWhitespace == false { remember(statement, editor) }
      guard respond(to: statement, commands, editor) else { break }
    }
    return true
  }

  /// Empty when the user threw the input away, nil when they left.
  private func read(_ editor: LineEditor) -> String? {
    switch editor.read(prompt: Self.prompt) {
    case .interrupted: return ""
    case .end:
      editor.print("")
      return nil
    case .text(let text): return text
    }
  }

  /// Whether Enter runs the input.
  private func isWhole(_ text: String) -> Bool {
    let last = text.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    if last.allSatisfy(\.isWhitespace) { return true }
    let statement = trimmed(text)
    return MetaCommands.isCommand(statement) || host.isComplete(Self.continued(statement))
  }

  private func completion(of text: String, _ commands: MetaCommands) -> REPLCompletion {
    let text = trimmed(text, atEnd: false)
    guard MetaCommands.isCommand(text) else { return host.complete(Self.continued(text)) }
    return commands.complete(text) ?? host.complete(text)
  }

  private func remember(_ statement: String, _ editor: LineEditor) {
    editor.remember(statement)
    history.append(statement, at: time(nil))
  }

  /// False when the user wants to leave.
  private func respond(
    to statement: String, _ commands: MetaCommands, _ editor: LineEditor
  ) -> Bool {
    guard MetaCommands.isCommand(statement) else {
      show(host.evaluate(Self.continued(statement)), editor)
      return true
    }
    switch commands.run(statement) {
    case .leave: return false
    case .text(let text): show(text, editor)
    case .program(let program):
      let program = trimmed(program)
      if program.isEmpty { return true }
      editor.print(program)
      remember(program, editor)
      show(host.evaluate(Self.continued(program)), editor)
    }
    return true
  }

  /// `| take 5` is `it | take 5`.
  static func continued(_ text: String) -> String {
    text.first == "|" ? "it \(text)" : text
  }

  /// Without blanks around it, and without the prompt where it was copied from a screen.
  private func trimmed(_ text: String, atEnd: Bool = true) -> String {
    var text = Substring(text)
    while text.first?.isWhitespace == true { text.removeFirst() }
    if text.hasPrefix(Self.prompt) { text = text.dropFirst(Self.prompt.count) }
    while atEnd, text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// What is longer than the screen goes to the pager.
  private func show(_ text: String, _ editor: LineEditor) {
    if text.isEmpty { return }
    let height = editor.height
    if height > 0, text.count(where: { $0 == "\n" }) + 1 >= height, host.page(text) { return }
    editor.print(text)
  }

  // MARK: Earlier inputs

  private var earlier: REPLCommand {
    REPLCommand("history", argument: "[TEXT]", summary: "earlier inputs, all or those with a text")
    { pattern in
      let found = history.entries.filter { !$0.hasPrefix(":history") }.filter {
        pattern.isEmpty || $0.lowercased().contains(pattern.lowercased())
      }
      if found.isEmpty { return "no earlier input has this" }
      return found.suffix(pattern.isEmpty ? 20 : 100).map(Self.listed).joined(separator: "\n")
    }
  }

  /// Further lines of an input stand indented; control characters stay out of the terminal.
  private static func listed(_ entry: String) -> String {
    var text = ""
    for scalar in entry.unicodeScalars {
      switch scalar {
      case "\n": text += "\n  "
      case _ where scalar.properties.generalCategory == .control,
        _ where scalar.properties.generalCategory == .format:
        text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
