package import Compiler
import Diagnostics
import Estimation
import Values

/// What a model says about rows as a plan: the engine that holds the rows scores them, and anybody
/// can take the query elsewhere.
///
///     host(rows, predict)
///     project(project(project(rows, #raw = 0.5 + 0.02 * #feature1), #score = ...), p = #score)
///
/// Raw scores have the bits of the library's: the same operations in the same order.
package struct ModelScoring {
  package enum Refusal: Error, Hashable, Sendable {
    /// Reasons come from the library.
    case reasons
    /// The estimator or its link has no form that an engine knows.
    case form(String)
    /// A tree deeper than engines nest expressions.
    case depth(limit: Int)
    /// So many parts make a query that engines take longer to read than to run.
    case size(Int)
  }

  let model: TrainedModel
  let step: HostStep
  let input: LogicalPlan
  private let write: ScoringExprs

  /// More parts of expressions than these are no query.
  package static let sizeLimit = 400_000

  package init(_ model: TrainedModel, _ step: HostStep, over input: LogicalPlan) {
    self.model = model
    self.step = step
    self.input = input
    write = ScoringExprs(span: input.span)
  }

  /// The columns of `host`, which the step gave so far.
  package func plan(for host: LogicalPlan) throws(Refusal) -> LogicalPlan {
    guard case .predict(_, reasons: 0) = step.work else { throw .reasons }
    var all: [ScoringLayers] = []
    for member in model.members { all.append(try layers(of: member.model)) }
    var below = input
    var layers = all.first ?? ScoringLayers()
    if !model.shape.keys.isEmpty {
      below = Projection.plan(
        input, Projection.identity(input, input.span) + [NamedExpr("#model", selector)],
        input.span)
      layers = .choice(all, by: write.column("#model", ValueType(.int, nullable: true)))
    }
    let size = layers.size
    guard size <= Self.sizeLimit else { throw .size(size) }
    return Projection.plan(
      layers.plan(over: below, input.span), Projection.identity(host, host.span), host.span)
  }

  /// How many rows there are of groups that training did not see; nil of a model without groups.
  package var unknownRows: LogicalPlan? {
    guard !model.shape.keys.isEmpty else { return nil }
    let rows = Projection.plan(input, [NamedExpr("#model", selector)], input.span)
    let unknown = write.isMissing(write.column("#model", ValueType(.int, nullable: true)))
    return LogicalPlan(
      .filter(rows, unknown), schema: rows.schema, facts: rows.facts, span: input.span
    ).counted(by: [], input.span)
  }

  /// Which member a row is of.
  private var selector: TypedExpr {
    let branches = model.members.enumerated().map { place, member in
      let conditions = zip(model.shape.keys.indices, member.keys).map { index, value in
        let name = ModelColumn.key(index)
        let column = write.column(name, input.schema[name]?.type ?? ValueType(.null))
        return write.compare(
          column, .equal,
          TypedExpr(
            .literal(value), ValueType(value == .null ? .null : column.type.base), input.span))
      }
      return (when: write.all(conditions), then: write.whole(place))
    }
    return write.choose(branches, otherwise: write.missing(ValueType(.int)))
  }

  // MARK: One model

  private func layers(of model: Model) throws(Refusal) -> ScoringLayers {
    var layers = ScoringLayers()
    let reading = PreparedReading(
      model: model, shape: self.model.shape, input: input.schema, write: write)
    let response = ResponseScoring(write: write)
    var isDone = true
    switch model.fitted.scoring {
    case .linear(let weights, let link):
      isDone =
        LinearScoring(reading: reading).add(weights, offset: offset, to: &layers)
        && response.score(link, to: &layers)
    case .bins(let start, let features, let link):
      isDone =
        BinScoring(reading: reading).add(start, features, offset: offset, to: &layers)
        && response.score(link, to: &layers)
    case .trees(let trees):
      isDone = try TreeScoring(reading: reading).add(trees, offset: offset, to: &layers)
      if isDone { respond(trees, response, to: &layers) }
    case .likelihoods(let bayes):
      isDone = LikelihoodScoring(reading: reading).add(bayes, to: &layers)
      if isDone { response.softmax(bayes.priors.count, to: &layers) }
    case .constants(let values):
      layers.add(
        zip(ScoringColumns.score(values.count), values).map {
          NamedExpr($0, write.number($1))
        })
    case .library: isDone = false
    }
    guard isDone, model.fitted.rawOutputs.count == self.model.shape.estimator.outputs.count else {
      throw .form(model.estimator)
    }
    if let calibration = model.calibration { response.calibrate(calibration, to: &layers) }
    addAnswer(model, to: &layers)
    return layers
  }

  private var offset: TypedExpr? {
    guard model.shape.role(.offset) != nil, let column = input.schema[ModelColumn.offset] else {
      return nil
    }
    return write.column(column.name, column.type)
  }

  private func respond(
    _ trees: TreeEnsemble, _ response: ResponseScoring, to layers: inout ScoringLayers
  ) {
    let names = zip(ScoringColumns.score(trees.outputs), ScoringColumns.raw(trees.outputs))
    switch trees.transform {
    case .softmax: response.softmax(trees.outputs, to: &layers)
    case .identity: layers.add(names.map { NamedExpr($0, write.column($1)) })
    case .logistic:
      layers.add(names.map { NamedExpr($0, response.logistic(write.column($1))) })
    case .exponential: layers.add(names.map { NamedExpr($0, write.exp(write.column($1))) })
    }
  }

  // MARK: The answer

  /// The columns that the step promises.
  private func addAnswer(_ model: Model, to layers: inout ScoringLayers) {
    var outputs = step.outputs[...]
    var items: [NamedExpr] = []
    if case .classification(let labels) = model.task, self.model.shape.answer == .classes {
      items = classes(labels, Array(outputs.prefix(2)), to: &layers)
      outputs = outputs.dropFirst(2)
    } else if let answer = outputs.popFirst() {
      items = [NamedExpr(answer.name, typed(write.column("#score"), answer.type))]
    }
    for (line, output) in zip(model.fitted.rawOutputs, outputs) {
      let slope = write.times(write.number(line.factor), write.column("#raw"))
      let value = write.minus(write.number(line.start), slope)
      items.append(NamedExpr(output.name, typed(value, output.type)))
    }
    layers.add(items)
  }

  private func typed(_ expr: TypedExpr, _ type: ValueType) -> TypedExpr {
    var expr = expr
    expr.type = type
    return expr
  }

  /// The likeliest class, of equal ones the first, and the probability of each.
  private func classes(
    _ labels: [String], _ outputs: [Column], to layers: inout ScoringLayers
  ) -> [NamedExpr] {
    guard outputs.count == 2 else { return [] }
    var chances = ScoringColumns.score(labels.count).map { write.column($0) }
    if labels.count == 2 {
      let score = write.column("#score")
      chances = [write.minus(write.number(1), score), score]
    }
    layers.add([NamedExpr("#likeliest", write.greatest(chances))])
    let top = write.column("#likeliest")
    let branches = zip(labels, chances).map { label, chance in
      (when: write.compare(chance, .equal, top), then: write.text(label))
    }
    let likeliest = write.choose(branches, otherwise: write.missing(outputs[0].type))
    // A row that cannot be scored has no list either, not one of nothing.
    let list = write.choose(
      [
        (
          write.isMissing(write.column("#likeliest", ValueType(.float, nullable: true))),
          write.missing(outputs[1].type)
        )
      ],
      otherwise: TypedExpr(.list(chances), outputs[1].type, input.span))
    return [
      NamedExpr(outputs[0].name, typed(likeliest, outputs[0].type)),
      NamedExpr(outputs[1].name, typed(list, outputs[1].type)),
    ]
  }
}
