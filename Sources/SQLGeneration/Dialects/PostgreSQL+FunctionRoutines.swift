extension Dialect {
  /// Functions of the language that the server does not have.
  static let functionRoutines: [EngineMacro] =
    itemRoutines + foldRoutines + wordRoutines + numberRoutines + otherRoutines
    + drawRoutines

  /// Places in lists, and lists made of others. Texts go by code point.
  private static var itemRoutines: [EngineMacro] {
    [
      routine(
        "list_extract", "items anyarray, n bigint", "anyelement",
        """
        items[case when n between -cardinality(items) and -1 then cardinality(items) + n + 1
          when n between 1 and cardinality(items) then n end]
        """),
      routine(
        "list_slice", "items anyarray, a bigint, b bigint", "anyarray",
        """
        case when a is not null and b is not null then
          items[least(greatest(case when a < 0 then cardinality(items) + a + 1 else a end, 1),
            cardinality(items) + 1)
          :least(greatest(case when b < 0 then cardinality(items) + b + 1 else b end, 0),
            cardinality(items))] end
        """),
      routine(
        "list_reverse", "items anyarray", "anyarray",
        """
        case when items is not null then array(select x
          from unnest(items) with ordinality as t(x, i) order by i desc) end
        """),
      routine(
        "list_contains", "items anycompatiblearray, x anycompatible", "boolean",
        "case when items is not null and x is not null then coalesce(x = any(items), false) end"),
      routine(
        "joined_list", "items anyarray, separator text", "text",
        "array_to_string(items, separator)"),
      routine(
        "list_text", "items anyarray", "text", "'[' || array_to_string(items, ', ', 'null') || ']'"),
      routine(
        "float_list_text", "items float8[]", "text",
        """
        '[' || array_to_string(array(select pg_temp.plain_text(x)
          from unnest(items) with ordinality as t(x, i) order by i), ', ', 'null') || ']'
        """, needs: ["plain_text"]),
      routine("has_any", "a anycompatiblearray, b anycompatiblearray", "boolean", "a && b"),
      routine(
        "has_all", "a anycompatiblearray, b anycompatiblearray", "boolean",
        "a @> array_remove(b, null)"),
      routine(
        "first_of_each", "items anyarray", "anyarray",
        """
        case when items is not null then array(select x from unnest(items) with ordinality as t(x, i)
          where x is not null group by x order by min(i)) end
        """),
      procedure(
        "date_range", "a date, b date, step bigint", "date[]",
        """
        begin
          if a is null or b is null then return null; end if;
          if (b - a) / step > 1000000 then
            raise exception using message = 'whom: a range of more than 1 million days';
          end if;
          return array(select cast(d as date)
            from generate_series(a::timestamp, b::timestamp, make_interval(days => step::int)) as d);
        end
        """, mayFail: true),
      procedure(
        "repeated_text", "x text, n bigint", "text",
        """
        begin
          if length(x) * n > 10000000 then
            raise exception using message = 'whom: a text of more than 10 million characters';
          end if;
          return repeat(x, n::int);
        end
        """, mayFail: true),
      procedure(
        "number_range", "a bigint, b bigint, step bigint", "bigint[]",
        """
        begin
          if step = 0 or a is null or b is null or step is null then return null; end if;
          if abs((b::numeric - a) / step) >= 10000001 then
            raise exception using message = 'whom: a range of more than 10 million numbers';
          end if;
          return array(select generate_series(a, b, step));
        end
        """, mayFail: true),
    ] + ["anyarray", "text[]"].flatMap(sorts)
  }

  private static func sorts(_ type: String) -> [EngineMacro] {
    let key = type == "text[]" ? "x collate \"C\"" : "x"
    let element = type == "text[]" ? "text" : "anyelement"
    func sort(_ name: String, _ order: String) -> EngineMacro {
      routine(
        name, "items \(type)", type,
        """
        case when items is not null
          then array(select x from unnest(items) as t(x) order by \(key)\(order) nulls last) end
        """)
    }
    return [
      sort("list_sort_asc", ""), sort("list_sort_desc", " desc"),
      routine("list_min", "items \(type)", element, "min(\(key)) from unnest(items) as t(x)"),
      routine("list_max", "items \(type)", element, "max(\(key)) from unnest(items) as t(x)"),
    ]
  }

  private static var foldRoutines: [EngineMacro] {
    let sums = [("bigint[]", "numeric"), ("numeric[]", "numeric"), ("float8[]", "float8")]
    return sums.flatMap { type, result in
      [
        routine("list_sum", "items \(type)", result, "sum(x) from unnest(items) as t(x)"),
        routine(
          "list_avg", "items \(type)", "float8",
          "sum(x)::float8 / nullif(count(x), 0) from unnest(items) as t(x)"),
      ]
    } + [
      routine(
        "mad_of", "items float8[]", "float8",
        """
        percentile_cont(0.5) within group (order by abs(x - middle)) from unnest(items) as t(x),
          (select percentile_cont(0.5) within group (order by x) as middle
            from unnest(items) as t(x)) as m
        """),
      moment(
        "skewness_of", 2, 3,
        "n * total / ((n - 1) * (n - 2)) / power(squares / (n - 1), 1.5::float8)"),
      moment(
        "kurtosis_of", 3, 4,
        """
        (n - 1) / ((n - 2) * (n - 3))
          * ((n + 1) * n * total / squares / squares - 3 * (n - 1))
        """),
      routine(
        "holm_p", "items float8[], p float8", "float8",
        """
        max(least(1, x * (cardinality(items) - i + 1)))
          from unnest(items) with ordinality as t(x, i) where x <= p
        """),
      routine(
        "fdr_p", "items float8[], p float8", "float8",
        """
        min(least(1, x * cardinality(items) / i))
          from unnest(items) with ordinality as t(x, i) where x >= p
        """),
      routine(
        "bonferroni_p", "items float8[], p float8", "float8",
        "case when p is not null then least(1, p * cardinality(items)) end"),
      procedure(
        "faded_mean", "items float8[], weight float8", "float8",
        """
        declare
          s float8;
          x float8;
        begin
          foreach x in array items loop
            s := case when s is null then x else weight * x + (1 - weight) * s end;
          end loop;
          return s;
        end
        """),
    ]
  }

  /// Of more than so many values that differ: `n` of them, the sum of the `squares` of their
  /// distances from the mean, and the `total` of a higher power.
  private static func moment(
    _ name: String, _ least: Int, _ power: Int, _ value: String
  ) -> EngineMacro {
    routine(
      name, "items float8[]", "float8",
      """
      case when n > \(least) and squares > 0 then \(value) end
        from (select count(x)::float8 as n, sum((x - middle) ^ 2) as squares,
            sum((x - middle) ^ \(power)) as total
          from unnest(items) as t(x), (select avg(x) as middle from unnest(items) as t(x)) as m) as s
      """)
  }

  private static var wordRoutines: [EngineMacro] {
    [
      routine(
        "title_case", "x text", "text",
        """
        case when x is not null then coalesce((select
          string_agg(upper(translate(left(w[1], 1), 'ß', 'ẞ'))
            || lower(translate(substr(w[1], 2), 'İΣ', 'iσ')), '' order by i)
          from regexp_matches(
            x, '[[:alnum:]\u{300}-\u{36F}''’]+|[^[:alnum:]\u{300}-\u{36F}''’]+', 'g')
            with ordinality as t(w, i)), '') end
        """),
      routine(
        "character_of", "n bigint", "text",
        "case when n between 1 and 55295 or n between 57344 and 1114111 then chr(n::int) end"),
      routine(
        "all_matches", "x text, pattern text, place int", "text[]",
        """
        case when x is not null then array(select w[place]
          from regexp_matches(x, pattern, 'g') as t(w)) end
        """),
      routine(
        "strip_accents", "x text", "text",
        "normalize(regexp_replace(normalize(x, nfd), '[\u{300}-\u{36F}]', '', 'g'), nfc)"),
      routine(
        "text_sha256", "x text", "text", "encode(sha256(convert_to(x, 'UTF8')), 'hex')"),
    ]
  }

  private static var numberRoutines: [EngineMacro] {
    [
      routine("bits_and", "a bigint, b bigint", "bigint", "a & b"),
      routine("bits_or", "a bigint, b bigint", "bigint", "a | b"),
      routine("bits_xor", "a bigint, b bigint", "bigint", "a # b"),
      // The server refuses products that are too small for a float.
      routine("upright", "x float8", "float8", "case when abs(x) < 1e-100 then 0 else x end"),
      routine(
        "squared_sine", "degrees float8", "float8",
        "case when abs(degrees) < 1e-100 then 0 else power(sin(radians(degrees) / 2), 2) end"),
      routine(
        "haversine_km", "lat1 float8, lon1 float8, lat2 float8, lon2 float8", "float8",
        """
        case when abs(lat1) <= 90 and abs(lat2) <= 90 and abs(lon1) <= 360 and abs(lon2) <= 360 then
          2 * 6371.0088 * asin(sqrt(least(1, pg_temp.squared_sine(lat2 - lat1)
            + cos(radians(pg_temp.upright(lat1))) * cos(radians(pg_temp.upright(lat2)))
              * pg_temp.squared_sine(lon2 - lon1)))) end
        """, needs: ["upright", "squared_sine"]),
      routine(
        "bin_number", "x float8, low float8, high float8, n bigint", "float8",
        """
        case when low < high and x is not null then case when x < low then 0
          when x >= high then n + 1
          else least(floor((x - low) / (high - low) * n) + 1, n) end end
        """),
      routine(
        "significant", "x float8, digits bigint", "float8",
        """
        case when x = 0 or abs(x) < 1e-290 then x when floor(log10(abs(x))) < digits
          then sign(x) * floor(abs(x) * power(10::float8, digits - 1 - floor(log10(abs(x)))) + 0.5)
            / power(10::float8, digits - 1 - floor(log10(abs(x))))
          else pg_temp.times(
            sign(x) * floor(abs(x) / power(10::float8, floor(log10(abs(x))) - digits + 1) + 0.5),
            power(10::float8, floor(log10(abs(x))) - digits + 1)) end
        """, needs: ["times"]),
    ]
  }

  private static var otherRoutines: [EngineMacro] {
    let word = "lower(btrim(x, E' \\t\\n\\r'))"
    let attempt =
      "case when \(word) in ('true', 'yes', 'y', 't', '1') then true "
      + "when \(word) in ('false', 'no', 'n', 'f', '0') then false end"
    return [
      routine("try_parse_bool", "x text", "boolean", attempt),
      routine(
        "parse_bool", "x text", "boolean",
        """
        case when x is not null then coalesce(
          pg_temp.try_parse_bool(x), pg_temp.no_value(x, 'BOOL')::boolean) end
        """, needs: ["try_parse_bool", "no_value"], mayFail: true),
      routine(
        "instant_us", "x timestamptz", "bigint", "(extract(epoch from x) * 1000000)::bigint"),
      routine(
        "local_time", "x timestamptz, zone text", "timestamptz",
        "timezone('UTC', timezone(zone, x))"),
      routine(
        "from_local_time", "x timestamptz, zone text", "timestamptz",
        "timezone(zone, timezone('UTC', x))"),
      routine(
        "local_trunc", "unit text, x timestamptz, zone text", "timestamptz",
        "x - (timezone(zone, x) - date_trunc(unit, timezone(zone, x)))"),
      // Years of two digits are those from 1969 on, as elsewhere; the server begins with 1970.
      routine(
        "from_1969", "x timestamptz", "timestamptz",
        "case when extract(year from x) = 2069 then x - interval '100 years' else x end"),
    ]
  }

  /// As on every engine (`DuckDB+FunctionMacros.swift`).
  private static var drawRoutines: [EngineMacro] {
    [
      routine(
        "hex_share", "digits text", "float8",
        "(('x000' || digits)::bit(64)::bigint::float8 + 0.5) / 4503599627370496::float8"),
      routine(
        "draw_share", "x text", "float8", "pg_temp.hex_share(left(md5(x), 13))",
        needs: ["hex_share"]),
      routine(
        "draw_standard", "x text", "float8",
        """
        sqrt(-2::float8 * ln(pg_temp.hex_share(left(md5(x), 13))))
          * cos(6.283185307179586::float8 * pg_temp.hex_share(substring(md5(x), 14, 13)))
        """, needs: ["hex_share"]),
      routine(
        "triangular", "u float8, a float8, c float8, b float8", "float8",
        """
        case when a <= c and c <= b and -8.9e307 < a and b < 8.9e307 then
          case when b - a < 1e-140 then a
            when u * (b - a) < c - a and b - a > 1e140 then a + sqrt(u * (b - a)) * sqrt(c - a)
            when b - a > 1e140 then b - sqrt((1 - u) * (b - a)) * sqrt(b - c)
            when u * (b - a) < c - a then a + sqrt(u * (b - a) * (c - a))
            else b - sqrt((1 - u) * (b - a) * (b - c)) end end
        """),
      routine(
        "whole_draw", "u float8, a bigint, b bigint", "bigint",
        "case when a <= b then a + floor(u * (b - a + 1))::bigint end"),
    ]
  }
}
