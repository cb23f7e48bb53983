import Foundation
import Testing

/// Files that LightGBM 4.7.0 wrote (its Python package, by `Tests/Fixtures/lightgbm/make.py`), with
/// what its own `predict` says of the rows of `rows.csv`.
@Suite("Files of LightGBM")
struct LightGBMFiles {
  private static let folder = Program.inProject("Tests/Fixtures/lightgbm")

  private func program() throws -> Program {
    let whom = Program()
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder) {
      try FileManager.default.copyItem(
        atPath: "\(Self.folder)/\(name)", toPath: "\(whom.folder.path)/\(name)")
    }
    return whom
  }

  private func wanted(_ name: String) throws -> [[Double]] {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/out.json"))
    let all = try #require(JSONSerialization.jsonObject(with: data) as? [String: [String: Any]])
    let found = try #require(all[name]?["pred"] as? [Any])
    return found.map { item in (item as? [Double]) ?? [(item as? Double) ?? .nan] }
  }

  private func rows(_ whom: Program, _ query: String) throws -> [[String: Any]] {
    let run = try whom("-c", query, "--format", "json")
    #expect(run.errors == "" && run.code == 0)
    let found = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    return try #require(found as? [[String: Any]])
  }

  @Test(
    "Predictions are the package's: the same bits before the link, behind it to 1e-15",
    arguments: ["binary", "number", "codes", "poisson", "forest", "zero", "rank"])
  func predictions(name: String) throws {
    let whom = try program()
    let group = name == "rank" ? ["--group", "plan"] : []
    let made = try whom.start(["models", "import", "\(name).txt", "--as", "m"] + group).result()
    #expect(made.output == "m@1 is in use now\n" && made.code == 0, "\(made.errors)")
    let fix = name == "zero" ? " | derive tenure = tenure ?? 0" : ""
    let found = try rows(
      whom, "read \"rows.csv\"\(fix) | predict model \"m\" as p | sort id | select p")
    let wanted = try wanted(name)
    #expect(found.count == wanted.count)
    let hasLink = ["binary", "poisson", "forest"].contains(name)
    for (row, number) in zip(found, wanted) {
      let p = try #require(row["p"] as? Double)
      #expect(hasLink ? abs(p - number[0]) <= 2e-15 * number[0] : p == number[0])
    }
  }

  @Test("Several classes by the names that are given")
  func classes() throws {
    let whom = try program()
    let made = try whom(
      "models", "import", "multi.txt", "--as", "m", "--classes", "low,middle,high", "--target",
      "grade")
    #expect(made.code == 0, "\(made.errors)")
    let found = try rows(
      whom, "read \"rows.csv\" | predict model \"m\" as p | sort id | select p, p_probabilities")
    for (row, chances) in zip(found, try wanted("multi")) {
      let list = try #require(row["p_probabilities"] as? [Double])
      #expect(zip(list, chances).allSatisfy { abs($0 - $1) < 1e-15 })
      let best = try #require(chances.indices.max { chances[$0] < chances[$1] })
      #expect(row["p"] as? String == ["low", "middle", "high"][best])
    }
    #expect(try whom("models", "show", "m").output.contains("grade ~ tenure + fee + plan + code"))
  }

  @Test(
    "What would not be scored alike is refused with the reason",
    arguments: [
      ("sqrt", "square roots"), ("slope", "a slope of their own"), ("linear", "linear models"),
      ("ova", "do not add up to 1"), ("rank", "the group is not named"),
    ])
  func refusals(name: String, words: String) throws {
    let whom = try program()
    let made = try whom("models", "import", "\(name).txt", "--as", "m")
    #expect(made.code == 1 && made.errors.contains(words), "\(made.errors)")
    let missing = try whom("models", "show", "m")
    #expect(missing.code == 2)
    #expect(
      missing.errors.contains("there is no model `m`\n = note: not in the registry\n = help: "))
  }

  /// What LightGBM 4.7.0 writes for these objectives differs in these lines alone.
  @Test(
    "Objectives that no model here has are refused by name, with what to train instead",
    arguments: [
      ("objective=cross_entropy", "is a probability (`cross_entropy`)", "objective `binary`"),
      (
        "objective=cross_entropy_lambda", "is a probability (`cross_entropy_lambda`)",
        "objective `binary`"
      ),
      ("objective=binary sigmoid:2", "slope of their own (`sigmoid:2`)", "`sigmoid` as 1"),
      ("objective=regression sqrt", "square roots", "`sqrt(target)`"),
    ])
  func objectives(line: String, words: String, help: String) throws {
    let whom = try program()
    let text = try whom.folder.read("number.txt")
    #expect(text.contains("objective=regression\n"))
    try whom.folder.write(
      "other.txt", text.replacingOccurrences(of: "objective=regression", with: line))
    let made = try whom("models", "import", "other.txt", "--as", "m")
    #expect(made.code == 1 && made.errors.contains("E1011"))
    #expect(made.errors.contains(words) && made.errors.contains(help), "\(made.errors)")
  }

  /// A Python function as objective leaves no line; LightGBM's own `predict` gives raw scores then.
  @Test("Trees of a loss that the file does not name give raw scores, and the card says so")
  func unnamedLoss() throws {
    let whom = try program()
    let text = try whom.folder.read("number.txt")
    try whom.folder.write(
      "other.txt", text.replacingOccurrences(of: "objective=regression\n", with: ""))
    #expect(try whom("models", "import", "other.txt", "--as", "m").code == 0)
    let found = try rows(
      whom, "read \"rows.csv\" | predict model \"m\" as p | sort id | select p")
    for (row, number) in zip(found, try wanted("number")) {
      #expect(row["p"] as? Double == number[0])
    }
    let card = try whom("models", "show", "m").output
    #expect(card.contains("predictions are raw scores") && !card.contains("learning_rate"))
  }

  @Test("A file that was cut or changed is refused, and nothing is left behind")
  func broken() throws {
    let whom = try program()
    let text = try whom.folder.read("binary.txt")
    for (old, new) in [
      ("left_child=1", "left_child=0"), ("leaf_count=", "leaf_count=x"),
      ("max_feature_idx=3", "max_feature_idx=99"), ("num_leaves=6", "num_leaves=7000000"),
      ("pandas_categorical:[[\"basic\"", "pandas_categorical:[[[\"basic\"]"),
    ] {
      #expect(text.contains(old))
      try whom.folder.write("bad.txt", text.replacingOccurrences(of: old, with: new))
      let made = try whom("models", "import", "bad.txt", "--as", "m")
      #expect(made.code == 1 && made.errors.contains("E1011"), "\(new) \(made.errors)")
    }
    try whom.folder.write("bad.txt", String(text.prefix(900)))
    #expect(try whom("models", "import", "bad.txt", "--as", "m").code == 1)
    #expect(try whom("models", "list", "--format", "csv").output.split(separator: "\n").count == 1)
  }

  @Test("A model goes out as LightGBM's and comes back the same")
  func export() throws {
    let whom = try program()
    let source = """
      (rows [{n: list_range(1, 400)}] | unnest n | derive a = n - n // 17 * 17,
        b = if n // 3 * 3 == n then "x" else "y y" | derive y = 1.0 * a + (if b == "x" then 5 else 0))
      """
    let trained = try whom(
      "-c",
      source + " | train y ~ a + b using boosted_trees(rounds = 5, leaves = 4) | save model \"t\"")
    #expect(trained.code == 0, "\(trained.errors)")
    let out = try whom("models", "export", "t", "t.txt", "--lightgbm")
    #expect(out.output.hasPrefix("wrote t@1 to t.txt"))
    let text = try whom.folder.read("t.txt")
    #expect(text.hasPrefix("tree\n") && text.contains("pandas_categorical:[[\"x\",\"y y\"]]"))
    #expect(try whom("models", "import", "t.txt", "--as", "back", "--target", "y").code == 0)
    let same = try rows(
      whom,
      source
        + " | predict model \"t\" as p | predict model \"back\" as q | where p == q | summarize n = count()"
    )
    #expect(same.first?["n"] as? Int == 400)
    let line = try whom(
      "-c", source + " | train y ~ a using linear | save model \"line\"")
    #expect(line.code == 0)
    let refused = try whom("models", "export", "line", "l.txt", "--lightgbm")
    #expect(refused.code == 1 && refused.errors.contains("a `linear` has no trees"))
    #expect(!whom.folder.names.contains("l.txt"))
  }
}
