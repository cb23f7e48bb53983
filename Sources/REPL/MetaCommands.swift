/// What starts with a colon: the host's commands, and `:help` and `:quit`.
struct MetaCommands {
  enum Outcome: Hashable {
    case text(String)
    case leave
  }

  private let commands: [REPLCommand]

  init(_ commands: [REPLCommand]) { self.commands = commands }

  static func isCommand(_ text: String) -> Bool { text.first == ":" }

  var names: [String] { (commands.map(\.name) + ["help", "quit"]).sorted() }

  func run(_ text: String) -> Outcome {
    let words = text.dropFirst().split(
      maxSplits: 1, omittingEmptySubsequences: true, whereSeparator: \.isWhitespace)
    let name = words.first.map(String.init) ?? "help"
    let argument = words.count > 1 ? String(words[1]) : ""
    if let command = commands.first(where: { $0.name == name }) { return run(command, argument) }
    switch name {
    case "help", "h", "?":
      let page = argument.isEmpty ? nil : commands.first { $0.name == "doc" }
      return page.map { run($0, argument) } ?? .text(help)
    case "quit", "q", "exit": return .leave
    default: return .text("There is no command :\(printable(name)). Try :help.")
    }
  }

  private func run(_ command: REPLCommand, _ argument: String) -> Outcome {
    if argument.isEmpty, !command.argument.isEmpty, !command.argument.hasPrefix("[") {
      return .text("Write :\(command.name) \(command.argument), \(command.summary).")
    }
    return .text(command.run(argument))
  }

  private var help: String {
    let own = [
      REPLCommand("help", summary: "this list; with a name, what it does") { _ in "" },
      REPLCommand("quit", summary: "leave; so does Ctrl-D") { _ in "" },
    ]
    let rows = (commands + own).sorted { $0.name < $1.name }.map { command in
      (head: ":\(command.name) \(command.argument)", summary: command.summary)
    }
    let width = (rows.map(\.head.count).max() ?? 0) + 2
    let list = rows.map { row in
      "  \(row.head)\(String(repeating: " ", count: width - row.head.count))\(row.summary)"
    }
    let advice = [
      "A statement ends where it is complete, or with an empty line.",
      "A line that starts with | goes on from the last result.",
    ]
    return (list + [""] + advice).joined(separator: "\n")
  }

  /// What was typed may hold control characters.
  private func printable(_ text: String) -> String {
    String(text.prefix(40).map { $0.isLetter || $0.isNumber || "_-".contains($0) ? $0 : "?" })
  }
}
