import Charting
import MarkupReading
import Testing
import Values

@Suite("Marks of charts")
struct MarkTests {
  private func shapes(_ spec: ChartSpec, _ data: ResultTable) throws -> [MarkupReader.Element] {
    try MarkupReader.read(Chart(spec, data: data).svg(id: "t").text)
  }

  private func number(_ element: MarkupReader.Element, _ name: String) -> Double {
    Double(element.attributes[name] ?? "") ?? .nan
  }

  private func texts(_ shapes: [MarkupReader.Element]) -> [String] {
    shapes.filter { $0.name == "text" }.map(\.text)
  }

  private func spec(_ mark: String, _ channels: [(String, String)]) throws -> ChartSpec {
    try #require(ChartSpec(mark: mark, channels: channels.map { (channel: $0.0, column: $0.1) }))
  }

  private func ints(_ columns: [(String, [Int64?])]) -> ResultTable {
    table(
      columns.map { name, values in
        (name, labelled(.int), values.map { $0.map(Value.int) ?? .null })
      })
  }

  @Test("areas lie on each other: the upper edge is the sum")
  func areas() throws {
    let data = table([
      ("x", ValueType(.int), [.int(0), .int(1), .int(0), .int(1)]),
      ("y", ValueType(.int), [.int(2), .int(2), .int(2), .int(4)]),
      ("k", ValueType(.text), [.text("a"), .text("a"), .text("b"), .text("b")]),
    ])
    let shapes = try shapes(ChartSpec(mark: .area, x: "x", y: "y", color: "k"), data)
    let layers = shapes.filter { $0.attributes["class"]?.hasPrefix("f-layer") == true }
    let paths = layers.map { heights(of: $0.attributes["d"] ?? "") }
    // Upper edge left and right, then lower edge right and left; y runs down.
    #expect(paths.count == 2)
    #expect(paths[0][0] == paths[1][3] && paths[0][1] == paths[1][2])
    let unit = (paths[0][2] - paths[0][1]) / 2
    #expect((paths[1][2] - paths[1][1] - 4 * unit).magnitude < 0.05)
  }

  private func heights(of path: String) -> [Double] {
    path.split(whereSeparator: { "MLZ".contains($0) }).compactMap {
      $0.split(separator: " ").last.flatMap { Double($0) }
    }
  }

  @Test("points lie where their numbers are, twice the size twice the area")
  func points() throws {
    let data = ints([("x", [0, 10, 5]), ("y", [0, 10, nil]), ("n", [1, 4, 4])])
    let shapes = try shapes(spec("point", [("x", "x"), ("y", "y"), ("size", "n")]), data)
    let circles = shapes.filter { $0.name == "circle" && $0.attributes["cx"] != nil }
    let drawn = circles.filter { number($0, "r") == 16 || number($0, "r") == 8 }
    #expect(drawn.contains { number($0, "r") == 16 })
    #expect(texts(shapes).contains("1 row without a value, or a size from 0 on, left out"))
  }

  @Test("of many points some are drawn, and the chart says so, with a size or without one")
  func thinned() throws {
    let count = 40_000
    let numbers = (0..<count).map { Int64($0) }
    let data = ints([("x", numbers), ("y", numbers), ("n", numbers.map { $0 % 7 })])
    for channels in [[("x", "x"), ("y", "y")], [("x", "x"), ("y", "y"), ("size", "n")]] {
      let texts = try texts(shapes(spec("point", channels), data))
      #expect(texts.contains { $0.hasSuffix("of 40,000 points, evenly taken") }, "\(texts)")
    }
  }

  @Test("a category of no characters has a label")
  func empty() throws {
    let data = table([
      ("k", ValueType(.text), [.text(""), .text("a")]), ("n", ValueType(.int), [.int(1), .int(2)]),
    ])
    #expect(try texts(shapes(ChartSpec(mark: .bar, x: "k", y: "n"), data)).contains("(empty)"))
  }

