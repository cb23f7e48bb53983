import CArrowADBC
import Columnar
import Estimation
import Testing

/// From record batches to frames, and from those to the numbers of a design.
@Suite("Frames of record batches")
struct FrameBuilderTests {
  private static let fields = [
    ArrowField("tenure", .float(bits: 64)), ArrowField("plan", .text(.small)),
    ArrowField("since", .date(.day)), ArrowField("gone", .bool),
  ]

  private func batch(
    _ tenure: [Double], _ plans: [String], _ days: [Int32], gone: UInt8, plansThere: UInt8 = 0xff
  ) throws -> RecordBatch {
    let count = tenure.count
    var ends: [Int32] = [0]
    for plan in plans { ends.append((ends.last ?? 0) + Int32(plan.utf8.count)) }
    let columns = [
      ArrowFixture.array(length: count, buffers: [nil, ArrowFixture.bytes(tenure)]),
      ArrowFixture.array(
        length: count, nulls: -1,
        buffers: [[plansThere], ArrowFixture.bytes(ends), plans.flatMap { Array($0.utf8) }]),
      ArrowFixture.array(length: count, buffers: [nil, ArrowFixture.bytes(days)]),
      ArrowFixture.array(length: count, buffers: [nil, [gone]]),
    ]
    return try RecordBatch(taking: ArrowFixture.batch(columns, length: count), fields: Self.fields)
  }

  private func training() throws -> Frame {
    var builder = FrameBuilder(
      [
        .init("tenure", .number), .init("plan", .category), .init("since", .date),
        .init("gone", .flag),
      ], expectedRows: 5)
    try builder.append(batch([1, 2, .nan], ["pro", "free", "pro"], [0, 31, 59], gone: 0b010))
    try builder.append(batch([4, 5], ["free", ""], [90, 120], gone: 0b11, plansThere: 0b01))
    return builder.takeFrame()
  }

  @Test("Columns over two batches")
  func columns() throws {
    let frame = try training()
    #expect(frame.rowCount == 5)
    guard case .numbers(let tenure) = try frame.column("tenure").values,
      case .categories(let codes, let levels) = try frame.column("plan").values,
      case .dates(let days) = try frame.column("since").values,
      case .booleans(let gone) = try frame.column("gone").values
    else {
      Issue.record("columns of another kind")
      return
    }
    #expect(tenure.map { "\($0)" } == ["1.0", "2.0", "nan", "4.0", "5.0"])
    #expect(codes == [0, 1, 0, 1, -1])
    #expect(levels == ["pro", "free"])
    #expect(days == [0, 31, 59, 90, 120])
    #expect(gone == [0, 1, 0, 1, 1])
  }

  @Test("Rows to score come in the model's own terms, as looked up by name they would")
  func scoring() throws {
    let frame = try training()
    let preparation = try Preparation.learn(
      Formula(columns: ["tenure", "plan", "since", "gone"]), from: frame, encoding: .dense
    ).preparation
    let rows = try batch(
      [7, .nan, 9], ["never seen", "free", "pro"], [400, 31, 59], gone: 0b101, plansThere: 0b101)
    var scoring = FrameBuilder(scoring: preparation)
    try scoring.append(rows)
    var plain = FrameBuilder([
      .init("tenure", .number), .init("plan", .category), .init("since", .date),
      .init("gone", .flag),
    ])
    try plain.append(rows)
    let direct = try preparation.design(scoring.takeFrame())
    let named = try preparation.design(plain.takeFrame())
    #expect(direct.values == named.values)
    #expect(direct.rowCount == 3)
    // tenure 7, the mean (1 + 2 + 4 + 5) / 4 for the missing one, 9.
    #expect(direct.column(1) == [7, 3, 9])
    // The share of "pro" for a plan never seen, 0 where it is missing, 1.
    let pro = try #require(direct.features.firstIndex { $0.name == "plan: pro" })
    #expect(direct.column(pro) == [0.4, 0, 1])
    // The builder starts anew with the same codes.
    try scoring.append(rows)
    #expect(try preparation.design(scoring.takeFrame()).values == named.values)
  }
}
