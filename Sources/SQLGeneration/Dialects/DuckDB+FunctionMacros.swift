extension Dialect {
  /// Functions whose SQL would name an argument several times.
  static var functionMacros: [EngineMacro] {
    textMacros + listMacros + momentMacros + numberMacros + drawMacros + timeMacros + boolMacros
  }

  private static var textMacros: [EngineMacro] {
    let letters = "[\\p{L}\\p{N}\\p{M}''’]"
    let others = "[^\\p{L}\\p{N}\\p{M}''’]"
    return [
      EngineMacro(
        "title_case", "x",
        "array_to_string(list_transform(regexp_extract_all(x, '\(letters)+|\(others)+'), "
          + "lambda w: upper(left(w, 1)) || lower(substring(w, 2))), '')"),
      // The engine's own function turns around what an eye sees as one letter, and keeps its parts
      // in order; `length` counts the parts.
      EngineMacro(
        "reversed_text", "x",
        "array_to_string(list_reverse(regexp_extract_all(x, '(?s).')), '')"),
      // The engine's own function wants to know the separator before it reads rows.
      EngineMacro(
        "joined_list", "items, separator",
        "case when separator is not null and items is not null "
          + "then coalesce(substr(array_to_string("
          + "list_transform(cast(items as varchar[]), lambda item: separator || item), ''), "
          + "length(separator) + 1), '') end"),
      EngineMacro(
        "repeated_text", "x, n",
        "case when length(x) * n > 10000000 "
          + "then error('whom: a text of more than 10 million characters') "
          + "when n is not null then repeat(x, least(n, 10000000 // greatest(length(x), 1))) end"),
      EngineMacro(
        "character_of", "n",
        "case when n between 1 and 55295 or n between 57344 and 1114111 "
          + "then chr(cast(n as integer)) end"),
    ]
  }

  /// As on every engine (`PostgreSQL+FunctionRoutines.swift`).
  private static var momentMacros: [EngineMacro] {
    func total(_ power: String) -> String { "list_sum(list_transform(d, lambda x: \(power)))" }
    func moment(_ name: String, _ least: Int, _ value: String) -> EngineMacro {
      EngineMacro(
        name, "items",
        "list_transform(list_transform([list_avg(items)], "
          + "lambda middle: list_transform(items, lambda x: x - middle)), "
          + "lambda d: case when len(d) > \(least) and \(total("x * x")) > 0 then \(value) end)[1]")
    }
    return [
      moment(
        "skewness_of", 2,
        "len(d) * \(total("x * x * x")) / ((len(d) - 1) * (len(d) - 2)) "
          + "/ pow(\(total("x * x")) / (len(d) - 1), 1.5e0)"),
      moment(
        "kurtosis_of", 3,
        "(len(d) - 1) / ((len(d) - 2) * (len(d) - 3)) "
          + "* ((len(d) + 1) * len(d) * \(total("x * x * x * x")) / \(total("x * x")) "
          + "/ \(total("x * x")) - 3 * (len(d) - 1))"),
    ]
  }

  private static var listMacros: [EngineMacro] {
    [
      EngineMacro(
        "list_text", "items",
        "'[' || array_to_string(list_transform(items, "
          + "lambda item: coalesce(cast(item as varchar), 'null')), ', ') || ']'"),
      EngineMacro(
        name: "float_list_text",
        definition:
          "create or replace macro float_list_text(items) as '[' || array_to_string(list_transform(items, "
          + "lambda item: coalesce(plain_text(item), 'null')), ', ') || ']'", needs: ["plain_text"]),
      EngineMacro(
        "first_of_each", "items",
        "list_filter(items, lambda item, place: item is not null "
          + "and list_position(items, item) = place)"),
      EngineMacro(
        "number_range", "a, b, step",
        "case when abs((cast(b as hugeint) - a) // nullif(step, 0)) > 10000000 "
          + "then error('whom: a range of more than 10 million numbers') "
          + "when step <> 0 and a is not null and b is not null then generate_series(a, "
          // Of constants the engine works out what the condition leaves out, too.
          + "case when abs((cast(b as hugeint) - a) // nullif(step, 0)) <= 10000000 then b end, "
          + "step) end"),
      EngineMacro(
        "date_range", "a, b, step",
        "case when (b - a) // step > 1000000 "
          + "then error('whom: a range of more than 1 million days') "
          + "when a is not null and b is not null then cast(generate_series(a, "
          + "case when (b - a) // step <= 1000000 then b end, "
          + "to_days(cast(step as integer))) as date[]) end"),
    ]
  }

  private static var numberMacros: [EngineMacro] {
    [
      EngineMacro(
        "faded_mean", "items, weight",
        "case when len(items) > 0 "
          + "then list_reduce(items, lambda s, x: weight * x + (1 - weight) * s) end"),
      EngineMacro(
        "holm_p", "items, p",
        "list_max(list_transform(list_filter(items, lambda x: x <= p), "
          + "lambda x, i: least(1e0, x * (len(items) - i + 1))))"),
      EngineMacro(
        "fdr_p", "items, p",
        "list_min(list_transform(items, "
          + "lambda x, i: case when x >= p then least(1e0, x * len(items) / i) end))"),
      EngineMacro(
        "bonferroni_p", "items, p", "case when p is not null then least(1e0, p * len(items)) end"),
      EngineMacro("bits_and", "a, b", "a & b"),
      EngineMacro("bits_or", "a, b", "a | b"),
      EngineMacro("bits_xor", "a, b", "xor(a, b)"),
      EngineMacro(
        "haversine_km", "lat1, lon1, lat2, lon2",
        "case when abs(lat1) <= 90 and abs(lat2) <= 90 and abs(lon1) <= 360 and abs(lon2) <= 360 then "
          + "2 * 6371.0088e0 * asin(sqrt(least(1e0, pow(sin(radians(lat2 - lat1) / 2), 2) "
          + "+ cos(radians(lat1)) * cos(radians(lat2)) * pow(sin(radians(lon2 - lon1) / 2), 2)))) end"
      ),
      EngineMacro(
        "bin_number", "x, low, high, n",
        "case when low < high and x is not null then case when x < low then 0 "
          + "when x >= high then n + 1 "
          + "else least(floor((x - low) / (high - low) * n) + 1, n) end end"),
      // Powers of ten above one are exact, those below are not: hence the two ways.
      EngineMacro(
        "significant", "x, digits",
        "case when x = 0 or abs(x) < 1e-290 then x when floor(log10(abs(x))) < digits "
          + "then sign(x) * floor(abs(x) * pow(10e0, digits - 1 - floor(log10(abs(x)))) + 0.5e0) "
          + "/ pow(10e0, digits - 1 - floor(log10(abs(x)))) "
          + "else sign(x) * floor(abs(x) / pow(10e0, floor(log10(abs(x))) - digits + 1) + 0.5e0) "
          + "* pow(10e0, floor(log10(abs(x))) - digits + 1) end"),
    ]
  }

  /// 13 hexadecimal digits of a hash are 52 bits, which a float holds exactly.
  private static var drawMacros: [EngineMacro] {
    func share(_ digits: String) -> String {
      "(cast('0x' || \(digits) as bigint) + 0.5e0) / 4503599627370496e0"
    }
    return [
      EngineMacro("draw_share", "x", share("left(md5(x), 13)")),
      EngineMacro(
        "draw_standard", "x",
        "sqrt(-2e0 * ln(\(share("left(md5(x), 13)")))) "
          + "* cos(6.283185307179586e0 * (\(share("substring(md5(x), 14, 13)"))))"),
      EngineMacro(
        "triangular", "u, a, c, b",
        "case when a <= c and c <= b and -8.9e307 < a and b < 8.9e307 then "
          + "case when b - a < 1e-140 then a "
          + "when u * (b - a) < c - a and b - a > 1e140 then a + sqrt(u * (b - a)) * sqrt(c - a) "
          + "when b - a > 1e140 then b - sqrt((1 - u) * (b - a)) * sqrt(b - c) "
          + "when u * (b - a) < c - a then a + sqrt(u * (b - a) * (c - a)) "
          + "else b - sqrt((1 - u) * (b - a) * (b - c)) end end"),
      EngineMacro(
        "whole_draw", "u, a, b",
        "case when a <= b then a + cast(floor(u * (b - a + 1)) as bigint) end"),
    ]
  }

  private static var timeMacros: [EngineMacro] {
    [
      EngineMacro("instant_us", "x", "epoch_us(x)"),
      // In days and the rest: of more than 292 years the nanoseconds are too many for 64 bits.
      EngineMacro(
        "exact_duration", "n", "to_days(n // 86400000000) + to_microseconds(n % 86400000000)"),
      // What a clock in the zone shows at an instant.
      EngineMacro("local_time", "x, zone", "timezone(zone, timezone('UTC', x))"),
      EngineMacro("from_local_time", "x, zone", "timezone('UTC', timezone(zone, x))"),
      // What has passed since on the clock is taken off the instant: a clock shows some hours twice.
      EngineMacro(
        "local_trunc", "unit, x, zone",
        "x - (timezone(zone, timezone('UTC', x)) "
          + "- date_trunc(unit, timezone(zone, timezone('UTC', x))))"),
    ]
  }

  private static var boolMacros: [EngineMacro] {
    let word = "lower(trim(x, ' ' || chr(9) || chr(10) || chr(13)))"
    let branches =
      "when \(word) in ('true', 'yes', 'y', 't', '1') then true "
      + "when \(word) in ('false', 'no', 'n', 'f', '0') then false"
    let failure = "error('Could not convert string ''' || x || ''' to BOOL')"
    return [
      EngineMacro(
        "parse_bool", "x",
        "case \(branches) when x is not null then cast(\(failure) as boolean) end"),
      EngineMacro("try_parse_bool", "x", "case \(branches) end"),
    ]
  }
}
