import Estimation
import Testing
import Values

/// Which indicators the terms of a formula become: those of Patsy (statsmodels 0.15), whose names
/// were written in our way. With random rows the coefficients of 20 formulas were equal too.
@Suite("Categories in products")
struct TermCodingTests {
  private func features(_ terms: [[String]], hasIntercept: Bool = true) throws -> [String] {
    let rows = 0..<36
    let frame = Estimation.Frame(
      rowCount: rows.count,
      columns: [
        FrameColumn("x", .numbers(rows.map { Double($0 * 7 % 11) })),
        FrameColumn("g", .categories(codes: rows.map { Int32($0 % 3) }, levels: ["p", "q", "r"])),
        FrameColumn("k", .categories(codes: rows.map { Int32($0 / 3 % 2) }, levels: ["u", "v"])),
      ])
    let learned = try Preparation.learn(
      Formula(terms, hasIntercept: hasIntercept), from: frame, encoding: .dense)
    return learned.preparation.features.map(\.name)
  }

  @Test("Every level where nothing stands for the base, and no level too many")
  func coding() throws {
    let one = "(intercept)"
    #expect(try features([["x", "g"]]) == [one, "x × g: p", "x × g: q", "x × g: r"])
    #expect(
      try features([["x"], ["g"], ["x", "g"]], hasIntercept: false)
        == ["x", "g: p", "g: q", "g: r", "x × g: q", "x × g: r"])
    #expect(
      try features([["g", "k"]])
        == [
          one, "k: v", "g: q × k: u", "g: r × k: u", "g: q × k: v", "g: r × k: v",
        ])
    #expect(
      try features([["g", "k"]], hasIntercept: false)
        == [
          "g: p × k: u", "g: q × k: u", "g: r × k: u", "g: p × k: v", "g: q × k: v", "g: r × k: v",
        ])
    #expect(
      try features([["g"], ["g", "k"]])
        == [one, "g: q", "g: r", "g: p × k: v", "g: q × k: v", "g: r × k: v"])
    // The larger product may come first.
    #expect(
      try Set(features([["x", "g", "k"], ["x", "g"]]))
        == [
          one, "x × g: p", "x × g: q", "x × g: r", "x × g: p × k: v", "x × g: q × k: v",
          "x × g: r × k: v",
        ])
  }
}
