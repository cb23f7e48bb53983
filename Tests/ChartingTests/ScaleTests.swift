import Charting
import MarkupReading
import Testing
import Values

/// Reads what a reader sees: the words of a picture.
func words(of spec: ChartSpec, _ data: ResultTable) throws -> [String] {
  let picture = Chart(spec, data: data).svg(id: "t").text
  return try MarkupReader.read(picture).filter { $0.name == "text" }.map(\.text)
}

func table(_ columns: [(String, ValueType, [Value])]) -> ResultTable {
  ResultTable(
    schema: Schema(columns.map { Column($0.0, $0.1) }), columns: columns.map(\.2),
    totalRows: columns.first?.2.count)
}

func labelled(_ base: DataType, currency: String? = nil, percent: Bool = false) -> ValueType {
  var labels = LabelSet()
  labels.currency = currency
  labels.isPercent = percent
  return ValueType(base, nullable: true, labels: labels)
}

@Suite("Ticks of axes")
struct ScaleTests {
  private func yLabels(_ numbers: [Double], _ type: ValueType = ValueType(.float)) throws
    -> [String]
  {
    let x = numbers.indices.map { Value.int(Int64($0)) }
    let data = table([("n", ValueType(.int), x), ("y", type, numbers.map(Value.float))])
    let picture = Chart(ChartSpec(mark: .line, x: "n", y: "y"), data: data).svg(id: "t").text
    return try MarkupReader.read(picture)
      .filter { $0.name == "text" && $0.attributes["text-anchor"] == "end" }.map(\.text)
      .filter { $0 != "n" }
  }

  @Test("round numbers that cover the data")
  func nice() throws {
    #expect(try yLabels([3, 94]) == ["0", "20", "40", "60", "80", "100"])
    #expect(try yLabels([0.1, 0.93]) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(try yLabels([-7, 12]) == ["−10", "−5", "0", "5", "10", "15"])
    #expect(try yLabels([101, 106]) == ["101", "102", "103", "104", "105", "106"])
  }

  @Test("money, percentages, millions")
  func labels() throws {
    #expect(
      try yLabels([10, 39_000], labelled(.float, currency: "USD"))
        == ["$0", "$10,000", "$20,000", "$30,000", "$40,000"])
    #expect(
      try yLabels([0.02, 0.98], labelled(.float, percent: true))
        == ["0%", "20%", "40%", "60%", "80%", "100%"])
    #expect(
      try yLabels([0, 2_900_000])
        == ["0.0M", "0.5M", "1.0M", "1.5M", "2.0M", "2.5M", "3.0M"])
  }

  @Test("degenerate and extreme numbers still give an axis")
  func extreme() throws {
    let pairs: [[Double]] = [
      [5, 5], [0, 0], [1e300, -1e300], [1e-300, 2e-300], [1e15, 1e15 + 1],
    ]
    for numbers in pairs {
      #expect(try yLabels(numbers).count >= 2, "\(numbers)")
    }
  }

  @Test("months with the year where it begins")
  func months() throws {
    let days = (0..<18).map {
      Value.date(Int32(Calendar.days(year: 1997 + $0 / 12, month: $0 % 12 + 1, day: 1)))
    }
    let data = table([
      ("month", ValueType(.date), days),
      ("y", ValueType(.int), (0..<18).map { .int($0) }),
    ])
    let shown = try words(of: ChartSpec(mark: .line, x: "month", y: "y"), data)
    #expect(
      shown.suffix(9) == ["Jan", "1997", "Apr", "Jul", "Oct", "Jan", "1998", "Apr", "month"])
  }

  @Test("hours with the day where it begins")
  func hours() throws {
    let start = Int64(Calendar.days(year: 2025, month: 3, day: 1)) * 86_400_000_000
    let hours = (0..<30).map { Value.timestamp(start + Int64($0) * 3_600_000_000) }
    let data = table([
      ("at", ValueType(.timestamp), hours),
      ("y", ValueType(.int), (0..<30).map { .int($0) }),
    ])
    let shown = try words(of: ChartSpec(mark: .line, x: "at", y: "y"), data)
    #expect(shown.contains("1 Mar 2025"))
    #expect(shown.contains("2 Mar"))
    #expect(shown.contains("12:00"))
  }
}
