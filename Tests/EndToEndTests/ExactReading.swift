import Foundation
import Testing

/// Types of files come from their first 20,480 rows. What a later row has is what the file says, or
/// an error that quotes it: never a rounded number, and never a time without its offset. All
/// expected values are written out by hand.
@Suite("Exact reading")
struct ExactReadingTests {
  /// So many rows that the last one was not among those that were looked at.
  private static func late(_ first: (Int) -> String, _ last: String) -> String {
    (1...20_500).map(first).joined(separator: "\n") + "\n" + last + "\n"
  }

  /// Whole numbers in a column `a`, and behind them one more line.
  private static func ints(in file: String, last: String) -> String {
    file.hasSuffix("csv")
      ? "a,b\n" + late({ "\($0),1" }, last) : late({ "{\"a\": \($0)}" }, last)
  }

  /// A run that fails because of a row, with these words.
  private static func expectMisfit(
    _ whom: Program, _ program: String, _ words: String...,
    at place: SourceLocation = #_sourceLocation
  ) throws {
    let run = try whom("-c", program)
    #expect(run.code == 1 && run.output == "", "\(program): \(run)", sourceLocation: place)
    let said = run.errors.replacing("\n          ", with: " ")
    for part in words {
      #expect(said.contains(part), "\(program): \(run.errors)", sourceLocation: place)
    }
  }

