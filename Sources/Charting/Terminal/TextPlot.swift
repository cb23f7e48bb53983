import Values

/// A plot of eight dots a character, with numbers on the left and ends below.
///
///     100 ┤     ⢀⡠⠒⠉
///         │ ⢀⡠⠒⠉⠁
///       0 ┤⠊⠁
///         1997-01     1997-06
struct TextPlot {
  private static let height = 12
  private static let letters = ["a", "b", "c", "d", "e", "f", "g", "h"]

  private let chart: Chart
  private let x: ChannelData
  private let y: ChannelData
  private let isJoined: Bool

  /// `nil` for words up the side, and where nothing can be placed.
  init?(_ chart: Chart, isJoined: Bool) {
    guard let x = chart.x, let y = chart.y, y.kind == .number, !y.numbers.isEmpty else {
      return nil
    }
    self.chart = chart
    self.x = x
    self.y = y
    self.isJoined = isJoined
  }

  func lines(_ width: Int) -> [String] {
    let canvasHeight = Self.height * 4
    let vertical = AxisScale(
      y, from: Double(canvasHeight) - 1, to: 0,
      .init(
        includesZero: chart.spec.mark == .area || LinearScale.nearZero(y.numbers),
        isLog: chart.spec.logAxes.contains(.y)))
    let labels = sideLabels(vertical)
    let labelWidth = labels.compactMap { $0.map(DisplayWidth.of) }.max() ?? 0
    let columns = max(8, width - labelWidth - 3)
    let horizontal = AxisScale(
      x, from: 0, to: Double(columns * 2) - 1, .init(isLog: chart.spec.logAxes.contains(.x)))
    let cells = cells(horizontal, vertical, columns)
    return [y.title]
      + zip(labels, cells).map { label, row in
        DisplayWidth.pad(label ?? "", to: labelWidth, right: true) + (label == nil ? " │" : " ┤")
          + row
      }
      + [String(repeating: " ", count: labelWidth + 2) + ends(horizontal, columns)] + legend
      + chart.logNotes { $0 }
  }

  /// The label of each line of characters, if a tick falls on it.
  private func sideLabels(_ scale: AxisScale) -> [String?] {
    var labels: [String?] = Array(repeating: nil, count: Self.height)
    let places: [Double] =
      switch scale {
      case .linear(let own): own.places.map(\.at)
      case .log(let own): own.places.map(\.at)
      case .time, .band: []
      }
    for (place, label) in zip(places, scale.labels(of: y)) {
      labels[max(0, min(Self.height - 1, Int(place / 4)))] = label
    }
    return labels
  }

  private func cells(_ across: AxisScale, _ up: AxisScale, _ columns: Int) -> [String] {
    let series = chart.rowsBySeries
    let isLettered = !isJoined && series.count > 1 && series.count <= Self.letters.count
    var canvas = Canvas(columns: columns, lines: Self.height)
    for (index, rows) in series.enumerated() {
      let points = rows.compactMap { row -> (x: Int, y: Int?, row: Int)? in
        guard let right = across.position(of: x.values[row]) else { return nil }
        let above = y.number(at: row).flatMap(up.position)
        return (Int(right.rounded()), above.map { Int($0.rounded()) }, row)
      }.sorted { ($0.x, $0.row) < ($1.x, $1.row) }
      // A line does not go on over what has no place.
      var last: (x: Int, y: Int)?
      for point in points {
        defer { last = point.y.map { (point.x, $0) } }
        guard let height = point.y else { continue }
        if isLettered {
          canvas.write(Self.letters[index], x: point.x, y: height)
        } else if isJoined, let last {
          canvas.join(last.x, last.y, point.x, height)
        } else {
          canvas.set(x: point.x, y: height)
        }
      }
    }
    return canvas.rows
  }

  private var legend: [String] {
    let names = chart.series.map(chart.seriesName)
    guard !isJoined, names.count > 1 else { return [] }
    guard names.count <= Self.letters.count else { return ["\(names.count) series"] }
    return [zip(Self.letters, names).map { "\($0) \($1)" }.joined(separator: "  ")]
  }

  private func ends(_ scale: AxisScale, _ columns: Int) -> String {
    let labels: [String] =
      switch scale {
      case .linear(let own):
        NumberLabels.of([own.low, own.high], labels: x.column.type.labels)
      case .log: scale.labels(of: x)
      case .time, .band: x.categories.filter { !$0.isNull }.map(x.compactText)
      }
    guard let left = labels.first, let last = labels.last else { return "" }
    let right = labels.count == 1 ? "" : last
    let gap = columns - DisplayWidth.of(left) - DisplayWidth.of(right)
    return left + String(repeating: " ", count: max(1, gap)) + right
  }
}

/// Dots, eight to a character (Unicode's braille patterns), and letters over them.
private struct Canvas {
  private static let bits: [[UInt32]] = [[1, 2, 4, 64], [8, 16, 32, 128]]

  let columns: Int
  let lines: Int
  private var dots: [UInt32]
  private var letters: [Int: String] = [:]

  init(columns: Int, lines: Int) {
    self.columns = columns
    self.lines = lines
    dots = Array(repeating: 0, count: columns * lines)
  }

  private func cell(_ x: Int, _ y: Int) -> Int? {
    guard x >= 0, y >= 0, x < columns * 2, y < lines * 4 else { return nil }
    return y / 4 * columns + x / 2
  }

  mutating func set(x: Int, y: Int) {
    if let cell = cell(x, y) { dots[cell] |= Self.bits[x % 2][y % 4] }
  }

  /// Where two letters meet stands a star.
  mutating func write(_ letter: String, x: Int, y: Int) {
    guard let cell = cell(x, y) else { return }
    letters[cell] = letters[cell].map { $0 == letter ? letter : "*" } ?? letter
  }

  mutating func join(_ fromX: Int, _ fromY: Int, _ toX: Int, _ toY: Int) {
    let steps = max((toX - fromX).magnitude, (toY - fromY).magnitude, 1)
    for step in 0...Int(steps) {
      set(
        x: fromX + (toX - fromX) * step / Int(steps), y: fromY + (toY - fromY) * step / Int(steps))
    }
  }

  var rows: [String] {
    (0..<lines).map { line in
      var text = ""
      for column in 0..<columns {
        let cell = line * columns + column
        if let letter = letters[cell] {
          text += letter
        } else if dots[cell] == 0 {
          text += " "
        } else if let scalar = Unicode.Scalar(0x2800 + dots[cell]) {
          text.unicodeScalars.append(scalar)
        }
      }
      while text.last == " " { text.removeLast() }
      return text
    }
  }
}
