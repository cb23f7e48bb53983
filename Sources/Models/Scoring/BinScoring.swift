import Compiler
import Estimation
import Values

/// A scorecard: the points of the bin that each value falls into, added up.
struct BinScoring {
  let reading: PreparedReading
  private var write: ScoringExprs { reading.write }

  func add(
    _ start: Double, _ features: [BinnedFeature], offset: TypedExpr?,
    to layers: inout ScoringLayers
  ) -> Bool {
    layers.add(reading.layer)
    var terms = [write.number(start)]
    for feature in features {
      guard
        let product = reading.model.preparation.products.first(where: {
          $0.feature.name == feature.name
        }), let basis = product.bases.first
      else { return false }
      terms.append(points(feature, basis))
    }
    layers.add(sums: terms, batch: 40, "#raw", write)
    return true
  }

  private func points(_ feature: BinnedFeature, _ basis: Basis) -> TypedExpr {
    if let levels = reading.levels(basis) { return ofLevels(feature, basis, levels) }
    let value = reading.plain(basis)
    var branches: [(when: TypedExpr, then: TypedExpr)] = []
    if value.type.isNullable {
      branches.append((write.isMissing(value), write.number(feature.pointsOfMissing)))
    }
    var last = 0.0
    let cuts = feature.bins.compactMap { bin -> (Double, Double)? in
      if case .between(_, let high) = bin.range { (high, bin.points) } else { nil }
    }
    for (high, points) in cuts {
      last = points
      if high < .infinity {
        branches.append((write.compare(value, .less, write.number(high)), write.number(points)))
      }
    }
    return write.choose(branches, otherwise: write.number(last))
  }

  /// A level that no bin holds has 0; what training never saw counts as missing.
  private func ofLevels(
    _ feature: BinnedFeature, _ basis: Basis, _ levels: [String?]
  ) -> TypedExpr {
    let value = reading.value(basis)
    var seen: Set<String> = []
    var branches: [(when: TypedExpr, then: TypedExpr)] = []
    for bin in feature.bins {
      guard case .levels(let names) = bin.range else { continue }
      let known = names.compactMap { name -> String?? in
        guard let place = reading.place(of: name, basis) else { return nil }
        seen.insert(name)
        return .some(levels[place])
      }
      branches.append((write.isOne(value, of: known), write.number(bin.points)))
    }
    let rest = levels.indices.filter { !seen.contains(reading.name(of: $0, basis)) }
    if !rest.isEmpty, feature.pointsOfMissing != 0 {
      branches.append((write.isOne(value, of: rest.map { levels[$0] }), write.number(0)))
    }
    return write.choose(branches, otherwise: write.number(feature.pointsOfMissing))
  }
}

extension PreparedReading {
  fileprivate func place(of level: String, _ basis: Basis) -> Int? {
    guard case .category(let levels) = model.preparation.columns[basis.column].kind else {
      return nil
    }
    return levels.names.firstIndex(of: level)
  }

  fileprivate func name(of level: Int, _ basis: Basis) -> String {
    guard case .category(let levels) = model.preparation.columns[basis.column].kind else {
      return ""
    }
    return levels.names[level]
  }
}

extension BinnedFeature {
  fileprivate var pointsOfMissing: Double {
    bins.last { $0.range == .missing }?.points ?? 0
  }
}
