import Testing
import Values

@Suite("Columns of a table")
struct ColumnFormatTests {
  private func shown(_ values: [Value], _ type: ValueType, name: String = "x") -> [String] {
    let format = ColumnFormat(for: Column(name, type), values: values)
    return values.map { Exit.display($0, as: format, labels: type.labels) }
  }

  private func floats(_ numbers: [Double]) -> [String] {
    shown(numbers.map(Value.float), ValueType(.float))
  }

  private func labelled(_ base: DataType, _ change: (inout LabelSet) -> Void) -> ValueType {
    var labels = LabelSet()
    change(&labels)
    return ValueType(base, labels: labels)
  }

  @Test("one rule for the whole column")
  func floatColumns() {
    #expect(floats([12.5, 13, 1234.25]) == ["12.50", "13.00", "1,234.25"])
    #expect(floats([1, 2, 3]) == ["1", "2", "3"])
    #expect(floats([2.840899448]) == ["2.8409"])
    #expect(floats([1.0 / 3, 2.0 / 3]) == ["0.33333", "0.66667"])
    #expect(floats([0, -0.001, 0.5]) == ["0.000", "-0.001", "0.500"])
  }

  @Test("what differs looks different, and nothing becomes a plain 0")
  func distinguishable() {
    #expect(floats([1.23456, 1.23457]) == ["1.23456", "1.23457"])
    #expect(floats([5.123456, 1e-12])[1] == "1.0e-12")
    #expect(floats([1.5e-9, 2.25e-9]) == ["1.500e-09", "2.250e-09"])
  }

  @Test("money, percentages, ids")
  func labels() {
    let money = labelled(.float) { $0.currency = "USD" }
    #expect(shown([.float(244_091.94), .float(3)], money) == ["244,091.94", "3.00"])
    let yen = labelled(.decimal(precision: 12, scale: 2)) { $0.currency = "JPY" }
    #expect(shown([.decimal(unscaled: 123_450, scale: 2)], yen) == ["1,234"])
    let share = labelled(.float) { $0.isPercent = true }
    #expect(shown([.float(0.674016), .float(1)], share) == ["67.4%", "100.0%"])
    #expect(shown([.float(0.2)], share) == ["20%"])
    #expect(shown([.int(10_482)], ValueType(.int), name: "customer_id") == ["10482"])
    #expect(shown([.int(10_482)], ValueType(.int)) == ["10,482"])
    #expect(Exit.display(.float(-1234.5), type: money) == "-$1,234.50")
  }

  @Test("nested values and nulls")
  func nested() {
    let list = Value.list([.text("a, \"b\""), .null, .int(1)])
    #expect(shown([list], ValueType(.list(ValueType(.text)))) == [#"["a, \"b\"", null, 1]"#])
    let record = Value.record([.init("x", .date(0)), .init("y", .bool(true))])
    #expect(shown([record], ValueType(.record([]))) == ["{x: 1970-01-01, y: true}"])
    #expect(shown([.null], ValueType(.int, nullable: true)) == ["–"])
  }

  @Test("clock times show what any of them needs")
  func clocks() {
    let values: [Value] = [.timestamp(0), .timestamp(12_000_000)]
    #expect(
      shown(values, ValueType(.timestamp)) == ["1970-01-01 00:00:00", "1970-01-01 00:00:12"])
  }
}
