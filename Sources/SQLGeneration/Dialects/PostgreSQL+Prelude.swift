import Compiler
import Values

extension Dialect {
  /// Functions of ours in the session's own schema, `pg_temp`. They are immutable and short, so
  /// that the planner writes most of them into the query.
  static let postgreSQLMacros: [EngineMacro] =
    arithmeticRoutines + textRoutines + conversionRoutines + timeRoutines + listRoutines
    + functionRoutines

  static func routine(
    _ name: String, _ parameters: String, _ type: String, _ body: String, needs: [String] = [],
    mayFail: Bool = false
  ) -> EngineMacro {
    EngineMacro(
      name: "pg_temp.\(name)",
      definition: """
        create or replace function pg_temp.\(name)(\(parameters)) returns \(type)
        language sql \(volatility(mayFail)) parallel safe as $$ select \(body) $$
        """,
      needs: needs.map { "pg_temp.\($0)" })
  }

  /// What raises an error of ours must not be worked out beforehand, while the query is planned.
  private static func volatility(_ mayFail: Bool) -> String { mayFail ? "volatile" : "immutable" }

  /// With statements, which can catch an error or raise one.
  static func procedure(
    _ name: String, _ parameters: String, _ type: String, _ body: String, needs: [String] = [],
    mayFail: Bool = false
  ) -> EngineMacro {
    EngineMacro(
      name: "pg_temp.\(name)",
      definition: """
        create or replace function pg_temp.\(name)(\(parameters)) returns \(type)
        language plpgsql \(volatility(mayFail)) parallel safe as $$ \(body) $$
        """,
      needs: needs.map { "pg_temp.\($0)" })
  }

  /// An operation of floats whose result is missing beyond their range, and 0 below it.
  private static func careful(
    _ name: String, _ operation: String, tooSmall: String
  ) -> EngineMacro {
    procedure(
      name, "a float8, b float8", "float8",
      """
      declare
        result float8;
      begin
        if a is null or b is null then return null; end if;
        result := \(operation);
        return case when result > '-Infinity' and result < 'Infinity' then result end;
      exception when numeric_value_out_of_range then
        return case when \(tooSmall) then 0 end;
      end
      """)
  }