  /// 1 + 4 at one place: neither number is that of the bar, which ends at 5.
  @Test("a bar of several rows has none of their numbers")
  func sums() throws {
    let rows = ChartSpec(mark: .bar, x: "k", y: "n")
    let keys: [Value] = [.text("a"), .text("a"), .text("b")]
    func drawn(_ keys: [Value]) throws -> [String] {
      texts(
        try shapes(
          rows,
          table([
            ("k", ValueType(.text), keys), ("n", ValueType(.int), [.int(41), .int(43), .int(47)]),
          ])))
    }
    #expect(try !drawn(keys).contains { ["41", "43", "47"].contains($0) })
    #expect(try drawn([.text("a"), .text("c"), .text("b")]).contains("43"))
  }

  @Test("long names that differ at their ends are told apart where they are cut")
  func cutNames() throws {
    let names = (1...3).map { "a department with a very long name, number \($0)" }
    let data = table([
      ("k", ValueType(.text), names.map { .text($0) }),
      ("n", ValueType(.int), [.int(1), .int(2), .int(3)]),
    ])
    let chart = Chart(ChartSpec(mark: .bar, x: "k", y: "n"), data: data).narrow
    let shown = texts(try MarkupReader.read(chart.svg(id: "t").text)).filter { $0.contains("…") }
    #expect(shown.count == 3 && Set(shown).count == 3)
    #expect(shown.allSatisfy { $0.hasPrefix("a d") })
    #expect(shown.map(\.last) == ["1", "2", "3"])
  }

  @Test("ticks that lie close together are told apart")
  func closeTicks() throws {
    let data = table([
      ("x", ValueType(.int), [.int(1), .int(2)]),
      ("y", ValueType(.float), [.float(0.1234567891234), .float(0.1234567891235)]),
    ])
    let labels = texts(try shapes(ChartSpec(mark: .line, x: "x", y: "y"), data))
      .filter { $0.hasPrefix("0.12345678912") }
    #expect(labels.count > 3)
    #expect(Set(labels).count == labels.count)
  }

  @Test("a note that is too long for the picture goes on in a second line")
  func longNotes() throws {
    let name = "a column with a name that is longer than a telephone is wide"
    var spec = ChartSpec(mark: .line, x: "x", y: name)
    spec.logAxes = [.y]
    let chart = Chart(spec, data: ints([("x", [1, 2, 3]), (name, [0, 1, 2])]))
    let wide = texts(try MarkupReader.read(chart.svg(id: "t").text))
    let narrow = texts(try MarkupReader.read(chart.narrow.svg(id: "t").text))
    let note = try #require(wide.first { $0.hasSuffix("not above zero left out") })
    #expect(!narrow.contains(note))
    #expect(zip(narrow, narrow.dropFirst()).contains { "\($0) \($1)" == note })
  }

  @Test("series of points differ in their sign")
  func signs() throws {
    let data = table([
      ("x", ValueType(.int), [.int(0), .int(1)]), ("y", ValueType(.int), [.int(0), .int(1)]),
      ("k", ValueType(.text), [.text("a"), .text("b")]),
    ])
    let shapes = try shapes(spec("point", [("x", "x"), ("y", "y"), ("color", "k")]), data)
    // One in the plot and one in the legend each.
    #expect(shapes.count { $0.name == "circle" } == 2)
    #expect(shapes.count { $0.attributes["class"] == "f-series-1" && $0.name == "path" } == 2)
  }

  @Test("an interval of a point lies along the axis of numbers")
  func intervals() throws {
    let data = table([
      ("who", ValueType(.text), [.text("a")]), ("n", ValueType(.int), [.int(5)]),
      ("from", ValueType(.int), [.int(0)]), ("to", ValueType(.int), [.int(10)]),
    ])
    let channels = [("x", "n"), ("y", "who"), ("low", "from"), ("high", "to")]
    let lying = try shapes(spec("point", channels), data)
    let rule = try #require(lying.first { $0.attributes["class"] == "k-series-0" })
    let ys = heights(of: rule.attributes["d"] ?? "")
    #expect(ys[0] == ys[1])
  }

