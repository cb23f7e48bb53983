import Values

/// The chart in words, for tooltips and for readers who cannot see it. Names and values from the
/// data keep their writing direction to themselves.
extension Chart {
  /// `revenue by month`, `retained by age and cohort`.
  var subject: String {
    let measure = spec.mark == .heatmap ? spec.color ?? "" : length
    let rest = spec.mark == .heatmap ? "\(quoted(spec.x)) and \(quoted(spec.y))" : place
    return "\(quoted(measure)) by \(rest)"
  }

  private var isTurned: Bool { x?.kind == .number && y?.kind != .number && spec.mark == .bar }
  private var length: String { isTurned ? spec.x : spec.y }
  private var place: String { quoted(isTurned ? spec.y : spec.x) }
  private func quoted(_ name: String) -> String { Exit.isolated(name) }

  /// `month: 1997-03, revenue: $9,416.50`
  func tooltip(of row: Int) -> String {
    var parts: [String] = []
    for channel in [color, x, y, low, high].compactMap({ $0 }) {
      let part = "\(quoted(channel.column.name)): \(quoted(channel.text(at: row)))"
      if !parts.contains(part) { parts.append(part) }
    }
    return parts.joined(separator: "\n")
  }

  /// `Line chart of revenue by month: 18 points from 1997-01 to 1998-06; highest $51,000 at 1997-02,
  /// lowest $8,000 at 1998-05.`
  package var summary: String {
    "\(kindName) of \(subject): \(extent)\(extremes)."
  }

  private var kindName: String {
    switch spec.mark {
    case .line: "Line chart"
    case .bar: "Bar chart"
    case .heatmap: "Heatmap"
    }
  }

  private var extent: String {
    let rows = data.rowCount
    guard rows > 0, let x, let y else { return "no rows" }
    switch spec.mark {
    case .line:
      return counted(rows, "point") + span(of: x) + lines
    case .bar:
      return counted(rows, "bar") + lines
    case .heatmap:
      let missing = color?.values.filter(\.isNull).count ?? 0
      return counted(rows, "cell") + " in " + counted(y.categories.count, "row") + " and "
        + counted(x.categories.count, "column") + (missing > 0 ? ", \(missing) missing" : "")
    }
  }

  private var lines: String {
    guard color != nil, spec.color != spec.x, spec.color != spec.y else { return "" }
    let names = series.map(seriesName)
    let shown = names.prefix(8).map(Exit.isolated).joined(separator: ", ")
    return " in " + counted(names.count, "series") + " (\(shown)\(names.count > 8 ? ", …" : ""))"
  }

  private func span(of channel: ChannelData) -> String {
    let places = channel.categories.filter { !$0.isNull }
    guard let first = places.first, let last = places.last, first != last else { return "" }
    return " from \(quoted(channel.text(first))) to \(quoted(channel.text(last)))"
  }

  private var extremes: String {
    guard let measure = spec.mark == .heatmap ? color : isTurned ? x : y else { return "" }
    let numbers = measure.values.indices.compactMap { row in
      measure.number(at: row).map { (row: row, number: $0) }
    }
    guard let high = numbers.max(by: { $0.number < $1.number }),
      let low = numbers.min(by: { $0.number < $1.number })
    else { return data.rowCount > 0 ? "; every value is missing" : "" }
    if high.number == low.number { return "; all \(measure.text(at: low.row))" }
    return "; highest \(located(high.row, measure)), lowest \(located(low.row, measure))"
  }

  private func located(_ row: Int, _ measure: ChannelData) -> String {
    let places = [isTurned ? y : x, spec.mark == .heatmap ? y : nil, heatless].compactMap { $0 }
    let words = places.map { quoted($0.text(at: row)) }.joined(separator: ", ")
    return "\(measure.text(at: row)) at \(words)"
  }

  private var heatless: ChannelData? {
    spec.mark == .heatmap || spec.color == spec.x || spec.color == spec.y ? nil : color
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    let plural = noun == "series" ? noun : noun + "s"
    return "\(NumberPrinting.grouped("\(count)")) \(count == 1 ? noun : plural)"
  }
}
