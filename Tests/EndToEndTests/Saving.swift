import Foundation
import Testing

/// What `save` leaves on the disk. The bytes that are expected were written down by hand.
@Suite("Saving files")
struct SavingTests {
  static let rows = "rows [{id: 1, name: \"a\", day: @2024-01-31}, {id: 2, name: null, day: null}]"

  @Test(
    "Each format",
    arguments: [
      ("x.csv", "id,name,day\n1,a,2024-01-31\n2,,\n"),
      ("x.tsv", "id\tname\tday\n1\ta\t2024-01-31\n2\t\t\n"),
      (
        "x.ndjson",
        "{\"id\":1,\"name\":\"a\",\"day\":\"2024-01-31\"}\n{\"id\":2,\"name\":null,\"day\":null}\n"
      ),
    ])
  func formats(name: String, bytes: String) throws {
    let whom = Program()
    let run = try whom("-c", "\(Self.rows) | save \"\(name)\"")
    #expect(run.code == 0 && run.errors == "")
    #expect(try whom.folder.read(name) == bytes)
    #expect(whom.folder.names == [name])
  }

  @Test("JSON is a list of objects")
  func json() throws {
    let whom = Program()
    _ = try whom("-c", "\(Self.rows) | save \"x.json\"")
    let data = Data(try whom.folder.read("x.json").utf8)
    let list = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    #expect(list.count == 2 && list[0]["name"] as? String == "a" && list[1]["name"] is NSNull)
  }

  @Test(
    "Packed files begin as such files do, and come back whole",
    arguments: [
      ("x.csv.gz", [0x1F, 0x8B]), ("x.ndjson.zst", [0x28, 0xB5, 0x2F, 0xFD]),
      ("x.json.gz", [0x1F, 0x8B]), ("x.parquet", [0x50, 0x41, 0x52, 0x31]),
    ] as [(String, [UInt8])])
  func packed(name: String, start: [UInt8]) throws {
    let whom = Program()
    #expect(try whom("-c", "\(Self.rows) | save \"\(name)\"").code == 0)
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(whom.folder.path)/\(name)"))
    #expect(Array(data.prefix(start.count)) == start)
    let again = try whom("-c", "read \"\(name)\"")
    #expect(again.output == "id,name,day\n1,a,2024-01-31\n2,,\n", "\(again.errors)")
  }

  static let more =
    "rows [{name: \"B\", id: 2, day: @2025-02-01}, {name: \"c\", id: 3, day: null}]"

  @Test(
    "append adds behind what is there, by the names of the columns", arguments: ["csv", "parquet"])
  func append(ending: String) throws {
    let whom = Program()
    let file = "x.\(ending)"
    _ = try whom("-c", "\(Self.more) | save \"\(file)\" append")
    let run = try whom("-c", "\(Self.rows) | save \"\(file)\" append\nread \"\(file)\" | count")
    #expect(run.output == "value\n4\n", "\(run.errors)")
    let ids = try whom("-c", "read \"\(file)\" | select id, name").output
    #expect(ids == "id,name\n2,B\n3,c\n1,a\n2,\n")
  }

  /// What a file holds, what is appended, and what is then in it; nil where that is refused.
  static let types: [(file: String, old: String, new: String, rows: String?)] = [
    ("t.csv", "2.5", "1", "x\n2.5\n1.0\n"), ("t.parquet", "2.5", "1", "x\n2.5\n1.0\n"),
    ("t.json", "2.5", "1", "x\n2.5\n1.0\n"),
    // 2^53 + 1, which no float is, and 2^53
    ("t.csv", "2.5", "9007199254740993", nil), ("t.parquet", "2.5", "9007199254740993", nil),
    ("t.parquet", "2.5", "9007199254740992", "x\n2.5\n9007199254740992.0\n"),
    ("t.csv", "1", "2.5", "x\n1.0\n2.5\n"), ("t.parquet", "1", "2.5", "x\n1.0\n2.5\n"),
    ("t.csv", "1", "\"a\"", "x\n1\na\n"), ("t.parquet", "1", "\"a\"", nil),
    ("t.csv", "\"a\"", "1", nil), ("t.parquet", "\"7\"", "1", nil),
    (
      "t.parquet", "@2024-02-29", "@2024-02-29T12:00",
      "x\n2024-02-29T00:00:00Z\n2024-02-29T12:00:00Z\n"
    ),
    ("t.parquet", "@2024-02-29T12:00", "@2024-02-29", nil),
    ("t.csv", "2.555", "decimal(1.5)", "x\n2.555\n1.5\n"),
  ]

