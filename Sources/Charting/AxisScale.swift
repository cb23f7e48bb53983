import Values

/// A scale of whichever kind the column asks for, along the bottom or up the left side.
enum AxisScale: Sendable {
  case linear(LinearScale)
  case log(LogScale)
  case time(TimeScale)
  case band(BandScale)

  struct Wish {
    /// What must be in sight besides the column's own values.
    var also: [Double] = []
    var includesZero = false
    var isLog = false
    var padding = 0.0
  }

  init(_ channel: ChannelData, from: Double, to: Double, _ wish: Wish = Wish()) {
    let length = (to - from).magnitude
    let numbers = channel.numbers + wish.also
    switch channel.kind {
    case .number where wish.isLog && numbers.contains { $0 > 0 }:
      self = .log(LogScale(over: numbers, from: from, to: to))
    case .number where !numbers.isEmpty:
      self = .linear(
        LinearScale(
          over: numbers, includesZero: wish.includesZero, from: from, to: to,
          ticks: to < from ? 5 : Int(length / 80), isWhole: channel.isWhole))
    case .time where !numbers.isEmpty:
      self = .time(
        TimeScale(
          over: numbers, from: from, to: to, ticks: Int(length / (to < from ? 30 : 56)),
          isDate: channel.isDate))
    case .number, .time, .category:
      self = .band(
        BandScale(channel.categories, from: from, to: to, padding: wish.padding))
    }
  }

  /// The same scale onto other pixels.
  func ranged(from: Double, to: Double) -> AxisScale {
    switch self {
    case .linear(var scale):
      scale.range = (from, to)
      return .linear(scale)
    case .log(var scale):
      scale.range = (from, to)
      return .log(scale)
    case .time(var scale):
      scale.range = (from, to)
      return .time(scale)
    case .band(let scale):
      return .band(BandScale(scale.categories, from: from, to: to, padding: scale.padding))
    }
  }

  func position(of value: Value) -> Double? {
    switch self {
    case .linear, .log, .time: ChannelData.number(value).flatMap(position)
    case .band(let scale): scale.center(of: value)
    }
  }

  /// `nil` where a number has no place: zero on a log axis.
  func position(_ number: Double) -> Double? {
    switch self {
    case .linear(let scale): scale.position(of: number)
    case .log(let scale): number > 0 ? scale.position(of: number) : nil
    case .time(let scale): scale.position(of: number)
    case .band: nil
    }
  }

  /// What stands at the ticks.
  func labels(of channel: ChannelData) -> [String] {
    switch self {
    case .linear(let scale):
      NumberLabels.of(scale.ticks, labels: channel.column.type.labels)
    case .log(let scale):
      scale.ticks.flatMap { NumberLabels.of([$0], labels: channel.column.type.labels) }
    case .time(let scale): scale.ticks.map(\.fullLabel)
    case .band(let scale): scale.categories.map(channel.text)
    }
  }

  /// The range of its numbers.
  var domain: ClosedRange<Double>? {
    switch self {
    case .linear(let scale): min(scale.low, scale.high)...max(scale.low, scale.high)
    case .log(let scale): scale.low...max(scale.low, scale.high)
    case .time, .band: nil
    }
  }

  func drawBottom(of channel: ChannelData, in frame: inout Frame) {
    switch self {
    case .linear(let scale):
      Axis.bottom(
        scale.places, title: channel.title, labels: labels(of: channel), in: &frame)
    case .log(let scale):
      Axis.bottom(
        scale.places, title: channel.title + " (log)", labels: labels(of: channel), in: &frame)
    case .time(let scale):
      Axis.bottom(scale, title: channel.title, in: &frame)
    case .band(let scale):
      Axis.bottom(scale, title: channel.title, labels: labels(of: channel), in: &frame)
    }
  }

  func drawLeft(of channel: ChannelData, limit: Double, in frame: inout Frame) {
    switch self {
    case .linear(let scale):
      Axis.left(scale.places, title: channel.title, labels: labels(of: channel), in: &frame)
    case .log(let scale):
      Axis.left(
        scale.places, title: channel.title + " (log)", labels: labels(of: channel), in: &frame)
    case .time(let scale):
      Axis.left(
        scale.ticks.map { (scale.position(of: $0.seconds), false) }, title: channel.title,
        labels: labels(of: channel), in: &frame)
    case .band(let scale):
      Axis.left(scale, labels: labels(of: channel), limit: limit, in: &frame)
      Axis.name(channel.title, above: frame.plot, at: Frame.edge, in: &frame)
    }
  }
}

extension LinearScale {
  /// Where its ticks stand, and which of them is zero.
  var places: [(at: Double, isZero: Bool)] { ticks.map { (position(of: $0), $0 == 0) } }
}

extension LogScale {
  var places: [(at: Double, isZero: Bool)] { ticks.map { (position(of: $0), false) } }
}
