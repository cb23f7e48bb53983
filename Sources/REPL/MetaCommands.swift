/// What starts with a colon: the host's commands, and `:help` and `:quit`.
struct MetaCommands {
  enum Outcome: Hashable {
    case text(String)
    case program(String)
    case leave
  }

  private let commands: [REPLCommand]

  init(_ commands: [REPLCommand]) { self.commands = commands }

  /// `:help`, and `?name`, which is `:doc name`.
  static func isCommand(_ text: String) -> Bool { text.first == ":" || text.first == "?" }

  /// Of the name of a command; of its argument nil, which the host knows better.
  func complete(_ text: String) -> REPLCompletion? {
    if text.contains(where: \.isWhitespace) || text.first == "?" { return nil }
    let all = (commands + own).sorted { $0.name < $1.name }
    return REPLCompletion(
      word: text, all.map { REPLCandidate(":\($0.name)", note: $0.summary) })
  }

  /// The command that a text begins with, and what stands behind its name.
  func parts(of text: String) -> (command: REPLCommand, argument: String)? {
    if text.first == "?" {
      let argument = String(text.dropFirst().drop(while: \.isWhitespace))
      return commands.first { $0.name == "doc" }.map { ($0, argument) }
    }
    let words = Self.words(text)
    return commands.first { $0.name == words.name }.map { ($0, words.argument) }
  }

  private static func words(_ text: String) -> (name: String, argument: String) {
    let words = text.dropFirst().split(
      maxSplits: 1, omittingEmptySubsequences: true, whereSeparator: \.isWhitespace)
    return (words.first.map(String.init) ?? "help", words.count > 1 ? String(words[1]) : "")
  }

  func run(_ text: String) -> Outcome {
    if let (command, argument) = parts(of: text), !(text.first == "?" && argument.isEmpty) {
      return run(command, argument)
    }
    let (name, argument) = text.first == "?" ? ("help", "") : Self.words(text)
    switch name {
    case "help", "h", "?":
      let page = argument.isEmpty ? nil : commands.first { $0.name == "doc" }
      return page.map { run($0, argument) } ?? .text(help)
    case "quit", "q", "exit": return .leave
    default: return .text("There is no command :\(printable(name)).\(near(name)) Try :help.")
    }
  }

  /// Those that begin alike.
  private func near(_ name: String) -> String {
    let found = (commands + own).map(\.name).sorted().filter {
      name.hasPrefix($0) || $0.hasPrefix(name.prefix(2)) && name.count > 1
    }
    return found.isEmpty ? "" : " Is it \(found.map { ":\($0)" }.joined(separator: " or "))?"
  }

  private func run(_ command: REPLCommand, _ argument: String) -> Outcome {
    if argument.isEmpty, !command.argument.isEmpty, !command.argument.hasPrefix("[") {
      return .text("Write :\(command.name) \(command.argument), \(command.summary).")
    }
    switch command.run(argument) {
    case .text(let text): return .text(text)
    case .program(let program): return .program(program)
    }
  }

  private var own: [REPLCommand] {
    [
      REPLCommand(
        "help", argument: "[NAME]", of: .name, summary: "this list; with a name, what it does"
      ) { _ in "" },
      REPLCommand("quit", summary: "leave; so does Ctrl-D") { _ in "" },
    ]
  }

  private var help: String {
    let rows = (commands + own).sorted { $0.name < $1.name }.map { command in
      (head: ":\(command.name) \(command.argument)", summary: command.summary)
    }
    let width = (rows.map(\.head.count).max() ?? 0) + 2
    let list = rows.map { row in
      "  \(row.head)\(String(repeating: " ", count: width - row.head.count))\(row.summary)"
    }
    let advice = [
      "Enter runs what is complete and else adds a line, as Alt-Enter always does; an",
      "empty line ends it. The arrows move within the lines, then through earlier",
      "inputs. Tab completes. A line that starts with | goes on from the last result;",
      "?name is :doc name. A first query: read \"orders.csv\" | describe",
    ]
    return (list + [""] + advice).joined(separator: "\n")
  }

  /// What was typed may hold control characters.
  private func printable(_ text: String) -> String {
    String(text.prefix(40).map { $0.isLetter || $0.isNumber || "_-".contains($0) ? $0 : "?" })
  }
}