  @Test("bars with intervals stand side by side, each with a whisker between its ends")
  func whiskers() throws {
    let data = table([
      ("m", ValueType(.text), [.text("x"), .text("x")]),
      ("n", ValueType(.int), [.int(4), .int(6)]),
      ("k", ValueType(.text), [.text("a"), .text("b")]),
      ("from", ValueType(.int), [.int(2), .int(4)]), ("to", ValueType(.int), [.int(6), .int(8)]),
    ])
    let channels = [("x", "m"), ("y", "n"), ("color", "k"), ("low", "from"), ("high", "to")]
    let shapes = try shapes(spec("bar", channels), data)
    let bars = shapes.filter { $0.name == "rect" && $0.attributes["rx"] == "1.5" }
    #expect(bars.count == 2 && number(bars[0], "x") < number(bars[1], "x"))
    let whisker = try #require(shapes.first { $0.attributes["class"] == "k-ink" })
    let ends = heights(of: whisker.attributes["d"] ?? "")
    // From 2 to 6 beside a bar of 4.
    #expect(((ends[0] - ends[1]) - number(bars[0], "height")).magnitude < 0.05)
  }

  @Test("bins are as high as their counts; what has no bin is a note")
  func histogram() throws {
    let data = ints([("from", [0, 10, nil]), ("to", [10, 20, nil]), ("count", [4, 2, 3])])
    let channels = [("x", "from"), ("until", "to"), ("y", "count")]
    let shapes = try shapes(spec("histogram", channels), data)
    let bars = shapes.filter { $0.name == "rect" }
    #expect((number(bars[0], "height") - 2 * number(bars[1], "height")).magnitude < 0.05)
    #expect(texts(shapes).contains("3 rows without from not shown"))
    let none = ints([("from", [nil]), ("to", [nil]), ("count", [3])])
    #expect(try texts(self.shapes(spec("histogram", channels), none)) == ["Every value is missing"])
  }

  @Test("on a terminal a gap between bins is a gap between lines")
  func gaps() throws {
    let data = ints([("from", [0, 10, 50]), ("to", [10, 20, 60]), ("count", [4, 2, 1])])
    let channels = [("x", "from"), ("until", "to"), ("y", "count")]
    let lines = TextRenderer.render(
      try Chart(spec("histogram", channels), data: data), width: 40
    )
    .split(separator: "\n").map { $0.prefix { $0 != " " } }
    #expect(lines.suffix(4) == ["0", "10", "…", "50"])
  }

  @Test("the number of a bar that reaches the names stands on the other side of zero")
  func numbersOfNegativeBars() throws {
    let data = table([
      ("name", ValueType(.text), [.text("a name"), .text("b")]),
      ("n", ValueType(.int), [.int(-400), .int(400)]),
    ])
    let shapes = try self.shapes(ChartSpec(mark: .bar, x: "n", y: "name"), data)
    let name = try #require(shapes.first { $0.name == "text" && $0.text == "a name" })
    let label = try #require(shapes.last { $0.name == "text" && $0.text == "−400" })
    #expect(number(label, "x") > number(name, "x"))
    #expect(label.attributes["text-anchor"] == nil)
  }

