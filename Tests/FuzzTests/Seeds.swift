import Glibc

/// Programs and notebooks of the project, to be mutated.
enum Seeds {
  static let root: String = {
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  }()

  /// The `whom` blocks of the corpus, the 24 programs, the library.
  static let programs: [[UInt8]] =
    (files("Tests/Corpus/programs/*.whom") + files("stdlib/*.whom")).map { Array($0.utf8) }
    + files("Tests/Corpus/*/*.md").flatMap(blocks).map { Array($0.utf8) }

  /// Notebooks, and the corpus, whose files are notebooks too.
  static let notebooks: [[UInt8]] =
    (files("notebooks/*.md") + files("notebooks/*/*.md")
    + files("Tests/Corpus/*/*.md").map { String($0.prefix(3000)) } + [small]).map { Array($0.utf8) }

  /// Project files: names, numbers, truth values, tables, comments, quotes of both kinds.
  static let settings: [[UInt8]] = [
    """
    # of all programs below
    zone = "Europe/Zurich"
    week_start = 'sunday'
    threads = 4
    memory = "2 GB"
    engine = "postgresql://whom@/postgres?host=/tmp"
    root = "data"

    [run]  # of notebooks
    cell_timeout = "2m"
    on_error = "stop"

    [report]
    code = "fold"
    toc = true
    rows = 1_000
    """,
    "zone = \"\\u0055\\U00000054C\"\n\"threads\" = 1\n[ 'run' ]\n",
    "\u{FEFF}[report]\r\ncode = \"hide\"\r\nrows = 5\r\n",
    "threads = 0\nthreads = 1\n[run]\n[run]\nzone = [1]\nroot = {a = 1}\nzone.a = 1\n",
    "week_start = \"monday\nzone = \"\"\"x\"\"\"\n[[run]]\nmemory = 2.5\n",
  ].map { Array($0.utf8) }

  private static let small = """
    ---
    title: T
    run: {on_error: stop, cell_timeout: 2m}
    report: {code: fold, toc: true, rows: 10}
    ---
    # A {= 1 + 1 =} *b* `{= c =}`

    ```whom #a
    #| caption: C
    #| when: true
    let x = rows [{a: 1}]
    ```

    - one {= $x | count =}

      ```whom #b
      x | take 1
      ```

    | a | b |
    |---|---|
    | {= 1 =} | <b>2</b> |
    """

  private static func blocks(_ text: String) -> [String] {
    var blocks: [String] = []
    var block: [Substring]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "```whom" {
        block = []
      } else if line == "```", let lines = block {
        blocks.append(lines.joined(separator: "\n") + "\n")
        block = nil
      } else {
        block?.append(line)
      }
    }
    return blocks
  }

  static func files(_ pattern: String) -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    guard glob("\(root)/\(pattern)", 0, nil, &result) == 0 else { return [] }
    return (0..<Int(result.gl_pathc)).compactMap { index in
      result.gl_pathv[index].flatMap { read(String(cString: $0)) }
    }.map { String(decoding: $0, as: UTF8.self) }
  }

  static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes.append(contentsOf: buffer[0..<count])
    }
    return bytes
  }
}
