import Compiler
import Diagnostics
import Values

/// Columns that are made one after the other: those of a layer read what came in and the layers
/// below. What is read several times gets a layer of its own, so that nothing is written twice.
struct ScoringLayers {
  private(set) var layers: [[NamedExpr]] = []

  mutating func add(_ items: [NamedExpr]) {
    if !items.isEmpty { layers.append(items) }
  }

  /// Of how many parts all expressions consist.
  var size: Int {
    var parts = 0
    for item in layers.joined() { item.expr.forEach { _ in parts += 1 } }
    return parts
  }

  func plan(over input: LogicalPlan, _ span: Span) -> LogicalPlan {
    layers.reduce(input) { below, layer in
      var items = Projection.identity(below, span)
      for item in layer {
        if let known = items.firstIndex(where: { $0.name == item.name }) {
          items[known] = item
        } else {
          items.append(item)
        }
      }
      return Projection.plan(below, items, span)
    }
  }

  /// One model of several for each row: `selector` holds the number of the row's model, and is
  /// missing where there is none.
  ///
  ///     case when "#model" = 0 then <of the first> when "#model" = 1 then <of the second> end
  static func choice(_ all: [ScoringLayers], by selector: TypedExpr) -> ScoringLayers {
    let write = ScoringExprs(span: selector.span)
    var result = ScoringLayers()
    var known: [[String: ValueType]] = all.map { _ in [:] }
    for layer in 0..<(all.map(\.layers.count).max() ?? 0) {
      var names: [String] = []
      for one in all where layer < one.layers.count {
        for item in one.layers[layer] where !names.contains(item.name) { names.append(item.name) }
      }
      result.add(
        names.map { name in
          let branches = all.indices.compactMap { place -> (when: TypedExpr, then: TypedExpr)? in
            let made =
              layer < all[place].layers.count
              ? all[place].layers[layer].first { $0.name == name }?.expr : nil
            if let made { known[place][name] = made.type }
            guard let type = known[place][name] else { return nil }
            return (
              write.compare(selector, .equal, write.whole(place)), made ?? write.column(name, type)
            )
          }
          let type = branches.first?.then.type ?? ScoringExprs.float
          return NamedExpr(name, write.choose(branches, otherwise: write.missing(type)))
        })
    }
    return result
  }
}
