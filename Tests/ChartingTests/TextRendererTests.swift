import Charting
import Testing
import Values

@Suite("Charts on a terminal")
struct TextRendererTests {
  private func drawn(_ spec: ChartSpec, _ data: ResultTable, width: Int = 30) -> String {
    TextRenderer.render(Chart(spec, data: data), width: width)
  }

  @Test("bars as long as their numbers")
  func bars() {
    let data = table([
      ("name", ValueType(.text), [.text("a"), .text("b")]),
      ("n", ValueType(.int), [.int(20), .int(10)]),
    ])
    let text = drawn(ChartSpec(mark: .bar, x: "name", y: "n", title: "Sold"), data, width: 27)
    #expect(text == "Sold\na  \(String(repeating: "█", count: 20)) 20\nb  ██████████ 10\n")
  }

  @Test("a line as dots between its axes")
  func line() {
    let data = table([
      ("x", ValueType(.int), [.int(2), .int(0), .int(1)]),
      ("y", labelled(.float), [.float(8), .float(0), .float(4)]),
    ])
    let lines = drawn(ChartSpec(mark: .line, x: "x", y: "y"), data, width: 20)
      .split(separator: "\n").map(String.init)
    #expect(lines[0] == "y by x")
    #expect(lines[2].hasPrefix("8 ┤") && lines[13].hasPrefix("0 ┤"))
    // From the lower left to the upper right corner, and nowhere down.
    let ends = lines[2...13].map(DisplayWidth.of)
    #expect(ends.first == 19 && ends.last == 5)
    #expect(zip(ends, ends.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(lines[14] == "   0              2")
  }

  /// 1 and 100 stand at the edges, what is between them has no place: no dot in the columns there.
  @Test("a line stops where numbers have no place, and says how many on a log axis")
  func gaps() {
    func rows(_ between: Value, _ spec: ChartSpec) -> [String] {
      let data = table([
        ("x", ValueType(.int), [.int(0), .int(1), .int(2)]),
        ("y", labelled(.float), [.float(1), between, .float(100)]),
      ])
      return drawn(spec, data, width: 30).split(separator: "\n").map(String.init)
    }
    var spec = ChartSpec(mark: .line, x: "x", y: "y")
    #expect(rows(.float(50), spec).joined().unicodeScalars.count { $0.value > 0x2800 } > 12)
    #expect(rows(.null, spec).joined().unicodeScalars.count { (0x2801...0x28FF) ~= $0.value } == 2)
    spec.logAxes = [.y]
    let lines = rows(.float(0), spec)
    #expect(lines.joined().unicodeScalars.count { (0x2801...0x28FF) ~= $0.value } == 2)
    #expect(lines.last?.hasPrefix("1 value of y not above zero ") == true)
  }

  @Test("names in other scripts stand as they are")
  func scripts() {
    func head(_ values: [Value]) -> [Substring] {
      let data = table([("東京", ValueType(.int), values), ("שלום", labelled(.int), values)])
      return drawn(ChartSpec(mark: .line, x: "東京", y: "שלום"), data, width: 60)
        .split(separator: "\n")
    }
    #expect(head([.int(1), .int(2)]).first == "שלום by 東京")
    #expect(head([]) == ["שלום by 東京", "Line chart of שלום by 東京: no rows."])
  }

  @Test("several lines as one course each, a missing number as a gap")
  func courses() {
    let rows: [(Int64, Value, String)] = [
      (0, .float(0), "a"), (1, .float(7), "a"), (2, .null, "a"), (3, .float(8), "a"),
      (0, .float(8), "b"), (3, .float(0), "b"),
    ]
    let data = table([
      ("x", ValueType(.int), rows.map { .int($0.0) }), ("y", labelled(.float), rows.map(\.1)),
      ("k", ValueType(.text), rows.map { .text($0.2) }),
    ])
    let lines = drawn(ChartSpec(mark: .line, x: "x", y: "y", color: "k"), data, width: 60)
      .split(separator: "\n")
    #expect(lines == ["y by x", "a  ▁█ █  0 to 8", "b  █▁  0 to 8", "x: 0 to 3"])
  }

  @Test("bars below zero hang to the left of a line")
  func negative() {
    let data = table([
      ("name", ValueType(.text), [.text("a"), .text("b")]),
      ("n", ValueType(.int), [.int(10), .int(-10)]),
    ])
    let text = drawn(ChartSpec(mark: .bar, x: "name", y: "n", title: "T"), data, width: 29)
    #expect(
      text == "T\na            │██████████ 10\nb  ██████████│ −10\n")
  }

  @Test("a box between its whiskers, the outermost outlier as a dot")
  func box() throws {
    var spec = try #require(
      ChartSpec(
        mark: "box",
        channels: [("y", "median")]
          + ["low", "q1", "q3", "high", "min", "max"].map { ($0, $0) }))
    spec.axisTitles = [.y: "n"]
    let names = ["median", "low", "q1", "q3", "high", "min", "max"]
    let numbers: [Int64] = [4, 0, 2, 6, 8, 0, 10]
    let data = table(zip(names, numbers).map { ($0, ValueType(.int), [.int($1)]) })
    let text = drawn(spec, data, width: 20)
    // 15 places for 0 to 10: 2 at 3, 4 at 6, 6 at 8, 8 at 11.
    #expect(text == "n\n  ├──███┃██──┤  •  4\nn: 0 to 10, median\n")
  }

  @Test("a heatmap as its numbers")
  func heatmap() {
    let data = table([
      ("age", ValueType(.int), [.int(0), .int(1), .int(0)]),
      ("cohort", ValueType(.text), [.text("a"), .text("a"), .text("b")]),
      ("kept", labelled(.float, percent: true), [.float(1), .float(0.25), .null]),
    ])
    let spec = ChartSpec(mark: .heatmap, x: "age", y: "cohort", color: "kept", title: "T")
    #expect(drawn(spec, data) == "T\n     0    1\na 100%  25%\nb    –     \n")
  }

  @Test("hostile names are shown, not obeyed; no line is too wide")
  func hostile() {
    let names = ["\u{1B}[31mred\n", "\u{202E}turned", "李小龍李小龍李小龍"].map(Value.text)
    let data = table([
      ("name", ValueType(.text), names), ("n", ValueType(.int), [.int(1), .int(2), .int(3)]),
    ])
    let text = drawn(ChartSpec(mark: .bar, x: "name", y: "n"), data)
    #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    #expect(text.split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) <= 30 })
    #expect(text.split(separator: "\n").count == 4)
  }

  @Test("a spec from the words of a program")
  func words() {
    let spec = ChartSpec(
      mark: "heatmap", channels: [("x", "age"), ("y", "cohort"), ("color", "kept")], title: "T")
    #expect(
      spec == ChartSpec(mark: .heatmap, x: "age", y: "cohort", color: "kept", title: "T"))
    #expect(ChartSpec(mark: "pie", channels: []) == nil)
    #expect(ChartSpec(mark: "bar", channels: [("z", "a")]) == nil)
  }
}
