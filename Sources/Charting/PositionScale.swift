import Values

/// A horizontal scale of whichever kind the column asks for.
enum PositionScale: Sendable {
  case linear(LinearScale)
  case time(TimeScale)
  case band(BandScale)

  init(_ channel: ChannelData, in plot: SceneRect) {
    let numbers = channel.values.compactMap(ChannelData.number)
    switch channel.kind {
    case .number where !numbers.isEmpty:
      self = .linear(
        LinearScale(
          over: numbers, includesZero: false, from: plot.x, to: plot.right,
          ticks: Int(plot.width / 80)))
    case .time where !numbers.isEmpty:
      self = .time(
        TimeScale(over: numbers, from: plot.x, to: plot.right, ticks: Int(plot.width / 56)))
    case .number, .time, .category:
      self = .band(
        BandScale(channel.categories, from: plot.x, to: plot.right, padding: 0))
    }
  }

  func position(of value: Value) -> Double? {
    switch self {
    case .linear(let scale): ChannelData.number(value).map(scale.position)
    case .time(let scale): ChannelData.number(value).map(scale.position)
    case .band(let scale): scale.center(of: value)
    }
  }

  func drawAxis(of channel: ChannelData, in frame: inout Frame) {
    switch self {
    case .linear(let scale):
      let labels = NumberLabels.of(scale.ticks, labels: channel.column.type.labels)
      Axis.bottom(scale, title: channel.title, labels: labels, in: &frame)
    case .time(let scale):
      Axis.bottom(scale, title: channel.title, in: &frame)
    case .band(let scale):
      Axis.bottom(
        scale, title: channel.title, labels: scale.categories.map(channel.text), in: &frame)
    }
  }
}
