import Values

/// A plot with an axis below and one on the left, as lines, areas and points share it: legend,
/// scales, axes, the line of reference and the notes.
struct Cartesian {
  private static let height = 300.0

  struct Wish {
    /// What the axis of numbers must show besides its own column: ends of intervals, of stacks.
    var alsoX: [Double] = []
    var alsoY: [Double] = []
    var includesZero = false
    var legend = Legend([], sample: .line)
    /// The room right of the plot.
    var right = 14.0
    /// Further lines above the plot, of 20 pixels each.
    var headRows = 0
    var notes: [String] = []
    /// The height of one category, where y names them.
    var lane = 28.0
  }

  var frame: Frame
  let horizontal: AxisScale
  let vertical: AxisScale

  init(_ chart: Chart, x: ChannelData, y: ChannelData, _ wish: Wish) {
    let spec = chart.spec
    let level = Self.level(of: spec.reference)
    let isLevelY = y.kind == .number
    let upright = AxisScale(
      y, from: 1, to: 0,
      .init(
        also: wish.alsoY + (isLevelY ? level : []), includesZero: wish.includesZero,
        isLog: spec.logAxes.contains(.y)))
    let labels = upright.labels(of: y)
    let limit = chart.nameLimit
    let widest = min(limit, TextMetrics.widest(labels, size: y.kind == .number ? .small : .normal))
    let height =
      if case .band(let bands) = upright {
        max(60, min(3000, Double(bands.categories.count) * wish.lane))
      } else { Self.height }
    let notes = chart.notes + wish.notes + chart.logNotes()
    let rows = 20 * Double(wish.headRows)
    frame = Frame(
      title: spec.title, width: chart.width, plotHeight: height, left: widest + 10,
      right: wish.right,
      head: 28 + wish.legend.height + rows, foot: x.kind == .time ? 52 : 40, notes: notes)
    let plot = frame.plot
    wish.legend.draw(at: plot.y - 28 - wish.legend.height - rows, in: &frame)
    vertical = upright.ranged(from: plot.bottom, to: plot.y).downwards(in: plot)
    horizontal = AxisScale(
      x, from: plot.x, to: plot.right,
      .init(
        also: wish.alsoX + (isLevelY ? [] : level), includesZero: !isLevelY && wish.includesZero,
        isLog: spec.logAxes.contains(.x)))
    vertical.drawLeft(of: y, limit: limit, in: &frame)
    horizontal.drawBottom(of: x, in: &frame)
    drawReference(spec.reference, isLevelY: isLevelY)
  }

  private static func level(of reference: ChartReference?) -> [Double] {
    switch reference {
    case .level(let number)?: [number]
    case .diagonal?, nil: []
    }
  }

  private mutating func drawReference(_ reference: ChartReference?, isLevelY: Bool) {
    let plot = frame.plot
    switch reference {
    case nil: return
    case .level(let number)?:
      if isLevelY, let at = vertical.position(number) {
        drawRule(from: ScenePoint(x: plot.x, y: at), to: ScenePoint(x: plot.right, y: at))
      } else if !isLevelY, let at = horizontal.position(number) {
        drawRule(from: ScenePoint(x: at, y: plot.y), to: ScenePoint(x: at, y: plot.bottom))
      }
    case .diagonal?:
      guard let across = horizontal.domain, let up = vertical.domain,
        across.overlaps(up)
      else { return }
      let both = across.clamped(to: up)
      guard let from = point(both.lowerBound, both.lowerBound),
        let to = point(both.upperBound, both.upperBound)
      else { return }
      drawRule(from: from, to: to)
    }
  }

  private mutating func drawRule(from: ScenePoint, to: ScenePoint) {
    frame.scene.add(.line(runs: [[from, to]], .muted, width: 1.25, dash: .short))
  }

  func point(_ x: Double, _ y: Double) -> ScenePoint? {
    guard let across = horizontal.position(x), let up = vertical.position(y) else { return nil }
    return ScenePoint(x: across, y: up)
  }
}

extension AxisScale {
  /// Names read from the top, numbers grow from the bottom.
  fileprivate func downwards(in plot: SceneRect) -> AxisScale {
    if case .band = self { return ranged(from: plot.y, to: plot.bottom) }
    return self
  }
}
