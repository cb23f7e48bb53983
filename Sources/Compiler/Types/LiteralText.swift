import Diagnostics
import Syntax
import Values

/// A literal of the language from a text of its own, outside any program.
enum LiteralText {
  static func value(_ text: String, _ run: RunConstants) -> Value? {
    let file = SourceFile(id: FileID(-1), name: "parameter", text: text)
    let tree = Parser.parse(file)
    guard tree.diagnostics.isEmpty, tree.statements.count == 1,
      case .pipeline(let pipeline) = tree.statements[0].kind, pipeline.stages.isEmpty
    else { return nil }
    return Checker.literal(pipeline.head, run).constant
  }
}
