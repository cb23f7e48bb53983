/// What functions of dplyr, stringr, lubridate, base R, pandas and SQL are called here, or why
/// there is no such function: a line for each, the names before the colon.
package enum ForeignTable: String, CaseIterable {
  case texts, dates, windows, aggregates, values

  var title: String {
    switch self {
    case .texts: "Texts"
    case .dates: "Dates and times"
    case .windows: "Windows"
    case .aggregates: "Aggregates"
    case .values: "Values, conditions, columns"
    }
  }

  var lines: String {
    switch self {
    case .texts: Self.textLines
    case .dates: Self.dateLines
    case .windows: Self.windowLines
    case .aggregates: Self.aggregateLines
    case .values: Self.valueLines
    }
  }

  private static let textLines = """
    str_length nchar len char_length character_length: the number of characters is `length(x)`
    octet_length: bytes are not counted; `length(x)` counts characters
    str_sub substr mid: a part of a text is `substring(x, start, length)`
    concat paste paste0 str_c concat_ws str_glue glue: texts are put together with `f"{a} {b}"`
    sprintf printf format_number format: a number is written by `f"{x:,.2f}"`
    str_to_upper to_upper toupper ucase: write `upper(x)`
    str_to_lower to_lower tolower lcase: write `lower(x)`
    str_to_title initcap: write `title(x)`
    str_to_sentence: write `capitalize(x)`
    str_trim trimws strip btrim: write `trim(x)`
    ltrim lstrip trim_left: write `trim_start(x)`
    rtrim rstrip trim_right: write `trim_end(x)`
    str_squish: write `squish(x)`
    str_pad: write `pad_start(x, 10)` or `pad_end(x, 10)`
    lpad zfill rjust pad_left: write `pad_start(x, 10, "0")`
    rpad ljust pad_right: write `pad_end(x, 10)`
    str_dup replicate space: write `repeat(x, 3)`
    str_trunc: write `shorten(x, 20)`
    str_wrap: lines are broken where a text is shown; a program does not
    str_detect regexp_matches rlike regexp_like grepl regexp_contains: write `x ~ r"pattern"`
    like ilike str_like: write `x ~ r"^A.*"`, `starts_with(x, "A")` or `contains(x, "a")`
    startswith str_starts: write `starts_with(x, "A")`
    endswith str_ends: write `ends_with(x, "A")`
    str_count regexp_count: write `count_matches(x, "a")`
    str_locate instr strpos locate charindex regexp_instr find indexof index_of: the place of a text in another is
      `position(x, "a")`
    str_extract regexp_extract regexp_substr str_match regmatches: write `extract(x, r"pattern")`
    str_extract_all str_match_all regexp_extract_all: write `extract_all(x, r"pattern")`
    str_replace str_replace_all gsub sub regexp_replace: a text is replaced by `replace(x, "a",
      "b")`, a pattern by `replace_pattern(x, r"a+", "b")`
    str_remove str_remove_all: write `replace_pattern(x, r"a+", "")`
    overlay stuff: write `f"{left(x, 3)}...{substring(x, 7, 100)}"`
    split str_split strsplit string_split string_to_array regexp_split_to_array: write
      `split_text(x, ",")`
    str_split_i str_split_fixed word split_index: write `split_part(x, ",", 2)`
    str_flatten array_to_string string_join: write `join_text(list, ", ")`
    string_agg listagg group_concat: write `join_text(list(x, x), ", ")`
    str_rev rev: write `reverse(x)`
    chr unichr: write `char(n)`
    ascii ord unicode utf8toint: write `code(x)`
    str_equal: write `a == b`; for differing accents or forms `normalize(a) == normalize(b)`
    stri_trans_general unaccent: write `strip_accents(x)`
    soundex metaphone: they are made for English names; likeness is `similarity(a, b)`
      or `levenshtein(a, b)`
    jaro_winkler_similarity jaro_similarity jaro_winkler jaccard stringdist: write `similarity(a, b)`
    edit_distance editdistance editdist3 adist: write `levenshtein(a, b)`
    sha1 sha512 crc32 xxhash hash: hashes are `md5(x)` and `sha256(x)`
    base64 to_base64 from_base64 encode decode_text to_hex hex unhex: texts are not taken as bytes
      here; such columns come decoded
    quote_literal quote_ident str_escape: nothing is pasted into queries here, so nothing is
      quoted
    str_sort str_order str_subset str_unique: these are for vectors; the verbs are `sort`, `where`
      and `distinct`
    str_view writeln cat print println display: an expression alone on its line is shown
    """

  private static let dateLines = """
    sysdate getdate current_timestamp sys_time localtimestamp now_utc transaction_timestamp: write
      `now()`, the instant of the run
    current_date curdate sys_date: write `today()`, the day of the run
    strptime to_date ymd mdy dmy as_date parse_date str_to_date: write `date(x)`, or `date(x,
      "%d/%m/%Y")`
    ymd_hms ymd_hm dmy_hms mdy_hms as_datetime as_posixct parse_date_time to_timestamp
      parse_timestamp to_datetime: write `timestamp(x)`, or `timestamp(x, "%d/%m/%Y %H:%M")`
    strftime format_date to_char date_format stamp: write `f"{at:%Y-%m}"`
    date_trunc trunc_date floor_date datetrunc: write `month(at)`, `week(at)`, `quarter(at)`,
      `hour(at)`
    ceiling_date: the start of the next month is `month(at) + 1 month`
    round_date: write `date(at + 12 hours)` for the nearest day
    rollback rollforward eomonth end_of_month month_end: the last day of a month is `last_day(at)`
    date_part extract_part datepart: write `month_of_year(at)`, `day_of_week(at)`,
      `hour_of_day(at)` and their kin
    extract_year year_of: the number of the year is `year_number(at)`
    first_day month_start: the first day of a month is `month(at)`
    makedate: write `make_date(2025, 1, 31)`
    mday dayofmonth: write `day_of_month(at)`
    wday dayofweek isodow weekday: write `day_of_week(at)`, 1 for Monday
    weekdays dayname: write `day_name(at)`
    months_name monthname: write `month_name(at)`
    yday dayofyear doy: write `day_of_year(at)`
    qday: write `days(at - quarter(at)) + 1`
    isoweek weekofyear epiweek yearweek: weeks are those of ISO 8601: `week_of_year(at)`, with
      `iso_year(at)`
    isoyear epiyear week_year weekyear: write `iso_year(at)`
    semester half: write `if month_of_year(at) <= 6 then 1 else 2`
    leap_year: write `is_leap_year(at)`
    am pm: write `hour_of_day(at) < 12`
    datediff date_diff difftime timestampdiff time_length as_duration interval: write `days(a -
      b)`, `hours(a - b)`, or `months_between(a, b)`
    dateadd date_add adddate add_months date_sub subdate add_with_rollback: write `at + 7 days`,
      `at - 1 month`
    ddays dhours dminutes dseconds dweeks dyears make_interval period: a length of time is written
      `7 days`, `90 minutes`, `1 month`
    age: write `years_between(born, today())`
    next_day: write `week(at, start = "friday") + 7 days` for the next Friday
    make_datetime make_timestamptz: write `make_timestamp(2025, 1, 31, 9, 30)`
    epoch unix_timestamp to_unix_timestamp epoch_ms: write `to_unix(at)`
    from_unixtime to_timestamp_seconds: write `from_unix(n)`
    with_tz force_tz convert_tz timezone at_timezone at_time_zone tz_convert from_utc_timestamp to_utc_timestamp tz: the
      clock of a place shows `local_time(at, "Europe/Zurich")`; `from_local_time` goes back
    date_bin: write `time_bucket(at, 15 minutes)`
    decimal_date: write `year_number(at) + (day_of_year(at) - 1) / 365`
    int_overlaps int_start int_end: two spans overlap where `a_start < b_end and b_start < a_end`
    generate_series sequence date_range seq_dates: days at equal steps are `calendar(@2025-01-01,
      @2025-12-31)`
    networkdays business_days bizdays: write `workdays(from, to)`; holidays are no part of a
      calendar here, join them
    justify_days justify_hours: a length of time has no parts here; `days(x)` and `hours(x)` count
      it
    """

  private static let windowLines = """
    min_rank: write `rank(x)`
    first_value: write `first(x, at)`
    last_value: write `last(x, at)`
    nth_value: write `nth(x, 2, at)`
    rollmean roll_mean slide_mean rolling_mean rolling moving_average: write `moving_mean(x, 7)`
    rollsum roll_sum slide_sum: write `moving_sum(x, 7)`
    rollmax roll_max: write `moving_max(x, 7)`
    rollmin roll_min: write `moving_min(x, 7)`
    rollmedian: write `moving_median(x, 7)`
    cumcount: write `row_number(at)`
    ratio_to_report prop_table: write `part_of_sum(x)` with `by all`
    diff lagdiff: write `difference(x)`
    pct_chg percent_change: write `pct_change(x)`
    ewm ema ewma: write `exponential_mean(x, 0.3)`
    consecutive_id rleid: mark where a run begins and add up: `cumsum(int(x != lag(x)))`
    row_id rowid rownum: write `row_number(at)`; a file is read with `number_rows = "row"`
    ffill locf na_locf fill_down fill: write `fill_forward(x)`
    bfill nocb: write `fill_backward(x)`
    shift: write `lag(x)` or `lead(x)`
    order_by over partition_by sum_over: the stage says it: `derive r = rank(x) by region sort at`
    cur_group_id ngroup: groups have no numbers; `dense_rank(region)` with `by all` gives them
      some
    """

  private static let aggregateLines = """
    avg average: the mean is `mean(x)`
    std stdev stddev_samp sd: the standard deviation is `stddev(x)`
    stddev_pop var_pop covar_pop: spread is that of a sample (n - 1); for a whole population
      multiply the `variance(x)` by `(count(x) - 1) / count(x)`
    var var_samp: the variance is `variance(x)`
    covar_samp cov covar: write `covariance(x, y)`
    cor pearsonr: write `corr(x, y)`
    n nrow size len_rows: the number of rows is `count()`
    n_distinct nunique count_unique approx_count_distinct approx_distinct: distinct values are
      counted by `count_distinct(x)`, exactly
    count_if countif sum_if sumif averageif avg_if: write `count() where x > 0`, `sum(x) where x > 0`
    bool_and every logical_and: write `all(condition)`
    bool_or some logical_or: write `any(condition)`
    percentile percentile_cont quantile_cont approx_quantile approx_percentile: write `quantile(x,
      0.9)`
    percentile_disc: write `quantile(x, 0.9)`, which interpolates
    arg_max argmax max_by which_max idxmax: write `first(name, -score)`
    arg_min argmin min_by which_min idxmin: write `first(name, score)`
    any_value: which value would differ from run to run; write `first(x, at)`, or `only(x)` where
      all are the same
    array_agg collect_list list_agg: write `list(x, at)`
    collect_set array_unique_agg: write `list_distinct(list(x, x))`
    regr_slope: write `slope(y, x)`
    regr_intercept: write `intercept(y, x)`
    regr_r2: write `corr(x, y) ^ 2`
    sem: write `standard_error(x)`
    skew: write `skewness(x)`
    kurt: write `kurtosis(x)`
    histogram hist: write `| chart histogram(x = amount)`, or `| count by step = bin(amount, 10)`
    entropy: write `-sum(p * log(p))` over the shares `p` of the groups
    value_counts table: write `| count by x`
    rowsums rowmeans: write `a + b + c`; over lists `list_sum(x)` and `list_mean(x)`
    grouping grouping_sets rollup cube: one table has one kind of row here; `union` the totals to
      the parts
    """

  private static let valueLines = """
    coalesce ifnull nvl isnull nvl2: for the first value that is there, write `a ?? b`
    na_if nullif: write `null_if(x, 0)`
    ifelse if_else iif iff: write `if condition then a else b`
    case_when case_match decode switch: write `case { condition -> a, else -> b }`
    recode: write `case { x == "a" -> 1, else -> 2 }`, or `join` a table of both
    notnull notna is_not_null: write `x != null`
    between: write `x in 1..10`
    is_null is_na isna is_none: write `x == null`
    isin in_list: write `x in [1, 2]`
    near: write `abs(a - b) < 1e-9`
    fillna fill_null replace_na: write `x ?? 0`
    pmin: write `least(a, b)`
    pmax: write `greatest(a, b)`
    cast as_numeric to_number try_cast safe_cast convert as_integer: write `int(x)` or `float(x)`;
      `try_int(x)` gives null where it is no number
    astype as_character as_text to_string tostring str: write `text(x)`, `int(x)`, `float(x)` or
      `date(x)`
    ln: the natural logarithm is `log(x)`
    pow: write `x ^ y`
    truncate: write `trunc(x)`
    sgn: write `sign(x)`
    cot: write `1 / tan(x)`
    ceiling: write `ceil(x)`
    fmod remainder: write `mod(a, b)`
    square: write `x ^ 2`
    isfinite isnan is_nan: there is no NaN and no infinity here; both are read as null
    cut ntile_of bucket: write `bin(x, 10)`, `width_bucket(x, 0, 100, 10)` or `ntile(5, x)`
    scale normalize_number: write `z_score(x)` with `by all`
    random rand runif uniform: a draw needs a key: `draw_uniform(0, 1, key = customer_id, seed =
      7)`
    setseed set_seed: the stage or the draw says it: `sample 10% on id seed 7`
    rnorm randn gauss: a draw needs a key: `draw_normal(0, 1, key = customer_id, seed = 7)`
    uuid gen_random_uuid newid: every run must give the same; `sha256(text(customer_id))` makes a
      key of a key
    columns across everything all_of any_of pick c_across where_columns: sets of columns,
      `columns("q_*")`, stand in `select`, `drop`, `derive`, `summarize`, `distinct`, `sort`,
      `unpivot`, `expect` and behind `by`
    unique: `unique(x)` is a check: `| expect unique(order_id)`; for rows, `distinct`
    range seq: a range is written with two points: `1..3`; `list_range(1, n)` is a list
    list_filter list_transform list_apply list_aggregate list_reduce filter_list: no function is
      handed to another; `unnest` makes rows of the items, and verbs work on those
    element_at list_element list_extract: write `get(list, 1)`
    array_position list_position: where an item stands is not asked; `x in list` says whether
    json_extract json_value get_json_object json_query json_array_length from_json: files of JSON
      are read with their fields: `r.a`, and `types` in `read` says those that differ; a text that
      holds JSON is taken apart by `extract(x, r"pattern")`
    to_json row_to_json json_object: `save "out.json"` writes JSON
    struct named_struct row: a record is written `{a: 1, b: x}`
    string varchar: write `text(x)`
    integer bigint smallint: write `int(x)`
    double real numeric to_numeric: write `float(x)`
    boolean: write `bool(x)`
    datetime: write `timestamp(x)`
    array_length cardinality list_length: write `length(list)`
    array_contains list_contains: write `x in list`
    explode: the verb is `unnest`
    read_csv read_parquet read_json read_tsv read_table read_delim fread from_csv: write `read
      "orders.csv"`, and with options `read(...)`
    """
}
