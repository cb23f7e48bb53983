/// 06: reading and writing.
extension Explanation {
  static let fileNotFound = Explanation(
    "a file that is not there",
    """
    Paths are relative to the file that says them, not to the folder in which the command was
    started; at the prompt they are relative to the current folder. A pattern with `*` must match
    at least one file.
    """,
    example: """
      In reports/churn.whom
          read "../data/orders.csv"
      reads data/orders.csv, wherever the command is started.
      """)

  static let unreadableFile = Explanation(
    "a file that cannot be read",
    """
    The file is there, but it may not be opened, is not what its name says, or is damaged. For
    a text file the message names the line.
    """,
    example: """
      An export that is text, whatever its name says:
          read("export.dat", format = "csv")
      """)

  static let unknownFormat = Explanation(
    "a format that is not known",
    """
    The format follows from the end of the name: csv, tsv, json, ndjson and parquet, each of the
    text formats also packed with gzip or zstd.
    """,
    wrong: "orders | save \"out/top.docx\"", right: "orders | save \"out/top.csv\"")

  static let ambiguousDates = Explanation(
    "dates that can be read in two ways",
    """
    In `03/04/2025` the day may come first or the month, and no row of the file decides. Say how
    the dates of the file are written, or read the column as a text and convert it.
    """,
    wrong: "read \"orders.csv\"",
    right: "read(\"orders.csv\", date_format = \"%d/%m/%Y\")")

  static let badRow = Explanation(
    "a row that does not fit",
    """
    The types of a text file are taken from its first rows, and a later row does not fit them. The
    message names the line, the column, and the value. Give the column its type, or list the words
    that stand for a missing value.
    """,
    wrong: "read \"orders.csv\"",
    right: "read(\"orders.csv\", types = {price: \"text\"}, missing = [\"n/a\"])")

  static let cannotWrite = Explanation(
    "a result that cannot be written",
    """
    The folder cannot be made, may not be written, or the disk is full. A file is replaced only
    when the new one is complete, so the old one is still there.
    """,
    example: """
      orders | save "out/orders.csv"
      makes the folder out, unless a file has that name.
      """)

  static let changedDuringRun = Explanation(
    "a file that changed while it was used",
    """
    A run reads each file once in its mind: when a file changes between two uses, the parts of the
    report would speak of different data. Run again when the file is at rest.
    """,
    example: """
      $ cp orders.csv frozen.csv
      Then read "frozen.csv" while others go on writing to orders.csv.
      """)

  static let filesDiffer = Explanation(
    "files that are not alike",
    """
    A pattern or a folder reads all its files as one relation. They must be of one format and have
    the same columns in the same order, since a field is known by its place in the line.
    """,
    example: """
      sales/2024.csv has  id,amount  and sales/2025.csv has  amount,id:
          read "sales/2024.csv" | union (read "sales/2025.csv")
      puts the rows together by the names of the columns.
      """)

  static let noKeptSchema = Explanation(
    "a source whose columns are not known offline",
    """
    `whom check --offline` touches no data and no server. It goes by `.whom/schemas.json`, where
    every check and run of a program or notebook without a mistake keeps the columns of the files,
    tables and queries that it read: names, types and labels, no rows. A source is known by its path
    from the folder of the project and by how it is read, so other options make another source.
    """,
    example: """
      $ whom check churn.md              keeps the columns, where the data are
      $ whom check --offline churn.md    anywhere else, with .whom/schemas.json beside it
      """)

  static let renamedColumn = Explanation(
    "a column that got another name",
    """
    The header of the file has two names that differ in case alone, which engines do not tell
    apart. The later one was renamed; `read(..., columns = [...])` gives chosen names.
    """,
    example: """
      The header of orders.csv is  id,Region,region:
          read("orders.csv", columns = ["id", "region", "district"])
      """)

  static let textForMissing = Explanation(
    "numbers that are texts because of a word for nothing, or of commas",
    """
    A column is a number only if every field of the first rows is one or is empty. Words such as
    `NA` or `-` are not taken for nothing unless the program says so, since they may be values.
    Nor is a comma in a number guessed at: `1,500` is one and a half in one country and fifteen
    hundred in another.
    """,
    example: """
      read("survey.csv", missing = ["NA", "-"])
      reads both words as missing in every column, and the rest of the column as numbers.
      read("preise.csv", decimal = ",", thousands = ".")
      reads `1.234,50`.
      """)

  static let notFinite = Explanation(
    "values that are no numbers in a column of numbers",
    """
    NaN and the infinities do not exist in Whom: they are read as missing values, which aggregates
    skip. They are counted in the first 20,480 rows of a CSV file when a program is checked, and
    while its statements run in all rows that they read; no file is read again for it. Where a
    statement reads a part of a file, or reads it several times, no number is said.
    """,
    example: """
      Where they mean something else, read the column as a text:
          read("sensor.csv", types = {level: "text"})
      """)

  static let nulInFile = Explanation(
    "a file of text with a NUL in it",
    """
    A byte of zero belongs into no text: most often a program was stopped while it wrote, and the
    rest of a block stayed empty. Such a character is kept, is one of the length, and is shown as ␀;
    a program cannot write it, so no comparison finds it. The first 64 kB of each file are looked at.
    """,
    example: """
      $ tr -d '\\000' < orders.csv > clean.csv
      takes them out.
      """)

  static let keyNotSeen = Explanation(
    "a key of JSON that the first records have not",
    """
    JSON has no list of columns: they are the keys of the first 20,480 records. A key that comes
    later is read when `types` names it, and passed over else. Here `types` names one that none of
    those records has: it may come later, or be a slip.
    """,
    example: """
      read("events.ndjson", types = {refund: "float"})
      """)

  static let cutSecond = Explanation(
    "times with more than six digits behind the second",
    """
    A time has microseconds. Many programs write nine digits, as in `10:00:00.123456789`: those
    behind the sixth are left out, and a statement that met such values says so once. Zeros there
    lose nothing.
    """,
    example: """
      read("trace.csv", types = {at: "text"}) | derive nanos = int(substring(at, 21, 9))
      keeps all of them, as a text and as a number.
      """)
}
