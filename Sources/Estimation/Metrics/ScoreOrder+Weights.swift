import CLinearAlgebra

// Rows of which some count for more than others: what they weigh in the metrics, and how many rows
// of one weight they are worth.
extension ScoreOrder {
  func sums(_ rows: Range<Int>) -> (hits: Double, misses: Double) {
    var (yes, no) = (0.0, 0.0)
    for row in rows {
      let weight = weights?[row] ?? 1
      if hits[row] == 1 { yes += weight } else { no += weight }
    }
    return (yes, no)
  }

  /// How many rows of one weight each class is worth (Kish 1965).
  var effectiveRows: (positives: Double, negatives: Double) {
    (effective { $0 == 1 }, effective { $0 == 0 })
  }

  private func effective(_ isWanted: (UInt8) -> Bool) -> Double {
    var (sum, squares) = (0.0, 0.0)
    for row in hits.indices where isWanted(hits[row]) {
      let weight = weights?[row] ?? 1
      sum += weight
      squares += weight * weight
    }
    return squares > 0 ? sum * sum / squares : 0
  }

  /// How many rows of one weight stand behind a unit of weight.
  var rowsPerWeight: Double {
    guard let weights else { return 1 }
    return weights.reduce(0, +) / weights.reduce(0) { $0 + $1 * $1 }
  }

  /// Where each row stands among those of the other class: the share of their weight that it wins
  /// against.
  private var placements: [Double] {
    let all = sums(0..<count)
    var places = [Double](repeating: 0, count: count)
    var above = (yes: 0.0, no: 0.0)
    forEachTie { rows in
      let tied = sums(rows)
      for row in rows {
        places[row] =
          hits[row] == 1
          ? 1 - (above.no + tied.misses / 2) / all.misses
          : (above.yes + tied.hits / 2) / all.hits
      }
      above = (above.yes + tied.hits, above.no + tied.misses)
    }
    return places
  }

  /// What each row adds to the error of the area; the squares add up to its variance, for rows of
  /// one weight to DeLong's.
  func areaInfluences() -> (area: Double, influences: [Double])? {
    let counts = hits.reduce(into: (yes: 0, no: 0)) { counts, hit in
      if hit == 1 { counts.yes += 1 } else { counts.no += 1 }
    }
    guard counts.yes > 0, counts.no > 0 else { return nil }
    let all = sums(0..<count)
    let places = placements
    let area =
      hits.indices.reduce(0.0) { $0 + (hits[$1] == 1 ? weight($1) * places[$1] : 0) } / all.hits
    let (m, n) = (Double(counts.yes), Double(counts.no))
    let influences = hits.indices.map { row -> Double in
      let isHit = hits[row] == 1
      let rows = isHit ? m : n
      let scale = (rows / max(1, rows - 1)).squareRoot()
      return scale * weight(row) * (places[row] - area) / (isHit ? all.hits : all.misses)
    }
    return (area, influences)
  }

  /// The same with the influences in the order of the rows that were given.
  static func influences(
    _ outcomes: [Bool], _ scores: [Double], weights: [Double]?
  ) -> (area: Double, influences: [Double], effectiveRows: (Double, Double))? {
    let order = ScoreOrder(
      outcomes, scores, weights: weights ?? [Double](repeating: 1, count: scores.count))
    guard let found = order.areaInfluences() else { return nil }
    // Rows of one class, score and weight have one influence: as they are sorted, so they come.
    let places = scores.indices.sorted { a, b in
      if scores[a] != scores[b] { return scores[a] > scores[b] }
      if outcomes[a] != outcomes[b] { return outcomes[a] }
      return (weights?[a] ?? 1) > (weights?[b] ?? 1)
    }
    var influences = [Double](repeating: 0, count: scores.count)
    for (place, row) in places.enumerated() { influences[row] = found.influences[place] }
    return (found.area, influences, order.effectiveRows)
  }

  /// What part of the weight a cut takes.
  func share(of cut: ScoreCut) -> Double {
    let (taken, tied, all) = (sums(0..<cut.rows), sums(cut.rows..<cut.tiedEnd), sums(0..<count))
    return (taken.hits + taken.misses + cut.tiedPart * (tied.hits + tied.misses))
      / (all.hits + all.misses)
  }

  /// Rows by decision and outcome, whatever they weigh.
  func confusion(_ cut: ScoreCut) -> Confusion {
    var confusion = Confusion()
    for row in 0..<count {
      let part = row < cut.rows ? 1 : row < cut.tiedEnd ? cut.tiedPart : 0
      if hits[row] == 1 {
        confusion.truePositives += part
        confusion.falseNegatives += 1 - part
      } else {
        confusion.falsePositives += part
        confusion.trueNegatives += 1 - part
      }
    }
    return confusion
  }

  func weight(_ row: Int) -> Double { weights?[row] ?? 1 }

  /// The area with its interval, where rows have weights.
  func weightedArea(level: Double) -> Interval? {
    guard let found = areaInfluences() else { return nil }
    let (m, n) = effectiveRows
    return Intervals.area(
      found.area, variance: found.influences.reduce(0) { $0 + $1 * $1 }, positives: m,
      negatives: n, level: level)
  }

  /// As `whom_drawn_metrics`, each row by its weight.
  func drawnMetrics(
    _ counts: UnsafePointer<UInt8>, share: Double, cut: ScoreCut
  ) -> whom_scored_metrics {
    var metrics = whom_scored_metrics()
    for row in 0..<count {
      let weight = Double(counts[row]) * weight(row)
      metrics.total += weight
      let hit = hits[row] == 1 ? weight : 0
      metrics.positives += hit
      let part = row < cut.rows ? 1 : row < cut.tiedEnd ? cut.tiedPart : 0
      metrics.taken += part * weight
      metrics.taken_positives += part * hit
    }
    let wanted = share * metrics.total
    var (rows, found) = (0.0, 0.0)
    var gain: Double?
    forEachTie { tied in
      var (size, yes) = (0.0, 0.0)
      for row in tied {
        let weight = Double(counts[row]) * weight(row)
        size += weight
        if hits[row] == 1 { yes += weight }
      }
      if gain == nil, size > 0, rows + size >= wanted {
        gain = found + yes * (wanted - rows) / size
      }
      rows += size
      found += yes
      if yes > 0 { metrics.average_precision += yes * found / rows }
    }
    metrics.average_precision /= metrics.positives
    metrics.gain = (gain ?? found) / metrics.positives
    return metrics
  }
}
