import Testing

/// Files that hold the same rows in another order; what is made from them is the same to the last
/// digit.
@Suite("Models of rows in any order")
struct ModelRowOrder {
  private static let program = """
    let rows = read "rows.csv" | derive when = at
    let trees = rows | train left ~ n + share + plan + when + flag using boosted_trees(least_rows = 5) seed 3
    let odds = rows | train left ~ n + share + plan using logistic by region
    let scored = rows | predict trees as p | predict odds as q
    (trees.metrics | select metric, value)
      | union (rows | evaluate trees at top 33 allow training | select metric, value = low),
              (rows | evaluate odds at 40% allow training | select metric, value = high),
              (odds.coefficients | select metric = feature, value = estimate),
              (scored | summarize value = sum(p) + sum(q) | select metric = "scored", value)
    """

  /// Numbers with gaps and both zeros, texts, days, yes and no, and rows that are there twice.
  private static let rows = (0..<600).map { i -> String in
    let n = i % 41 == 0 ? "" : "\((i * 37) % 97 - 40)"
    let share = i % 13 == 0 ? "-0.0" : i % 17 == 0 ? "0.0" : "\(Double((i * 61) % 89) / 7)"
    let plan = ["free", "pro", "Äpfel", "", "10", "9"][(i * 5) % 6]
    let day = "2024-\(i % 2 == 0 ? "01" : "11")-\(10 + (i * 7) % 19)"
    let left = (i * 37) % 97 + (i * 29) % 50 < 70
    return "\(n),\(share),\(plan),\(day),\(i % 3 == 0),\(i % 4 < 2 ? "EU" : "US"),\(left)"
  }

  private static func output(_ rows: [String], threads: Int) throws -> String {
    let whom = Program()
    let header = "n,share,plan,at,flag,region,left"
    try whom.folder.write("rows.csv", ([header] + rows + rows.prefix(50)).joined(separator: "\n"))
    let run = try whom("-c", program, "--threads", "\(threads)")
    #expect(run.code == 0, "\(run.errors)")
    return run.output
  }

  @Test("The same model, metrics and scores, on one and two threads")
  func same() throws {
    let first = try Self.output(Self.rows, threads: 1)
    #expect(first.contains("auc") && first.contains("scored"))
    let twice = Self.rows.prefix(50)
    let dealt = Self.rows.indices.sorted { ($0 * 263) % 601 < ($1 * 263) % 601 }.map {
      Self.rows[$0]
    }
    // The first fifty come again at the end of each file.
    let whom = Program()
    let header = "n,share,plan,at,flag,region,left"
    try whom.folder.write("rows.csv", ([header] + twice + dealt).joined(separator: "\n"))
    let run = try whom("-c", Self.program, "--threads", "2")
    #expect(run.output == first, "\(run.errors)")
  }
}