  @Test("append keeps every value of the file, or is refused", arguments: types)
  func appendTypes(file: String, old: String, new: String, rows: String?) throws {
    let whom = Program()
    _ = try whom("-c", "rows [{x: \(old)}] | save \"\(file)\"")
    let before = try Data(contentsOf: URL(fileURLWithPath: "\(whom.folder.path)/\(file)"))
    let run = try whom("-c", "rows [{x: \(new)}] | save \"\(file)\" append")
    guard let rows else {
      #expect(run.code != 0 && run.errors.contains("error[E"), "\(run.errors)")
      let after = try Data(contentsOf: URL(fileURLWithPath: "\(whom.folder.path)/\(file)"))
      #expect(after == before)
      return
    }
    #expect(run.code == 0, "\(run.errors)")
    #expect(try whom("-c", "read \"\(file)\"").output == rows)
  }

  @Test("What was appended to floats is read as floats further down")
  func readAppended() throws {
    let whom = Program()
    for (ending, new) in [("csv", "3"), ("parquet", "3"), ("csv", "decimal(3)")] {
      _ = try whom("-c", "rows [{x: 0.125}] | save \"f.\(ending)\"")
      let run = try whom(
        "-c", "rows [{x: \(new)}] | save \"f.\(ending)\" append\nread \"f.\(ending)\"")
      #expect(run.output == "x\n0.125\n3.0\n", "\(run)")
    }
  }

  @Test(
    "append on a key twice is append on a key once",
    arguments: ["x.csv", "x.csv.gz", "x.json", "x.ndjson.zst", "x.parquet"])
  func appendOnKey(file: String) throws {
    let whom = Program()
    _ = try whom("-c", "\(Self.rows) | save \"\(file)\"")
    for _ in 0..<2 {
      let run = try whom("-c", "\(Self.more) | save \"\(file)\" append on id")
      #expect(run.code == 0, "\(run.errors)")
    }
    let run = try whom("-c", "read \"\(file)\"")
    #expect(run.output == "id,name,day\n1,a,2024-01-31\n2,B,2025-02-01\n3,c,\n")
    #expect(whom.folder.names == [file])
  }

  @Test(
    "What is appended in another order is read by name", arguments: ["csv", "tsv.gz", "parquet"])
  func appendInAnotherOrder(ending: String) throws {
    let whom = Program()
    let run = try whom(
      "-c",
      """
      rows [{id: 1, x: 2.5}] | save "t.\(ending)"
      rows [{x: 7.5, id: 2}] | save "t.\(ending)" append
      read "t.\(ending)" | select x, id
      """)
    #expect(run.output == "x,id\n2.5,1\n7.5,2\n", "\(run.errors)")
    #expect(try whom("-c", "read \"t.\(ending)\"").output == "id,x\n1,2.5\n2,7.5\n")
  }

  @Test("A column of nothing takes the type of the file's", arguments: ["csv", "json", "parquet"])
  func appendNothing(ending: String) throws {
    let whom = Program()
    _ = try whom("-c", "rows [{id: 1, d: @2024-02-29}] | save \"t.\(ending)\"")
    let more = "rows [{id: null, d: null}] | save \"t.\(ending)\" append on id"
    for _ in 0..<2 {
      let run = try whom("-c", "\(more)\nread \"t.\(ending)\" | where id == null | count")
      #expect(run.output == "value\n1\n", "\(run.errors)")
    }
    let types = try whom("-c", "read \"t.\(ending)\" | describe | select column, type").output
    #expect(types == "column,type\nid,int\nd,date\n")
  }

  @Test("A program may go on once it has written over what it read")
  func readBehindWriting() throws {
    let whom = Program()
    try whom.folder.write("x.csv", "id\n1\n2\n3\n")
    let program = """
      let old = read "x.csv"
      old | where id > 1 | save "x.csv"
      read "x.csv" | count
      """
    #expect(try whom("-c", program).output == "value\n2\n")
    try whom.folder.write("x.csv", "id\n1\n2\n3\n")
    let again = try whom("-c", program + "\nold | count")
    #expect(again.code == 1 && again.errors.contains("this program has written over it"))
  }

  @Test("Appending other columns changes nothing")
  func otherColumns() throws {
    let whom = Program()
    try whom.folder.write("x.csv", "id,plan\n1,basic\n")
    let run = try whom("-c", "rows [{id: 1, name: \"a\"}] | save \"x.csv\" append")
    #expect(run.code == 1)
    #expect(run.errors.contains("E0411") && run.errors.contains("`plan`"), "\(run.errors)")
    #expect(try whom.folder.read("x.csv") == "id,plan\n1,basic\n")
    #expect(whom.folder.names == ["x.csv"])
  }

