import Foundation
import Testing

/// The registry of models as a person uses it: a program saves, others load, the command shows.
@Suite("Saved models")
struct SavedModels {
  /// y = 1 + 2 a exactly but for the last row, so that every figure can be worked out by hand.
  private static let rows =
    "rows [{id: 1, a: 1, y: 3.0}, {id: 2, a: 2, y: 5.0}, {id: 3, a: 3, y: 7.5}, {id: 4, a: 4, y: 9.0}]"

  private func save(_ whom: Program, _ formula: String = "y ~ a") throws -> Program.Result {
    try whom(
      "-c", "\(Self.rows) | train \(formula) using linear | save model \"line\"", "--format",
      "table")
  }

  @Test("A model that was saved predicts in another program as it did in its own")
  func loads() throws {
    let whom = Program()
    let saved = try save(whom)
    #expect(saved.output.contains("saved model line@1") && saved.code == 0)
    let own = try whom(
      "-c",
      "let line = \(Self.rows) | train y ~ a using linear\nrows [{a: 10}] | predict line as p")
    let kept = try whom("-c", "rows [{a: 10}] | predict model \"line@1\" as p")
    #expect(kept.errors == "" && kept.output == own.output)
    // By least squares: slope 2.05, intercept 1.
    #expect(kept.output.hasPrefix("a,p\n10,21.5"))
  }

  /// Each version has the columns of its own formula, and those that come behind read theirs.
  @Test("A program may save two versions of a model, and a file twice")
  func twice() throws {
    let run = try Program()(
      "-c",
      """
      let line = \(Self.rows)
      line | train y ~ log(a) using linear | save model "line"
      model "line".training | save "rows.csv"
      read "rows.csv" | summarize sum(a)
      line | derive b = a * a | train y ~ b using linear | save model "line"
      model "line".training | save "rows.csv"
      read "rows.csv" | summarize sum(b)
      """)
    #expect(run.errors == "" && run.code == 0)
    #expect(run.output == "sum\n10\nsum\n30\n")
  }

  @Test("The training rows are a relation, and the folder is for its owner alone")
  func training() throws {
    let whom = Program()
    _ = try save(whom)
    let rows = try whom("-c", "model \"line\".training | sort a")
    #expect(rows.output == "a,y\n1,3.0\n2,5.0\n3,7.5\n4,9.0\n")
    let attributes = try FileManager.default.attributesOfItem(
      atPath: "\(whom.folder.path)/.whom/models")
    #expect(attributes[.posixPermissions] as? Int == 0o700)
  }

