import SQLTree
import Values

/// Texts taken apart, tidied and coded.
extension BuiltinFunction {
  static let moreText: [BuiltinFunction] = [
    squish, title, capitalize, shorten, isBlank, splitPart, extractAll, countMatches, translate,
    normalize, stripAccents, sha256, code, character,
  ]

  private static func changed(
    _ name: String, _ summary: String, _ example: String,
    _ make: @escaping @Sendable (SQLExpr) -> SQLExpr
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, .text, summary, examples: ["\(name)(\(example))"],
      overloads: [
        Overload(
          [.text()], .scalar { make($0.arguments[0]) }, labels: .first, result: Overload.type(.text)
        )
      ])
  }

  private static let squish = changed(
    "squish", "without white space at both ends, and with one blank where there was more inside",
    "\" a   b \""
  ) { text in
    .call(
      "trim",
      [
        .call("regexp_replace", [text, .text("[\(whiteSpace)]+"), .text(" "), .text("g")]),
        .text(" "),
      ])
  }

  private static let title = changed(
    "title", "each word with a capital first letter and the rest small", "\"new YORK\""
  ) { .call("title_case", [$0]) }

  private static let capitalize = changed(
    "capitalize", "with a capital first letter, the rest as it is", "\"north Holland\""
  ) { text in
    .binary(
      .call("upper", [.call("left", [text, .int(1)])]), .concatenate,
      .call("substring", [text, .int(2)]))
  }

  private static let normalize = changed(
    "normalize", "in Unicode's composed form (NFC), so that one letter is one character",
    "\"e\\u{301}\""
  ) { .call("nfc_normalize", [$0]) }

  private static let stripAccents = changed(
    "strip_accents", "its letters without accents and other marks", "\"Zoë\""
  ) { .call("strip_accents", [$0]) }

  private static let sha256 = changed(
    "sha256", "the SHA-256 digest of its UTF-8 bytes, 64 hexadecimal digits", "\"Ann\""
  ) { .call("sha256", [$0]) }

  private static let shorten = BuiltinFunction(
    "shorten", .text, "at most n characters; what was cut ends in `end`",
    examples: ["shorten(\"Amsterdam\", 6)", "shorten(\"Amsterdam\", 6, \"\")"],
    overloads: [
      Overload(
        [.text(), .int("n"), FunctionParameter("end", .text, default: .text("…"), constant: true)],
        .scalar { call in
          let (text, n, end) = (call.arguments[0], call.arguments[1], call.arguments[2])
          let kept = SQLExpr.call(
            "greatest", [.binary(n, .minus, .call("length", [end])), .int(0)])
          let room = SQLExpr.call("greatest", [n, .int(0)])
          let cut = SQLExpr.binary(.call("left", [text, kept]), .concatenate, end)
          return .conditional(
            [
              SQLBranch(
                when: .binary(.call("length", [text]), .greater, n),
                then: .call("left", [cut, room]))
            ], otherwise: text)
        }, labels: .first, result: Overload.type(.text))
    ])

  private static let isBlank = BuiltinFunction(
    "is_blank", .text, "whether there is nothing, or nothing but white space",
    examples: ["is_blank(\"  \")"],
    overloads: [
      Overload(
        [.text()],
        .scalar { call in
          let trimmed = SQLExpr.call("trim", [call.arguments[0], .text(whiteSpace)])
          let test = SQLExpr.binary(trimmed, .equal, .text(""))
          return call.types[0].isNullable
            ? .call("coalesce", [test, .literal(.bool(true))]) : test
        }, nullability: .never, labels: .clears, result: Overload.type(.bool))
    ])

  private static let splitPart = BuiltinFunction(
    "split_part", .text,
    "the n-th piece between separators, from 1, or from the end: -1 is the last; null beyond",
    examples: ["split_part(\"ann@example.org\", \"@\", 2)"],
    overloads: [
      Overload(
        [.text(), .text("separator"), .int("n")],
        .scalar { call in
          .call(
            "list_extract",
            [.call("string_split", Array(call.arguments.prefix(2))), call.arguments[2]])
        }, nullability: .always, result: Overload.type(.text))
    ])

  private static let extractAll = BuiltinFunction(
    "extract_all", .text, "a list of all that a pattern matches, or of what its first group does",
    examples: ["extract_all(\"a1b22\", r\"\\d+\")"],
    overloads: [matchesOfPattern])

  /// A group that took no part in a match is a missing item.
  private static let matchesOfPattern: Overload = {
    var overload = Overload(
      [.text(), FunctionParameter("pattern", .text, constant: true)],
      .scalar { .call("regexp_extract_all", $0.arguments + [.int(hasGroup($0.constants) ? 1 : 0)]) }
    ) { _ in .list(ValueType(.text)) }
    overload.resultOfConstants = { _, constants in
      .list(ValueType(.text, nullable: hasGroup(constants)))
    }
    return overload
  }()

  private static let countMatches = BuiltinFunction(
    "count_matches", .text, "how many times a pattern matches, without overlaps",
    examples: ["count_matches(\"banana\", \"an\")"],
    overloads: [
      Overload(
        [.text(), FunctionParameter("pattern", .text, constant: true)],
        .scalar { .call("len", [.call("regexp_extract_all", $0.arguments)]) },
        result: Overload.type(.int))
    ])

  private static let translate = BuiltinFunction(
    "translate", .text, "each character of `from` replaced by the one at its place in `to`",
    examples: ["translate(\"1.234,5\", \".,\", \",.\")"],
    overloads: [
      Overload(
        [.text(), .text("from"), .text("to")], Overload.call("translate"),
        result: Overload.type(.text))
    ])

  private static let code = BuiltinFunction(
    "code", .text, "the number of its first character in Unicode; null for an empty text",
    examples: ["code(\"é\")"],
    overloads: [
      Overload(
        [.text()],
        .scalar { call in
          let text = call.arguments[0]
          return .conditional(
            [
              SQLBranch(
                when: .binary(text, .notEqual, .text("")),
                then: .cast(.call("unicode", [text]), .int, isTry: false))
            ], otherwise: nil)
        }, nullability: .always, result: Overload.type(.int))
    ])

  private static let character = BuiltinFunction(
    "char", .text, "the character with a number in Unicode; null where there is none",
    examples: ["char(233)"],
    overloads: [
      Overload(
        [.int("code")], .scalar { .call("character_of", $0.arguments) }, nullability: .always,
        result: Overload.type(.text))
    ])
}
