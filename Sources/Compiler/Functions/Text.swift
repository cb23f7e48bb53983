import SQLTree
import Values

extension BuiltinFunction {
  static let text: [BuiltinFunction] =
    [
      unary("lower", "in small letters"), unary("upper", "in capital letters"),
      trimmed("trim", "trim", "without white space at both ends"),
      trimmed("trim_start", "ltrim", "without white space at the start"),
      trimmed("trim_end", "rtrim", "without white space at the end"), reverse,
    ]
    + [
      md5, length, test("contains", "whether a part is in a text, or an item in a list", inList),
      test("starts_with", "whether it begins with a part"),
      test("ends_with", "whether it ends with a part"), matches, replace, replacePattern, splitText,
      joinText,
      extract, position,
      substring, cut("left", "the first n characters"), cut("right", "the last n characters"),
      pad("pad_start", isStart: true, "filled up on the left to n characters"),
      pad("pad_end", isStart: false, "filled up on the right to n characters"), repeated,
    ]

  /// Blanks, tabs and line ends; the engine's own trims cut blanks only.
  private static func trimmed(
    _ name: String, _ sql: String, _ summary: String
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, .text, summary, examples: ["\(name)(\" Ann \")"],
      overloads: [
        Overload(
          [.text()], .scalar { .call(sql, [$0.arguments[0], .text(whiteSpace)]) },
          labels: .first, result: Overload.type(.text)),
        Overload(
          [.text(), .text("characters")], Overload.call(sql), labels: .first,
          result: Overload.type(.text)),
      ])
  }

  /// What `trim` takes for blank, on every engine.
  static let whiteSpace = " \t\r\n\u{B}\u{C}"

  private static let reverse = BuiltinFunction(
    "reverse", .text, "the characters of a text, or the items of a list, from last to first",
    examples: ["reverse(\"Ann\")", "reverse([1, 2])"],
    overloads: [
      Overload(
        [.text()], Overload.call("reversed_text"), labels: .first, result: Overload.type(.text)),
      Overload([.list()], Overload.call("list_reverse"), result: Overload.asFirst),
    ])

  private static let inList = Overload(
    [.list(), FunctionParameter("item", .itemOf(0))],
    .scalar { call in
      let plain = SQLExpr.call("list_contains", call.arguments)
      return call.types.contains { $0.isNullable }
        ? .call("coalesce", [plain, .literal(.bool(false))]) : plain
    }, nullability: .never, labels: .privacy, result: Overload.type(.bool))

  private static func unary(_ name: String, _ summary: String) -> BuiltinFunction {
    BuiltinFunction(
      name, .text, summary, examples: ["\(name)(\" Ann \")"],
      overloads: [
        Overload([.text()], Overload.call(name), labels: .first, result: Overload.type(.text))
      ])
  }

  private static let md5 = BuiltinFunction(
    "md5", .text, "the MD5 digest of its UTF-8 bytes, 32 hexadecimal digits; not for secrets",
    examples: ["md5(\"Ann\")"],
    overloads: [
      Overload(
        [.text()], Overload.call("md5"), labels: .first, result: Overload.type(.text))
    ])

  private static let length = BuiltinFunction(
    "length", .text, "how many characters (code points)", examples: ["length(\"Ann\")"],
    overloads: [
      Overload([.text()], Overload.call("length"), result: Overload.type(.int)),
      Overload(
        [FunctionParameter("list", .list)], Overload.call("len"), result: Overload.type(.int)),
    ])

  private static func test(
    _ name: String, _ summary: String, _ more: Overload? = nil
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, .text, summary + "; false where something is missing",
      examples: ["\(name)(\"whom\", \"w\")"],
      overloads: [
        Overload(
          [.text(), .text("part")],
          .scalar { call in
            let plain = SQLExpr.call(name, call.arguments)
            let isNullable = call.types.contains { $0.isNullable }
            return isNullable ? .call("coalesce", [plain, .literal(.bool(false))]) : plain
          }, nullability: .never, labels: .clears, result: Overload.type(.bool))
      ] + (more.map { [$0] } ?? []))
  }

  private static let replace = BuiltinFunction(
    "replace", .text, "with every occurrence of a part replaced",
    examples: ["replace(\"a-b\", \"-\", \"+\")"],
    overloads: [
      Overload(
        [.text(), .text("part"), .text("by")], Overload.call("replace"),
        result: Overload.type(.text))
    ])

  private static let matches = BuiltinFunction(
    "matches", .text, "whether a pattern is found in it; false where the text is missing",
    examples: ["matches(\"order 42\", r\"\\d+\")"],
    overloads: [
      Overload(
        [.text(), FunctionParameter("pattern", .text, constant: true)],
        .scalar { call in
          let plain = SQLExpr.call("regexp_matches", call.arguments)
          return call.types[0].isNullable
            ? .call("coalesce", [plain, .literal(.bool(false))]) : plain
        }, nullability: .never, labels: .clears, result: Overload.type(.bool))
    ])

  private static let replacePattern = BuiltinFunction(
    "replace_pattern", .text, "with everything that a pattern matches replaced",
    examples: ["replace_pattern(\"a1b22\", r\"\\d+\", \"-\")"],
    overloads: [
      Overload(
        [.text(), FunctionParameter("pattern", .text, constant: true), .text("by")],
        .scalar { call in
          // A backslash in the replacement would name a group.
          let by = SQLExpr.call("replace", [call.arguments[2], .text("\\"), .text("\\\\")])
          let isPlain =
            if case .text(let text)? = call.constants[2] { !text.contains("\\") } else { false }
          return .call(
            "regexp_replace",
            [call.arguments[0], call.arguments[1], isPlain ? call.arguments[2] : by, .text("g")])
        }, result: Overload.type(.text))
    ])

  private static let joinText = BuiltinFunction(
    "join_text", .text, "the texts of a list, one behind the other with a separator between",
    examples: ["join_text([\"a\", \"b\"], \", \")"],
    overloads: [
      Overload(
        [FunctionParameter("list", .list), .text("separator")],
        .scalar { call in
          let isKnown = call.constants[1] != nil
          let joined = SQLExpr.call(isKnown ? "array_to_string" : "joined_list", call.arguments)
          // Of a list of missing items the embedded engine makes no text at all.
          guard isKnown, call.dialect == .duckDB, case .list(let item) = call.types[0].base,
            item.isNullable, call.constants[1] != .null
          else { return joined }
          return call.whereAllPresent(.call("coalesce", [joined, .text("")]))
        }, result: Overload.type(.text))
    ])

  private static let splitText = BuiltinFunction(
    "split_text", .text, "the pieces between separators, as a list",
    examples: ["split_text(\"a,b\", \",\")"],
    overloads: [
      Overload([.text(), .text("separator")], Overload.call("string_split")) { _ in
        .list(ValueType(.text))
      }
    ])

  private static let extract = BuiltinFunction(
    "extract", .text, "what the first group of a pattern matches; null where it does not match",
    examples: ["extract(\"id 42\", r\"(\\d+)\")"],
    overloads: [
      Overload(
        [.text(), FunctionParameter("pattern", .text, constant: true)],
        .scalar { call in
          .conditional(
            [
              SQLBranch(
                when: .call("regexp_matches", call.arguments),
                then: .call(
                  "regexp_extract", call.arguments + [.int(hasGroup(call.constants) ? 1 : 0)]))
            ], otherwise: nil)
        }, nullability: .always, result: Overload.type(.text))
    ])

  static func hasGroup(_ constants: [Value?]) -> Bool {
    guard case .text(let pattern)? = constants[1] else { return false }
    return PatternSubset.hasGroup(pattern)
  }

  private static let position = BuiltinFunction(
    "position", .text, "where a part, or an item of a list, first stands, from 1; else 0",
    examples: ["position(\"whom\", \"o\")"],
    overloads: [
      Overload([.text(), .text("part")], Overload.call("instr"), result: Overload.type(.int)),
      Overload(
        [.list(), FunctionParameter("item", .itemOf(0))],
        .scalar { call in
          call.whereAllPresent(
            .call("coalesce", [.call("list_position", call.arguments), .int(0)]))
        }, result: Overload.type(.int)),
    ])

  private static let substring = BuiltinFunction(
    "substring", .text, "n characters from a place, counted from 1",
    examples: ["substring(\"whom\", 2, 2)"],
    overloads: [
      Overload(
        [.text(), .int("start"), .int("n")],
        .scalar { call in
          .call("substring", [call.arguments[0]] + part(call.arguments[1], call.arguments[2]))
        }, result: Overload.type(.text))
    ])

  /// A start before the first character takes away from the count, as in standard SQL; some engines
  /// count a negative one from the end, and refuse a negative count.
  private static func part(_ start: SQLExpr, _ count: SQLExpr) -> [SQLExpr] {
    let (first, size) = (bounded(start), bounded(count))
    if case .literal(.int(1...)) = first {
      if case .literal(.int(0...)) = size { return [first, size] }
      return [first, atLeast(0, size)]
    }
    let before = SQLExpr.conditional(
      [
        SQLBranch(
          when: .binary(first, .less, .int(1)), then: .binary(first, .minus, .int(1)))
      ], otherwise: .int(0))
    return [atLeast(1, first), atLeast(0, .binary(size, .plus, before))]
  }

  /// Engines' `greatest` would take the limit for a missing value.
  private static func atLeast(_ limit: Int, _ expr: SQLExpr) -> SQLExpr {
    .conditional(
      [SQLBranch(when: .binary(expr, .less, .int(limit)), then: .int(limit))], otherwise: expr)
  }

  private static func cut(_ name: String, _ summary: String) -> BuiltinFunction {
    BuiltinFunction(
      name, .text, summary, examples: ["\(name)(\"whom\", 2)"],
      overloads: [
        Overload(
          [.text(), .int("n")],
          .scalar { .call(name, [$0.arguments[0], bounded($0.arguments[1])]) },
          result: Overload.type(.text))
      ])
  }

  /// A count of characters as engines take it: what is beyond 32 bits is beyond every text, too.
  private static func bounded(_ count: SQLExpr) -> SQLExpr {
    let reach: Int64 = 2_147_483_647
    if case .literal(.int(-reach...reach)) = count { return count }
    if case .prefix(.minus, .literal(.int(0...reach))) = count { return count }
    return .conditional(
      [
        SQLBranch(when: .binary(count, .greater, .int(Int(reach))), then: .int(Int(reach))),
        SQLBranch(when: .binary(count, .less, .int(Int(-reach))), then: .int(Int(-reach))),
      ], otherwise: count)
  }

  /// Filling up never cuts: longer texts stay whole. (The engine's own `lpad` cuts.)
  private static func pad(_ name: String, isStart: Bool, _ summary: String) -> BuiltinFunction {
    BuiltinFunction(
      name, .text, summary, examples: ["\(name)(\"7\", 3, \"0\")"],
      overloads: [
        Overload(
          [.text(), .int("n"), FunctionParameter("fill", .text, default: .text(" "))],
          .scalar { call in
            let text = call.arguments[0]
            let missing = SQLExpr.binary(
              bounded(call.arguments[1]), .minus, .call("length", [text]))
            let filling = SQLExpr.call("left", [copies(missing, call), missing])
            let filled = SQLExpr.joined(
              isStart ? [filling, text] : [text, filling], by: .concatenate)
            return .conditional(
              [SQLBranch(when: .binary(missing, .greater, .int(0)), then: filled ?? text)],
              otherwise: text)
          }, result: Overload.type(.text))
      ])
  }

  /// Enough copies of what fills up. A text grows to 10 million characters at most.
  private static func copies(_ missing: SQLExpr, _ call: ScalarCall) -> SQLExpr {
    let fill = call.arguments[2]
    if case .int(...10_000_000)? = call.constants[1], case .text(let text)? = call.constants[2],
      text.unicodeScalars.count < 2
    {
      return .call("repeat", [fill, missing])
    }
    let size = SQLExpr.call("greatest", [.call("length", [fill]), .int(1)])
    let count = SQLExpr.binary(.call("floor_div", [missing, size]), .plus, .int(1))
    return .call("repeated_text", [fill, count])
  }

  private static let repeated = BuiltinFunction(
    "repeat", .text, "the text n times over, up to 10 million characters",
    examples: ["repeat(\"ab\", 2)"],
    overloads: [
      Overload(
        [.text(), .int("n")],
        .scalar { call in
          let count = bounded(call.arguments[1])
          if case .int(...100)? = call.constants[1] {
            return .call("repeat", [call.arguments[0], count])
          }
          return .call("repeated_text", [call.arguments[0], count])
        },
        result: Overload.type(.text))
    ])
}