  private static var arithmeticRoutines: [EngineMacro] {
    let limbs = SumGrid.parts(of: "x").enumerated().map { index, part in
      routine("limb\(index + 1)", "x float8", "float8", part.replacing("e0", with: "::float8"))
    }
    return limbs + [
      routine(
        "finite", "x float8", "float8",
        "case when x > '-Infinity' and x < 'Infinity' then x end"),
      routine(
        "safe_exp", "x float8", "float8",
        "case when x < -745.2 then 0 when x <= 709.782712893384 then exp(x) end"),
      routine(
        "tame", "x float8, low float8, high float8", "boolean",
        "x = 0 or abs(x) between low and high"),
      careful("plus", "a + b", tooSmall: "false"),
      careful("minus", "a - b", tooSmall: "false"),
      careful("times", "a * b", tooSmall: "abs(a) < 1 or abs(b) < 1"),
      careful("divide", "a / b", tooSmall: "abs(a) < abs(b)"),
      // Exact for powers of two.
      routine(
        "log2", "x float8", "float8",
        """
        case when power(2::float8, least(round(ln(x) / ln(2::float8)), 1023)) = x
          then round(ln(x) / ln(2::float8)) else ln(x) / ln(2::float8) end
        """),
      procedure(
        "safe_power", "x float8, y float8", "float8",
        """
        begin
          return x ^ y;
        exception when numeric_value_out_of_range then
          return case when (abs(x) > 1) = (y < 0) then 0 end;
        when invalid_argument_for_power_function then
          return null;
        end
        """),
      routine(
        "exact_numeric", "x float8", "numeric",
        """
        case when abs(x) >= 9007199254740992
          then (x / power(2::float8, greatest(floor(ln(abs(x)) / ln(2::float8)) - 55, 0)))::bigint
            * power(2::numeric, greatest(floor(ln(abs(x)) / ln(2::float8)) - 55, 0)::numeric)
        else trunc(x)::bigint
          + trunc((x - trunc(x)) * 2147483648)::bigint * 0.0000000004656612873077392578125
          + trunc(((x - trunc(x)) * 2147483648 - trunc((x - trunc(x)) * 2147483648))
              * 4611686018427387904)::bigint::numeric / 4611686018427387904::numeric(100, 80)
            * 0.0000000004656612873077392578125 end
        """),
      routine(
        "floor_div", "a bigint, b bigint", "bigint",
        """
        a / nullif(b, 0)
          - case when a % nullif(b, 0) <> 0 and (a < 0) <> (b < 0) then 1 else 0 end
        """),
      routine(
        "floor_mod", "a bigint, b bigint", "bigint",
        """
        a % nullif(b, 0)
          + case when a % nullif(b, 0) <> 0 and (a < 0) <> (b < 0) then b else 0 end
        """),
      // Two literals have 32 bits; of several ways to widen them the server would take floats.
      routine(
        "floor_mod", "a int, b int", "bigint", "pg_temp.floor_mod(a::bigint, b::bigint)"),
      routine(
        "floor_mod", "a numeric, b numeric", "numeric",
        """
        a % nullif(b, 0)
          + case when a % nullif(b, 0) <> 0 and (a < 0) <> (b < 0) then b else 0 end
        """),
      // By doubling and halving, which are exact.
      procedure(
        "floor_mod", "a float8, b float8", "float8",
        """
        declare
          rest float8 := abs(a);
          step float8 := abs(b);
        begin
          if b = 0 or a is null or b is null then return null; end if;
          while step <= rest - step loop step := step * 2; end loop;
          loop
            if rest >= step then rest := rest - step; end if;
            exit when step <= abs(b);
            step := step / 2;
          end loop;
          if rest = 0 then return 0; end if;
          return case when (a < 0) = (b < 0) then sign(b) * rest else b - sign(b) * rest end;
        end
        """),
      routine("decimal_of", "x float8", "numeric", "x::text::numeric"),
      routine(
        "round_to", "x float8, n bigint", "float8",
        """
        case when n > 308 then x when n < -308 or abs(x) < 0.5 / power(10::float8, n) then 0 * abs(x)
          when abs(x) < 4503599627370496 / power(10::float8, n)
          then sign(x) * floor(abs(x) * power(10::float8, n) + 0.5) / power(10::float8, n)
          else x end
        """),
      EngineMacro(
        name: "pg_temp.product",
        definition: """
          create or replace aggregate pg_temp.product(float8)
            (sfunc = float8mul, stype = float8, parallel = safe)
          """),
    ]
  }

  private static var textRoutines: [EngineMacro] {
    [
      routine(
        "plain_text", "x float8", "text",
        """
        case when x = trunc(x) and abs(x) < 1e16 then x::bigint::text
          when abs(x) between 1e15 and 1e16
          then regexp_replace(x::text, '^(-?\\d)\\.(\\d{15})(\\d+)e.15$', '\\1\\2.\\3')
          else x::text end
        """),
      routine(
        "pad_left", "x text, n int, fill text", "text",
        "repeat(fill, greatest(n - length(x), 0)) || x"),
      routine(
        "pad_right", "x text, n int, fill text", "text",
        "x || repeat(fill, greatest(n - length(x), 0))"),
      routine(
        "pad_center", "x text, n int, fill text", "text",
        """
        repeat(fill, greatest(n - length(x), 0) / 2) || x
          || repeat(fill, (greatest(n - length(x), 0) + 1) / 2)
        """),
      routine(
        "string_split", "x text, mark text", "text[]",
        """
        case when x = '' then array['']
          when mark = '' then regexp_split_to_array(x, '') else string_to_array(x, mark) end
        """),
      // Half to even on the exact value, as Python's `format` does.
      routine(
        "half_even", "x numeric, places int", "numeric",
        """
        case when abs(x * 10::numeric ^ places - trunc(x * 10::numeric ^ places)) = 0.5
          then 2 * round(x * 10::numeric ^ places / 2) / 10::numeric ^ places
          else round(x, places) end
        """),
      routine(
        "grouped", "x text, mark text", "text",
        """
        case when mark = '' then x
          else reverse(regexp_replace(
              reverse(split_part(x, '.', 1)), '(\\d{3})(?=\\d)', '\\1' || mark, 'g'))
            || case when strpos(x, '.') > 0 then '.' || split_part(x, '.', 2) else '' end end
        """),
      routine(
        "format_number", "x numeric, places bigint, mark text", "text",
        """
        pg_temp.grouped(case when places is null then x
          else round(pg_temp.half_even(x, places::int), places::int) end :: text, mark)
        """, needs: ["half_even", "grouped"]),
      routine(
        "format_number", "x float8, places bigint, mark text", "text",
        """
        case when x < 0 and pg_temp.half_even(pg_temp.exact_numeric(x), coalesce(places, 0)::int) = 0
            and places is not null then '-' else '' end
          || case when places is null then pg_temp.grouped(pg_temp.plain_text(x), mark)
            else pg_temp.format_number(pg_temp.exact_numeric(x), places, mark) end
        """, needs: ["exact_numeric", "half_even", "grouped", "plain_text", "format_number"]),
      routine(
        "format_number", "x bigint, places bigint, mark text", "text",
        "pg_temp.format_number(x::numeric, places, mark)", needs: ["format_number"]),
      formatGeneral,
    ]
  }