  @Test("A file may be read and replaced in one statement")
  func replaceItself() throws {
    let whom = Program()
    try whom.folder.write("x.csv", "id\n1\n2\n3\n")
    #expect(try whom("-c", "read \"x.csv\" | where id > 1 | save \"x.csv\"").code == 0)
    #expect(try whom.folder.read("x.csv") == "id\n2\n3\n")
  }

  @Test("A link stays a link, a file keeps its rights, an unwritable place keeps its file")
  func places() throws {
    let whom = Program()
    let files = FileManager.default
    let path = whom.folder.path
    try whom.folder.write("x.csv", "id\n1\n")
    try files.setAttributes([.posixPermissions: 0o640], ofItemAtPath: "\(path)/x.csv")
    try files.createSymbolicLink(atPath: "\(path)/link.csv", withDestinationPath: "x.csv")
    #expect(try whom("-c", "rows [{id: 7}] | save \"link.csv\"").code == 0)
    #expect(try whom.folder.read("x.csv") == "id\n7\n")
    #expect(try files.destinationOfSymbolicLink(atPath: "\(path)/link.csv") == "x.csv")
    let rights = try files.attributesOfItem(atPath: "\(path)/x.csv")[.posixPermissions] as? Int
    #expect(rights == 0o640)
  }

  @Test(
    "What cannot be written says so at the path, and leaves nothing",
    arguments: [
      ("folder.csv", "a folder has this name"), ("file.csv/x.csv", "is a file, not a folder"),
      ("/proc/whom/x.csv", "no such file"), ("/proc/x.csv", "no file can be made there"),
      (String(repeating: "n", count: 240) + ".csv", "the name is too long"),
    ])
  func refused(file: String, words: String) throws {
    let whom = Program()
    try FileManager.default.createDirectory(
      atPath: "\(whom.folder.path)/folder.csv", withIntermediateDirectories: false)
    try whom.folder.write("file.csv", "kept\n")
    let run = try whom("-c", "\(Self.rows) | save \"\(file)\"")
    #expect(run.code == 1)
    #expect(run.errors.contains("E0606") && run.errors.contains(words), "\(run.errors)")
    #expect(whom.folder.names == ["file.csv", "folder.csv"])
  }

  @Test("A full disk: the old file is whole")
  func fullDisk() throws {
    let whom = Program()
    let disk = whom.folder.path + "/disk"
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    // Only where the tests may mount a disk of 64 kB.
    guard mount("tmpfs", disk, "tmpfs", 0, "size=64k") == 0 else { return }
    defer { umount2(disk, Int32(MNT_DETACH)) }
    try "kept\n".write(toFile: disk + "/x.csv", atomically: false, encoding: .utf8)
    let many = "let n = rows [\((0..<60).map { "{a: \($0)}" }.joined(separator: ", "))]\n"
    let run = try whom(
      "-c", many + "n | join cross n as b | join cross n as c | save \"disk/x.csv\"")
    #expect(run.code == 1)
    #expect(run.errors.contains("the disk is full"), "\(run.errors)")
    #expect(try String(contentsOfFile: disk + "/x.csv", encoding: .utf8) == "kept\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: disk) == ["x.csv"])
  }

  /// 32,768 rows of digests, which no packing makes smaller than the limit of some 200 kB.
  private static let digests = """
    let n = rows [\((1...8).map { "{a: \($0)}" }.joined(separator: ", "))]
    let m = n | join cross n as b | join cross n as c | join cross n as d | join cross n as e
      | derive t = md5(f"{a}{b_a}{c_a}{d_a}{e_a}")

    """

  @Test(
    "No room for the whole file: words at the path, the old file, and nothing beside it",
    arguments: ["x.csv", "x.tsv.gz", "x.json", "x.ndjson.zst", "x.parquet"])
  func noRoom(file: String) throws {
    let whom = Program()
    try whom.folder.write(file, "kept\n")
    let run = try whom.start(
      ["-c", Self.digests + "m | save \"\(file)\""], fileBlocks: 400
    ).result()
    #expect(run.code == 1)
    #expect(run.errors.contains("E0606") && run.errors.contains("<command>:4:10"))
    #expect(run.errors.contains("larger than files may be here"), "\(run.errors)")
    #expect(try whom.folder.read(file) == "kept\n")
    #expect(whom.folder.names == [file])
  }

