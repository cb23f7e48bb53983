import Columnar
import Testing
import Values

@Suite("What was promised and what came")
struct AgreementTests {
  private let schema = Schema([
    Column("orders", ValueType(.int)),
    Column("revenue", ValueType(.decimal(precision: 14, scale: 2))),
    Column("gap", ValueType(.months)),
  ])

  @Test("agree where the engine is only wider")
  func wider() {
    #expect(
      schema.disagreements(with: [
        ArrowField("orders", .decimal(precision: 38, scale: 0, bits: 128)),
        ArrowField("revenue", .decimal(precision: 38, scale: 2, bits: 128)),
        ArrowField("gap", .interval(.monthDayNano)),
      ]) == [])
  }

  @Test("disagree by column, with both types")
  func otherwise() {
    #expect(
      schema.disagreements(with: [
        ArrowField("orders", .float(bits: 64)),
        ArrowField("revenue", .decimal(precision: 38, scale: 4, bits: 128)),
        ArrowField("Gap", .interval(.monthDayNano)),
      ]) == [
        .mismatch(column: "orders", found: .float(bits: 64), wanted: .int),
        .mismatch(
          column: "revenue", found: .decimal(precision: 38, scale: 4, bits: 128),
          wanted: .decimal(precision: 14, scale: 2)),
        .malformed("a column 'Gap' instead of 'gap'"),
      ])
    #expect(schema.disagreements(with: []) == [.malformed("0 columns instead of 3")])
  }
}
