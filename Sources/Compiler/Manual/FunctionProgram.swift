import Diagnostics
import Syntax

extension BuiltinFunction {
  /// Programs that show what an example gives, the best first: the call alone where it needs no
  /// rows, else over the relation `visits` of `ExampleData`.
  func programs(_ example: String) -> [String] {
    let columns = Self.columns(of: example)
    switch overloads.first?.form {
    case .aggregate, .twoPass:
      return ["visits | \(example)", "visits | summarize \(example) by customer_id"]
    case .ranking: return [window(example, columns, "by all")]
    case .looking: return [window(example, columns, "by all sort at")]
    case .scalar, .host, .constant, nil:
      return columns.isEmpty
        ? [example] : ["visits | select \(Self.list(columns + ["\(name) = \(example)"]))"]
    }
  }

  private func window(_ example: String, _ columns: [String], _ groups: String) -> String {
    let shown = columns.contains("at") || !groups.contains("at") ? columns : ["at"] + columns
    return "visits | derive \(example) \(groups) | select \(Self.list(shown + [name]))"
  }

  private static func list(_ items: [String]) -> String { items.joined(separator: ", ") }

  /// Names that are neither called nor those of arguments, each once.
  private static func columns(of example: String) -> [String] {
    let file = SourceFile(id: FileID(-1), name: "example", text: example)
    let tokens = Parser.parse(file).tokens
    var columns: [String] = []
    var previous = Token.Kind.endOfFile
    for (token, next) in zip(tokens, tokens.dropFirst()) {
      defer { previous = token.kind }
      // A name behind a number is a unit: `90 minutes`.
      if token.kind != .name || previous == .number { continue }
      if next.kind == .openParen || next.kind == .equals || next.kind == .colon { continue }
      let text = file.text(token.span)
      if !columns.contains(text) { columns.append(text) }
    }
    return columns
  }
}
