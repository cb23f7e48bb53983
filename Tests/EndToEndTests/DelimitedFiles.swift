import Foundation
import Testing

/// CSV files whose signs can be seen at once take a shorter way to their columns than those that
/// leave a choice; several are looked at side by side. Neither way shows.
@Suite("Delimited files")
struct DelimitedFilesTests {
  /// Files that look plain for a while or are plain, with the rows that they hold: written out by
  /// hand.
  static let files: [(name: String, text: String, rows: String)] = [
    ("plain", "a,b\n1,x\n2,y\n", "a,b\n1,x\n2,y\n"),
    ("without an end", "a,b\n1,x\n2,y", "a,b\n1,x\n2,y\n"),
    ("line ends of two signs", "a,b\r\n1,x\r\n2,y\r\n", "a,b\n1,x\n2,y\n"),
    ("a mark before it", "\u{FEFF}a,b\n1,x\n2,y\n", "a,b\n1,x\n2,y\n"),
    ("spaces around names", " a , b\n1,x\n2,y\n", "a,b\n1,x\n2,y\n"),
    ("no name", "a,\n1,x\n2,y\n", "a,column_2\n1,x\n2,y\n"),
    ("no names", "1,2.5\n3,4.5\n", "column_1,column_2\n1,2.5\n3,4.5\n"),
    ("empty fields", "a,b\n1,\n,y\n", "a,b\n1,\n,y\n"),
    ("quotes further down", "a,b\n1,x\n2,\"y,z\"\n", "a,b\n1,x\n2,\"y,z\"\n"),
    ("an apostrophe", "a,b\n1,don't\n2,y\n", "a,b\n1,don't\n2,y\n"),
    ("semicolons", "a;b\n1;x,5\n2;y,6\n", "a,b\n1,\"x,5\"\n2,\"y,6\"\n"),
    ("semicolons in a field", "a,b\n1,x;5\n2,y;6\n", "a,b\n1,x;5\n2,y;6\n"),
    ("one column", "a\n1\n2\n", "a\n1\n2\n"),
    ("letters of other alphabets", "ключ,b\n1,名\n2,é\n", "ключ,b\n1,名\n2,é\n"),
  ]

  @Test("A value that is not the time that a program says it is is told in our words")
  func noTimestamp() throws {
    let whom = Program()
    try whom.folder.write("t.csv", "at,x\n2024-01-01,1\nsoon,2\n")
    let run = try whom("-c", "read(\"t.csv\", types = {at: \"timestamp\"})")
    #expect(run.errors.contains("`soon` in the column `at` is not a timestamp"), "\(run.errors)")
    #expect(!run.errors.contains("TIME ZONE"))
  }

  @Test("are read as they are written", arguments: files)
  func reading(name: String, text: String, rows: String) throws {
    let whom = Program()
    try whom.folder.write("in.csv", text)
    let run = try whom("-c", "read \"in.csv\"")
    #expect(run.output == rows, "\(name): \(run.output) \(run.errors)")
  }

  @Test("A line of another length is named, however plain the lines before it")
  func ragged() throws {
    let whom = Program()
    let lines = (1...30_000).map { "\($0),x" }
    try whom.folder.write("early.csv", "a,b\n1,x\n2,y,z\n3,x\n")
    try whom.folder.write("late.csv", "a,b\n" + lines.joined(separator: "\n") + "\n1,2,3\n")
    for (file, line) in [("early", "line 3"), ("late", "line 30002")] {
      let run = try whom("-c", "read \"\(file).csv\" | summarize n = count()")
      #expect(run.code == 1 || run.code == 2, "\(file): \(run.code) \(run.output)")
      #expect(run.errors.contains(line), "\(file): \(run.errors)")
    }
  }

  @Test("Types come from all of the first rows, and from those of every file")
  func types() throws {
    let whom = Program()
    let whole = (1...20_000).map { "\($0),\($0)" }.joined(separator: "\n")
    try whom.folder.write("a.csv", "k,v\n\(whole)\n20001,0.5\n")
    try whom.folder.write("b.csv", "k,w\n1,2024-02-29\n2,2024-03-01\n")
    try whom.folder.write(
      "both.whom",
      """
      param other: text = "missing.csv"
      let a = read "a.csv"
      let b = read($other)
      a | join b on k | derive later = w + 1 day, half = v / 2 | sort k
      """)
    let run = try whom("both.whom", "--set", "other=b.csv")
    #expect(
      run.output == "k,v,w,later,half\n1,1.0,2024-02-29,2024-03-01,0.5\n"
        + "2,2.0,2024-03-01,2024-03-02,1.0\n", "\(run.output) \(run.errors)")
  }

  @Test("Of two files, each says at its place what is wrong with it")
  func bothWrong() throws {
    let whom = Program()
    try whom.folder.write("a.csv", "k,k\n1,2\n")
    try whom.folder.write("b.csv", "")
    try whom.folder.write("both.whom", "let a = read \"a.csv\"\nlet b = read \"b.csv\"\na\nb\n")
    let run = try whom("both.whom")
    #expect(run.code == 2)
    #expect(run.errors.contains("both.whom:1:14"), "\(run.errors)")
    #expect(run.errors.contains("the file has two columns `k`"), "\(run.errors)")
    #expect(run.errors.contains("both.whom:2:14"), "\(run.errors)")
    #expect(run.errors.contains("the file is empty"), "\(run.errors)")
  }
}
