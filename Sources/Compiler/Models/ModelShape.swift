package import Syntax
package import Values

/// Which model a plan means, without what is in it.
package enum ModelUse: Hashable, Sendable {
  /// A `train` of the program.
  case trained(BindingID)
  /// `model "churn@3"`, a version of the registry.
  case kept(name: String, version: Int)
}

/// What is known of a model before any row is read: what it looks at and what it will say.
package struct ModelShape: Hashable, Sendable {
  package var estimator: EstimatorSignature
  package var answer: ModelAnswer
  package var target: ModelInput
  package var features: [ModelInput]
  /// Each term is one feature, or several that are multiplied; by their texts.
  package var terms: [[String]]
  package var hasIntercept: Bool
  /// Columns for purposes of the estimator's own: an offset, a group.
  package var roles: [String: ModelInput]
  /// `by`: one model for each value of these.
  package var keys: [ModelInput]
  /// Arguments that a search chose.
  package var searched: [Column]

  package init(
    estimator: EstimatorSignature, answer: ModelAnswer, target: ModelInput,
    features: [ModelInput], terms: [[String]], hasIntercept: Bool, roles: [String: ModelInput],
    keys: [ModelInput], searched: [Column]
  ) {
    self.estimator = estimator
    self.answer = answer
    self.target = target
    self.features = features
    self.terms = terms
    self.hasIntercept = hasIntercept
    self.roles = roles
    self.keys = keys
    self.searched = searched
  }

  package func role(_ kind: EstimatorRole.Kind) -> ModelInput? {
    estimator.roles.first { $0.kind == kind }.flatMap { roles[$0.name] }
  }
}

/// What the predictions of a model are.
package enum ModelAnswer: String, Hashable, Sendable, CaseIterable {
  /// The expected number.
  case number
  /// The probability that the condition is true.
  case probability
  /// One of several texts.
  case classes
  /// A score that puts the rows of a group in order.
  case rank
  /// How soon it happens: a higher number is sooner.
  case risk
}

/// Something that a model reads of each row.
package struct ModelInput: Hashable, Sendable {
  /// As the program says it, with `$` names filled in: `log(tenure + 1)`.
  package var text: String
  package var type: DataType
  package var expr: Expr

  package init(text: String, type: DataType, expr: Expr) {
    self.text = text
    self.type = type
    self.expr = expr
  }
}

extension ModelShape {
  /// The columns that `predict ... as p` adds.
  package func predictions(as name: String, reasons: Int) -> [Column] {
    let isNullable = !keys.isEmpty || role(.offset) != nil
    func column(_ suffix: String, _ type: DataType) -> Column {
      Column(name + suffix, ValueType(type, nullable: isNullable))
    }
    let answer: [Column] =
      switch self.answer {
      case .number, .probability, .rank, .risk: [column("", .float)]
      case .classes:
        [column("", .text), column("_probabilities", .list(ValueType(.float)))]
      }
    let own = estimator.outputs.map { column("_\($0.name)", $0.type.base) }
    let why = (0..<reasons).map {
      Column("\(name)_reason_\($0 + 1)", ValueType(.text, nullable: true))
    }
    return answer + own + why
  }

  /// The tables that the model has, by name.
  package var parts: [ModelPart] {
    let keyColumns = keys.map { Column($0.text, ValueType($0.type, nullable: true)) }
    let common = ModelPart.common(searched: searched, hasClasses: answer == .classes)
    return (common + estimator.parts).map { part in
      ModelPart(part.name, part.summary, keyColumns + part.columns)
    }
  }
}

extension ModelPart {
  /// What every model has, but for the arguments that a search chose.
  package static var everywhere: [ModelPart] { common(searched: []) }

  /// What every model has; `training` is a relation of its own.
  static func common(searched: [Column], hasClasses: Bool = false) -> [ModelPart] {
    let number = ValueType(.float, nullable: true)
    let text = ValueType(.text)
    let count = ValueType(.int)
    return [
      ModelPart(
        "importance", "how much each feature counts",
        [
          Column("feature", text), Column("importance", ValueType(.float)),
          Column("measure", text),
        ]),
      ModelPart(
        "coefficients", "the estimates of a linear model, with their errors",
        [
          Column("feature", text), Column("estimate", number), Column("standard_error", number),
          Column("statistic", number), Column("p", number), Column("low", number),
          Column("high", number),
        ]),
      ModelPart(
        "summary", "figures of the fit, such as aic, deviance and r2; each estimator has its own",
        [Column("statistic", text), Column("value", number)]),
      ModelPart(
        "metrics", "how good it was: on held-out folds, else on the training rows",
        Self.metricColumns(hasClasses: hasClasses) + [Column("measured_on", text)]),
      ModelPart(
        "curve", "the loss after each step of training",
        [
          Column("step", count), Column("rows", text), Column("metric", text),
          Column("value", ValueType(.float)),
        ]),
      ModelPart(
        "trials", "what the search tried",
        [Column("trial", count)]
          + searched.map { Column($0.name, $0.type.nullable) }
          + [
            Column("value", number), Column("is_best", ValueType(.bool)),
            Column("failure", text.nullable),
          ]),
      ModelPart(
        "card", "what the model is, for people who did not train it",
        [Column("item", text), Column("value", text)]),
    ]
  }

  /// metric, value, low, high, n; of a target that is a text also the class that a metric is about.
  static func metricColumns(hasClasses: Bool) -> [Column] {
    let number = ValueType(.float, nullable: true)
    return [Column("metric", ValueType(.text))]
      + (hasClasses ? [Column("class", ValueType(.text, nullable: true))] : [])
      + [
        Column("value", number), Column("low", number), Column("high", number),
        Column("n", ValueType(.int)),
      ]
  }
}
