import Values

/// A chart for a terminal, drawn with block characters and always with its numbers beside them.
///
///     Where the revenue comes from
///     Champions  ████████████████████████ 41.2%
///     Loyal      ████████████▉ 22.1%
package enum TextRenderer {
  /// At most `width` columns wide.
  package static func render(_ chart: Chart, width: Int) -> String {
    let width = max(width, 20)
    let lines = chart.data.rowCount == 0 ? [] : lines(of: chart, width)
    let title = plain(chart.title)
    let head = [title] + (lines.isEmpty ? [plain(chart.summary)] : lines + chart.notes)
    return head.map { Exit.escape($0, for: .terminal) }
      .map { DisplayWidth.cut($0, to: width) + "\n" }.joined()
  }

  /// Without the signs that keep writing directions apart in pages: a terminal would show them.
  private static func plain(_ words: String) -> String {
    String(String.UnicodeScalarView(words.unicodeScalars.filter { !(0x2068...0x2069 ~= $0.value) }))
  }

  private static func lines(of chart: Chart, _ width: Int) -> [String] {
    switch chart.spec.mark {
    case .bar: TextBars(bars: chart)?.lines(width) ?? []
    case .histogram: TextBars(bins: chart)?.lines(width) ?? []
    case .funnel: TextBars(steps: chart)?.lines(width) ?? []
    case .line, .area:
      chart.series.count > 1
        ? TextSparks.lines(chart, width: width)
        : TextPlot(chart, isJoined: true)?.lines(width) ?? []
    case .point: TextPlot(chart, isJoined: false)?.lines(width) ?? []
    case .box: TextBoxes(chart)?.lines(width) ?? []
    case .heatmap: TextCells.lines(chart)
    }
  }
}
