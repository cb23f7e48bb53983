import Values

/// Where each bar begins and ends: on the bars before it at the same place, positive ones upwards
/// from zero and negative ones downwards, or beside them.
struct BarStacks {
  struct Piece {
    var row: Int
    var category: Value
    var series: Int
    var from: Double
    var to: Double
  }

  private(set) var pieces: [Piece] = []
  /// The rows without a number.
  private(set) var missing: [Int] = []
  /// Every end of a bar or whisker: what the scale must cover.
  private(set) var ends: [Double] = []
  private let isStacked: Bool
  private let seriesCount: Int

  init(_ chart: Chart, category: ChannelData, length: ChannelData) {
    let isColoredByCategory = chart.spec.color == category.column.name
    isStacked = chart.spec.isStacked || isColoredByCategory
    seriesCount = chart.series.count
    var tops: [Value: Double] = [:]
    var bottoms: [Value: Double] = [:]
    for (index, rows) in chart.rowsBySeries.enumerated() {
      for row in rows {
        guard let number = length.number(at: row) else {
          missing.append(row)
          continue
        }
        let place = category.values[row]
        let from = isStacked ? (number < 0 ? bottoms : tops)[place] ?? 0 : 0
        if number < 0 { bottoms[place] = from + number } else { tops[place] = from + number }
        pieces.append(
          Piece(row: row, category: place, series: index, from: from, to: from + number))
      }
    }
    ends = pieces.map(\.to)
    ends += [chart.low, chart.high].compactMap { $0 }
      .flatMap { $0.values.compactMap(ChannelData.number) }
  }

  /// Whether each bar is one row: else no row's number is the bar's.
  var hasOnePieceEach: Bool { Set(pieces.map(\.category)).count == pieces.count }

  /// Which part of the band belongs to the piece.
  func lane(of piece: Piece, in width: Double) -> (offset: Double, width: Double) {
    guard !isStacked && seriesCount > 1 else { return (0, width) }
    let lane = width / Double(seriesCount)
    return (Double(piece.series) * lane, lane * 0.94)
  }

  /// The middle of each series in the bar of that place, if every series has exactly one piece
  /// there: then their names can stand beside it.
  func middles(at place: Value) -> [Double]? {
    var middles: [Double] = []
    for series in 0..<seriesCount {
      let found = pieces.filter { $0.category == place && $0.series == series }
      guard let piece = found.first, found.count == 1 else { return nil }
      middles.append(piece.from / 2 + piece.to / 2)
    }
    return middles
  }

  /// The categories by the sum of their bars, or as they come.
  func ordered(_ categories: [Value], by order: ChartOrder) -> [Value] {
    guard order != .data else { return categories }
    var sums: [Value: Double] = [:]
    for piece in pieces { sums[piece.category, default: 0] += piece.to - piece.from }
    let ranked = categories.enumerated().sorted { a, b in
      let first = sums[a.element] ?? 0
      let second = sums[b.element] ?? 0
      if first == second { return a.offset < b.offset }
      return order == .ascending ? first < second : first > second
    }
    return ranked.map(\.element)
  }
}
