import Compiler
import SQLTree
import Values

/// What PostgreSQL writes otherwise than the lowering does: each call of ours that it does not
/// have, or has with another meaning, becomes one that means the same there.
///
///     instr("name", 'a')        strpos("name", 'a')
///     floor_div("n", 2)         pg_temp.floor_div("n", 2)
///
/// Names with `pg_temp.` are functions of `PostgreSQL+Prelude.swift`, made in the session.
enum PostgreSQLForms {
  static func native(_ expr: SQLExpr) -> SQLExpr {
    switch expr {
    case .call(let name, let arguments): call(name, arguments) ?? expr
    case .aggregate(let call): aggregate(call)
    case .window(let call, let window): self.window(call, window)
    case .cast(.cast(let inner, let first, _), let second, _) where first == second:
      .cast(inner, second, isTry: false)
    case .column, .literal, .exact, .chain, .prefix, .postfix, .inList, .inQuery, .exists,
      .subquery, .cast, .conditional, .list, .record, .field, .element, .star:
      expr
    }
  }

  /// Stands where the server has no way to do what is meant; such a statement never runs.
  static func unsupported(_ words: String) -> SQLExpr { .call("unsupported", [.text(words)]) }

  /// What such an expression says; nil of any other.
  static func refusal(_ expr: SQLExpr) -> String? {
    guard case .call("unsupported", let arguments) = expr, arguments.count == 1,
      case .literal(.text(let words)) = arguments[0]
    else { return nil }
    return words
  }

  /// A function that Whom makes in the session.
  static func own(_ name: String, _ arguments: [SQLExpr]) -> SQLExpr {
    .call("pg_temp.\(name)", arguments)
  }

  private static func call(_ name: String, _ x: [SQLExpr]) -> SQLExpr? {
    if ownNames.contains(name) { return own(name, x) }
    if let other = renamed[name] { return .call(other, x) }
    switch name {
    case "finite": return finite(x[0])
    case "exact_sum": return sum(of: x[0])
    case "exact_mean":
      return .binary(
        limbs(of: x[0]), .divide,
        .call("nullif", [.aggregate(SQLAggregate("count", [x[0]])), .int(0)]))
    case "date_part" where x[0] == .text("second"):
      return .cast(.call("trunc", [.call("date_part", x)]), .int, isTry: false)
    case "date_part": return .cast(.call("date_part", x), .int, isTry: false)
    case "to_days": return .binary(x[0], .times, .literal(.duration(86_400_000_000)))
    case "contains":
      return .binary(.call("strpos", x), .greater, .int(0))
    case "ends_with":
      return .binary(.call("right", [x[0], .call("length", [x[1]])]), .equal, x[1])
    case "left", "right", "repeat", "substring":
      return .call(name, [x[0]] + x.dropFirst().map(narrow))
    case "make_timestamp" where x.count == 1: return own("instant", x)
    case "make_timestamp":
      return .call(name, [year(x[0])] + x.dropFirst().dropLast().map(narrow) + x.suffix(1))
    case "flatten": return unsupported("lists of lists")
    // One character for one, as on every engine: the server may write two for `ß` and `İ`, and
    // looks at the neighbours of `Σ`.
    case "upper": return .call(name, [.call("translate", [x[0], .text("ß"), .text("ẞ")])])
    case "lower": return .call(name, [.call("translate", [x[0], .text("İΣ"), .text("iσ")])])
    case "list_sort":
      return own(x[1] == .text("desc") ? "list_sort_desc" : "list_sort_asc", [x[0]])
    case "regexp_extract_all":
      let place = x.count > 2 && x[2] == .int(1) ? 2 : 1
      return unclear(x[1], capturing: place == 2)
        ?? own("all_matches", [x[0], pattern(x[1], isGroup: true), .int(place)])
    case "make_date": return .call("make_date", [year(x[0])] + x.dropFirst().map(narrow))
    case "round" where x.count == 2: return .call("round", [x[0], narrow(x[1])])
    case "regexp_matches": return .call("regexp_like", [x[0], pattern(x[1])])
    case "regexp_replace":
      return unclear(x[1], replacing: true)
        ?? .call(name, [x[0], pattern(x[1])] + x.dropFirst(2))
    case "regexp_extract": return unclear(x[1], capturing: x[2] == .int(1)) ?? extracted(x)
    case "strftime": return .call("to_char", [x[0], timeFormat(x[1])])
    case "strptime", "try_strptime":
      guard case .literal(.text(let format)) = x[1], let shape = TimePattern(format) else {
        return nil
      }
      let value = own(name, [x[0], .text(shape.template), .text(shape.pattern)])
      return format.contains("%y") ? own("from_1969", [value]) : value
    case "format": return formatted(x)
    default: return nil
    }
  }

