import Diagnostics
import Values

/// A column that was there earlier in the pipeline: which stage left it out, and under which name
/// it goes on, if any.
struct LostColumn {
  var stage: Span
  var newName: String?
  var isFolded = false
}

extension LogicalPlan {
  /// Looks up the pipeline for the stage behind which a name is no longer a column.
  func lost(_ name: String) -> LostColumn? {
    for input in inputs {
      guard input.schema[name] != nil else {
        if let earlier = input.lost(name) { return earlier }
        continue
      }
      if schema[name] != nil { return nil }
      return LostColumn(stage: span, newName: newName(of: name), isFolded: isAggregate)
    }
    return nil
  }

  private func newName(of column: String) -> String? {
    guard case .project(_, let items) = op else { return nil }
    return items.first { $0.expr.columnName == column }?.name
  }

  private var isAggregate: Bool { if case .aggregate = op { true } else { false } }
}

extension Diagnostic {
  /// Says of an unknown column where it was lost.
  mutating func explain(_ name: String, lost: LostColumn?) {
    guard code == .unknownColumn, let lost, lost.stage.file == span?.file else { return }
    label = "not there any more"
    if let newName = lost.newName {
      notes.append(Note("called `\(newName)` from here on", at: lost.stage))
      help.insert("write `\(newName)`", at: 0)
    } else if lost.isFolded {
      notes.append(Note("behind this there are only its keys and measures", at: lost.stage))
    } else {
      notes.append(Note("left out here", at: lost.stage))
    }
  }
}
