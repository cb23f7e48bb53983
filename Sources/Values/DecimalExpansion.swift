/// The exact decimal value of a double, digit by digit: every double has a finite one.
/// Rounding these digits is correct at any place, which rounding `x * 10^n` is not
/// (`2.675` is 2.67499999999999982236431605997495353221893310546875, so two digits give 2.67).
package struct DecimalExpansion: Equatable, Sendable {
  package var isNegative: Bool
  /// Decimal digits, most significant first, without leading zeros; empty for zero.
  package var digits: [UInt8]
  /// How many of the digits stand before the point; negative when zeros follow the point.
  package var point: Int

  /// `nil` for NaN and infinities.
  package init?(_ x: Double) {
    guard x.isFinite else { return nil }
    isNegative = x.sign == .minus
    guard x != 0 else {
      digits = []
      point = 0
      return
    }
    let field = Int(x.exponentBitPattern)
    let fraction = x.significandBitPattern
    let significand = field == 0 ? fraction : fraction | (1 << 52)
    let power = max(field, 1) - 1075
    var number = DecimalLimbs(significand)
    if power >= 0 {
      number.multiply(by: 2, times: power)
    } else {
      number.multiply(by: 5, times: -power)
    }
    digits = number.digits
    point = digits.count + min(power, 0)
  }

  package init(isNegative: Bool, digits: [UInt8], point: Int) {
    self.isNegative = isNegative
    self.digits = digits
    self.point = point
  }

  package init(unscaled: Int128, scale: Int) {
    isNegative = unscaled < 0
    digits = unscaled == 0 ? [] : Array("\(unscaled.magnitude)".utf8).map { $0 - 48 }
    point = digits.isEmpty ? 0 : digits.count - scale
  }

  /// Keeps `count` digits, rounding half to even. A carry past the first digit moves the point.
  package mutating func round(toDigits count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      return
    }
    let up = roundsUp(at: count)
    digits.removeSubrange(count...)
    if up { increment() }
  }

  /// Keeps `places` digits behind the point.
  package mutating func round(toPlaces places: Int) {
    round(toDigits: point + places)
  }

  private func roundsUp(at index: Int) -> Bool {
    if digits[index] != 5 { return digits[index] > 5 }
    if digits[(index + 1)...].contains(where: { $0 != 0 }) { return true }
    return index > 0 && digits[index - 1] % 2 == 1
  }

  private mutating func increment() {
    var index = digits.count - 1
    while index >= 0 && digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    if index >= 0 {
      digits[index] += 1
    } else {
      digits.insert(1, at: 0)
      point += 1
    }
  }
}

/// A natural number in limbs of nine decimal digits, least significant first.
private struct DecimalLimbs {
  private var limbs: [UInt64]
  private static let base: UInt64 = 1_000_000_000

  init(_ value: UInt64) {
    limbs = [value % Self.base, value / Self.base]
  }

  /// Multiplies by `factor` to the power of `times`, in steps that fit a limb.
  mutating func multiply(by factor: UInt64, times: Int) {
    var left = times
    while left > 0 {
      var step: UInt64 = 1
      while left > 0 && step * factor < Self.base {
        step *= factor
        left -= 1
      }
      multiply(by: step)
    }
  }

  private mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let product = limbs[index] * factor + carry
      limbs[index] = product % Self.base
      carry = product / Self.base
    }
    if carry > 0 { limbs.append(carry) }
  }

  var digits: [UInt8] {
    var result: [UInt8] = []
    for limb in limbs.reversed() {
      var divisor = Self.base / 10
      while divisor > 0 {
        let digit = UInt8(limb / divisor % 10)
        if !(result.isEmpty && digit == 0) { result.append(digit) }
        divisor /= 10
      }
    }
    return result
  }
}
