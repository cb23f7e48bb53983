import Compiler
import Estimation
import Values

/// From raw scores to what a model promises: means, probabilities, calibrated ones.
struct ResponseScoring {
  let write: ScoringExprs

  /// The score column over `#raw`; nothing where no expression says it exactly enough.
  func score(_ link: Link, to layers: inout ScoringLayers) -> Bool {
    let raw = write.column("#raw")
    switch link {
    case .identity: layers.add([NamedExpr("#score", raw)])
    case .log: layers.add([NamedExpr("#score", write.exp(raw))])
    case .logit: layers.add([NamedExpr("#score", logistic(raw))])
    case .inverse: layers.add([NamedExpr("#score", write.over(write.number(1), raw))])
    case .sqrt: layers.add([NamedExpr("#score", write.times(raw, raw))])
    case .cloglog: addComplement(to: &layers)
    case .probit: return false
    }
    return true
  }

  /// 1 / (1 + exp(-x)) without overflow on either side.
  func logistic(_ x: TypedExpr) -> TypedExpr {
    let power = write.exp(x)
    let above = write.over(
      write.number(1), write.plus(write.number(1), write.exp(write.negative(x))))
    return write.choose(
      [(write.compare(x, .greaterOrEqual, write.number(0)), above)],
      otherwise: write.over(power, write.plus(write.number(1), power)))
  }

  /// 1 - exp(-exp(x)), also where exp(x) is small: (1 - u) y / -log(u) with y = exp(x) and
  /// u = exp(-y) (Higham 2002, "Accuracy and Stability", section 1.14.1).
  private func addComplement(to layers: inout ScoringLayers) {
    layers.add([NamedExpr("#power", write.exp(write.column("#raw")))])
    let power = write.column("#power")
    layers.add([NamedExpr("#rest", write.exp(write.negative(power)))])
    let rest = write.column("#rest")
    let share = write.minus(write.number(1), rest)
    layers.add([
      NamedExpr(
        "#score",
        write.choose(
          [
            (write.compare(write.column("#raw"), .greater, write.number(4)), write.number(1)),
            (write.compare(rest, .equal, write.number(1)), power),

          ], otherwise: write.over(write.times(share, power), write.negative(write.log(rest)))))
    ])
  }

  /// exp of each raw score over the sum of all, the largest taken away first.
  func softmax(_ count: Int, to layers: inout ScoringLayers) {
    let raw = ScoringColumns.raw(count)
    layers.add([NamedExpr("#top", write.greatest(raw.map { write.column($0) }))])
    let powers = (1...count).map { "#power\($0)" }
    layers.add(
      zip(powers, raw).map { power, raw in
        NamedExpr(power, write.exp(write.minus(write.column(raw), write.column("#top"))))
      })
    layers.add([NamedExpr("#total", write.sum(powers.map { write.column($0) }))])
    let total = write.column("#total")
    // Of two classes the second is the positive one, with one score.
    let named =
      count == 2 ? [("#score", powers[1])] : Array(zip(ScoringColumns.score(count), powers))
    layers.add(named.map { NamedExpr($0, write.over(write.column($1), total)) })
  }

  // MARK: Calibration

  func calibrate(_ calibration: Calibration, to layers: inout ScoringLayers) {
    guard case .eachClass(let each) = calibration else {
      return calibrate(calibration, "#score", to: &layers)
    }
    let names = ScoringColumns.score(each.count)
    for (one, name) in zip(each, names) { calibrate(one, name, to: &layers) }
    layers.add([NamedExpr("#total", write.sum(names.map { write.column($0) }))])
    let total = write.column("#total")
    let even = write.number(1 / Double(each.count))
    layers.add(
      names.map { name in
        let share = write.over(write.column(name), total)
        return NamedExpr(
          name,
          write.choose([(write.compare(total, .equal, write.number(0)), even)], otherwise: share))
      })
  }

  private func calibrate(
    _ calibration: Calibration, _ name: String, to layers: inout ScoringLayers
  ) {
    let score = write.column(name)
    switch calibration {
    case .sigmoid(let a, let b):
      let p = write.least([
        write.greatest([score, write.number(1e-12)]), write.number(1 - 1e-12),
      ])
      layers.add([NamedExpr("#odds", p)])
      let odds = write.column("#odds")
      let logit = write.log(write.over(odds, write.minus(write.number(1), odds)))
      let line = write.plus(write.times(write.number(a), logit), write.number(b))
      layers.add([NamedExpr("#logit", write.negative(line))])
      layers.add([NamedExpr(name, logistic(write.column("#logit")))])
    case .isotonic(let knots, let values):
      layers.add([NamedExpr(name, steps(knots, values, score))])
    case .eachClass: break
    }
  }

  /// Straight between knots, level beyond them; halved until one piece is left.
  private func steps(_ knots: [Double], _ values: [Double], _ x: TypedExpr) -> TypedExpr {
    guard let first = knots.first, let last = knots.last else { return x }
    return write.choose(
      [
        (write.isMissing(x), write.missing()),
        (write.compare(x, .lessOrEqual, write.number(first)), write.number(values[0])),
        (
          write.compare(x, .greaterOrEqual, write.number(last)),
          write.number(values[values.count - 1])
        ),
      ], otherwise: piece(knots, values, x, 0, knots.count - 1))
  }

  private func piece(
    _ knots: [Double], _ values: [Double], _ x: TypedExpr, _ low: Int, _ high: Int
  ) -> TypedExpr {
    if high - low > 1 {
      let middle = (low + high) / 2
      return write.choose(
        [
          (
            write.compare(x, .greaterOrEqual, write.number(knots[middle])),
            piece(knots, values, x, middle, high)
          )
        ], otherwise: piece(knots, values, x, low, middle))
    }
    let rise = values[high] - values[low]
    if rise == 0 { return write.number(values[low]) }
    let share = write.over(
      write.minus(x, write.number(knots[low])), write.number(knots[high] - knots[low]))
    return write.plus(write.number(values[low]), write.times(share, write.number(rise)))
  }
}
