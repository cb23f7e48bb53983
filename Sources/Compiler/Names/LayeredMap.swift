/// A map by name of which many hold copies while it grows: a scope is copied with every function
/// that is declared in it. A copy shares all it has, and a new name costs no more than a few
/// steps, where a dictionary would be copied as a whole each time.
///
/// Names lie in layers, the newest last; a layer joins the one below when it has grown as large, so
/// that n names make at most log n layers.
struct LayeredMap<Value> {
  private var layers: [[String: Value]] = []

  subscript(name: String) -> Value? {
    get {
      for layer in layers.reversed() {
        if let value = layer[name] { return value }
      }
      return nil
    }
    set {
      guard let newValue else { return remove(name) }
      layers.append([name: newValue])
      while layers.count > 1, layers[layers.count - 2].count <= layers[layers.count - 1].count {
        let upper = layers.removeLast()
        layers[layers.count - 1].merge(upper) { $1 }
      }
    }
  }

  var keys: Set<String> { Set(layers.flatMap(\.keys)) }

  private mutating func remove(_ name: String) {
    for index in layers.indices { layers[index][name] = nil }
    layers.removeAll(where: \.isEmpty)
  }
}
