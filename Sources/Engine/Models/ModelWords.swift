import Compiler
import Diagnostics
import Estimation
import Models
import Values

/// The words for models that could not be trained or used.
enum ModelWords {
  private static let mark = "whom: model: "

  /// Goes through the engine as the message of a stream that broke off.
  static func refusal(_ error: EstimationError) -> String {
    mark + error.message.filter { $0 != "\"" } + "."
  }

  static func refusal(in message: String) -> String? {
    let bytes = Array(message.utf8)
    let wanted = Array(mark.utf8)
    guard bytes.count > wanted.count,
      let at = (0...(bytes.count - wanted.count)).first(where: {
        bytes[$0..<$0 + wanted.count].elementsEqual(wanted)
      })
    else { return nil }
    let rest = bytes[(at + wanted.count)...]
    return Exit.escape(
      String(decoding: rest.prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self), for: .terminal)
  }

  static func diagnostic(
    _ failure: ModelFailure, at span: Span, isTraining: Bool = true
  ) -> Diagnostic {
    var help = [failure.reason.advice]
    if let group = failure.group {
      help.insert("it happened for the rows with \(Exit.escape(group, for: .terminal))", at: 0)
    }
    return Diagnostic(
      .trainingFailed, Exit.escape(failure.reason.message, for: .terminal), at: span,
      label: !isTraining
        ? "no figures came out of this"
        : failure.group == nil ? "no model came out of this" : "no model for one of the groups",
      help: help)
  }
}

extension Diagnostic {
  /// What was left out or looks suspicious.
  static func notices(of model: TrainedModel, _ plan: TrainingPlan) -> Diagnostic? {
    let all = model.notices
    guard let first = all.first else { return nil }
    var advice: [String] = []
    for notice in all where !advice.contains(notice.advice) { advice.append(notice.advice) }
    return Diagnostic(
      .trainingNotice, Exit.escape(first.message, for: .terminal), at: plan.span,
      label: first.consequence,
      notes: all.dropFirst().map {
        Note(Exit.escape("\($0.message) (\($0.consequence))", for: .terminal))
      },
      help: advice.prefix(3).map { Exit.escape($0, for: .terminal) })
  }
}
