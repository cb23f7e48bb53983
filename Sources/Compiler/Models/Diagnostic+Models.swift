package import Diagnostics
import Syntax
import Values

// The words of mistakes with models.
extension Diagnostic {
  static func unknownEstimator(_ name: Name, known: [EstimatorSignature]) -> Diagnostic {
    let names = known.map(\.name)
    let near = ForeignModels.estimator(name.text) ?? Suggestion.nearest(to: name.text, in: names)
    return Diagnostic(
      .unknownEstimator, "there is no estimator `\(name.text)`", at: name.span,
      label: "unknown estimator",
      help: [near.map { "did you mean `\($0)`?" } ?? "estimators: \(names.joined(separator: ", "))"]
    )
  }

  package static func unknownModel(
    _ reference: String, known: [String], at span: Span
  ) -> Diagnostic {
    let near = Suggestion.nearest(to: reference, in: known)
    return Diagnostic(
      .unknownModel, "there is no model `\(Exit.escape(reference, for: .terminal))`", at: span,
      label: "not in the registry",
      help: [
        near.map { "did you mean `\($0)`?" }
          ?? (known.isEmpty
            ? "none was saved yet: `... | train ... | save model \"churn\"`"
            : "there are \(known.joined(separator: ", "))")
      ])
  }

  static func missingTarget(_ estimator: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .badFormula, "`\(estimator)` needs a target", at: span, label: "what is to be predicted?",
      help: ["write it before `~`: `train churned ~ tenure + plan using \(estimator)`"])
  }

  static func targetMisfit(
    _ estimator: EstimatorSignature, _ target: TypedExpr, near text: String
  ) -> Diagnostic {
    let wanted = estimator.tasks.map(\.target).joined(separator: ", ")
    var help = ["it learns \(wanted)"]
    let learnsClasses = estimator.tasks.contains(.binary)
    if target.type.base.isNumber, learnsClasses {
      let isName = target.columnName != nil
      let (name, value) = isName ? ("is_\(text)", text) : ("happened", "(\(text))")
      help.append("make a condition of it first: `derive \(name) = \(value) == 1`")
    } else if estimator.tasks == [.ranking], target.type.base.isNumber || target.type.base == .bool
    {
      help.append(
        "that is a whole number from 0, the best highest: `derive relevance = int(\(text))`")
    } else if target.type.base == .bool {
      help.append("for yes or no: `logistic`, `boosted_trees`, `scorecard`")
    }
    return Diagnostic(
      .badFormula, "`\(estimator.name)` does not learn \(TypeRules.article(target.type.base))",
      at: target.span, label: "the target is \(target.type)", help: help)
  }

  static func strangeTerm(_ term: Formula.Term, at span: Span) -> Diagnostic {
    var place = span
    if case .number(_, let own) = term { place = own }
    return Diagnostic(
      .badFormula, "a number is no feature", at: place, label: "0 or 1 would be the intercept",
      help: ["`- 1` leaves the intercept out; `derive` a column for anything else"])
  }

  static func noFeatures(at span: Span) -> Diagnostic {
    Diagnostic(
      .badFormula, "the formula has no features", at: span, label: "nothing to learn from",
      help: [
        "name them behind `~`: `churned ~ tenure + plan`, or `churned ~ .` for all columns",
        "`baseline` predicts without any, to compare with",
      ])
  }

  static func labelled(
    _ feature: String, _ labels: LabelSet, as purpose: LabelledUse.Purpose, at span: Span
  ) -> Diagnostic {
    let quoted = "`\(feature)`"
    if labels.isPII {
      return Diagnostic(
        .labelledFeature, "a model may not learn from \(quoted), which is personal", at: span,
        label: "labelled pii",
        help: ["leave it out, or `derive` something from it that says nothing about one person"])
    }
    if labels.isKey || labels.isPseudonym {
      return Diagnostic(
        .labelledFeature, "\(quoted) says who a row is about, not how they are", at: span,
        label: "labelled \(labels)",
        help: [
          purpose == .key
            ? "a model for each person would remember them: group by something they share"
            : "leave it out of the formula"
        ])
    }
    return Diagnostic(
      .labelledFeature,
      purpose == .target
        ? "\(quoted) is protected: a model may be audited by it, not guess it"
        : "\(quoted) is protected: a model may be audited by it, not learn from it",
      at: span, label: "labelled protected",
      help: ["leave it out, or write `allow protected` behind the estimator if the law allows it"])
  }

  static func unnamedArgument(_ estimator: EstimatorSignature, at span: Span) -> Diagnostic {
    Diagnostic(
      .badArgument, "arguments of `\(estimator.name)` are named", at: span, label: "which one?",
      help: [estimator.argumentWords])
  }

  static func unknownEstimatorArgument(
    _ name: Name, _ estimator: EstimatorSignature
  ) -> Diagnostic {
    let known = estimator.parameters.map(\.name) + estimator.roles.map(\.name)
    let meant = ForeignModels.arguments(name.text).filter(known.contains)
    let near =
      meant.isEmpty
      ? Suggestion.nearest(to: name.text, in: known).map { "`\($0)`" }
      : meant.map { "`\($0)`" }.joined(separator: " or ")
    let clause = meant.isEmpty ? ForeignModels.clause(name.text) : nil
    return Diagnostic(
      .badArgument, "`\(estimator.name)` has no argument `\(name.text)`", at: name.span,
      label: "unknown argument",
      help: [clause ?? near.map { "did you mean \($0)?" } ?? estimator.argumentWords])
  }

  static func badEstimatorArgument(
    _ parameter: EstimatorParameter, _ value: ArgumentValue, at span: Span
  ) -> Diagnostic {
    var help = ["\(parameter.name): \(parameter.summary)"]
    if case .text(let text) = value, case .choice(let known) = parameter.kind {
      let foreign = parameter.name == "family" ? ForeignModels.family(text) : nil
      let near = Suggestion.nearest(to: text, in: known).map { "did you mean `\"\($0)\"`?" }
      if let first = foreign ?? near { help.insert(first, at: 0) }
    }
    return Diagnostic(
      .badArgument, "`\(parameter.name)` is \(parameter.kind.words)", at: span,
      label: "this is \(value.words)", help: help)
  }

  /// `family = binomial`, as R writes it.
  static func bareChoice(
    _ name: String, _ parameter: EstimatorParameter, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .badArgument, "`\(parameter.name)` takes a text", at: span, label: "it stands in quotes",
      help: ["write `\(parameter.name) = \"\(name)\"`"])
  }

  /// `I(x)`, `factor(plan)`: functions that formulas have elsewhere.
  static func foreignTerm(_ name: Name, advice: String) -> Diagnostic {
    Diagnostic(
      .unknownFunction, "unknown function `\(name.text)`", at: name.span,
      label: "no function of this name", help: [advice])
  }

  static func missingRole(
    _ role: EstimatorRole, _ estimator: EstimatorSignature, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .badArgument, "`\(estimator.name)` needs `\(role.name)`", at: span,
      label: role.summary, help: ["`using \(estimator.name)(\(role.name) = column)`"])
  }

  static func needsTune(_ argument: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .badArgument, "`\(argument)` has several values", at: span, label: "which one?",
      help: ["choose one, or search for the best: `tune 30 on auc`"])
  }

  static func nothingToTune(_ estimator: EstimatorSignature, at span: Span) -> Diagnostic {
    let example =
      estimator.parameters.first { if case .whole = $0.kind { true } else { false } }
      .map { "`\($0.name) = 5..50`" } ?? "`\(estimator.parameters.first?.name ?? "x") = [...]`"
    return Diagnostic(
      .badArgument, "there is nothing to search", at: span,
      label: "every argument has one value",
      help: ["give an argument of `\(estimator.name)` a range or a list, such as \(example)"])
  }

  static func badChoice(_ what: String, _ name: Name, known: [String]) -> Diagnostic {
    let foreign = ForeignModels.metric(name.text).flatMap { known.contains($0) ? $0 : nil }
    let near = foreign ?? Suggestion.nearest(to: name.text, in: known)
    return Diagnostic(
      .badArgument, "there is no \(what) `\(name.text)`", at: name.span, label: "unknown",
      help: [near.map { "did you mean `\($0)`?" } ?? "known: \(known.joined(separator: ", "))"])
  }

  static func needsModel(_ place: String, got: String, at span: Span, known: [String]) -> Diagnostic
  {
    Diagnostic(
      .notAModel, "\(place) takes a model", at: span, label: "this is \(got)",
      help: [
        known.isEmpty
          ? "train one first, `let churn = rows | train ...`, or take one that was saved: `model \"churn\"`"
          : "models here: \(known.map { "`\($0)`" }.joined(separator: ", "))"
      ])
  }
}

extension EstimatorSignature {
  /// What it takes, for help.
  var argumentWords: String {
    let names = roles.map(\.name) + parameters.map(\.name)
    return names.isEmpty
      ? "`\(name)` takes no arguments" : "it takes \(names.joined(separator: ", "))"
  }
}
