import Values

/// The column behind one channel, read as what a chart can place: numbers, times or categories.
struct ChannelData: Sendable {
  enum Kind: Hashable, Sendable { case number, time, category }

  let column: Column
  let values: [Value]
  let format: ColumnFormat
  /// With fewer digits, for the labels inside a picture.
  private let compactFormat: ColumnFormat
  let kind: Kind
  private let dates: DateLabels

  private let givenTitle: String?

  init?(_ name: String?, in table: ResultTable, title: String? = nil) {
    guard let name, let position = table.schema.position(of: name),
      table.columns.indices.contains(position)
    else { return nil }
    column = table.schema.columns[position]
    values = table.columns[position]
    format = ColumnFormat(for: column, values: values)
    compactFormat = ColumnFormat(column.type, values: values, significant: 3)
    kind = Self.kind(of: column.type.base)
    dates = DateLabels(values)
    givenTitle = title
  }

  private static func kind(of type: DataType) -> Kind {
    switch type {
    case .int, .float, .decimal, .duration, .months: .number
    case .date, .timestamp: .time
    case .bool, .text, .period, .list, .record, .json, .null: .category
    }
  }

  /// Where the value stands on a number line; seconds since 1970 for times, days for durations.
  static func number(_ value: Value) -> Double? {
    switch value {
    case .int(let number): Double(number)
    case .float(let number): number.isFinite ? max(-1e300, min(1e300, number)) : nil
    case .decimal(let unscaled, let scale):
      Double(NumberPrinting.decimal(unscaled: unscaled, scale: scale))
    case .duration(let length): Double(length) / 86_400_000_000
    case .months(let count): Double(count)
    case .date(let days): Double(days) * 86_400
    case .timestamp(let instant): Double(instant) / 1_000_000
    case .null, .bool, .text, .period, .list, .record: nil
    }
  }

  func number(at row: Int) -> Double? { Self.number(values[row]) }

  var numbers: [Double] { values.compactMap(Self.number) }

  /// The column's name as it is talked of, without its unit.
  var name: String { givenTitle ?? column.name }

  /// Whether nothing lies between 1 and 2.
  var isWhole: Bool { column.type.base == .int && !column.type.labels.isPercent }

  /// Whether its instants are whole days.
  var isDate: Bool { column.type.base == .date }

  /// The value as the chart writes it, in tooltips, labels and the description.
  func text(_ value: Value) -> String { text(value, as: format) }

  /// As short as a label may be: `$299,060`, `0.35`.
  func compactText(at row: Int) -> String { compactText(values[row]) }

  func compactText(_ value: Value) -> String { text(value, as: compactFormat) }

  private func text(_ value: Value, as format: ColumnFormat) -> String {
    if value.isNull { return "missing" }
    if let short = dates.text(value) { return short }
    let text = Exit.display(value, as: format, labels: column.type.labels)
    if text.isEmpty { return "(empty)" }
    let prefix = format.currency.map(Currency.prefix) ?? ""
    return kind == .number && text.hasPrefix("-")
      ? "−" + prefix + text.dropFirst() : prefix + text
  }

  func text(at row: Int) -> String { text(values[row]) }

  /// The column's name with its unit: `revenue (USD)`, `wait (days)`.
  var title: String {
    let name = givenTitle ?? column.name
    return switch column.type.base {
    case .duration: name + " (days)"
    case .months: name + " (months)"
    case .bool, .int, .float, .decimal, .text, .date, .timestamp, .period, .list, .record, .json,
      .null:
      format.currency.map { "\(name) (\($0))" } ?? name
    }
  }

  /// The different values, numbers and times in their order, others as the rows bring them.
  var categories: [Value] {
    var seen: Set<Value> = []
    let distinct = values.filter { seen.insert($0).inserted }
    guard kind != .category else { return distinct }
    let sorted = distinct.enumerated().sorted { a, b in
      switch (Self.number(a.element), Self.number(b.element)) {
      case (let first?, let second?): first < second
      case (nil, _?): false
      case (_?, nil): true
      case (nil, nil): a.offset < b.offset
      }
    }
    return sorted.map(\.element)
  }
}

/// Dates that are all first days of years or months are written by these: `1997`, `1997-02`.
private struct DateLabels: Sendable {
  private enum Unit: Sendable { case year, month, day }
  private let unit: Unit

  init(_ values: [Value]) {
    var found = Unit.year
    for value in values {
      guard let days = Self.days(value) else { continue }
      let (_, month, day) = Calendar.civil(days)
      if day != 1 || !Self.isMidnight(value) {
        unit = .day
        return
      }
      if month != 1 { found = .month }
    }
    unit = found
  }

  func text(_ value: Value) -> String? {
    guard let days = Self.days(value) else { return nil }
    let date = DatePrinting.date(days)
    switch unit {
    case .year: return String(date.dropLast(6))
    case .month: return String(date.dropLast(3))
    case .day: return nil
    }
  }

  private static func days(_ value: Value) -> Int? {
    switch value {
    case .date(let days): Int(days)
    case .timestamp(let instant): DatePrinting.split(instant).days
    case .null, .bool, .int, .float, .decimal, .text, .duration, .months, .period, .list, .record:
      nil
    }
  }

  private static func isMidnight(_ value: Value) -> Bool {
    if case .timestamp(let instant) = value { return DatePrinting.split(instant).rest == 0 }
    return true
  }
}
