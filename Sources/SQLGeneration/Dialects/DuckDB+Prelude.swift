extension Dialect {
  static let duckDBMacros: [EngineMacro] =
    sumMacros + valueMacros + conversionMacros + functionMacros

  /// A sum of floats must not depend on the order of its rows. So each number is cut into parts
  /// on four fixed grids, 2^20, 2^-6, 2^-32 and 2^-58 apart; on one grid every addition is exact
  /// while n * max|x| < 2^(e + 53), hence in any order the same (Demmel and Nguyen, "Parallel
  /// Reproducible Summation", 2015). What lies below the last grid (under 2e-18 a number) is
  /// summed as it is, so that sums of tiny numbers are right as well. The sums are then added,
  /// the smallest first.
  private static var sumMacros: [EngineMacro] {
    let parts = SumGrid.parts(of: "x")
    let sums = parts.reversed().map { "sum(\($0))" }.joined(separator: " + ")
    return parts.enumerated().map { EngineMacro("limb\($0 + 1)", "x", $1) } + [
      EngineMacro("exact_sum", "x", "coalesce(\(sums), 0e0)"),
      EngineMacro("exact_mean", "x", "(\(sums)) / count(x)"),
    ]
  }

  private static var valueMacros: [EngineMacro] {
    [
      EngineMacro(
        "plain_text", "x",
        "case when x = trunc(x) and abs(x) < 1e16 then cast(cast(x as bigint) as varchar) "
          + "else cast(x as varchar) end"),
      // Texts that are long enough stay whole; the engine's `lpad` cuts.
      EngineMacro("pad_left", "x, n, fill", "repeat(fill, greatest(n - length(x), 0)) || x"),
      EngineMacro("pad_right", "x, n, fill", "x || repeat(fill, greatest(n - length(x), 0))"),
      EngineMacro(
        "pad_center", "x, n, fill",
        "repeat(fill, greatest(n - length(x), 0) // 2) || x "
          + "|| repeat(fill, (greatest(n - length(x), 0) + 1) // 2)"),
      EngineMacro("finite", "x", "case when isfinite(x) then x end"),
      EngineMacro(
        "floor_div", "a, b",
        "a // nullif(b, 0) - case when a % nullif(b, 0) <> 0 and (a < 0) <> (b < 0) then 1 else 0 end"
      ),
      EngineMacro(
        "floor_mod", "a, b",
        "a % (case b when -1 then 1 when 0 then null else b end) + case when a % (case b when -1 then 1 "
          + "when 0 then null else b end) <> 0 and (a < 0) <> (b < 0) then b else 0 end"
      ),
      EngineMacro(
        "round_to", "x, n",
        "case when n < -308 or abs(x) * pow(10e0, n) < 0.5e0 then 0 * abs(x) when abs(x) * pow(10e0, n) < 4503599627370496e0 then "
          + "sign(x) * floor(abs(x) * pow(10e0, n) + 0.5e0) / pow(10e0, n) else x end"),
      EngineMacro(
        "only_value", "x",
        "case when min(x) <> max(x) then error('whom: more than one value') else min(x) end"),
    ]
  }

  private static func failure(of type: String) -> String {
    "error('Could not convert string ''' || x || ''' to \(type)')"
  }

  /// Stricter than the engine's casts, which read `1.5` as the int 2, `1_0` as 10 and `+-5` as -5,
  /// and drop a time zone.
  private static var conversionMacros: [EngineMacro] {
    let isWhole = "regexp_full_match(x, '\\s*[+-]?[0-9]+\\s*')"
    let isOdd = "contains(x, '_') or contains(x, '+-')"
    let notAnInt = failure(of: "INT64")
    // The engine takes `epoch` for the first day of 1970.
    let dated = "trim(case when not starts_with(lower(trim(x)), 'e') then x end)"
    return [
      EngineMacro(
        "parse_int", "x",
        "case when \(isWhole) then cast(x as bigint) when x is not null then \(notAnInt) end"),
      EngineMacro(
        "try_parse_int", "x", "case when \(isWhole) then try_cast(x as bigint) end"),
      EngineMacro(
        "parse_float", "x",
        "case when \(isOdd) then \(failure(of: "DOUBLE")) "
          + "when isfinite(cast(x as double)) then cast(x as double) end"),
      EngineMacro(
        "try_parse_float", "x",
        "case when not (\(isOdd)) and isfinite(try_cast(x as double)) "
          + "then try_cast(x as double) end"),
      EngineMacro(
        "parse_date", "x",
        "case when isfinite(cast(\(dated) as date)) then cast(x as date) "
          + "when x is not null then \(failure(of: "DATE")) end"),
      EngineMacro(
        "try_parse_date", "x",
        "case when isfinite(try_cast(\(dated) as date)) then try_cast(x as date) end"),
      EngineMacro(
        "parse_timestamp", "x",
        "case when isfinite(cast(\(dated) as timestamptz)) "
          + "then timezone('UTC', cast(trim(x) as timestamptz)) "
          + "when x is not null then \(failure(of: "TIMESTAMP")) end"),
      EngineMacro(
        "try_parse_timestamp", "x",
        "case when isfinite(try_cast(\(dated) as timestamptz)) "
          + "then timezone('UTC', try_cast(trim(x) as timestamptz)) end"),
    ]
  }
}

/// The grids of a reproducible sum as SQL text: part k is `(r + a) - a` with `a = 1.5 * 2^(52 + e)`.
enum SumGrid {
  static let anchors = [
    "7.083549724304468e21", "1.0555311626649088e14", "1572864e0", "0.0234375e0",
  ]

  /// The parts of a number, the largest first; each is what the ones before it leave.
  static func parts(of number: String) -> [String] {
    var rest = number
    let gridded = anchors.map { anchor in
      let part = "(\(rest) + \(anchor)) - \(anchor)"
      rest = "(\(rest) - (\(part)))"
      return part
    }
    return gridded + [rest]
  }
}

extension EngineMacro {
  init(_ name: String, _ parameters: String, _ body: String) {
    self.init(name: name, definition: "create or replace macro \(name)(\(parameters)) as \(body)")
  }
}