  static let misfits: [(file: String, last: String, says: String)] = [
    ("a.csv", "2.5,1", "`2.5` in the column `a` is not an int"),
    ("a.csv", "25e-1,1", "`25e-1` in the column `a` is not an int"),
    ("a.csv", "0x1F,1", "`0x1F` in the column `a` is not an int"),
    ("a.csv", "9007199254740993.5,1", "`9007199254740993.5` in the column `a` is not an int"),
    ("a.csv", "02139,1", "`02139` in the column `a` is not an int"),
    ("a.csv", "1_000,1", "`1_000` in the column `a` is not an int"),
    ("a.csv", "90071992547409925e-1,1", "`90071992547409925e-1` in the column `a` is not an int"),
    ("a.csv", "paid,1", "`paid` in the column `a` is not an int"),
    ("a.ndjson", #"{"a": 2.5}"#, "`2.5` in the column `a` is not an int"),
    ("a.ndjson", #"{"a": true}"#, "`true` in the column `a` is not an int"),
    ("a.ndjson", #"{"a": 98765432109876543210}"#, "`98765432109876543210` in the column `a`"),
  ]

  @Test("A number that the type does not hold is named with its row", arguments: misfits)
  func misfit(file: String, last: String, says: String) throws {
    let whom = Program()
    try whom.folder.write(file, Self.ints(in: file, last: last))
    let run = try whom("-c", "read \"\(file)\" | summarize total = sum(a)")
    let words = run.errors
    #expect(words.contains("row 20,501 of") || words.contains("line 20502 of"), "\(run.errors)")
    try Self.expectMisfit(whom, "read \"\(file)\" | summarize total = sum(a)", says)
    try Self.expectMisfit(whom, "read \"\(file)\" | save \"out.parquet\"", says)
    #expect(!whom.folder.names.contains("out.parquet"))
  }

  static let fits: [(file: String, last: String, a: String)] = [
    ("a.csv", "2.0,1", "2"), ("a.csv", "0,1", "0"), ("a.csv", "-0,1", "0"), ("a.csv", "-7,1", "-7"),
    ("a.csv", "2e3,1", "2000"), ("a.csv", " 7 ,1", "7"),
    ("a.csv", "-9223372036854775808,1", "-9223372036854775808"), ("a.csv", ",1", ""),
    ("a.csv", "9223372036854775807,1", "9223372036854775807"),
    ("a.ndjson", #"{"a": 9007199254740993}"#, "9007199254740993"),
    ("a.ndjson", #"{"a": "7"}"#, "7"), ("a.ndjson", #"{"a": null}"#, ""),
  ]

  @Test("A whole number is one however it is written, to the last digit", arguments: fits)
  func fit(file: String, last: String, a: String) throws {
    let whom = Program()
    try whom.folder.write(file, Self.ints(in: file, last: last))
    let run = try whom(
      "-c", "read(\"\(file)\", number_rows = \"n\") | where n == 20501 | select a, n")
    #expect(run.output == "a,n\n\(a),20501\n", "\(run.output) \(run.errors)")
  }

  static let times: [(name: String, rows: [String], utc: [String])] = [
    (
      "with and without an offset",
      ["2024-01-01 10:00:00", "2024-01-01 10:00:00+02:00", "2024-01-01T10:00-05"],
      ["2024-01-01T10:00:00Z", "2024-01-01T08:00:00Z", "2024-01-01T15:00:00Z"]
    ),
    (
      "the first with one",
      ["2024-01-01 10:00:00+02:00", "2024-01-01 10:00:00", "2024-01-01 10:00:00Z"],
      ["2024-01-01T08:00:00Z", "2024-01-01T10:00:00Z", "2024-01-01T10:00:00Z"]
    ),
    (
      "parts of a second",
      ["2024-01-01 10:00:00.5", "2024-01-01 10:00:00.25+01", "2024-01-01 10:00"],
      ["2024-01-01T10:00:00.500Z", "2024-01-01T09:00:00.250Z", "2024-01-01T10:00:00Z"]
    ),
  ]

  @Test("Each time keeps its own offset", arguments: times, ["csv", "ndjson"])
  func offsets(_ times: (name: String, rows: [String], utc: [String]), _ ending: String) throws {
    let whom = Program()
    let rows = times.rows.map { ending == "csv" ? "\($0),1" : "{\"t\": \"\($0)\", \"b\": 1}" }
    try whom.folder.write(
      "t.\(ending)", (ending == "csv" ? "t,b\n" : "") + rows.joined(separator: "\n") + "\n")
    let run = try whom("-c", "read(\"t.\(ending)\", types = {t: \"timestamp\"}) | select t")
    #expect(run.output == "t\n" + times.utc.map { $0 + "\n" }.joined(), "\(times.name) \(run)")
  }

  @Test("More than six digits behind the second are left out, and that is said once")
  func nanoseconds() throws {
    let whom = Program()
    let times = ["10:00:00.123456789", "10:00:00.123456000", "10:00:00.5"].map {
      "2024-01-05T\($0)Z"
    }
    try whom.folder.write("t.csv", "t,b\n" + times.map { "\($0),1\n" }.joined())
    try whom.folder.write("t.ndjson", times.map { "{\"t\": \"\($0)\"}\n" }.joined())
    try whom.folder.write("l.ndjson", times.map { "{\"t\": [\"\($0)\"]}\n" }.joined())
    for (file, stages) in [("t.csv", ""), ("t.ndjson", ""), ("l.ndjson", " | unnest t")] {
      let run = try whom("-c", "read \"\(file)\"\(stages) | select t | sort t")
      #expect(
        run.output == """
          t
          2024-01-05T10:00:00.123456Z
          2024-01-05T10:00:00.123456Z
          2024-01-05T10:00:00.500Z

          """, "\(file): \(run)")
      #expect(
        run.errors.contains("a value of `t` has more than six digits behind the second"), "\(run)")
    }
    let texts = try whom("-c", "read(\"t.csv\", types = {t: \"text\"}) | take 1 | select t")
    #expect(texts.output == "t\n\(times[0])\n" && texts.errors == "", "\(texts)")
  }

  @Test("The engine's own words are no times", arguments: ["infinity", "epoch", "5874898-01-01"])
  func words(_ word: String) throws {
    let whom = Program()
    for (first, kind) in [("2024-01-05", "date"), ("2024-01-05 10:00:00", "timestamp")] {
      try whom.folder.write("w.csv", "t,b\n" + Self.late({ _ in "\(first),1" }, "\(word),1"))
      try Self.expectMisfit(
        whom, "read \"w.csv\" | summarize m = max(t)",
        "`\(word)` in the column `t` is not a \(kind)")
    }
  }

  @Test("Where clocks hang elsewhere, only times without an offset are theirs")
  func zone() throws {
    let whom = Program()
    try whom.folder.write("t.csv", "t,b\n2024-07-01 10:00:00,1\n2024-07-01 10:00:00Z,1\n")
    // Berlin is two hours ahead of UTC in July.
    let run = try whom("--zone", "Europe/Berlin", "-c", "read \"t.csv\" | derive u = to_unix(t)")
    let utc = try whom("-c", "read \"t.csv\" | derive u = to_unix(t)")
    #expect(
      run.output.contains(",1,1719820800\n") && run.output.contains(",1,1719828000\n"), "\(run)")
    #expect(!utc.output.contains(",1,1719820800\n"), "\(utc)")
  }

  @Test("Zeros in front are a code's, unless `types` says that it is a number")
  func zeros() throws {
    let whom = Program()
    try whom.folder.write("z.csv", "zip,b\n" + Self.late({ "\(10_000 + $0),1" }, "02139,1"))
    let run = try whom("-c", "read(\"z.csv\", types = {zip: \"int\"}) | summarize least = min(zip)")
    #expect(run.output == "least\n2139\n", "\(run)")
    let text = try whom(
      "-c", "read(\"z.csv\", types = {zip: \"text\"}) | summarize least = min(zip)")
    #expect(text.output == "least\n02139\n", "\(text)")
    let guess = try whom("-c", "read \"z.csv\" | summarize least = min(zip)")
    #expect(guess.code == 1 && guess.errors.contains("types = {zip: \"text\"}"), "\(guess)")
  }

  @Test("`types` does not round either")
  func stated() throws {
    let whom = Program()
    try whom.folder.write("a.csv", "a,b\n1.0,x\n2.5,y\n")
    try whom.folder.write("a.json", #"[{"a": 1.0, "b": "x"}, {"a": 2.5, "b": "y"}]"#)
    try whom.folder.write("t.csv", "a;b\n1,000;x\n2.5;y\n")
    _ = try whom("-c", "read \"a.csv\" | save \"a.parquet\"")
    for file in ["\"a.csv\"", "\"a.json\"", "\"a.parquet\"", "\"t.csv\", thousands = \",\""] {
      try Self.expectMisfit(
        whom, "read(\(file), types = {a: \"int\"})", "row 2 of",
        "`2.5` in the column `a` is not an int")
    }
  }

  /// A value, and the decimal(12, 2) that it is; nil where it is none.
  static let decimals: [(csv: String, json: String, decimal: String?)] = [
    ("0.50", "0.50", "0.50"), ("1.5000", "1.5000", "1.50"), ("15e-1", "15e-1", "1.50"),
    ("-7", "-7", "-7.00"), ("9999999999.99", "\"9999999999.99\"", "9999999999.99"),
    ("0.005", "0.005", nil), ("12.3e-2", "12.3e-2", nil), ("10000000000", "10000000000", nil),
    ("x", "\"x\"", nil), ("1e400", "1e400", nil), ("true", "true", nil),
  ]

  @Test("A decimal that `types` says keeps every place, or is refused", arguments: decimals)
  func decimal(csv: String, json: String, decimal: String?) throws {
    let whom = Program()
    try whom.folder.write("d.csv", "d,b\n\(csv),1\n")
    try whom.folder.write("d.json", "[{\"d\": \(json)}]")
    for file in ["d.csv", "d.json"] {
      let program = "read(\"\(file)\", types = {d: \"decimal(12, 2)\"}) | select d"
      guard let decimal else {
        try Self.expectMisfit(whom, program, "row 1 of `\(file)`", "is not a decimal(12, 2)")
        continue
      }
      #expect(try whom("-c", program).output == "d\n\(decimal)\n", "\(file)")
    }
  }

  @Test("Numbers of JSON are no decimals beyond a float's digits; texts are")
  func decimalDigits() throws {
    let whom = Program()
    try whom.folder.write("n.json", #"[{"d": 12345678901234567.89}]"#)
    try whom.folder.write("t.json", #"[{"d": "12345678901234567.89"}, {"d": 12345678901234567}]"#)
    let types = "types = {d: \"decimal(24, 2)\"}"
    try Self.expectMisfit(
      whom, "read(\"n.json\", \(types))", "numbers of JSON have a float's digits")
    let texts = try whom("-c", "read(\"t.json\", \(types))")
    #expect(texts.output == "d\n12345678901234567.89\n12345678901234567.00\n", "\(texts)")
  }

  @Test("What Parquet says is kept by `types`, or refused")
  func parquet() throws {
    let whom = Program()
    _ = try whom(
      "-c",
      """
      rows [{f: 2.675, t: @2024-01-05T10:00, i: 7}] | save "p.parquet"
      """)
    for (column, type) in [
      ("f", "decimal(10, 2)"), ("f", "date"), ("t", "date"), ("t", "int"), ("i", "timestamp"),
    ] {
      try Self.expectMisfit(
        whom, "read(\"p.parquet\", types = {\(column): \"\(type)\"})", "row 1 of `p.parquet`",
        "in the column `\(column)` is not a")
    }
    let run = try whom(
      "-c",
      "read(\"p.parquet\", types = {f: \"decimal(10, 3)\", t: \"text\", i: \"decimal(4, 1)\"})")
    #expect(run.output == "f,t,i\n2.675,2024-01-05 10:00:00,7.0\n", "\(run)")
  }

  @Test("Whole numbers in lists and records are whole")
  func nested() throws {
    let whom = Program()
    try whom.folder.write(
      "r.ndjson",
      Self.late({ #"{"r": {"k": \#($0), "l": [\#($0)]}, "i": \#($0)}"# }, #"{"r": null, "i": 1}"#))
    let good = try whom(
      "-c", "read \"r.ndjson\" | summarize k = sum(r.k), n = count(r), rows = count()")
    // 1 + 2 + ... + 20,500
    #expect(good.output == "k,n,rows\n210135250,20500,20501\n", "\(good.output) \(good.errors)")
    try whom.folder.write(
      "s.ndjson", Self.late({ #"{"r": {"l": [\#($0)]}}"# }, #"{"r": {"l": [1, 2.5]}}"#))
    try Self.expectMisfit(
      whom, "read \"s.ndjson\" | where length(r.l) > 1", "`2.5` in the column `r`",
      "types = {r: \"text\"})`, and take the text apart")
    try whom.folder.write(
      "f.ndjson", Self.late({ #"{"r": {"k": \#($0).5}}"# }, #"{"r": {"k": true}}"#))
    try Self.expectMisfit(
      whom, "read \"f.ndjson\" | where r.k < 1", "`true` in the column `r` is not a float")
  }

  @Test(
    "So are those of records with ever new keys, and of files that are read in a way of their own")
  func maps() throws {
    let whom = Program()
    // A record with more keys than a table has columns, within a column and alone.
    for (start, end) in [("{\"m\": {", "}}"), ("{", "}")] {
      func file(_ last: String) -> String {
        Self.late({ "\(start)\"k\($0)\": \($0)\(end)" }, "\(start)\"q\": \(last)\(end)")
      }
      try whom.folder.write("m.ndjson", file("9007199254740993"))
      let run = try whom(
        "-c",
        "read(\"m.ndjson\", columns = [\"m\"], number_rows = \"n\") | where n == 20501 | select m",
        "--format", "json")
      #expect(run.output.contains(#""value":9007199254740993"#), "\(run)")
      for wrong in ["2.5", "true"] {
        try whom.folder.write("m.ndjson", file(wrong))
        try Self.expectMisfit(
          whom, "read \"m.ndjson\" | save \"m.parquet\"", "`\(wrong)` in the column",
          "is not an int")
      }
    }
  }

  @Test("Names that differ only in case, and the name `json`, change nothing")
  func names() throws {
    let whom = Program()
    for (first, column, last) in [
      ("\"a\": 1, \"A\": 2", "a", "\"a\": 2.5, \"A\": 2"),
      ("\"a\": 1, \"A\": 2", "A_2", "\"a\": 1, \"A\": 2.5"),
      ("\"json\": 1", "json", "\"json\": 2.5"),
    ] {
      try whom.folder.write("n.ndjson", Self.late({ _ in "{\(first)}" }, "{\(last)}"))
      let program = "read \"n.ndjson\" | summarize total = sum(\(column))"
      try Self.expectMisfit(whom, program, "row 20,501 of", "`2.5` in the column `\(column)`")
    }
    try whom.folder.write("s.json", "[" + (1...20_500).map { "\($0), " }.joined() + "2.5]")
    try Self.expectMisfit(
      whom, "read \"s.json\" | summarize s = sum(json)", "`2.5` in the column `json`")
    try whom.folder.write("v.ndjson", #"{"a": 9007199254740993, "b": "x", "A": 2}"#)
    let run = try whom("-c", "read \"v.ndjson\"")
    #expect(run.output == "a,b,A_2\n9007199254740993,x,2\n", "\(run)")
  }

  @Test("Of several files the one is named, and the row in it")
  func several() throws {
    let whom = Program()
    try whom.folder.write("a.csv", "v,b\n1,1\n2,1\n")
    try whom.folder.write("b.csv", "v,b\n3,1\n2.5,1\n")
    try Self.expectMisfit(whom, "read \"*.csv\"", "row 2 of `b.csv` does not fit")
  }

  @Test("A record that is of another kind is named by its line")
  func kinds() throws {
    let whom = Program()
    for (first, last, words) in [
      (#"{"f": [1]}"#, #"{"f": 5}"#, "`5` is no list"),
      (#"{"f": {"a": 1}}"#, #"{"f": 5}"#, "`5` is no record"),
      (#"{"f": 1}"#, "5", "`5` is no record"),
    ] {
      let rows = Self.late({ _ in first }, last)
      try whom.folder.write("k.ndjson", rows)
      try Self.expectMisfit(
        whom, "read \"k.ndjson\" | save \"k.parquet\"", words,
        "line 20501 of `k.ndjson` does not fit")
      try whom.folder.write("k.json", "[\(rows.dropLast().replacing("\n", with: ","))]")
      try Self.expectMisfit(
        whom, "read \"k.json\" | save \"k.parquet\"", words, "record 20501 of `k.json` does not fit"
      )
    }
  }

  /// Other columns of all kinds do not change how whole numbers are read.
  static let companions = [
    (#""z": null"#, #""z": 1.50"#), (#""o": {"a": null}"#, #""o": {"a": 1.5}"#),
    (#""l": [null]"#, #""l": ["x"]"#), (#""e": {}"#, #""e": {"a": 2.50}"#),
    (#""h": 18446744073709551615"#, #""h": 7"#), (#""t": "10:00:00""#, #""t": "11:30:00""#),
    (#""u": "6d3d2541-0000-4000-8000-000000000000""#, #""u": "x""#),
    (#""m": {"a": 1}, "s": ["2024-01-01"]"#, #""m": null, "s": []"#),
    (#""p": [{"t": "10:00:00"}], "c": [18446744073709551615]"#, #""p": null, "c": []"#),
    (#""i": 1, "I": "x""#, #""i": 2, "I": null"#),
  ]

  @Test("Beside any other column", arguments: companions)
  func beside(_ first: String, _ last: String) throws {
    let whom = Program()
    try whom.folder.write(
      "b.ndjson", Self.late({ "{\"n\": \($0), \(first)}" }, "{\"n\": 2.5, \(last)}"))
    try Self.expectMisfit(
      whom, "read \"b.ndjson\" | summarize total = sum(n)", "`2.5` in the column `n`")
    let stated = try whom(
      "-c", "read(\"b.ndjson\", types = {n: \"float\"}) | summarize total = sum(n)")
    // 1 + 2 + ... + 20,500 + 2.5
    #expect(stated.output == "total\n210135252.5\n", "\(stated)")
  }

  @Test("What was missing in the first rows is read as text, or as `types` says")
  func missingFirst() throws {
    let whom = Program()
    try whom.folder.write("z.ndjson", Self.late({ _ in #"{"z": null}"# }, #"{"z": "late"}"#))
    let run = try whom("-c", "read \"z.ndjson\" | where z != null")
    #expect(run.output == "z\nlate\n", "\(run)")
    try whom.folder.write("y.ndjson", Self.late({ _ in #"{"z": null}"# }, #"{"z": 5}"#))
    let number = try whom("-c", "read(\"y.ndjson\", types = {z: \"int\"}) | summarize s = sum(z)")
    #expect(number.output == "s\n5\n", "\(number)")
  }

  static let signs: [(text: String, options: String, words: String)] = [
    ("v;b\n12,5;1\n", "thousands = \",\"", "`12,5` in the column `v`"),
    ("v;b\n1,2,3;1\n", "thousands = \",\"", "`1,2,3` in the column `v`"),
    (
      "v;b\n2.000;1\n", "decimal = \",\", types = {v: \"int\"}", "`2.000` in the column `v`"
    ),
    ("v;b\n2024-07-01;1\ninfinity;2\n", "", "`infinity` in the column `v` is not a date"),
    (
      "v;b\n2024-07-01;1\n2024-07-02 23:30;2\n", "types = {v: \"date\"}",
      "`2024-07-02 23:30` in the column `v` is not a date"
    ),
    ("v;b\nx;1\n", "types = {v: \"decimal(10, 2)\"}", "`x` in the column `v` is not a decimal"),
  ]

  @Test("Signs and days that are not as they are said to be", arguments: signs)
  func otherSigns(_ text: String, _ options: String, _ words: String) throws {
    let whom = Program()
    try whom.folder.write("s.csv", text)
    let all = options.isEmpty ? "" : ", \(options)"
    try Self.expectMisfit(whom, "read(\"s.csv\", delimiter = \";\"\(all))", words)
  }

  @Test("Signs between thousands are read where thousands are")
  func thousands() throws {
    let whom = Program()
    try whom.folder.write("t.csv", "v;w\n1.234,5;1.000\n3;-2\n-1e3;12.345.678\n")
    let run = try whom(
      "-c", "read(\"t.csv\", delimiter = \";\", thousands = \".\", decimal = \",\")")
    #expect(run.output == "v,w\n1234.5,1000\n3.0,-2\n-1000.0,12345678\n", "\(run)")
  }

  @Test("Times and days within lists and records keep offset and hour; short times too")
  func nestedTimes() throws {
    let whom = Program()
    try whom.folder.write("l.ndjson", #"{"l": ["2024-01-01T10:00:00+05:00"], "b": 1}"#)
    let list = try whom("-c", "read \"l.ndjson\" | unnest l | select t = l")
    #expect(list.output == "t\n2024-01-01T05:00:00Z\n", "\(list)")
    try whom.folder.write("s.csv", "t,b\n2024-1-2 9:00+02,1\n2024-1-2 1:00+02:00,2\n")
    let short = try whom("-c", "read(\"s.csv\", types = {t: \"timestamp\"}) | select t")
    #expect(short.output == "t\n2024-01-02T07:00:00Z\n2024-01-01T23:00:00Z\n", "\(short)")
    try whom.folder.write(
      "d.ndjson",
      Self.late({ _ in #"{"d": ["2024-01-01"]}"# }, #"{"d": ["2024-01-02 23:30:00"]}"#))
    try Self.expectMisfit(whom, "read \"d.ndjson\" | where length(d) > 5", "is not a date")
    try whom.folder.write("z.ndjson", #"{"d": "30/12/2024 10:00 +0500", "b": 1}"#)
    let placed = try whom(
      "--zone", "Europe/Berlin", "-c",
      "read(\"z.ndjson\", timestamp_format = \"%d/%m/%Y %H:%M %z\") | select u = to_unix(d)")
    // 05:00 in UTC
    #expect(placed.output == "u\n1735534800\n", "\(placed)")
  }

  @Test("A column of the file is not the folder's of the same name")
  func folders() throws {
    let whom = Program()
    try FileManager.default.createDirectory(
      atPath: "\(whom.folder.path)/v=5", withIntermediateDirectories: true)
    try whom.folder.write("v=5/a.csv", "v,x\n7.5,1\n")
    let run = try whom("-c", "read \"v=5/a.csv\"")
    #expect(run.output == "v,x\n7.5,1\n", "\(run)")
  }

  @Test("A key that comes late is read when `types` names it")
  func lateKeys() throws {
    let whom = Program()
    try whom.folder.write("e.ndjson", Self.late({ "{\"a\": \($0)}" }, #"{"a": 0, "refund": 2.5}"#))
    let run = try whom(
      "-c", "read(\"e.ndjson\", types = {refund: \"float\"}) | where refund != null")
    #expect(run.output == "a,refund\n0,2.5\n", "\(run)")
    #expect(run.errors.contains("W0605"), "\(run.errors)")
  }
}
