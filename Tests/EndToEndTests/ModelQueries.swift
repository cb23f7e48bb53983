import Testing

/// What a program with a model says besides its answer: which rows it may measure, what its SQL
/// leaves out.
@Suite("Models and their queries")
struct ModelQueries {
  private static let rows =
    "rows [{id: 1, a: 1, y: 3.0}, {id: 2, a: 2, y: 5.0}, {id: 3, a: 3, y: 7.5}, {id: 4, a: 4, y: 9.0}]"

  @Test("Rows whose keys the model was trained on are refused; others are measured")
  func keys() throws {
    let whom = Program()
    let train = "let line = \(Self.rows) | label id = key | train y ~ a using linear\n"
    let again = try whom(
      "-c", train + "rows [{id: 4, a: 4, y: 9.0}, {id: 5, a: 5, y: 11.0}] | evaluate line")
    #expect(again.code != 0)
    #expect(
      again.errors.contains("error[E1006]: 1 of these rows has a key that the model was trained on")
    )
    let new = try whom(
      "-c",
      train + "rows [{id: 6, a: 4, y: 9.0}, {id: 5, a: 5, y: 11.0}] | evaluate line | select n")
    #expect(new.code == 0 && new.errors == "")
    let allowed = try whom(
      "-c",
      train
        + "rows [{id: 4, a: 4, y: 9.0}, {id: 5, a: 5, y: 11.0}] | evaluate line allow training | select n"
    )
    #expect(allowed.code == 0 && allowed.errors == "")
  }

  @Test("`whom sql` says why a prediction is not in it")
  func reasons() throws {
    let whom = Program()
    let own = try whom(
      "sql", "-c", "let line = \(Self.rows) | train y ~ a using linear\n\(Self.rows) | predict line"
    )
    #expect(own.errors.contains("warning[W1005]: `predict` is not part of this SQL"))
    #expect(own.errors.contains("the model is trained when the program runs"))
    #expect(
      try whom("-c", "\(Self.rows) | train y ~ a using linear | save model \"line\"").code == 0)
    let kept = try whom("sql", "-c", "\(Self.rows) | predict model \"line\" as p")
    #expect(kept.errors == "" && kept.output.contains("* "), "\(kept.errors)")
    let why = try whom("sql", "-c", "\(Self.rows) | predict model \"line\" as p explain 2")
    #expect(why.errors.contains("reasons are worked out by Whom"))
    let measured = try whom("sql", "-c", "\(Self.rows) | evaluate model \"line\" allow training")
    #expect(measured.errors.contains("`evaluate` is not part of this SQL"))
  }

  @Test("What `whom sql` prints says what its tables are and has the functions that it calls")
  func takenElsewhere() throws {
    let whom = Program()
    try whom.folder.write("points.csv", "a,y\n1,0.5\n2,1.5\n3,2.0\n4,4.5\n")
    #expect(
      try whom("-c", "read \"points.csv\" | train y ~ a using linear | save model \"line\"").code
        == 0)
    let sql = try whom("sql", "-c", "read \"points.csv\" | predict model \"line\" as p")
    #expect(sql.errors == "")
    let parts = sql.output.split(separator: "\n\n")
    #expect(
      parts.first
        == "-- \"points\" is the file points.csv: have a table or a view of this name.")
    #expect(parts.dropFirst().first?.contains("create or replace macro finite(x) as") == true)
    #expect(parts.last?.hasPrefix("select") == true && sql.output.hasSuffix(";\n"))
  }

  @Test("Rows that nothing can be measured by are refused with the reason")
  func refused() throws {
    let train =
      "let m = rows [{x: 1.0, k: \"yes\"}, {x: 2.0, k: \"no\"}] | train k ~ x using baseline\n"
    let strange = try Program()(
      "-c", train + "rows [{x: 1.0, k: \"no\"}, {x: 2.0, k: \"maybe\"}] | evaluate m allow training"
    )
    #expect(strange.code == 1)
    #expect(strange.errors.contains("error[E1007]: `maybe` was no class in training (1 row)"))
    #expect(strange.errors.contains("no figures came out of this"), "\(strange.errors)")
    #expect(strange.errors.contains("the model knows `no`"))
    let rate = """
      let rate = rows [{n: 1, d: 2.0, a: 1}, {n: 3, d: 4.0, a: 2}, {n: 2, d: 3.0, a: 4}]
        | train n ~ a using glm(family = "poisson", offset = log(d))

      """
    let none = try Program()(
      "-c", rate + "rows [{n: 1, d: -1.0, a: 1}] | evaluate rate allow training")
    #expect(none.code == 1)
    #expect(none.errors.contains("the offset is missing in 1 row"), "\(none.errors)")
  }

  @Test("A model that the program saves and uses: its rows are known by lineage and by key")
  func savedAndUsed() throws {
    let train = """
      let data = rows [{id: 1, x: 1.0, t: false}, {id: 2, x: 2.0, t: true}, {id: 3, x: 3.0, t: false}]
        | label id = key
      data | train t ~ x using baseline | save model "m"

      """
    let new = try Program()(
      "-c", train + "rows [{id: 7, x: 2.0, t: true}] | evaluate model \"m\" | select metric, n")
    #expect(new.code == 0 && new.errors == "", "\(new.errors)")
    let known = try Program()(
      "-c", train + "rows [{id: 2, x: 2.0, t: true}] | evaluate model \"m\" | select metric, n")
    #expect(known.code != 0 && known.errors.contains("error[E1006]"), "\(known.errors)")
    let same = try Program()("-c", train + "data | evaluate model \"m\" | select metric, n")
    #expect(same.code == 2 && same.errors.contains("was trained on these rows"), "\(same.errors)")
  }

  @Test("Too many trees for a query are named with their number")
  func size() throws {
    let whom = Program()
    let rows =
      "(rows [{n: list_range(1, 3000)}] | unnest n | derive a = n * 7919 - n * 7919 // 1009 * 1009 | derive y = 1.0 * (a * a - a * a // 97 * 97))"
    let saved = try whom(
      "-c",
      "\(rows) | train y ~ a + n using boosted_trees(rounds = 1200, leaves = 200, least_rows = 2) | save model \"big\""
    )
    #expect(saved.code == 0, "\(saved.errors)")
    let sql = try whom("sql", "-c", "\(rows) | predict model \"big\" as p")
    #expect(sql.errors.contains("as a query it would have"), "\(sql.errors.prefix(500))")
  }
}
