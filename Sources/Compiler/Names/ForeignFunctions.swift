/// What analysts call our functions elsewhere, and what to say to them.
enum ForeignFunctions {
  static func advice(for name: String) -> String? {
    switch name.lowercased() {
    case "avg", "average": "the mean is `mean(x)`"
    case "std", "stdev", "stddev_samp", "sd": "the standard deviation is `stddev(x)`"
    case "var", "var_samp": "the variance is `variance(x)`"
    case "len", "nchar", "char_length": "the number of characters is `length(x)`"
    case "n", "nrow", "size": "the number of rows is `count()`"
    case "n_distinct", "nunique", "count_unique":
      "distinct values are counted by `count_distinct(x)`"
    case "coalesce", "ifnull", "nvl", "isnull": "for the first value that is there, write `a ?? b`"
    case "ifelse", "if_else", "iif", "iff": "write `if condition then a else b`"
    case "case_when": "write `case { condition -> a, else -> b }`"
    case "is_null", "is_na", "isna", "is_none": "write `x == null`"
    case "substr", "mid": "a part of a text is `substring(x, start, length)`"
    case "concat", "paste", "paste0", "str_c": "texts are put together with `f\"{a} {b}\"`"
    case "ln": "the natural logarithm is `log(x)`"
    case "pow", "power": "write `x ^ y`"
    case "ceiling": "write `ceil(x)`"
    case "now_utc", "current_timestamp", "getdate": "write `now()`"
    case "current_date", "curdate": "write `today()`"
    case "date_trunc", "trunc_date", "floor_date": "write `month(at)`, `week(at)`, `quarter(at)`"
    case "datediff", "date_diff", "difftime": "write `days(a - b)`, or `months_between(a, b)`"
    case "dateadd", "date_add": "write `at + 7 days`, `at - 1 month`"
    case "cast", "as_numeric", "to_number", "try_cast":
      "write `int(x)` or `float(x)`; `try_int(x)` gives null where it is no number"
    case "regexp_matches", "str_detect", "rlike": "write `x ~ r\"pattern\"`"
    case "strip": "write `trim(x)`"
    case "columns", "across", "everything", "all_of", "any_of":
      "sets of columns, `columns(\"q_*\")`, stand in `select`, `drop`, `derive`, `summarize`, `distinct`, `sort`, `unpivot`, `expect` and behind `by`"
    case "unique": "`unique(x)` is a check: `| expect unique(order_id)`; for rows, `distinct`"
    case "split": "write `split_text(x, \",\")`"
    case "startswith", "str_starts": "write `starts_with(x, \"A\")`"
    case "endswith", "str_ends": "write `ends_with(x, \"A\")`"
    case "isin": "write `x in [1, 2]`"
    case "fillna", "fill_null", "replace_na": "write `x ?? 0`"
    case "astype": "write `int(x)`, `float(x)`, `text(x)` or `date(x)`"
    case "value_counts": "write `| count by x`"
    case "strptime", "to_date", "ymd": "write `date(x)`"
    case "strftime", "format_date", "to_char": "write `f\"{at:%Y-%m}\"`"
    case "range", "seq": "a range is written with two points: `1..3`; `list_range(1, n)` is a list"
    case "print", "println", "display", "cat": "an expression alone on its line is shown"
    case "ucase", "to_upper", "toupper": "write `upper(x)`"
    case "lcase", "to_lower", "tolower": "write `lower(x)`"
    case "percentile", "percentile_cont", "quantile_cont": "write `quantile(x, 0.9)`"
    default: nil
    }
  }
}

extension ForeignFunctions {
  /// `None` and its kin, which other languages write without quotes.
  static func constant(_ name: String) -> String? {
    switch name {
    case "None", "NULL", "Null", "NA", "nil", "undefined", "NaN": "null"
    case "True", "TRUE": "true"
    case "False", "FALSE": "false"
    default: nil
    }
  }
}
