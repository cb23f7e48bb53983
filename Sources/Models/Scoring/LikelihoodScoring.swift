import Compiler
import Estimation
import Glibc
import Values

/// Naive Bayes: logarithms of likelihoods, added up for each class. A missing value says nothing.
struct LikelihoodScoring {
  let reading: PreparedReading
  private var write: ScoringExprs { reading.write }

  func add(_ bayes: NaiveBayesModel, to layers: inout ScoringLayers) -> Bool {
    let bases = reading.model.preparation.products.compactMap(\.bases.first)
    guard bases.count == bayes.names.count else { return false }
    layers.add(reading.layer)
    let names = ScoringColumns.raw(bayes.priors.count)
    layers.add(
      bayes.priors.enumerated().map { label, prior in
        let terms = zip(bases, bayes.spreads).map { self.term($0, $1, label) }
        return NamedExpr(names[label], write.sum([write.number(prior)] + terms))
      })
    return true
  }

  private func term(
    _ basis: Basis, _ spread: NaiveBayesModel.Spread, _ label: Int
  ) -> TypedExpr {
    switch spread {
    case .normal(let means, let variances):
      let x = reading.plain(basis)
      let distance = write.minus(x, write.number(means[label]))
      let square = write.over(write.times(distance, distance), write.number(variances[label]))
      let density = write.times(
        write.number(-0.5), write.plus(write.number(log(2 * .pi * variances[label])), square))
      guard x.type.isNullable else { return density }
      return write.choose([(write.isMissing(x), write.number(0))], otherwise: density)
    case .counted(let logarithms):
      let value = reading.value(basis)
      let levels = reading.levels(basis) ?? []
      return write.choose(
        zip(levels, logarithms[label]).map { level, logarithm in
          (write.isOne(value, of: [level]), write.number(logarithm))
        }, otherwise: write.number(0))
    }
  }
}