  @Test("Keys are kept under a secret of the project: files are private, a copy tells nothing")
  func secret() throws {
    let whom = Program()
    let rows = Self.rows + " | label id = key"
    let program = "\(rows) | train y ~ a using linear | save model \"line\""
    _ = try whom("-c", program)
    let folder = "\(whom.folder.path)/.whom"
    let objects = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/models/objects")
    let object = "\(folder)/models/objects/\(try #require(objects.first))"
    for file in ["\(folder)/secret", "\(object)/keys.parquet", "\(object)/training.parquet"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: file)
      #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
    }
    // Of the key 1, `key:1:1`, by Python's hashlib: its MD5, and the SHA-256 of that without a salt.
    let kept = try whom("-c", "read \"\(object)/keys.parquet\" | sort digest")
    let digests: [Substring] = kept.output.split(separator: "\n").dropFirst().map { $0 }
    #expect(digests.count > 1 && digests.allSatisfy { $0.count == 64 })
    for plain in ["460c9c1c6861b28802abe74876442f94", "7b72341f9da7b175d2d5383a8ca98ad0"] {
      #expect(!kept.output.contains(plain))
    }
    let check = "\(rows) | evaluate model \"line\""
    #expect(try whom("-c", check).errors.contains("have keys that `line@1` was trained on"))
    try FileManager.default.removeItem(atPath: "\(folder)/secret")
    #expect(try whom("-c", check).errors.contains("nothing says whether"))
  }

  @Test("The same model is the same version; another is the next and in use")
  func versions() throws {
    let whom = Program()
    _ = try save(whom)
    let again = try save(whom)
    #expect(again.output.contains("line@1 is the same"))
    #expect(try save(whom, "y ~ a - 1").output.contains("saved model line@2"))
    let list = try whom("models", "list", "--format", "csv")
    #expect(list.output.contains("\nline,2,2,linear,y ~ a + 0,"))
    #expect(try whom("models", "rollback", "line").output == "line@1 is in use again\n")
    #expect(try whom("models", "rollback", "line").code == 2)
    #expect(try whom("models", "promote", "line@2").output == "line@2 is in use now\n")
    let diff = try whom("models", "diff", "line@1", "line@2", "--format", "csv")
    #expect(diff.output.contains("\nformula,y ~ a,y ~ a + 0\n") && !diff.output.contains("seed"))
  }

  @Test("A program that saves a model can use it further down")
  func promised() throws {
    let whom = Program()
    let run = try whom(
      "-c",
      """
      \(Self.rows) | train y ~ a using linear | save model "line"
      rows [{a: 10}] | predict model "line" as p
      model "line".training | summarize n = count()
      """)
    #expect(run.code == 0 && run.errors == "")
    #expect(run.output.contains("10,21.5") && run.output.hasSuffix("n\n4\n"))
  }

  @Test(
    "What is not there is said with what is",
    arguments: [
      ("model \"lime\"", "did you mean `line`?"), ("model \"line@7\"", "it has version 1"),
      ("model \"line@x\"", "is not the name of a model"),
      ("model \"../line\"", "there is no model"),
    ])
  func unknown(model: String, words: String) throws {
    let whom = Program()
    _ = try save(whom)
    let run = try whom("-c", "rows [{a: 1}] | predict \(model) as p")
    #expect(run.code == 2 && run.errors.contains("E1008") && run.errors.contains(words))
  }

  @Test(
    "A damaged model is said to be one",
    arguments: [
      ("\"intercept\":true", "\"intercept\":false", "changed after it was written"),
      ("whom-trained-model", "whom-trained-mole", "changed after it was written"),
    ])
  func damaged(old: String, new: String, words: String) throws {
    let whom = Program()
    _ = try save(whom)
    let path = try document(whom)
    let text = try whom.folder.read(path)
    try whom.folder.write(path, text.replacingOccurrences(of: old, with: new))
    let run = try whom("-c", "rows [{a: 1}] | predict model \"line\" as p")
    #expect(run.code == 2 && run.errors.contains("E1011") && run.errors.contains(words))
    #expect(!run.errors.contains(whom.folder.path))
  }

  @Test(
    "A file from elsewhere is checked before it is a model",
    arguments: [
      ("\"version\":1", "\"version\":99", "a newer version"),
      ("\"estimator\":\"linear\"", "\"estimator\":\"oracle\"", "no estimator `oracle`"),
      (
        "\"text\":\"a\",", "\"text\":\"read \\\"/etc/passwd\\\"\",",
        "not an expression over columns"
      ),
      ("\"text\":\"a\",", "\"text\":\"\\u001b[2J\",", "not an expression over columns"),
      ("\"members\":[", "\"members\":[[", "cannot be read"),
      (
        "\"weights\":[", "\"weights\":[\"inf\",",
        "in `members`, `1`, `model`, `fitted`: a number is"
      ),
      ("\"weights\":[", "\"weights\":[7,", "`fitted`: its lists differ in length"),
      (
        "\"features\":[\"(intercept)\"", "\"features\":[\"(else)\"",
        "not those that its columns give"
      ),
      ("\"kind\":\"number\"", "\"kind\":\"date\"", "`preparation`, `columns`, `1`"),
      ("\"link\":\"identity\"", "\"link\":\"warp\"", "an unknown link"),
    ])
  func hostile(old: String, new: String, words: String) throws {
    let whom = Program()
    _ = try save(whom)
    #expect(try whom("models", "export", "line", "line.json").code == 0)
    let text = try whom.folder.read("line.json")
    try whom.folder.write("bad.json", text.replacingOccurrences(of: old, with: new))
    let run = try whom("models", "import", "bad.json", "bad")
    #expect(run.code == 1 && run.errors.contains("E1011") && run.errors.contains(words))
    #expect(!run.errors.contains("\u{1B}"))
    #expect(try whom("models", "import", "line.json", "copy").code == 0)
    let kept = try whom("-c", "rows [{a: 10}] | predict model \"copy\" as p")
    #expect(kept.errors == "" && kept.output.hasPrefix("a,p\n10,21.5"))
  }

  @Test("Other rows in the place of the training rows are found out when they are read")
  func swapped() throws {
    let whom = Program()
    _ = try save(whom)
    let objects = "\(whom.folder.path)/.whom/models/objects"
    let object = try #require(try FileManager.default.contentsOfDirectory(atPath: objects).first)
    let file = "\(objects)/\(object)/training.parquet"
    let rows = "rows [{a: 4, y: 9.0}, {a: 3, y: 7.5}, {a: 2, y: 5.0}, {a: 1, y: 3.0}]"
    func put(_ rows: String) throws {
      #expect(try whom("-c", "\(rows) | save \"other.parquet\"").code == 0)
      try FileManager.default.removeItem(atPath: file)
      try FileManager.default.copyItem(
        atPath: "\(whom.folder.path)/other.parquet", toPath: file)
    }
    // The same rows in another order are the same rows.
    try put(rows)
    let read = "model \"line\".training | summarize sum(y)"
    #expect(try whom("-c", read).output == "sum\n24.5\n")
    try put(rows.replacingOccurrences(of: "7.5", with: "7.0"))
    for program in [read, "use governance\n\(rows) | drift(model \"line\".training, [a])"] {
      let run = try whom("-c", program)
      #expect(run.code == 1 && run.errors.contains("E1011") && run.output == "")
      #expect(run.errors.contains("not the rows that the model was trained on"))
    }
    // Who asks for no training row is not told.
    #expect(try whom("-c", "rows [{a: 10}] | predict model \"line\" as p").code == 0)
  }

  @Test("Programs that save at once lose nothing")
  func together() throws {
    let whom = Program()
    let programs = try (0..<6).map { number in
      try whom.start([
        "-c",
        "\(Self.rows) | where id != \(number % 3 + 1) | train y ~ a using linear seed \(number) | save model \"line\"",
      ])
    }
    for program in programs {
      let result = try program.result()
      #expect(result.code == 0 && result.errors == "")
    }
    let list = try whom("models", "show", "line", "--format", "csv")
    for version in 1...6 { #expect(list.output.contains("\n\(version),\(version == 6),")) }
    let objects = "\(whom.folder.path)/.whom/models/objects"
    #expect(try FileManager.default.contentsOfDirectory(atPath: objects).count == 6)
  }

  private func document(_ whom: Program) throws -> String {
    let objects = ".whom/models/objects"
    let names = try FileManager.default.contentsOfDirectory(
      atPath: "\(whom.folder.path)/\(objects)")
    return "\(objects)/\(try #require(names.first))/model.json"
  }
}
