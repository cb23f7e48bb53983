import Notebooks
import Testing

@Suite struct DependenciesTests {
  //  0: a    1: b from a    2: a again    3: c from a    4: d from b, c    5: nothing
  let cells = Dependencies([
    .init(binds: ["a"], reads: []),
    .init(binds: ["b"], reads: ["a"]),
    .init(binds: ["a"], reads: ["unknown"]),
    .init(binds: ["c"], reads: ["a"]),
    .init(binds: ["d"], reads: ["b", "c"]),
    .init(binds: [], reads: []),
  ])

  @Test func aReaderSeesTheLatestBindingAbove() {
    #expect(cells.direct == [[], [0], [], [2], [1, 3], []])
  }

  @Test func closures() {
    #expect(cells.upstream(of: 4) == [0, 1, 2, 3])
    #expect(cells.downstream(of: 0) == [1, 4])
    #expect(cells.downstream(of: 2) == [3, 4])
    #expect(cells.downstream(of: 5) == [])
  }

  @Test func onlyDependentsAreSkippedAndTheFirstCauseIsNamed() {
    #expect(cells.cause(ofSkipping: 4, failed: [2]) == 2)
    #expect(cells.cause(ofSkipping: 4, failed: [1, 2]) == 1)
    #expect(cells.cause(ofSkipping: 1, failed: [2]) == nil)
    #expect(cells.cause(ofSkipping: 5, failed: [0, 2]) == nil)
  }

  @Test func aCellMayRebindWhatItReads() {
    let chain = Dependencies([
      .init(binds: ["x"], reads: []), .init(binds: ["x"], reads: ["x"]),
      .init(binds: [], reads: ["x"]),
    ])
    #expect(chain.direct == [[], [0], [1]])
  }
}
