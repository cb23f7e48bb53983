/// How many digits behind the point a column of numbers gets: five significant digits of its
/// largest number, more where small numbers would vanish or different ones look alike, fewer where
/// none needs them.
enum DecimalPlaces {
  /// `nil` where only powers of ten make the numbers readable.
  static func forFloats(_ numbers: [DecimalExpansion]) -> Int? {
    let sizes = numbers.filter { !$0.digits.isEmpty }.map(\.point)
    guard let largest = sizes.max(), let smallest = sizes.min() else { return 0 }
    if largest > 15 || largest < -3 { return nil }
    let needed = numbers.map(\.neededPlaces).max() ?? 0
    if needed <= 2 { return needed }
    var places = max(0, 5 - largest)
    if largest - smallest <= 4 { places = max(places, 2 - smallest) }
    places = min(places, needed)
    return trimmed(grown(places, to: min(needed, 7 - largest), numbers), numbers)
  }

  /// As many places as give the largest number this many significant digits.
  static func rounded(_ numbers: [DecimalExpansion], significant: Int) -> Int? {
    guard let largest = numbers.filter({ !$0.digits.isEmpty }).map(\.point).max() else { return 0 }
    if largest > 15 || largest < -3 { return nil }
    let needed = numbers.map(\.neededPlaces).max() ?? 0
    return trimmed(min(needed, max(0, significant - max(largest, 1))), numbers)
  }

  /// Of the ratios; one place behind the point of the percentage is the rule: `67.4%`.
  static func forPercents(_ ratios: [DecimalExpansion]) -> Int {
    let percentages = ratios.map { ratio in
      var percentage = ratio
      percentage.point += ratio.digits.isEmpty ? 0 : 2
      return percentage
    }
    let needed = percentages.map(\.neededPlaces).max() ?? 0
    if needed <= 1 { return needed }
    let smallest = percentages.filter { !$0.digits.isEmpty }.map(\.point).min() ?? 1
    let places = smallest < 0 ? min(needed, 3, 1 - smallest) : 1
    return trimmed(places, percentages)
  }

  static func forDecimals(_ numbers: [DecimalExpansion], scale: Int) -> Int {
    let needed = min(scale, numbers.map(\.neededPlaces).max() ?? 0)
    return needed <= 4 ? max(needed, min(scale, 2)) : max(4, forFloats(numbers) ?? 4)
  }

  /// One more place while two different numbers look the same, as far as `limit`. Only for
  /// columns that a reader takes in at once: among thousands some always look alike.
  private static func grown(_ start: Int, to limit: Int, _ numbers: [DecimalExpansion]) -> Int {
    guard numbers.count <= 50 else { return start }
    let distinct = Set(numbers.map { text($0, places: $0.neededPlaces) }).count
    var places = start
    while places < limit && Set(numbers.map { text($0, places: places) }).count < distinct {
      places += 1
    }
    return places
  }

  /// Fewer places while every number ends in a zero.
  private static func trimmed(_ start: Int, _ numbers: [DecimalExpansion]) -> Int {
    var places = start
    while places > 0 && numbers.allSatisfy({ text($0, places: places).hasSuffix("0") }) {
      places -= 1
    }
    return places
  }

  private static func text(_ number: DecimalExpansion, places: Int) -> String {
    var rounded = number
    rounded.round(toPlaces: places)
    return NumberPrinting.fixed(rounded, places: places)
  }
}

/// What ISO 4217 says of a currency, and the sign people write before an amount.
package enum Currency {
  private static let withoutDecimals: Set<String> = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV",
    "XAF", "XOF", "XPF",
  ]
  private static let withThreeDecimals: Set<String> = [
    "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND",
  ]

  package static func decimalPlaces(of code: String) -> Int {
    withoutDecimals.contains(code) ? 0 : withThreeDecimals.contains(code) ? 3 : 2
  }

  /// `$` for USD; the code and a space for currencies whose sign is not known everywhere.
  package static func prefix(of code: String) -> String {
    switch code {
    case "USD": "$"
    case "EUR": "€"
    case "GBP": "£"
    case "JPY": "¥"
    default: code + " "
    }
  }
}
