package import Values

extension ScorecardModel {
  package func outputs(_ design: Design) throws(EstimationError) -> [[Double]] {
    [try points(design)]
  }

  package var rawOutputs: [LineOfRaw] { [LineOfRaw(start: scale.offset, factor: scale.factor)] }

  package func table(of part: String) -> [[Value]] {
    guard part == "points" else { return [] }
    return card.map { line in
      [
        .text(line.feature), .text(line.bin.words), .float(line.share),
        .float(line.positiveRate), .float(line.weightOfEvidence), .float(line.points),
      ]
    }
  }
}

extension BinnedFeature.Range {
  /// `12 to 24`, `from 24`, `A11, A12`, `missing`
  package var words: String {
    func number(_ x: Double) -> String { NumberPrinting.general(x, digits: 6) }
    switch self {
    case .between(let low, let high):
      switch (low.isFinite, high.isFinite) {
      case (true, true): return "\(number(low)) to \(number(high))"
      case (true, false): return "from \(number(low))"
      case (false, true): return "under \(number(high))"
      case (false, false): return "any"
      }
    case .levels(let names): return names.joined(separator: ", ")
    case .missing: return "missing"
    }
  }
}