  @Test("No room for rows that fail a check, or behind those of a file")
  func noRoomBeside() throws {
    let whom = Program()
    try whom.folder.write("x.csv", "a,b_a,c_a,d_a,e_a,t\n1,1,1,1,1,old\n")
    for stage in ["expect t == null else quarantine \"bad.csv\"", "save \"x.csv\" append"] {
      let run = try whom.start(["-c", Self.digests + "m | \(stage)"], fileBlocks: 400).result()
      #expect(run.code == 1 && run.errors.contains("larger than files may be"), "\(run.errors)")
      #expect(whom.folder.names == ["x.csv"])
    }
    #expect(try whom.folder.read("x.csv").hasSuffix("1,1,1,1,1,old\n"))
  }

  @Test("No room for a report: the old one stays", arguments: ["html", "md", "json"])
  func noRoomForReport(format: String) throws {
    let whom = Program()
    try whom.folder.write("n.md", "# T\n\n```whom\n\(Self.digests)m\n```\n")
    try FileManager.default.createDirectory(
      atPath: whom.folder.path + "/out", withIntermediateDirectories: false)
    try whom.folder.write("out/n.\(format)", "kept\n")
    let run = try whom.start(
      ["run", "n.md", "-o", "out", "--to", format], fileBlocks: 20
    ).result()
    #expect(run.code == 1)
    #expect(run.errors.contains("cannot write `out/n.\(format)`: File too large"), "\(run.errors)")
    #expect(try whom.folder.read("out/n.\(format)") == "kept\n")
    let left = try FileManager.default.contentsOfDirectory(atPath: whom.folder.path + "/out")
    #expect(left.filter { $0.hasSuffix(".partial") } == [])
  }

  @Test("A stream that nobody can store is no success", arguments: ["arrow", "csv", "ndjson"])
  func noRoomForStream(format: String) throws {
    let whom = Program()
    let file = whom.folder.path + "/stream"
    try whom.folder.write("stream", "")
    let run = try whom.start(
      ["-c", Self.digests + "m", "--to", format], output: file, fileBlocks: 400
    ).result()
    #expect(run.code == 1)
    #expect(run.errors == "whom: cannot write the result: File too large\n", "\(run.errors)")
  }

  @Test("A name with a control character is refused before anything runs")
  func controls() throws {
    let whom = Program()
    for name in ["a\\u{1b}[31m.csv", "a\\nb.parquet", "a\\u{7f}.json", "a\\u{9b}2J.csv"] {
      let run = try whom("-c", "\(Self.rows) | save \"first.csv\" | save \"\(name)\"")
      #expect(run.code == 2 && run.errors.contains("E0606"), "\(run.errors)")
      #expect(whom.folder.names == [])
    }
  }

  @Test("A folder with a control character, which no program named, is written into")
  func oddFolder() throws {
    let whom = Program()
    let folder = "odd\u{1B}[31m 'q'"
    try FileManager.default.createDirectory(
      atPath: "\(whom.folder.path)/\(folder)", withIntermediateDirectories: false)
    try whom.folder.write("\(folder)/p.whom", "\(Self.rows) | save \"x.csv\"\nread \"x.csv\"\n")
    let run = try whom("\(folder)/p.whom")
    #expect(run.code == 0 && run.output.hasPrefix("id,name,day\n1,a"), "\(run.errors)")
    #expect(try whom.folder.read("\(folder)/x.csv").hasPrefix("id,name,day\n"))
  }

  @Test("Any text comes back from a file as it was", arguments: ["x.csv", "x.json", "x.parquet"])
  func hostileTexts(file: String) throws {
    let whom = Program()
    let texts = [
      "<script>alert(1)</script>", "a\\\"b\\\"", "it's", "=1+1", "@SUM(A1)", "a,b;c\\td",
      "line\\nbreak",
      "\\u{1b}[31mred", "\\u{202e}olleh", "👩‍👩‍👧", "a\\\\b", " blank ", "NULL", "\\u{feff}mark",
    ]
    let list = texts.enumerated().map { "{n: \($0.offset), t: \"\($0.element)\"}" }
    let rows = "rows [\(list.joined(separator: ", "))]"
    let straight = try whom("-c", "\(rows) | sort n", "--format", "json")
    let saved = try whom(
      "-c", "\(rows) | save \"\(file)\"\nread \"\(file)\" | sort n", "--format", "json")
    #expect(straight.code == 0 && saved.code == 0, "\(straight.errors)\(saved.errors)")
    #expect(saved.output == straight.output)
  }
}
