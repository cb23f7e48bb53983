import Compiler
import Diagnostics
import Values

extension Session {
  func save(_ saved: SavedModel) throws(Diagnostic) -> StepResult? {
    throw Diagnostic(.notYetAVerb, "no registry yet", at: saved.span)
  }
}
