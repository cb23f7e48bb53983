#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// The loop at the prompt: reads statements, has the host run them, prints what comes back.
///
/// Input goes on over lines while the host says that it is not complete; an empty line ends it in
/// any case. A statement that starts with `|` goes on from `it`, the last result.
package struct REPL {
  private static let prompt = "whom> "
  private static let continuation = "  ... "

  private let host: REPLHost
  private let input: Int32
  private let output: Int32
  private let history: History?

  /// `input` and `output` are descriptors of a terminal; `historyPath` nil keeps no history.
  package init(
    host: REPLHost, input: Int32 = 0, output: Int32 = 1,
    historyPath: String? = Self.standardHistoryPath
  ) {
    self.host = host
    self.input = input
    self.output = output
    history = historyPath.map(History.init)
  }

  package static var standardHistoryPath: String? { History.standardPath }

  /// Returns when the user leaves. False when there is no terminal to talk on.
  package func run() -> Bool {
    let commands = MetaCommands(host.commands)
    guard
      let editor = LineEditor(
        input: input, output: output,
        complete: { text in
          text.hasPrefix(":") ? commands.names.map { ":\($0)" } : host.complete(text)
        })
    else { return false }
    history?.entries().forEach(editor.remember)
    show(host.greeting, editor)
    while let statement = readStatement(editor, commands) {
      if statement.isEmpty { continue }
      guard respond(to: statement, commands, editor) else { break }
    }
    return true
  }

  /// Empty when the user threw the input away, nil when they left.
  private func readStatement(_ editor: LineEditor, _ commands: MetaCommands) -> String? {
    var lines: [String] = []
    while true {
      switch editor.read(prompt: lines.isEmpty ? Self.prompt : Self.continuation) {
      case .interrupted: return ""
      case .end:
        editor.print("")
        return nil
      case .text(let line):
        lines.append(line)
        let text = lines.joined(separator: "\n")
        if line.allSatisfy(\.isWhitespace) || isComplete(text) {
          remember(text, editor)
          return trimmed(text)
        }
      }
    }
  }

  private func isComplete(_ text: String) -> Bool {
    let text = trimmed(text)
    return MetaCommands.isCommand(text) || host.isComplete(Self.continued(text))
  }

  /// A space in front keeps a statement out of the history.
  private func remember(_ text: String, _ editor: LineEditor) {
    let entry = trimmed(text)
    guard !entry.isEmpty, text.first?.isWhitespace == false else { return }
    editor.remember(entry)
    history?.append(entry, at: time(nil))
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
    }
    return true
  }

  /// `| take 5` is `it | take 5`.
  static func continued(_ text: String) -> String {
    text.first == "|" ? "it \(text)" : text
  }

  private func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  private func show(_ text: String, _ editor: LineEditor) {
    if !text.isEmpty { editor.print(text) }
  }
}
