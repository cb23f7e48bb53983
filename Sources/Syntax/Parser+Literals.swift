import Diagnostics

/// Numbers, percents, durations and dates as values.
extension Parser {
  /// NUMBER, or NUMBER and a unit word: `30 days`.
  mutating func numberOrDuration() throws(SyntaxFailure) -> Expr {
    let start = token.start
    guard let number = try number() else {
      return Expr(.missing, span(from: start))
    }
    guard current == .name, next != .openParen, let unit = DurationUnit(word: text(token)) else {
      return Expr(.number(number), span(from: start))
    }
    advance()
    let place = span(from: start)
    guard let duration = DurationLiteral(number, unit) else {
      report(.badDuration(isFraction: number.isFraction, place))
      return Expr(.missing, place)
    }
    return Expr(.duration(duration), place)
  }

  /// A number; `nil` where it is too large, which is then reported.
  mutating func number() throws(SyntaxFailure) -> NumberLiteral? {
    guard !token.isReported else {
      advance()
      return nil
    }
    let place = token.span
    let digits = text(token).filter { $0 != "_" }
    advance()
    if let number = NumberLiteral(digits) { return number }
    report(.numberTooLarge(place, isWhole: !digits.contains { $0 == "." || $0 == "e" }))
    return nil
  }

  /// `15%`: the number before the sign.
  mutating func percent() throws(SyntaxFailure) -> NumberLiteral {
    let place = token.span
    let digits = text(token).filter { $0 != "_" && $0 != "%" }
    advance()
    guard let number = NumberLiteral(digits) else {
      throw fail(.numberTooLarge(place, isWhole: true))
    }
    return number
  }

  /// `15min`
  mutating func shortDuration() throws(SyntaxFailure) -> DurationLiteral {
    let place = token.span
    let written = text(token)
    advance()
    let digits = written.prefix { $0.isNumber || $0 == "_" }
    let unit = DurationUnit(short: String(written.dropFirst(digits.count)))
    guard let unit, let number = NumberLiteral(digits.filter { $0 != "_" }),
      let duration = DurationLiteral(number, unit)
    else { throw fail(.badDuration(isFraction: false, place)) }
    return duration
  }

  mutating func date() throws(SyntaxFailure) -> DateLiteral {
    let token = self.token
    advance()
    let read = DateReader.read(source.bytes, at: token.start, limit: token.end)
    guard let literal = read.literal else { throw unexpected("a date") }
    return literal
  }
}

extension NumberLiteral {
  /// `nil` when no 64-bit number can hold it.
  fileprivate init?(_ digits: some StringProtocol) {
    if let int = Int64(digits) {
      self = .int(int)
    } else if digits.contains(where: { $0 == "." || $0 == "e" || $0 == "E" }),
      let float = Double(String(digits)), float.isFinite
    {
      self = .float(float)
    } else {
      return nil
    }
  }

  fileprivate var isFraction: Bool {
    switch self {
    case .int: false
    case .float: true
    }
  }
}

extension DurationLiteral {
  /// `nil` for part of a month, and for what 64 bits cannot hold.
  fileprivate init?(_ number: NumberLiteral, _ unit: DurationUnit) {
    switch (number, unit) {
    case (.int(let count), .exact(let microseconds)):
      let (product, overflow) = count.multipliedReportingOverflow(by: microseconds)
      guard !overflow else { return nil }
      self = .exact(product)
    case (.int(let count), .months(let months)):
      let (product, overflow) = count.multipliedReportingOverflow(by: months)
      guard !overflow else { return nil }
      self = .months(product)
    case (.float(let count), .exact(let microseconds)):
      let product = (count * Double(microseconds)).rounded()
      guard let whole = Int64(exactly: product) else { return nil }
      self = .exact(whole)
    case (.float, .months): return nil
    }
  }
}
