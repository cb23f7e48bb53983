import Foundation
import Testing

/// What a run says of its data besides its results: on standard error, and the exit code is 0.
@Suite("Warnings of a run")
struct RunWarningTests {
  @Test("Values that are no numbers, far behind the rows that a check looks at")
  func notFinite() throws {
    let whom = Program()
    var text = "id,level\n"
    for id in 1...50_000 {
      text += "\(id),\(id == 30_001 ? "inf" : id == 49_999 ? "NaN" : "\(id).5")\n"
    }
    try whom.folder.write("late.csv", text)
    let run = try whom("-c", "read \"late.csv\" | summarize n = count(level)")
    #expect(run.code == 0 && run.output == "n\n49998\n")
    #expect(run.errors.contains("warning[W0603]: 2 values of `level` are NaN or infinite"))
    // A statement that does not read the column has nothing to say of it.
    let other = try whom("-c", "read \"late.csv\" | summarize n = count(id)")
    #expect(other.output == "n\n50000\n" && other.errors == "")
    let check = try whom("check", "-c", "read \"late.csv\"")
    #expect(!check.errors.contains("W0603"))
  }

  @Test("They are told once in a run, and the number in the first look is that of the first look")
  func onceTold() throws {
    let whom = Program()
    var text = "id,level\n"
    for id in 1...30_000 { text += "\(id),\(id % 10_000 == 0 ? "nan" : "1.5")\n" }
    try whom.folder.write("late.csv", text)
    try whom.folder.write(
      "twice.whom",
      """
      let a = read "late.csv"
      a | summarize n = count(level)
      a | summarize n = sum(level)
      """)
    let run = try whom("twice.whom")
    #expect(run.output == "n\n29997\nn\n44995.5\n")
    #expect(
      run.errors.contains("2 values of `level` are NaN or infinite in the first 20,480 rows"))
    #expect(run.errors.components(separatedBy: "3 values of `level`").count == 2, "\(run.errors)")
  }

  /// 120,000 orders of 1,000 customers, those of every tenth unknown: 12,000 rows have no match.
  @Test("Rows that a join drops, of a file that is read once more and of one that is too large")
  func drops() throws {
    let whom = Program()
    let customers = (1...1_000).filter { $0 % 10 != 0 }.map { "\($0),c\($0)\n" }
    try whom.folder.write("customers.csv", "customer_id,name\n" + customers.joined())
    let orders = (1...120_000).map { "\($0),\($0 % 1_000 + 1)\n" }
    let program = "read \"orders.csv\" | join (read \"customers.csv\") on customer_id | count"
    try whom.folder.write("orders.csv", "order_id,customer_id\n" + orders.joined())
    let run = try whom("-c", program)
    #expect(run.code == 0 && run.output == "value\n108000\n")
    #expect(run.errors.contains("warning[W0702]: the join drops 12,000 of 120,000 rows"))
    #expect(run.errors.contains("120 rows have customer_id 10\n"), "\(run.errors)")
    // 12 MB: only the first 100,000 rows are counted.
    let long = String(repeating: "x", count: 90)
    try whom.folder.write(
      "orders.csv", "note,customer_id\n" + orders.map { "\(long)\($0)" }.joined())
    let large = try whom("-c", program)
    #expect(large.output == "value\n108000\n")
    #expect(
      large.errors.contains("the join drops 10,000 of the first 100,000 rows"), "\(large.errors)")
    let meant = try whom("-c", program.replacingOccurrences(of: "join", with: "join inner"))
    #expect(meant.output == "value\n108000\n" && meant.errors == "")
  }
}
