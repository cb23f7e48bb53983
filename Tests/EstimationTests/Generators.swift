import Glibc

func logarithm(_ x: Double) -> Double { log(x) }

/// Random numbers that are the same on every machine (SplitMix64: Steele, Lea, Flood 2014).
struct Draws: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Box and Muller 1958.
  mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform())
  }

  /// By counting exponential waits; for small means.
  mutating func poisson(_ mean: Double) -> Double {
    var product = uniform()
    var count = 0.0
    let limit = exp(-mean)
    while product > limit {
      product *= uniform()
      count += 1
    }
    return count
  }

  /// Marsaglia and Tsang 2000, for shapes of at least 1.
  mutating func gamma(shape: Double, scale: Double) -> Double {
    let d = shape - 1 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
      guard v > 0 else { continue }
      if log(1 - uniform()) < 0.5 * x * x + d - d * v + d * log(v) { return d * v * scale }
    }
  }
}
