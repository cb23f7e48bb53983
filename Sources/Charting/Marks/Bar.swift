import Values

/// Bars from zero, one band for each category, upright or lying: the channel with numbers is the
/// length. Text names that would not fit below upright bars turn the chart on its side.
struct BarMark {
  private static let height = 280.0
  /// More bars than this are no picture: the first ones are drawn, and a note counts the rest.
  private static let mostLyingBars = 400
  private static let valueLabels = 24

  private let chart: Chart
  private let category: ChannelData
  private let length: ChannelData
  private let categories: [Value]
  private let stacks: BarStacks
  private let leftOut: Int
  private let isLying: Bool

  init(_ chart: Chart, x: ChannelData, y: ChannelData) {
    self.chart = chart
    let lengthIsX = x.kind == .number && y.kind != .number
    category = lengthIsX ? y : x
    length = lengthIsX ? x : y
    stacks = BarStacks(chart, category: category, length: length)
    let all = stacks.ordered(category.categories, by: chart.spec.order)
    categories = Array(all.prefix(Self.mostLyingBars))
    leftOut = all.count - categories.count
    isLying = lengthIsX || Self.needsTurning(category, categories, within: chart.width)
  }

  private static func needsTurning(
    _ channel: ChannelData, _ categories: [Value], within width: Double
  ) -> Bool {
    guard channel.kind == .category else { return false }
    let room = (width - 90) / Double(max(categories.count, 1))
    return TextMetrics.widest(categories.map(channel.text), size: .small) + 8 > room
  }

  /// `nil` where every number is missing.
  var scene: Scene? { stacks.pieces.isEmpty ? nil : isLying ? lying : upright }

  private var notes: [String] {
    leftOut == 0
      ? chart.notes : chart.notes + ["\(NumberPrinting.grouped("\(leftOut)")) more not shown"]
  }

  private func drawReference(_ lengths: LinearScale, in frame: inout Frame) {
    guard case .level(let level)? = chart.spec.reference else { return }
    let at = lengths.position(of: level)
    let plot = frame.plot
    let ends =
      isLying
      ? [ScenePoint(x: at, y: plot.y), ScenePoint(x: at, y: plot.bottom)]
      : [ScenePoint(x: plot.x, y: at), ScenePoint(x: plot.right, y: at)]
    frame.scene.add(.line(runs: [ends], .ink, width: 1.25, dash: .short))
  }

  private var names: [String] {
    chart.color == nil || chart.spec.color == category.column.name
      ? [] : chart.series.map(chart.seriesName)
  }

  private func scale(from: Double, to: Double, ticks: Int) -> LinearScale {
    var ends = stacks.ends
    if case .level(let level)? = chart.spec.reference { ends.append(level) }
    return LinearScale(
      over: ends, includesZero: true, from: from, to: to, ticks: ticks, isWhole: length.isWhole)
  }

  private var upright: Scene {
    let middles = directMiddles
    let legend = Legend(middles == nil ? names : [], sample: .block, width: chart.width)
    let endLabels = EndLabels(names, limit: chart.endLimit)
    let tickLabels = NumberLabels.of(
      scale(from: 0, to: 1, ticks: 5).ticks, labels: length.column.type.labels)
    var frame = Frame(
      title: chart.spec.title, width: chart.width, plotHeight: Self.height,
      left: TextMetrics.widest(tickLabels, size: .small) + 10,
      right: middles == nil ? 4 : endLabels.width,
      head: 28 + legend.height, foot: 40, notes: notes)
    let plot = frame.plot
    legend.draw(at: plot.y - 28 - legend.height, in: &frame)
    let lengths = scale(from: plot.bottom, to: plot.y, ticks: 5)
    let bands = BandScale(categories, from: plot.x, to: plot.right, padding: 0.25)
    Axis.left(lengths.places, title: length.title, labels: tickLabels, in: &frame)
    Axis.bottom(
      bands, title: category.title, labels: categories.map(category.text), in: &frame)
    draw(bands, lengths, in: &frame)
    drawReference(lengths, in: &frame)
    if let middles {
      endLabels.draw(heights: middles.map(lengths.position), in: &frame)
    }
    return frame.scene
  }

  /// Where names of stacked series go: beside the last bar, if it has all of them.
  private var directMiddles: [Double]? {
    guard chart.spec.isStacked, names.count > 1, names.count <= 8, let last = categories.last
    else { return nil }
    return stacks.middles(at: last)
  }