  @Test("a funnel says which share goes on")
  func funnel() throws {
    let data = table([
      ("step", ValueType(.text), [.text("visit"), .text("cart"), .text("paid")]),
      ("n", ValueType(.int), [.int(1000), .int(400), .int(100)]),
    ])
    let chart = Chart(ChartSpec(mark: .funnel, x: "step", y: "n"), data: data)
    let shapes = try MarkupReader.read(chart.svg(id: "t").text)
    let words = texts(shapes)
    #expect(words.contains("↓ 40.0%") && words.contains("↓ 25.0%"))
    #expect(words.contains("100") && words.contains("10.0%"))
    #expect(
      chart.summary == "Funnel of n by step: 3 steps, 100 of 1,000 reach the last (10.0%).")
  }

  @Test("equal factors are equal lengths on a log axis; zero has no place there")
  func logAxis() throws {
    let data = ints([("x", [0, 1, 2, 3]), ("y", [1, 100, 10_000, 0])])
    var spec = ChartSpec(mark: .line, x: "x", y: "y")
    spec.logAxes = [.y]
    let shapes = try shapes(spec, data)
    let dots = shapes.filter { $0.name == "circle" }.map { number($0, "cy") }
    #expect(dots.count == 3)
    #expect(((dots[0] - dots[1]) - (dots[1] - dots[2])).magnitude < 0.05)
    #expect(texts(shapes).contains("1 value of y not above zero left out"))
    #expect(texts(shapes).contains("y (log)"))
  }

  @Test("a line of reference stands at its value")
  func reference() throws {
    let data = ints([("x", [0, 10]), ("y", [0, 10])])
    var spec = ChartSpec(mark: .line, x: "x", y: "y")
    spec.reference = .diagonal
    let diagonal = try shapes(spec, data).filter { $0.attributes["class"] == "k-muted" }
    #expect(diagonal.count == 1)
    spec.reference = .level(20)
    let shapes = try shapes(spec, data)
    #expect(texts(shapes).contains("20"))
  }

  @Test("an axis of dates names no hours")
  func dates() throws {
    let data = table([
      ("day", ValueType(.date), [.date(20_000)]), ("n", ValueType(.int), [.int(1)]),
    ])
    let words = try texts(shapes(ChartSpec(mark: .line, x: "day", y: "n"), data))
    #expect(words.contains("4 Oct"))
    #expect(!words.contains { $0.contains(":") })
  }

  @Test("labels below bars do not touch")
  func labels() throws {
    let data = ints([("x", (0..<200).map { $0 * 1000 }), ("y", Array(repeating: 1, count: 200))])
    let shapes = try shapes(ChartSpec(mark: .bar, x: "x", y: "y"), data)
    let row = shapes.filter { $0.name == "text" && $0.attributes["text-anchor"] == "middle" }
    let places = row.map { (number($0, "x"), Double($0.text.count) * 11 * 0.58) }
    for (left, right) in zip(places, places.dropFirst()) {
      #expect(left.0 + left.1 / 2 < right.0 - right.1 / 2)
    }
    #expect(row.count > 4)
  }

  @Test("rows that were cut are said")
  func cut() throws {
    let data = ResultTable(
      schema: Schema([Column("x", ValueType(.int)), Column("y", ValueType(.int))]),
      columns: [[.int(1)], [.int(2)]], totalRows: 2_000)
    for mark in [ChartMark.line, .bar, .area, .point, .funnel] {
      let words = try texts(shapes(ChartSpec(mark: mark, x: "x", y: "y"), data))
      #expect(words.contains("The first 1 of 2,000 rows"), "\(mark)")
    }
  }

  @Test("Vega-Lite: what is drawn is said, in layers where there are several")
  func vegaLite() throws {
    let data = ints([("x", [1]), ("y", [2]), ("from", [1]), ("to", [3])])
    var spec = try spec("line", [("x", "x"), ("y", "y"), ("low", "from"), ("high", "to")])
    spec.logAxes = [.y]
    spec.reference = .level(2)
    let text = Chart(spec, data: data).vegaLite.text
    #expect(text.contains(#""y2":{"field":"to"}"#))
    #expect(text.contains(#""scale":{"type":"log"}"#))
    #expect(text.contains(#""datum":2"#))
    #expect(text.contains(#""layer":["#))
    #expect(text.contains(#"{"x":1,"y":2,"from":1,"to":3}"#))
  }
}
