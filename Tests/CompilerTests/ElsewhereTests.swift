import Compiler
import Testing

/// A function that an analyst knows from elsewhere is here by its name, or the checker says what it
/// is called here or why it is not there.
@Suite("Functions of other languages")
struct ElsewhereTests {
  private static let known = Set(BuiltinFunction.all.map(\.name))
  private static let verbs: Set = [
    "where", "derive", "select", "drop", "rename", "summarize", "sort", "take", "top", "distinct",
    "sample", "split", "join", "union", "except", "intersect", "unnest", "pivot", "unpivot",
    "cross",
  ]

  /// From the indexes of the packages' manuals and of PostgreSQL's, DuckDB's and Spark's.
  private static let elsewhere: [(from: String, names: String)] = [
    (
      "stringr",
      """
      str_c str_count str_detect str_dup str_ends str_equal str_escape str_extract str_extract_all
      str_flatten str_glue str_length str_like str_locate str_match str_match_all str_order str_pad
      str_remove str_remove_all str_replace str_replace_all str_sort str_split str_split_fixed
      str_split_i str_squish str_starts str_sub str_subset str_to_lower str_to_sentence str_to_title
      str_to_upper str_trim str_trunc str_unique str_view str_wrap word
      """
    ),
    (
      "lubridate",
      """
      add_with_rollback am as_date as_datetime ceiling_date date day days ddays decimal_date dhours
      dminutes dmy dmy_hms dseconds dweeks dyears epiweek epiyear floor_date force_tz hour hours
      int_end int_overlaps int_start interval isoweek isoyear last_day leap_year make_date
      make_datetime mday mdy mdy_hms minute minutes month now parse_date_time period pm qday quarter
      rollback rollforward round_date second seconds semester stamp strptime time_length today tz
      wday week weeks with_tz yday year ymd ymd_hm ymd_hms days_in_month
      """
    ),
    (
      "dplyr",
      """
      across c_across case_match case_when coalesce consecutive_id cumall cumany cume_dist cummean
      cummax cummin cumprod cumsum cur_group_id dense_rank everything first if_else lag last lead
      min_rank n n_distinct na_if near nth ntile order_by percent_rank pick recode row_number
      """
    ),
    (
      "base R",
      """
      abs ceiling cor cut diff difftime format gsub grepl ifelse length max mean median min months_name
      nchar paste paste0 pmax pmin prod_ quantile range rank rev round rowsums runif rnorm sd seq sprintf
      strsplit sub substr substring sum table tolower toupper trimws unique var weekdays
      """
    ),
    (
      "SQL, texts",
      """
      ascii btrim char_length character_length charindex chr concat concat_ws contains difference
      ends_with format group_concat initcap instr left length levenshtein listagg locate lower lpad
      ltrim md5 octet_length overlay position quote_literal regexp_count regexp_extract regexp_instr
      regexp_like regexp_matches regexp_replace regexp_split_to_array regexp_substr repeat replace
      replicate reverse right rpad rtrim sha256 soundex split_part starts_with string_agg
      string_split string_to_array strpos substr substring to_char to_hex translate trim ucase unicode
      upper encode ilike
      """
    ),
    (
      "SQL, dates",
      """
      add_months age convert_tz current_date current_timestamp date date_add date_bin date_diff
      date_format date_part date_sub date_trunc dateadd datediff day dayname dayofmonth dayofweek
      dayofyear eomonth epoch from_unixtime from_utc_timestamp generate_series getdate hour isodow
      justify_days last_day localtimestamp make_date make_interval make_timestamp minute month
      monthname months_between next_day now quarter second str_to_date strftime strptime sysdate
      time_bucket timestampdiff timezone to_date to_timestamp unix_timestamp week weekofyear year
      yearweek
      """
    ),
    (
      "SQL, windows and aggregates",
      """
      any_value approx_count_distinct arg_max arg_min array_agg avg bool_and bool_or corr count count_if
      covar_pop covar_samp cume_dist dense_rank every first_value grouping lag last_value lead max
      max_by median min min_by mode nth_value ntile percent_rank percentile_cont percentile_disc rank
      ratio_to_report regr_intercept regr_r2 regr_slope row_number some stddev stddev_pop stddev_samp
      sum var_pop var_samp variance
      """
    ),
    (
      "SQL, values",
      """
      abs array_contains array_length cardinality cast ceil ceiling coalesce convert decode explode floor
      greatest ifnull iif isfinite isnan least ln log mod nullif nvl nvl2 pow power random round
      safe_cast sign sqrt to_number trunc try_cast uuid width_bucket
      """
    ),
  ]

  @Test("Each is here, or has its line", arguments: elsewhere.map(\.from))
  func isAnswered(_ from: String) throws {
    let names = try #require(Self.elsewhere.first { $0.from == from }).names
    let missing = names.split { $0 == " " || $0 == "\n" }.map(String.init).filter { name in
      !Self.known.contains(name) && !Self.verbs.contains(name)
        && ForeignFunctions.advice(for: name) == nil && name != "prod_"
    }
    #expect(missing == [])
  }

  private static let entries = ForeignTable.allCases.flatMap(ForeignFunctions.entries)

  @Test("No line is for a function that is here, and none is there twice")
  func noLineIsInVain() {
    let names = Self.entries.flatMap(\.names).map(String.init)
    #expect(names.filter { Self.known.contains($0) } == [])
    #expect(names.count == Set(names).count)
  }

  @Test("What the lines name is there")
  func linesSayTheTruth() {
    let others: Set = [
      "unique", "columns", "list", "part_of_sum", "z_score", "calendar", "numbers", "histogram",
      "read",
    ]
    for entry in Self.entries {
      let code = entry.advice.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map(\.element)
      #expect(entry.advice.contains("`") || entry.advice.count > 30)
      for piece in code {
        for name in Self.calls(in: piece)
        where !Self.known.contains(name) && !others.contains(name) && !Self.verbs.contains(name) {
          Issue.record("\(entry.names): there is no `\(name)`")
        }
      }
    }
  }

  /// The words that a bracket stands behind.
  private static func calls(in code: Substring) -> [String] {
    var found: [String] = []
    var word = ""
    for letter in code {
      if letter == "(", !word.isEmpty { found.append(word) }
      word = letter.isLetter || letter.isNumber || letter == "_" ? word + String(letter) : ""
    }
    return found
  }
}