  /// Functions of ours that are made there by the same name.
  private static let ownNames: Set<String> = [
    "floor_div", "floor_mod", "round_to", "plain_text", "pad_left", "pad_right", "pad_center",
    "parse_int", "try_parse_int", "parse_float", "try_parse_float", "parse_date",
    "try_parse_date", "parse_timestamp", "try_parse_timestamp", "epoch_us", "last_day",
    "date_sub", "string_split", "limb1", "limb2", "limb3", "limb4", "limb5", "log2",
    "instant_text", "exact_duration", "joined_list",
    "the_only", "list_extract", "list_slice", "list_contains", "first_of_each", "date_range",
    "number_range", "list_reverse", "list_min", "list_max", "list_sum", "list_avg", "faded_mean",
    "holm_p", "fdr_p", "bonferroni_p",
    "title_case",
    "character_of", "strip_accents", "bits_and", "bits_or", "bits_xor", "haversine_km",
    "bin_number", "significant", "try_parse_bool", "parse_bool", "instant_us", "local_time",
    "from_local_time",
    "local_trunc", "decimal_of", "list_text", "repeated_text", "float_list_text", "interval_text",
    "skewness_of", "kurtosis_of", "draw_share", "draw_standard", "triangular", "whole_draw",
  ]

  private static let renamed = [
    "pow": "power", "len": "cardinality", "instr": "strpos", "trim": "btrim",
    "exp": "pg_temp.safe_exp", "list_concat": "array_cat", "list_position": "array_position",
    "list_has_any": "pg_temp.has_any", "list_has_all": "pg_temp.has_all", "unicode": "ascii",
    "reversed_text": "reverse", "nfc_normalize": "normalize", "sha256": "pg_temp.text_sha256",
  ]

  /// The server counts years before 1 from -1; here, as in ISO 8601, they go on with 0.
  private static func year(_ expr: SQLExpr) -> SQLExpr {
    if case .literal(.int(1...)) = expr { return expr }
    let early = SQLBranch(
      when: .binary(expr, .less, .int(1)), then: .binary(narrow(expr), .minus, .int(1)))
    return .conditional([early], otherwise: narrow(expr))
  }

  /// A parameter of 32 bits: a literal is that already.
  private static func narrow(_ expr: SQLExpr) -> SQLExpr {
    switch expr {
    case .literal(.int): expr
    case .prefix(.minus, .literal(.int)): expr
    default: .call("int4", [expr])
    }
  }

  /// The server refuses to leave the range of floats; a column may hold an infinity or NaN all the
  /// same.
  private static func finite(_ x: SQLExpr) -> SQLExpr {
    switch x {
    case .call("power", let arguments): own("safe_power", arguments)
    case .call("floor", let arguments): .call("floor", arguments.map(finite))
    case .call("pg_temp.safe_exp", _): x
    case .chain, .prefix: GuardedFloats.guarded(x) ?? x
    default: own("finite", [x])
    }
  }

  // MARK: Patterns

  private static func pattern(_ expr: SQLExpr, isGroup: Bool = false) -> SQLExpr {
    guard case .literal(.text(let text)) = expr else { return expr }
    return .text(PostgreSQLPattern.written(text, isGroup: isGroup))
  }

  /// Instead of a search that may find another part of a text than RE2 does.
  private static func unclear(
    _ pattern: SQLExpr, replacing: Bool = false, capturing: Bool = false
  ) -> SQLExpr? {
    guard case .literal(.text(let text)) = pattern else { return nil }
    return PostgreSQLMatching.difference(in: text, replacing: replacing, capturing: capturing)
      .map(unsupported)
  }

  /// `regexp_substr("x", 'a(b)', 1, 1, 'c', 1)`: a group that took no part is the empty text.
  private static func extracted(_ x: [SQLExpr]) -> SQLExpr {
    .call(
      "coalesce",
      [
        .call(
          "regexp_substr", [x[0], pattern(x[1]), .int(1), .int(1), .text("c"), x[2]]),
        .text(""),
      ])
  }
}
