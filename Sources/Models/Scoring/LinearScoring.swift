import Compiler
import Estimation
import Values

/// The linear predictor as sums, added in the order of the features as the library does.
struct LinearScoring {
  let reading: PreparedReading
  private var write: ScoringExprs { reading.write }

  /// So many additions stand in one select.
  private static let batch = 40

  func add(_ weights: [Double], offset: TypedExpr?, to layers: inout ScoringLayers) -> Bool {
    let products = reading.model.preparation.products
    guard products.count == weights.count else { return false }
    layers.add(reading.layer)
    var terms = offset.map { [$0] } ?? []
    for (product, weight) in zip(products, weights) where weight != 0 {
      terms.append(term(product.bases, weight))
    }
    layers.add(sums: terms, batch: Self.batch, "#raw", write)
    return true
  }

  private func term(_ bases: [Basis], _ weight: Double) -> TypedExpr {
    guard let first = bases.first else { return write.number(weight) }
    if bases.count == 1, let term = indicator(first, weight) { return term }
    let product = bases.dropFirst().reduce(factor(first)) { write.times($0, factor($1)) }
    return write.times(write.number(weight), product)
  }

  /// 1, 0 or a share, each times the weight.
  private func indicator(_ basis: Basis, _ weight: Double) -> TypedExpr? {
    let value = reading.value(basis)
    switch basis.step {
    case .level(let level, let share):
      return write.choose(
        [
          (write.compare(value, .equal, write.whole(level)), write.number(weight)),
          (write.isMissing(value), write.number(weight * share)),
        ], otherwise: write.number(0))
    case .isMissing:
      return write.choose(
        [(write.isMissing(value), write.number(weight))], otherwise: write.number(0))
    case .number(let missing, 0, 1) where value.type.base == .bool:
      let whenMissing =
        value.type.isNullable ? [(write.isMissing(value), write.number(weight * missing))] : []
      return write.choose(
        [(write.isTrue(value), write.number(weight))] + whenMissing, otherwise: write.number(0))
    case .number, .code: return nil
    }
  }

  private func factor(_ basis: Basis) -> TypedExpr {
    let value = reading.value(basis)
    switch basis.step {
    case .level, .isMissing: return indicator(basis, 1) ?? write.missing()
    case .number where value.type.base == .bool: return indicator(basis, 1) ?? write.missing()
    case .number(let missing, let origin, let scale):
      if origin == 0, scale == 1 { return write.filled(value, missing) }
      var years = write.over(write.minus(value, write.number(origin)), write.number(scale))
      years.type = ValueType(.float, nullable: value.type.isNullable)
      return write.filled(years, missing)
    case .code: return reading.plain(basis)
    }
  }
}

extension ScoringLayers {
  /// A sum whose parts are too many for one select: the sum so far is carried on.
  mutating func add(sums terms: [TypedExpr], batch: Int, _ name: String, _ write: ScoringExprs) {
    var rest = terms[...]
    var sum: TypedExpr?
    var round = 1
    repeat {
      let part = rest.prefix(batch)
      rest = rest.dropFirst(batch)
      let made = write.sum((sum.map { [$0] } ?? []) + part)
      let column = rest.isEmpty ? name : "\(name)_\(round)"
      add([NamedExpr(column, made)])
      sum = write.column(column)
      round += 1
    } while !rest.isEmpty
  }
}
