import Values

/// Layers on each other along x, one for each value of `color`: the upper edge is their sum.
/// Where a series has no row its layer is nothing thick. Numbers below zero hang from it.
struct AreaMark {
  private let chart: Chart
  private let x: ChannelData
  private let y: ChannelData
  private let places: [Value]
  private let layers: [Layer]

  /// The lower and the upper edge of a series at each place.
  private struct Layer {
    var low: [Double]
    var high: [Double]
  }

  init(_ chart: Chart, x: ChannelData, y: ChannelData) {
    self.chart = chart
    self.x = x
    self.y = y
    places = x.categories.filter { !$0.isNull }
    layers = Self.layers(chart, x, y, places)
  }

  private static func layers(
    _ chart: Chart, _ x: ChannelData, _ y: ChannelData, _ places: [Value]
  ) -> [Layer] {
    let index = Dictionary(
      places.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var tops = Array(repeating: 0.0, count: places.count)
    var bottoms = tops
    return chart.rowsBySeries.map { rows in
      var sums = Array(repeating: 0.0, count: places.count)
      for row in rows {
        guard let place = index[x.values[row]], let number = y.number(at: row) else { continue }
        sums[place] += number
      }
      let edges = zip(sums, zip(bottoms, tops)).map { sum, edge in
        sum < 0 ? (low: edge.0 + sum, high: edge.0) : (low: edge.1, high: edge.1 + sum)
      }
      for (place, edge) in edges.enumerated() {
        if sums[place] < 0 { bottoms[place] = edge.low } else { tops[place] = edge.high }
      }
      return Layer(low: edges.map(\.low), high: edges.map(\.high))
    }
  }

  /// `nil` where every y is missing.
  var scene: Scene? {
    guard !y.numbers.isEmpty, !places.isEmpty else { return nil }
    let names = chart.color == nil ? [] : chart.series.map(chart.seriesName)
    let isDirect = names.count <= LineMark.directLabels
    let endLabels = EndLabels(isDirect ? names : [], limit: chart.endLimit)
    var wish = Cartesian.Wish(
      alsoY: layers.flatMap { $0.low + $0.high }, includesZero: true,
      legend: Legend(isDirect ? [] : names, sample: .block, width: chart.width), notes: missingNotes
    )
    if !names.isEmpty && isDirect { wish.right = endLabels.width }
    var plane = Cartesian(chart, x: x, y: y, wish)
    for index in layers.indices { draw(index, in: &plane) }
    drawTooltips(in: &plane)
    if isDirect { endLabels.draw(heights: middles(in: plane), in: &plane.frame) }
    return plane.frame.scene
  }

  private var missingNotes: [String] {
    let count = y.values.count(where: \.isNull)
    let values = count == 1 ? "value" : "values"
    return count == 0 ? [] : ["\(count) missing \(values) of \(Exit.isolated(y.name)) left out"]
  }

  private func draw(_ index: Int, in plane: inout Cartesian) {
    let across = places.map { plane.horizontal.position(of: $0) ?? plane.frame.plot.x }
    let upper = points(across, layers[index].high, plane)
    let lower = points(across, layers[index].low, plane)
    if across.count == 1, let top = upper.first, let bottom = lower.first {
      let bar = SceneRect(x: top.x - 12, y: top.y, width: 24, height: bottom.y - top.y)
      plane.frame.scene.add(.rect(bar, .layer(index)))
      return
    }
    plane.frame.scene.add(.area(upper + lower.reversed(), .layer(index)))
    let isBelow = layers[index].low.contains { $0 < 0 }
    plane.frame.scene.add(
      .line(runs: [isBelow ? lower : upper], .series(index), width: 1.25, dash: .solid))
  }

  private func points(_ across: [Double], _ heights: [Double], _ plane: Cartesian) -> [ScenePoint] {
    zip(across, heights).compactMap { x, height in
      plane.vertical.position(height).map { ScenePoint(x: x, y: $0) }
    }
  }

  /// Where the name of each layer stands: at the middle of its end.
  private func middles(in plane: Cartesian) -> [Double] {
    layers.map { layer in
      let middle = (layer.low.last ?? 0) / 2 + (layer.high.last ?? 0) / 2
      return plane.vertical.position(middle) ?? plane.frame.plot.bottom
    }
  }

  /// A dot on each upper edge that shows under the pointer.
  private func drawTooltips(in plane: inout Cartesian) {
    guard chart.data.rowCount <= 2000 else { return }
    let index = Dictionary(
      places.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for (series, rows) in chart.rowsBySeries.enumerated() {
      for row in rows {
        guard let place = index[x.values[row]], y.number(at: row) != nil,
          let across = plane.horizontal.position(of: x.values[row]),
          let up = plane.vertical.position(layers[series].high[place])
        else { continue }
        plane.frame.scene.add(
          .circle(
            ScenePoint(x: across, y: up), radius: 4, .series(series), isQuiet: true,
            tooltip: chart.tooltip(of: row)))
      }
    }
  }
}