  /// `e` and `g` of Python's formats. Half to even on the exact value: a small number is brought
  /// into the range of `exact_numeric` by powers of two, which change none of its digits. Powers of
  /// ten are read from a text: `10 ^ -30` has not digits enough.
  private static var formatGeneral: EngineMacro {
    procedure(
      "format_general", "x float8, places bigint, mark text, letter text", "text",
      """
      declare
        digits int := case when lower(letter) = 'e' then places else greatest(places, 1) - 1 end;
        part float8 := abs(x);
        scale numeric := 1;
        exact numeric;
        n int := 0;
        cut numeric := 0;
        rest numeric;
        word text;
        tail text;
      begin
        if x is null then return null; end if;
        if x <> 0 then
          while part < 1e-3 loop
            part := part * 1152921504606846976;
            scale := scale * (1::numeric(100, 80) / 1152921504606846976);
          end loop;
          exact := pg_temp.exact_numeric(part) * scale;
          n := floor(log(exact))::int;
          if exact < ('1e' || n)::numeric then n := n - 1; end if;
          if exact >= ('1e' || n + 1)::numeric then n := n + 1; end if;
          rest := exact * ('1e' || digits - n)::numeric;
          cut := trunc(rest);
          if rest - cut > 0.5 or rest - cut = 0.5 and mod(cut, 2) = 1 then cut := cut + 1; end if;
          if cut >= ('1e' || digits + 1)::numeric then
            cut := cut / 10;
            n := n + 1;
          end if;
        end if;
        if lower(letter) = 'g' and n >= -4 and n <= digits then
          word := round(cut * ('1e' || n - digits)::numeric, digits - n)::text;
          if strpos(word, '.') > 0 then word := rtrim(rtrim(word, '0'), '.'); end if;
          word := pg_temp.grouped(word, mark);
        else
          word := rpad(round(cut)::text, digits + 1, '0');
          tail := substr(word, 2);
          if lower(letter) = 'g' then tail := rtrim(tail, '0'); end if;
          word := left(word, 1) || case when tail <> '' then '.' || tail else '' end
            || case when n < 0 then 'e-' else 'e+' end
            || repeat('0', 2 - length(abs(n)::text)) || abs(n)::text;
        end if;
        word := case when x < 0 then '-' else '' end || word;
        return case when letter = upper(letter) then upper(word) else word end;
      end
      """, needs: ["exact_numeric", "grouped"])
  }

  private static var listRoutines: [EngineMacro] {
    [
      procedure(
        "the_only", "low anyelement, high anyelement", "anyelement",
        """
        begin
          if low <> high then
            raise exception using message = 'whom: more than one value';
          end if;
          return low;
        end
        """, mayFail: true),
      routine(
        "last_of", "items anyarray", "anyelement", "items[array_upper(items, 1)]"),
      routine(
        "distinct_of", "items anyarray", "bigint",
        "count(distinct x) from unnest(items) as t(x)"),
      routine(
        "quantile_of", "items anyarray, share float8", "float8",
        "percentile_cont(share) within group (order by x::float8) from unnest(items) as t(x)"),
      routine(
        "mode_of", "items anyarray", "anyelement",
        "mode() within group (order by x) from unnest(items) as t(x)"),
    ]
  }
}
