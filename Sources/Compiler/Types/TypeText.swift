import Diagnostics
import Syntax
package import Values

/// A type from a text of its own: `"decimal(12, 2)"` in the options of `read`.
package enum TypeText {
  package static func type(_ text: String) -> DataType? {
    let file = SourceFile(id: FileID(-1), name: "type", text: "param x: \(text)")
    let tree = Parser.parse(file)
    guard tree.diagnostics.isEmpty, tree.statements.count == 1,
      case .param(let parameter, _) = tree.statements[0].kind, let syntax = parameter.type
    else { return nil }
    return TypeResolution.value(syntax)?.base
  }
}
