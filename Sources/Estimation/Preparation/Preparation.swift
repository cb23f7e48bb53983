/// What turns rows into the numbers of a design, learned in training and kept with the model:
/// scored rows are prepared exactly as training rows were.
///
/// Rules, stated once. A missing number or date counts as the mean of training; where training had
/// missing ones, an indicator stands beside it. A missing category is a level of its own where
/// training had missing ones. A value that training never saw (or a missing one where training
/// had none) counts as the average row: each indicator takes its share of the training rows.
/// Trees get missing numbers, and categories never seen, as missing; a missing category is a
/// level of its own there too.
package struct Preparation: Sendable, Equatable {
  package var encoding: Encoding
  package var formula: Formula
  package var columns: [PreparedColumn]
  /// Features left out because others determine them (R's `NA` coefficients).
  package var aliased: Set<String>
  package private(set) var products: [Product]

  package enum Encoding: String, Sendable {
    /// Numbers and indicators, for linear models.
    case dense
    /// Numbers and codes of categories, for trees, bins and counts.
    case codes
  }

  /// A feature and the factors that are multiplied for it; none for the intercept.
  package struct Product: Sendable, Equatable {
    package var feature: Feature
    package var bases: [Basis]
  }

  init(
    encoding: Encoding, formula: Formula, columns: [PreparedColumn], aliased: Set<String> = []
  ) {
    self.encoding = encoding
    self.formula = formula
    self.columns = columns
    self.aliased = aliased
    products = []
    products = allProducts().filter { !aliased.contains($0.feature.name) }
  }

  package var features: [Feature] { products.map(\.feature) }

  /// The same without features that others determine.
  func leavingOut(_ names: Set<String>) -> Preparation {
    Preparation(
      encoding: encoding, formula: formula, columns: columns, aliased: aliased.union(names))
  }

  /// Rows as a design. Numbers are not copied, categories are as codes.
  package func design(_ frame: Frame) throws(EstimationError) -> Design {
    var places: [Key: Int] = [:]
    var sources: [DesignSource] = []
    for basis in products.flatMap(\.bases) {
      let key = Key(column: basis.column, reading: basis.reading)
      guard places[key] == nil else { continue }
      places[key] = sources.count
      let column = columns[basis.column]
      sources.append(try column.read(frame.column(column.name).values, as: basis.reading))
    }
    let recipes = products.map { product in
      product.bases.compactMap { basis in
        places[Key(column: basis.column, reading: basis.reading)].map {
          DesignFactor(source: $0, step: basis.step)
        }
      }
    }
    return Design(
      features: features, rowCount: frame.rowCount, sources: sources, recipes: recipes)
  }

  private struct Key: Hashable {
    var column: Int
    var reading: Basis.Reading
  }

  // MARK: Features

  private func allProducts() -> [Product] {
    switch encoding {
    case .codes: codeProducts()
    case .dense: denseProducts()
    }
  }

  /// Trees find products by themselves: only single columns count.
  private func codeProducts() -> [Product] {
    columns.indices.flatMap { index in
      columns[index].codeBases(index).map { basis, kind in
        Product(
          feature: Feature(basis.name, sources: [columns[index].name], kind: kind),
          bases: [basis])
      }
    }
  }

  private func denseProducts() -> [Product] {
    var products: [Product] = []
    if formula.hasIntercept {
      products.append(
        Product(feature: Feature("(intercept)", sources: [], kind: .intercept), bases: []))
    }
    let categories = Set(columns.filter(\.isCategory).map(\.name))
    let coding = TermCoding(formula, isCategory: categories.contains)
    for term in formula.terms {
      let places = term.compactMap { name in columns.firstIndex { $0.name == name } }
      guard places.count == term.count else { continue }
      for part in coding.parts(of: term) {
        let used = places.filter { place in
          !columns[place].isCategory || part[columns[place].name] != nil
        }
        let bases = used.map { place in
          columns[place].denseBases(place, withBase: part[columns[place].name] ?? false)
        }
        products += Self.combine(bases).map {
          Self.product($0, sources: used.map { columns[$0].name })
        }
      }
    }
    return products
  }

  private static func product(_ bases: [Basis], sources: [String]) -> Product {
    let isIndicator = bases.allSatisfy {
      if case .number = $0.step { return false }
      return true
    }
    let name = bases.map(\.name).joined(separator: " × ")
    return Product(
      feature: Feature(name, sources: sources, kind: isIndicator ? .indicator : .number),
      bases: bases)
  }

  /// Every way to take one of each list; the first list turns fastest, as in R.
  private static func combine(_ lists: [[Basis]]) -> [[Basis]] {
    lists.reduce([[]]) { made, next in next.flatMap { basis in made.map { $0 + [basis] } } }
  }
}

extension PreparedColumn {
  var isCategory: Bool {
    if case .category = kind { return true }
    return false
  }
}
