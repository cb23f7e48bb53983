import Values

/// Bins as bars that touch, on a number line; bins of one place stand on each other by `color`.
/// A row without a bin counts what is missing and becomes a note.
struct HistogramMark {
  private struct Bin {
    var row: Int
    var from: Double
    var to: Double
    var low: Double
    var high: Double
    var series: Int
  }

  private let chart: Chart
  private let x: ChannelData
  private let y: ChannelData
  private let bins: [Bin]
  private let missing: Double

  /// `nil` where every value is missing.
  init?(_ chart: Chart, from: ChannelData, count: ChannelData) {
    guard let until = chart[.until] else { return nil }
    self.chart = chart
    x = from
    y = count
    var tops: [Double: Double] = [:]
    var bins: [Bin] = []
    var missing = 0.0
    for (series, rows) in chart.rowsBySeries.enumerated() {
      for row in rows {
        guard let height = count.number(at: row) else { continue }
        guard let low = from.number(at: row), let high = until.number(at: row) else {
          missing += height
          continue
        }
        let base = tops[low] ?? 0
        tops[low] = base + height
        bins.append(
          Bin(row: row, from: low, to: high, low: base, high: base + height, series: series))
      }
    }
    if bins.isEmpty { return nil }
    self.bins = bins
    self.missing = missing
  }

  var scene: Scene {
    let names = chart.color == nil ? [] : chart.series.map(chart.seriesName)
    var plane = Cartesian(
      chart, x: x, y: y,
      .init(
        alsoX: bins.map(\.to), alsoY: bins.map(\.high), includesZero: true,
        legend: Legend(names, sample: .block, width: chart.width), notes: notes))
    for bin in bins {
      guard let from = plane.point(bin.from, bin.low), let to = plane.point(bin.to, bin.high)
      else { continue }
      let gap = min(1, (to.x - from.x) * 0.1)
      let rect = SceneRect(x: from.x, y: to.y, width: to.x - from.x - gap, height: from.y - to.y)
      plane.frame.scene.add(
        .rect(rect, .series(bin.series), tooltip: chart.tooltip(of: bin.row)))
    }
    return plane.frame.scene
  }

  private var notes: [String] {
    guard missing > 0 else { return [] }
    let rows = missing == 1 ? "row" : "rows"
    let count = NumberPrinting.grouped("\(Int(missing))")
    return ["\(count) \(rows) without \(Exit.isolated(x.name)) not shown"]
  }
}