  private var lying: Scene {
    let legend = Legend(names, sample: .block, width: chart.width)
    let labels = categories.map(category.text)
    let limit = chart.nameLimit
    let lane = max(15.0, min(30, 900 / Double(categories.count)))
    let thickness = chart.spec.isStacked ? lane : lane * max(1, Double(chart.series.count) * 0.6)
    var frame = Frame(
      title: chart.spec.title, width: chart.width, plotHeight: Double(categories.count) * thickness,
      left: min(limit, TextMetrics.widest(labels, size: .normal)) + 10, right: 56,
      head: 14 + legend.height, foot: 40, notes: notes)
    let plot = frame.plot
    legend.draw(at: plot.y - 14 - legend.height, in: &frame)
    let lengths = scale(from: plot.x, to: plot.right, ticks: 5)
    let bands = BandScale(categories, from: plot.y, to: plot.bottom, padding: 0.25)
    Axis.bottom(
      lengths.places, title: length.title,
      labels: NumberLabels.of(lengths.ticks, labels: length.column.type.labels), in: &frame)
    if plot.height > 600 {
      Axis.top(
        lengths.places, labels: NumberLabels.of(lengths.ticks, labels: length.column.type.labels),
        in: &frame)
    }
    Axis.left(bands, labels: labels, limit: limit, in: &frame)
    draw(bands, lengths, in: &frame)
    drawReference(lengths, in: &frame)
    return frame.scene
  }

  private func draw(_ bands: BandScale, _ lengths: LinearScale, in frame: inout Frame) {
    let showsValues =
      chart.data.rowCount <= Self.valueLabels && chart.series.count == 1 && chart.low == nil
      && stacks.hasOnePieceEach
    for piece in stacks.pieces {
      guard let start = bands.start(of: piece.category) else {
        continue
      }
      let lane = stacks.lane(of: piece, in: bands.bandWidth)
      let rect = rect(start + lane.offset, lane.width, piece, lengths)
      frame.scene.add(
        .rect(rect, .series(piece.series), radius: 1.5, tooltip: chart.tooltip(of: piece.row)))
      drawWhisker(of: piece, at: start + lane.offset + lane.width / 2, lengths, in: &frame)
      if showsValues { label(piece, beside: rect, in: &frame) }
    }
    for row in stacks.missing where showsValues {
      guard let center = bands.center(of: category.values[row]) else { continue }
      let zero = lengths.position(of: 0)
      frame.scene.add(
        .text(
          isLying
            ? SceneText(Exit.missing, at: zero + 6, center + 4, size: .small)
            : SceneText(Exit.missing, at: center, zero - 5, anchor: .middle, size: .small)))
    }
  }

  private func rect(
    _ start: Double, _ width: Double, _ piece: BarStacks.Piece, _ lengths: LinearScale
  ) -> SceneRect {
    let from = lengths.position(of: piece.from)
    let to = lengths.position(of: piece.to)
    return isLying
      ? SceneRect(x: min(from, to), y: start, width: (to - from).magnitude, height: width)
      : SceneRect(x: start, y: min(from, to), width: width, height: (to - from).magnitude)
  }

  /// The value at the bar's end, on an upright bar only where it is wide enough.
  private func label(_ piece: BarStacks.Piece, beside rect: SceneRect, in frame: inout Frame) {
    let text = length.compactText(at: piece.row)
    let isNegative = piece.to < piece.from
    if isLying {
      // Where the bar reaches the names its number stands on the other side of zero.
      let room = rect.x - 5 - TextMetrics.width(of: text, size: .small)
      let isLeft = isNegative && room >= frame.plot.x
      frame.scene.add(
        .text(
          SceneText(
            text, at: isLeft ? rect.x - 5 : rect.right + 5, rect.middle.y + 4,
            anchor: isLeft ? .end : .start, size: .small, paint: .ink)))
    } else if TextMetrics.width(of: text, size: .small) <= rect.width + 14 {
      frame.scene.add(
        .text(
          SceneText(
            text, at: rect.middle.x, isNegative ? rect.bottom + 13 : rect.y - 5, anchor: .middle,
            size: .small, paint: .ink)))
    }
  }

  /// A line from `low` to `high` over the bar.
  private func drawWhisker(
    of piece: BarStacks.Piece, at center: Double, _ lengths: LinearScale, in frame: inout Frame
  ) {
    guard let low = chart.low?.number(at: piece.row), let high = chart.high?.number(at: piece.row)
    else { return }
    let from = lengths.position(of: low)
    let to = lengths.position(of: high)
    for run in Whisker.runs(from: from, to: to, across: center, !isLying) {
      frame.scene.add(.line(runs: [run], .surface, width: 3.5, dash: .solid))
    }
    for run in Whisker.runs(from: from, to: to, across: center, !isLying) {
      frame.scene.add(.line(runs: [run], .ink, width: 1.25, dash: .solid))
    }
  }
}
