extension Topic {
  /// The names of other languages, made from what the checker says when it meets one.
  package static let elsewhere = Topic(
    "elsewhere", .language, "what functions of SQL, dplyr and pandas are called here",
    """
    For a function that is called otherwise elsewhere, or is not there for a reason. Functions that
    have the same name there are not listed. The checker says the same where it meets one of these.
    """
      + ForeignTable.allCases.map { table in
        "\n\n\(table.title):\n\n"
          + ForeignFunctions.entries(of: table).map { entry in
            "- \(entry.names.map { "`\($0)`" }.joined(separator: ", ")): \(entry.advice)"
          }.joined(separator: "\n")
      }.joined())
}
