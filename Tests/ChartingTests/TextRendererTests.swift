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

  @Test("a line by the order of x, a missing number as a gap")
  func line() {
    let data = table([
      ("x", ValueType(.int), [.int(2), .int(0), .int(1), .int(3)]),
      ("y", labelled(.float), [.null, .float(0), .float(7), .float(8)]),
    ])
    let lines = drawn(ChartSpec(mark: .line, x: "x", y: "y"), data, width: 60).split(
      separator: "\n")
    #expect(lines == ["y by x", "▁█ █  0 to 8", "x: 0 to 3"])
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
