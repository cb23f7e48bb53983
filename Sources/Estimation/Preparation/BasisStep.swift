extension Basis.Step {
  /// A number as it is, missing left missing.
  static let plain = Basis.Step.number(missing: .nan, origin: 0, scale: 1)

  /// Whether numbers stay as they are.
  var isPlain: Bool {
    if case .number(let missing, 0, 1) = self { return missing.isNaN }
    return false
  }

  /// What becomes of one value.
  func value(_ source: DesignSource, _ row: Int) -> Double {
    switch source {
    case .numbers(let values): ofNumber(values[row])
    case .flags(let flags): ofNumber(flags[row] < 0 ? .nan : Double(flags[row]))
    case .days(let days): ofNumber(days[row] == .min ? .nan : Double(days[row]))
    case .codes(let codes): ofCode(codes[row])
    case .entries(let places, let numbers): ofNumber(numbers[Int(places[row])])
    }
  }

  /// The same for rows in a loop of its own for each kind of column.
  func fill(
    _ source: DesignSource, _ rows: Range<Int>, _ to: UnsafeMutablePointer<Double>
  ) {
    switch source {
    case .numbers(let values):
      values.withUnsafeBufferPointer { values in
        guard let from = values.baseAddress?.advanced(by: rows.lowerBound) else { return }
        fill(from, rows.count, to)
      }
    case .flags(let flags):
      for (place, row) in rows.enumerated() {
        to[place] = ofNumber(flags[row] < 0 ? .nan : Double(flags[row]))
      }
    case .days(let days):
      for (place, row) in rows.enumerated() {
        to[place] = ofNumber(days[row] == .min ? .nan : Double(days[row]))
      }
    case .codes(let codes):
      codes.withUnsafeBufferPointer { codes in
        guard let from = codes.baseAddress?.advanced(by: rows.lowerBound) else { return }
        fill(codes: from, rows.count, to)
      }
    case .entries(let places, let numbers):
      let steps = numbers.map(ofNumber)
      for (place, row) in rows.enumerated() { to[place] = steps[Int(places[row])] }
    }
  }

  private func fill(
    _ from: UnsafePointer<Double>, _ count: Int, _ to: UnsafeMutablePointer<Double>
  ) {
    guard case .number(let missing, let origin, let scale) = self else {
      for place in 0..<count { to[place] = ofNumber(from[place]) }
      return
    }
    if origin == 0, scale == 1 {
      for place in 0..<count { to[place] = from[place].isNaN ? missing : from[place] }
    } else {
      for place in 0..<count {
        to[place] = from[place].isNaN ? missing : (from[place] - origin) / scale
      }
    }
  }

  private func fill(
    codes from: UnsafePointer<Int32>, _ count: Int, _ to: UnsafeMutablePointer<Double>
  ) {
    guard case .level(let level, let share) = self else {
      for place in 0..<count { to[place] = ofCode(from[place]) }
      return
    }
    let wanted = Int32(level)
    for place in 0..<count {
      let code = from[place]
      to[place] = code == wanted ? 1 : code < 0 ? share : 0
    }
  }

  @inline(__always)
  private func ofNumber(_ value: Double) -> Double {
    switch self {
    case .number(let missing, let origin, let scale):
      value.isNaN ? missing : (value - origin) / scale
    case .isMissing: value.isNaN ? 1 : 0
    case .level, .code: .nan
    }
  }

  @inline(__always)
  private func ofCode(_ code: Int32) -> Double {
    switch self {
    case .level(let level, let share): code < 0 ? share : code == Int32(level) ? 1 : 0
    case .code: code < 0 ? .nan : Double(code)
    case .isMissing: code < 0 ? 1 : 0
    case .number: .nan
    }
  }
}
