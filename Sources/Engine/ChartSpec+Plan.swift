import Charting
import Compiler

extension ChartSpec {
  /// What is drawn of a checked `chart` stage; `title` is that of a `show` behind it.
  init(_ plan: ChartPlan, title: String?) {
    self.init(mark: ChartMark(rawValue: plan.mark) ?? .line, x: "", y: "", title: nil)
    self.title = plan.title ?? title
    columns = [:]
    for encoding in plan.encodings {
      guard let channel = ChartChannel(rawValue: encoding.channel) else { continue }
      columns[channel] = encoding.column
      axisTitles[channel] = encoding.title
    }
    // An interval is of the bar alone: on a stacked bar it would stand at the wrong height.
    isStacked = plan.settings.isStacked ?? (columns[.low] == nil)
    logAxes = Set(plan.settings.logAxes.compactMap(ChartChannel.init(rawValue:)))
    switch plan.settings.reference {
    case .level(let level)?: reference = .level(level)
    case .diagonal?: reference = .diagonal
    case nil: reference = nil
    }
  }
}
