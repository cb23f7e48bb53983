import Charting
import MarkupReading
import Testing
import Values

@Suite("Charts")
struct ChartTests {
  private let hostile = "<script>\"&'\u{202E}\u{1B}[31m\0"

  private func elements(
    _ spec: ChartSpec, _ data: ResultTable
  ) throws -> [MarkupReader.Element] {
    try MarkupReader.read(Chart(spec, data: data).svg(id: "t", isStandalone: true).text)
  }

  private func number(_ element: MarkupReader.Element, _ name: String) -> Double {
    Double(element.attributes[name] ?? "") ?? .nan
  }

  private func bars(_ names: [String], _ lengths: [Double?]) -> ResultTable {
    table([
      ("name", ValueType(.text), names.map(Value.text)),
      ("n", labelled(.float), lengths.map { $0.map(Value.float) ?? .null }),
    ])
  }

  @Test("bars are as long as their numbers, and negative ones hang")
  func barLengths() throws {
    let shapes = try elements(
      ChartSpec(mark: .bar, x: "name", y: "n"), bars(["a", "b", "c"], [10, 5, -5]))
    let rects = shapes.filter { $0.name == "rect" }
    let heights = rects.map { number($0, "height") }
    #expect(rects.count == 3)
    #expect((heights[0] - 2 * heights[1]).magnitude < 0.05)
    #expect((heights[1] - heights[2]).magnitude < 0.05)
    let zero = number(rects[0], "y") + heights[0]
    #expect((number(rects[2], "y") - zero).magnitude < 0.05)
  }

