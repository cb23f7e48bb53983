import Values

/// Steps from top to bottom in the order of the rows, each a bar around the middle with its number,
/// and between two steps the share that goes on.
struct FunnelMark {
  private static let lane = 34.0
  private static let gap = 22.0

  private let chart: Chart
  private let step: ChannelData
  private let count: ChannelData

  init(_ chart: Chart, x: ChannelData, y: ChannelData) {
    self.chart = chart
    let isCountX = x.kind == .number && y.kind != .number
    step = isCountX ? y : x
    count = isCountX ? x : y
  }

  /// `nil` where no step has a number.
  var scene: Scene? {
    let most = count.numbers.max() ?? 0
    guard !count.numbers.isEmpty else { return nil }
    let rows = Array(0..<min(chart.data.rowCount, 60))
    let labels = rows.map(step.text(at:))
    let limit = chart.nameLimit
    let height = Double(rows.count) * (Self.lane + Self.gap) - Self.gap
    var frame = Frame(
      title: chart.spec.title, width: chart.width, plotHeight: height,
      left: min(limit, TextMetrics.widest(labels, size: .normal)) + 10, right: numbersWidth,
      head: 24,
      foot: 6, notes: notes(rows.count))
    Axis.name(count.title, above: frame.plot, at: frame.plot.x, in: &frame)
    for row in rows { draw(row, most, limit, in: &frame) }
    return frame.scene
  }

  private var numbersWidth: Double {
    TextMetrics.widest(count.values.indices.map(count.text(at:)), size: .normal) + 80
  }

  private func notes(_ shown: Int) -> [String] {
    let rest = chart.data.rowCount - shown
    return rest > 0 ? chart.notes + ["\(rest) more steps not shown"] : chart.notes
  }

  private func draw(_ row: Int, _ most: Double, _ limit: Double, in frame: inout Frame) {
    let plot = frame.plot
    let top = plot.y + Double(row) * (Self.lane + Self.gap)
    let name = TextMetrics.cut(step.text(at: row), to: limit, size: .normal)
    let middle = top + Self.lane / 2 + 4
    frame.scene.add(.text(SceneText(name, at: plot.x - 8, middle, anchor: .end, paint: .ink)))
    let bar = bar(row, top, most, plot)
    frame.scene.add(.rect(bar, .series(0), radius: 2, tooltip: chart.tooltip(of: row)))
    drawNumbers(of: row, middle, in: &frame)
    guard row > 0, let kept = self.share(of: row, to: row - 1) else { return }
    frame.scene.add(
      .area(
        [
          ScenePoint(x: self.bar(row - 1, top, most, plot).x, y: top - Self.gap),
          ScenePoint(x: self.bar(row - 1, top, most, plot).right, y: top - Self.gap),
          ScenePoint(x: bar.right, y: top), ScenePoint(x: bar.x, y: top),
        ], .band(0)))
    frame.scene.add(
      .text(
        SceneText("↓ \(kept)", at: plot.middle.x, top - 7, anchor: .middle, size: .small)))
  }

  /// The number, and its share of the first step in a column of its own.
  private func drawNumbers(of row: Int, _ y: Double, in frame: inout Frame) {
    let x = frame.plot.right + 12
    frame.scene.add(.text(SceneText(count.text(at: row), at: x, y, paint: .ink)))
    guard let share = share(of: row, to: firstRow) else { return }
    frame.scene.add(
      .text(SceneText(share, at: chart.width - Frame.edge, y, anchor: .end)))
  }

  private func bar(_ row: Int, _ top: Double, _ most: Double, _ plot: SceneRect) -> SceneRect {
    let number = max(0, count.number(at: row) ?? 0)
    let width = most > 0 ? number / most * plot.width : 0
    return SceneRect(
      x: plot.middle.x - width / 2, y: top, width: max(width, 1), height: Self.lane)
  }

  /// The first step that has a number: what all shares are of.
  private var firstRow: Int { count.values.firstIndex { ChannelData.number($0) != nil } ?? 0 }

  /// `45.2%`; nothing for the step itself, and where there is nothing to share.
  private func share(of row: Int, to other: Int) -> String? {
    guard row != other else { return nil }
    return FunnelShare.text(count.number(at: row), of: count.number(at: other))
  }
}

enum FunnelShare {
  static func text(_ part: Double?, of whole: Double?) -> String? {
    guard let part, let whole, whole > 0, part >= 0 else { return nil }
    return NumberPrinting.fixed(part / whole * 100, digits: 1) + "%"
  }
}
