import Values

extension Dialect {
  /// Casts with the words of an error that says which value it was; the server's own casts stop
  /// the query, so that the tries go by the form of the text or catch the error.
  static var conversionRoutines: [EngineMacro] {
    let raise = procedure(
      "no_value", "x text, type text", "text",
      """
      begin
        raise exception using errcode = '22P02',
          message = 'Could not convert string ''' || x || ''' to ' || type;
      end
      """, mayFail: true)
    return [raise] + ["int", "float", "date", "timestamp"].flatMap(parsers)
  }

  private static func parsers(_ name: String) -> [EngineMacro] {
    let (type, word, attempt) =
      switch name {
      case "int": ("bigint", "INT64", tryInt)
      case "float": ("float8", "DOUBLE", tryFloat)
      case "date": ("date", "DATE", tryDate)
      default: ("timestamptz", "TIMESTAMP", tryTimestamp)
      }
    let noError = name == "float" ? "x ~* '^\\s*[-+]?(nan|inf|infinity)\\s*$'" : "false"
    return [
      attempt,
      routine(
        "parse_\(name)", "x text", type,
        """
        case when x is null or \(noError) then null
          else coalesce(pg_temp.try_parse_\(name)(x), pg_temp.no_value(x, '\(word)')::\(type)) end
        """, needs: ["try_parse_\(name)", "no_value"], mayFail: true),
    ]
  }

  private static let tryInt = routine(
    "try_parse_int", "x text", "bigint",
    """
    case when x ~ '^\\s*[+-]?[0-9]{1,18}\\s*$' then x::bigint
      when x ~ '^\\s*[+-]?[0-9]+\\s*$'
        then case when x::numeric between -9223372036854775808 and 9223372036854775807
          then x::bigint end end
    """)

  private static let tryFloat = routine(
    "try_parse_float", "x text", "float8",
    """
    case when x ~ '^\\s*[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]{1,4})?\\s*$'
      then case when abs(x::numeric) < 1.7976931348623158e308
        then case when abs(x::numeric) < 2.5e-324 then 0 else x::float8 end end end
    """)

  private static let tryDate = procedure(
    "try_parse_date", "x text", "date",
    """
    declare part text[];
    begin
      -- A time behind the day is left out, but must be one.
      part := regexp_match(x, '^\\s*([0-9]{4,6})([-/])([0-9]{1,2})\\2([0-9]{1,2})'
        || '([ T]+([01]?[0-9]|2[0-3]):[0-5]?[0-9](:[0-5]?[0-9](\\.[0-9]*)?)?'
        || '\\s*(Z|UTC|[-+][0-9]{2}(:?[0-9]{2})?)?)?\\s*$');
      if part is null then return null; end if;
      return make_date(part[1]::int, part[3]::int, part[4]::int);
    exception when datetime_field_overflow then
      return null;
    end
    """)

  private static let tryTimestamp = procedure(
    "try_parse_timestamp", "x text", "timestamptz",
    """
    begin
      if x ~ ('^\\s*[0-9]{4,6}-[0-9]{1,2}-[0-9]{1,2}([ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]*)?)?)?'
          || '\\s*(Z|UTC|[-+][0-9]{2}(:?[0-9]{2})?)?\\s*$') then
        return x::timestamptz;
      end if;
      return null;
    exception when others then
      return null;
    end
    """)

  static var timeRoutines: [EngineMacro] {
    [
      routine(
        "epoch_us", "x interval", "bigint", "(extract(epoch from x) * 1000000)::bigint"),
      routine(
        "instant", "micros bigint", "timestamptz",
        "timestamptz '1970-01-01 00:00:00+00' + make_interval(days => (micros / 86400000000)::int) "
          + "+ (micros % 86400000000) * interval '1 microsecond'"),
      routine(
        "exact_duration", "micros bigint", "interval",
        "make_interval(days => (micros / 86400000000)::int) "
          + "+ (micros % 86400000000) * interval '1 microsecond'"),
      routine(
        "interval_text", "x interval", "text",
        "replace(regexp_replace(x::text, '-1 (day|mon|year)s', '-1 \\1', 'g'), 'mon', 'month')"),
      // Without the zone, which is UTC.
      routine("instant_text", "x timestamp", "text", "x::text"),
      routine("instant_text", "x timestamptz", "text", "(x at time zone 'UTC')::text"),
      routine(
        "last_day", "x timestamptz", "date",
        "(date_trunc('month', x) + interval '1 month - 1 day')::date"),
      routine(
        "date_sub", "unit text, a timestamptz, b timestamptz", "bigint",
        """
        case when a <= b then
            (extract(year from b) - extract(year from a)) * 12
              + extract(month from b) - extract(month from a)
          - case when a + make_interval(months => (
                (extract(year from b) - extract(year from a)) * 12
                + extract(month from b) - extract(month from a))::int) > b then 1 else 0 end
          else -(
            (extract(year from a) - extract(year from b)) * 12
              + extract(month from a) - extract(month from b)
          - case when b + make_interval(months => (
                (extract(year from a) - extract(year from b)) * 12
                + extract(month from a) - extract(month from b))::int) > a then 1 else 0 end)
          end :: bigint
        """),
      procedure(
        "try_strptime", "x text, template text, pattern text", "timestamptz",
        """
        begin
          if x ~ pattern then return to_timestamp(x, template); end if;
          return null;
        exception when others then
          return null;
        end
        """),
      routine(
        "strptime", "x text, template text, pattern text", "timestamptz",
        """
        case when x is not null then coalesce(pg_temp.try_strptime(x, template, pattern),
          pg_temp.no_value(x, 'DATE')::timestamptz) end
        """, needs: ["try_strptime", "no_value"], mayFail: true),
    ]
  }
}