  @Test("bars lie when the number is x, and every mark stays inside the picture")
  func lyingBars() throws {
    let shapes = try elements(
      ChartSpec(mark: .bar, x: "n", y: "name"), bars(["first", "second"], [3, 6]))
    let rects = shapes.filter { $0.name == "rect" }
    #expect(number(rects[0], "x") == number(rects[1], "x"))
    #expect(
      (number(rects[1], "width") - 2 * number(rects[0], "width")).magnitude < 0.05)
    #expect(rects.allSatisfy { number($0, "x") + number($0, "width") <= 720 })
  }

  @Test("stacked bars stand on each other")
  func stacks() throws {
    let data = table([
      ("m", ValueType(.text), [.text("x"), .text("x")]),
      ("n", ValueType(.int), [.int(4), .int(6)]),
      ("k", ValueType(.text), [.text("low"), .text("high")]),
    ])
    let shapes = try elements(ChartSpec(mark: .bar, x: "m", y: "n", color: "k"), data)
      .filter { $0.name == "rect" }
    let top = number(shapes[0], "y")
    #expect((number(shapes[1], "y") + number(shapes[1], "height") - top).magnitude < 0.05)
    let beside = try elements(
      ChartSpec(mark: .bar, x: "m", y: "n", color: "k", isStacked: false), data
    ).filter { $0.name == "rect" && $0.attributes["rx"] == "1.5" }
    #expect(number(beside[0], "x") < number(beside[1], "x"))
  }

  @Test("a missing value breaks the line")
  func gaps() throws {
    let data = table([
      ("x", ValueType(.int), (0..<5).map { .int($0) }),
      ("y", labelled(.float), [.float(1), .float(2), .null, .float(2), .float(3)]),
    ])
    let path = try elements(ChartSpec(mark: .line, x: "x", y: "y"), data)
      .first { $0.name == "path" }
    #expect(path?.attributes["d"]?.split(separator: "M").count == 2)
  }

  @Test("a line goes by x, whatever the order of the rows")
  func order() throws {
    func path(_ rows: [Int64]) throws -> String? {
      let data = table([
        ("x", ValueType(.int), rows.map(Value.int)), ("y", ValueType(.int), rows.map(Value.int)),
      ])
      return try elements(ChartSpec(mark: .line, x: "x", y: "y"), data)
        .first { $0.name == "path" }?.attributes["d"]
    }
    #expect(try path([1, 2, 3]) == path([3, 1, 2]))
  }

  @Test("lines differ in dash and carry their names, not colour alone")
  func names() throws {
    let data = table([
      ("x", ValueType(.int), [.int(0), .int(1), .int(0), .int(1)]),
      ("y", ValueType(.int), [.int(0), .int(1), .int(2), .int(3)]),
      ("k", ValueType(.text), [.text("north"), .text("north"), .text("south"), .text("south")]),
    ])
    let shapes = try elements(ChartSpec(mark: .line, x: "x", y: "y", color: "k"), data)
    let dashes = shapes.filter { $0.name == "path" }.map { $0.attributes["stroke-dasharray"] }
    #expect(Set(dashes).count == 2)
    let texts = shapes.filter { $0.name == "text" }.map(\.text)
    #expect(texts.contains("north"))
    #expect(texts.contains("south"))
  }

  @Test("a heatmap writes its numbers and hatches what is missing")
  func heatmap() throws {
    let data = table([
      ("age", ValueType(.int), [.int(0), .int(1), .int(0)]),
      ("cohort", ValueType(.text), [.text("a"), .text("a"), .text("b")]),
      ("kept", labelled(.float, percent: true), [.float(1), .float(0.25), .null]),
    ])
    let spec = ChartSpec(mark: .heatmap, x: "age", y: "cohort", color: "kept")
    let shapes = try elements(spec, data)
    let texts = shapes.filter { $0.name == "text" }.map(\.text)
    #expect(texts.contains("25%"))
    #expect(shapes.filter { $0.attributes["fill"] == "url(#t-h)" }.count == 1)
  }

  @Test("nothing to draw is said in an empty frame")
  func empty() throws {
    for mark in ChartMark.allCases {
      let spec = ChartSpec(mark: mark, x: "name", y: "n", color: "n", title: "T")
      let none = try elements(spec, bars([], []))
      #expect(none.contains { $0.text == "No rows" })
      let gone = ChartSpec(mark: mark, x: "nowhere", y: "n")
      #expect(try elements(gone, bars(["a"], [1])).contains { $0.text == "A column is missing" })
    }
    let missing = try elements(
      ChartSpec(mark: .line, x: "name", y: "n"), bars(["a", "b"], [nil, nil]))
    #expect(missing.contains { $0.text == "Every value is missing" })
  }

  @Test("one row, 200 categories, long and hostile names: well-formed, and inside the frame")
  func robust() throws {
    let many = (0..<200).map { "\(hostile) category number \($0) of very many" }
    for names in [["only"], many] {
      let data = bars(names, names.indices.map { Double($0 * 7 % 50) })
      for mark in ChartMark.allCases {
        let spec = ChartSpec(mark: mark, x: "name", y: "n", color: "n", title: hostile)
        let shapes = try elements(spec, data)
        #expect(!shapes.contains { $0.name == "script" })
        for text in shapes where text.name == "text" {
          let x = number(text, "x")
          #expect(x >= 0 && x <= 720, "\(text.text) at \(x)")
        }
      }
    }
  }

  @Test("the picture describes itself")
  func description() throws {
    let shapes = try elements(
      ChartSpec(mark: .bar, x: "name", y: "n", title: "Sold"), bars(["a", "b"], [10, 5]))
    #expect(shapes[0].attributes["role"] == "img")
    #expect(shapes.first { $0.name == "title" }?.text == "Sold")
    #expect(
      shapes.first { $0.name == "desc" }?.text
        == "Bar chart of n by name: 2 bars; highest 10 at a, lowest 5 at b.")
  }

  @Test("the same chart as Vega-Lite")
  func vegaLite() {
    let spec = ChartSpec(mark: .bar, x: "name", y: "n")
    let text = Chart(spec, data: bars(["a\"<"], [1.5])).vegaLite.text
    #expect(text.contains(#""data":{"values":[{"name":"a\"\u003c","n":1.5}]}"#))
    #expect(text.contains(#""x":{"field":"name","type":"nominal","title":"name","sort":null}"#))
  }
}
