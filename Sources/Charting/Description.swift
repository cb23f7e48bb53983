import Values

/// The chart in words, for tooltips and for readers who cannot see it. Names and values from the
/// data keep their writing direction to themselves.
extension Chart {
  /// The channel of the numbers that the marks show.
  var measure: ChannelData? {
    switch spec.mark {
    case .line, .area, .histogram: y
    case .point: y?.kind == .category ? x : y
    case .heatmap: color
    case .bar, .funnel: isTurned ? x : y
    case .box: spec.axisTitles[.x] == nil ? y : x
    }
  }

  /// The channels that say of what the numbers are.
  private var places: [ChannelData] {
    switch spec.mark {
    case .line, .area: [x].compactMap { $0 }
    case .point: [y?.kind == .category ? y : x].compactMap { $0 }
    case .histogram: []
    case .heatmap: [x, y].compactMap { $0 }
    case .bar, .funnel, .box:
      [x, y].compactMap { $0 }.filter { $0.column.name != measure?.column.name }
    }
  }

  private var isTurned: Bool { x?.kind == .number && y?.kind != .number }

  /// `revenue by month`, `retained by age and cohort`.
  var subject: String {
    if spec.mark == .histogram { return quoted(x?.name ?? spec.x) }
    let subject = quoted(measure?.name ?? spec.y)
    let places = self.places.map { quoted($0.name) }.joined(separator: " and ")
    return places.isEmpty ? subject : "\(subject) by \(places)"
  }

  private func quoted(_ name: String) -> String { Exit.isolated(name) }

  /// `month: 1997-03, revenue: $9,416.50`, a line each.
  func tooltip(of row: Int) -> String {
    var parts: [String] = []
    for channel in [color, x, y].compactMap({ $0 }) + figures {
      let part = "\(quoted(channel.column.name)): \(quoted(channel.text(at: row)))"
      if !parts.contains(part) { parts.append(part) }
    }
    return parts.joined(separator: "\n")
  }

  private var figures: [ChannelData] {
    let all: [ChartChannel] = [
      .size, .until, .min, .low, .q1, .q3, .high, .max, .count, .outliers,
    ]
    return all.compactMap { self[$0] }
  }

  /// `Line chart of revenue by month: 18 points from 1997-01 to 1998-06; highest $51,000 at 1997-02,
  /// lowest $8,000 at 1998-05.`
  package var summary: String { "\(kindName) of \(subject): \(extent)\(extremes)." }

  private var kindName: String {
    switch spec.mark {
    case .line: "Line chart"
    case .bar: "Bar chart"
    case .area: "Area chart"
    case .point: "Scatter plot"
    case .histogram: "Histogram"
    case .box: "Box plot"
    case .funnel: "Funnel"
    case .heatmap: "Heatmap"
    }
  }

  private var extent: String {
    let rows = data.rowCount
    guard rows > 0 else { return "no rows" }
    switch spec.mark {
    case .line, .area: return counted(rows, "point") + (x.map(span) ?? "") + lines
    case .point: return counted(rows, "point") + lines
    case .bar: return counted(rows, "bar") + lines
    case .box: return counted(rows, "box")
    case .funnel: return counted(rows, "step") + passage
    case .histogram: return binned
    case .heatmap:
      let missing = color?.values.count(where: \.isNull) ?? 0
      return counted(rows, "cell") + " in " + counted(y?.categories.count ?? 0, "row") + " and "
        + counted(x?.categories.count ?? 0, "column") + (missing > 0 ? ", \(missing) missing" : "")
    }
  }

  /// `1,204 values in 12 bins from −20 to 40`
  private var binned: String {
    guard let x, let until = self[.until], let y else { return "no rows" }
    let rows = (0..<data.rowCount).filter { x.number(at: $0) != nil }
    let values = rows.reduce(0) { $0 + (y.number(at: $1) ?? 0) }
    let places = Set(rows.map { x.values[$0] }).count
    guard let first = rows.min(by: { (x.number(at: $0) ?? 0) < (x.number(at: $1) ?? 0) }),
      let last = rows.max(by: { (until.number(at: $0) ?? 0) < (until.number(at: $1) ?? 0) })
    else { return counted(0, "value") }
    return counted(Int(values), "value") + " in " + counted(places, "bin")
      + " from \(quoted(x.compactText(at: first))) to \(quoted(until.compactText(at: last)))"
      + lines
  }

  /// `, 120 of 1,000 reach the last (12.0%)`
  private var passage: String {
    guard let measure, let first = measure.values.first, let last = measure.values.last,
      let share = FunnelShare.text(
        ChannelData.number(last), of: ChannelData.number(first)), data.rowCount > 1
    else { return "" }
    return ", \(measure.text(last)) of \(measure.text(first)) reach the last (\(share))"
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
    if spec.mark == .funnel { return "" }
    guard let measure else { return "" }
    if spec.mark == .histogram, let x, x.values.allSatisfy(\.isNull) {
      return data.rowCount > 0 ? "; every value is missing" : ""
    }
    let numbers = measure.values.indices.compactMap { row in
      measure.number(at: row).map { (row: row, number: $0) }
    }
    guard let high = numbers.max(by: { $0.number < $1.number }),
      let low = numbers.min(by: { $0.number < $1.number })
    else { return data.rowCount > 0 ? "; every value is missing" : "" }
    if spec.mark == .histogram { return "; most often \(mode(high.row))" }
    let word = spec.mark == .box ? " median" : ""
    if high.number == low.number { return "; all \(measure.text(at: low.row))" }
    return "; highest\(word) \(located(high.row, measure)), lowest \(located(low.row, measure))"
  }

  /// `20 to 40 (14 times)`
  private func mode(_ row: Int) -> String {
    guard let x, let y, let until = self[.until] else { return "" }
    return "\(quoted(x.compactText(at: row))) to \(quoted(until.compactText(at: row)))"
      + " (\(y.text(at: row)) times)"
  }

  private func located(_ row: Int, _ measure: ChannelData) -> String {
    let words = (places + [heatless].compactMap { $0 }).map { quoted($0.text(at: row)) }
    let text = measure.text(at: row)
    return words.isEmpty ? text : "\(text) at \(words.joined(separator: ", "))"
  }

  private var heatless: ChannelData? {
    spec.mark == .heatmap || spec.color == spec.x || spec.color == spec.y ? nil : color
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    let plural = noun == "series" ? noun : noun == "box" ? "boxes" : noun + "s"
    return "\(NumberPrinting.grouped("\(count)")) \(count == 1 ? noun : plural)"
  }
}
