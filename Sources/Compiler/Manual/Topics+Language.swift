extension Topic {
  package static let language =
    writing + sources + declarations + blocks + project + [privacy, elsewhere]

  private static let writing: [Topic] = [
    Topic(
      "statements", .language, "a program is a list of statements, one a line",
      """
      A statement goes on with the next line where a bracket is open, where the line ends in an
      operator, a comma or a pipe, where the next line begins with `|`, `and`, `or`, `then` or `else`,
      or where it is indented deeper. `#` begins a comment, `##` one that documents what stands below
      it or before it on the line. What a pipeline gives is shown, unless it ends in `save`.
      """,
      examples: [
        """
        orders
        | where status == "paid"        # a stage a line
        | summarize spend = sum(amount),
            orders = count()
          by region
        """
      ]),
    Topic(
      "names", .language, "columns, bindings and functions",
      """
      Within a stage a bare name is a column of the relation that comes in, and nothing else; `$name`
      is what `let`, `param` or a parameter binds. Before a parenthesis a name is a function. Names
      with blanks or other letters stand in backquotes. Capital letters count. Only these twelve words
      are never names: `and or not in if then else case true false null it`.
      """,
      examples: [
        "let amount = 30\norders | where amount > $amount | select order_id, amount",
        "orders | take 1 | select `the amount` = amount",
      ]),
    Topic(
      "column_sets", .language, "many columns at once, by pattern, type or label",
      """
      `columns("q_*")` means the columns whose names fit (`*` is any text, `?` one character),
      `columns(type = "number")` those of a type (`number`, `time` or a type by name),
      `columns(label = "pii")` those of a label, `columns([a, b])` those in a list; several wishes hold
      together, `except =` leaves some out. A set stands in `select`, `drop`, `derive`, `summarize`,
      `distinct`, `sort`, `unpivot`, `expect` and behind `by`. An item with a set in it stands for one
      item a column, each with the name of its column; with a name of its own, `low = min(columns(...))`,
      they are `low_` and the name of the column. Columns that make the groups are not in a measure's
      set. All columns of a source, `columns("*")`, are a warning: it may gain some.
      """,
      examples: [
        "orders | summarize mean(columns(type = \"number\", except = \"*_id\")) by status",
        "orders | derive rounded = round(columns([amount, discount]) / 3, 1) | select columns(\"rounded_*\")",
      ]),
    Topic(
      "operators", .language, "from the loosest to the tightest",
      """
      | operators | |
      |---|---|
      | `if then else` | a choice between two values |
      | `or` | |
      | `and` | |
      | `not` | |
      | `== != < <= > >= ~ in` | comparisons, which do not chain; `~` asks whether a pattern matches |
      | `??` | the first that is not null |
      | `..` | a range, both ends included |
      | `+ -` | |
      | `* / //` | `/` is never a division of whole numbers, `//` rounds down |
      | `-x` | |
      | `^` | to the power of |
      | `.` | a field of a record |

      `x in` takes a list, a range, a period (`@2025-Q1`), or a relation of one column in parentheses:
      `customer_id in (refunds | select customer_id)`. It is true or false, never missing; a missing `x`
      is in a list that says `null`, and in no relation.
      """,
      examples: ["-2 ^ 2", "7 // 2 + 0.5", "5 in 1..10", "\"abc\" ~ \"^a\"", "null ?? 1 + 1"]),
    Topic(
      "conditions", .language, "a value for each of several cases",
      """
      `if ... then ... else ...` for two, `case { condition -> value, else -> value }` for more; the first
      condition that holds decides, and `else` must be there. All values have one type.
      """,
      examples: [
        """
        orders | select amount, size = case {
          amount > 50 -> "large",
          amount > 20 -> "middle",
          amount == null -> "unknown",
          else -> "small",
        }
        """,
        "if 3 > 2 then \"yes\" else \"no\"",
      ]),
    Topic(
      "formats", .language, "values within texts",
      """
      `f"..."` puts what stands in braces into a text; behind a colon stands the format, as in Python:
      width, `,` for thousands, digits behind the point, `f`, `d`, `%`, `e`; for dates `%Y %m %d %B %H`
      and so on. A missing value makes the whole text missing. `{{` is a brace.
      """,
      examples: [
        "f\"{1234.5:,.2f} and {0.1234:.1%}\"", "f\"{@2025-03-01:%d %B %Y}\"", "f\"{42:06d}\"",
      ]),
    Topic(
      "pipelines", .language, "what comes in goes from stage to stage",
      """
      `relation | verb ... | verb ...`. Behind a pipe stands a verb, or a function whose first parameter
      is a relation. An aggregate as a stage makes a value of the rows. A pipeline within an expression
      stands in parentheses. Everything is checked before a row is read, and a pipeline becomes one
      query, which `whom sql` shows.
      """,
      examples: [
        "orders | where status == \"paid\" | sum(amount)",
        "orders | where amount > (orders | mean(amount)) | select order_id, amount",
      ]),
    Topic(
      "groups", .language, "`by` makes groups, `sort` orders within them, `rows` cuts a frame out",
      """
      In `summarize` a group becomes a row. In `derive` and `where` the rows stay and see their group:
      `by customer_id`, or `by all` for the whole relation. Functions that look around (`lag`, `cumsum`)
      need `sort`; those that rank or pick take their order as arguments: `rank(-amount)`. `rows -1..0`
      is the row before and this one, `rows ..0` all up to this one.
      """,
      examples: [
        """
        orders
        | derive previous = lag(amount), recent = sum(amount) rows -1..0 by customer_id sort ordered_at
        | select customer_id, ordered_at, amount, previous, recent
        """,
        "orders | derive place = rank(-amount) by all | select order_id, amount, place | sort place",
      ]),
    Topic(
      "order", .language, "the order of rows is a fact that is kept or lost",
      """
      A file has its order, `sort` makes one, groups are sorted by their keys. `join many`, `union` and
      sets lose it. Ties are broken by the key, or else by the other columns, so the same program on
      the same data gives the same rows in the same order on any number of threads.
      """,
      examples: ["orders | sort status | select order_id, status"]),
  ]

  private static let sources: [Topic] = [
    Topic(
      "read", .language, "rows of a file",
      """
      CSV, TSV, Parquet, JSON and NDJSON, by the ending or by `format`. The path starts at the folder of
      the program; `*` takes several files. `types = {id: "text"}`, `missing = ["NA"]`, `delimiter`,
      `header`, `columns` and others say how to read. Columns of a file may be missing, hence the
      question marks of their types.

      Names and types are taken from the first 20,480 rows. A later row that does not fit is an error
      that quotes it; no fraction, place, offset or hour is dropped to make it fit, nor to make it what
      `types` says. Only digits behind a second beyond the sixth are left out, with a warning. In JSON, a
      key that none of those rows has is passed over unless `types` names it, and numbers have a float's
      digits; a text such as `"12.50"` has all of its own.
      """,
      examples: [
        "read \"../data/cdnow_transactions.csv\" | take 2",
        "read(\"../data/cdnow_transactions.csv\", types = {cid: \"text\"}) | count",
      ]),
    Topic(
      "rows", .language, "rows written in the program",
      """
      A list of records with the same names. For examples, tests and small tables of one's own.
      """,
      examples: ["rows [{plan: \"free\", price: 0}, {plan: \"pro\", price: 20}]"]),
    Topic(
      "sql", .language, "a query in the engine's own language",
      """
      One `select`; `{...}` takes a relation or a value, which never becomes text of the query. What
      comes back is a relation with types. For what Whom has no word for.
      """,
      examples: [
        "sql \"select region, count(*) as n from {orders} group by region\" | sort -n, region"
      ]),
  ]

  private static let declarations: [Topic] = [
    Topic(
      "let", .language, "a name for a relation or a value",
      """
      A relation is worked out where it is used, and kept when several use it. A name may be bound again
      further down; what stands above keeps the old meaning.
      """,
      examples: ["let paid = orders | where status == \"paid\"\npaid | count"]),
    Topic(
      "param", .language, "a value that is set from outside",
      """
      `--set name=value`, before `--params FILE`, a JSON file such as `{"name": "value"}`, before
      `WHOM_PARAM_name` in the environment. Its type, the values that it may take and a default stand in
      the declaration; a wrong value is an error before anything runs.
      """,
      examples: [
        """
        param smallest: float in 0..1000 = 20.0  ## orders below it do not count
        orders | where amount >= $smallest | count
        """
      ]),
    Topic(
      "fn", .language, "a function of one's own",
      """
      Parameters may have types and defaults. `relation` takes what stands before the pipe, `column` an
      expression over it. A body in braces has `let`s and ends in a pipeline. A function sees its
      parameters and other functions, nothing else.
      """,
      examples: [
        "fn net(price, rate = 20%) = price / (1 + rate)\nnet(120.0)",
        """
        fn biggest(r: relation, value: column, n: int = 1) = r | top $n by $value
        orders | biggest(amount) | select order_id, amount
        """,
      ]),
    Topic(
      "metric", .language, "a measure with one meaning",
      """
      Declared once on a relation, and used in `summarize` as an aggregate is. It works as long as its
      columns come from that relation unchanged, and is refused behind a join that multiplies rows.
      """,
      examples: [
        "metric average_order on orders = sum(amount) / count()\n"
          + "orders | summarize average_order() by region"
      ]),
    Topic(
      "use", .language, "functions and metrics of a module",
      """
      `use rfm` takes a module of the library, `use "lib/mine.whom"` a file beside the program; `as m`
      puts `m.` before the names. `whom doc` lists the modules. A metric of a module is about the
      relation of the program that has the name it says: that stands above the `use`. Names that
      begin with `_` stay in the module.
      """,
      examples: ["use retention\norders | retention(customer_id, ordered_at, until = @2025-03-31)"]),
    Topic(
      "assert", .language, "what must hold for the run to go on",
      """
      A condition and words for the case that it does not hold. A failed assertion says what the sides
      of its comparison came to, where rows were read for them, and ends with exit code 4.
      """,
      examples: ["assert (orders | count) > 0, \"there are no orders\""]),
  ]

  private static let blocks: [Topic] = [
    Topic(
      "if", .language, "statements under a condition",
      """
      `if condition { ... } else { ... }`. All branches are checked, one runs. Names bound inside stay
      inside. Not to be confused with `if ... then ... else`, which is a value.
      """,
      examples: [
        """
        if (orders | count) > 3 {
          orders | count
        } else {
          orders
        }
        """
      ]),
    Topic(
      "for", .language, "statements for each item of a list",
      """
      The list is known before rows are read: written out, a range, or a parameter.
      """,
      examples: [
        """
        for region in ["EMEA", "AMER"] {
          orders | where region == $region | sum(amount)
        }
        """
      ]),
    Topic(
      "models", .language, "what learns from rows, as a value",
      """
      `train` makes a model; `predict`, `evaluate` and `explain` use it; `m.importance` and its other
      tables are relations. `save model "churn"` adds a version to the registry, `model "churn"` takes it from
      there. Two functions look at single features over rows:

      `rows | permutation_importance(m)`: how much the loss grows when a feature is dealt out anew
      over the rows (Breiman 2001), five times; the loss is 1 - auc for a condition, rmse for a number,
      1 - ndcg_at_10 for a ranking (of whole lists).

      `rows | partial_dependence(m, feature)`: the mean prediction with one value of the feature in all rows
      (Friedman 2001), at 20 quantiles of a number or each text (of more than 100 those of the most rows). Both take at
      most 5,000 rows, evenly.

      Training holds the columns of its formula once: 8 bytes a row for a number, 4 for a text or a date, 1 for
      yes or no; a design is filled a few hundred rows at a time and is never there as a whole. Beside them stand
      what the engine reads with (some 130 MB for twenty columns, however many rows; it goes before the fit) and
      what the estimator needs. Measured on four million rows of twenty numbers, whose design would take 610 MB,
      above a run on a thousand rows: `baseline`, `logistic` and `naive_bayes` 1.3 times that, `scorecard` 1.4,
      `boosted_trees` 1.5, `random_forest` 1.6; on one million rows (153 MB) each 1.6 to 1.9 times.

      Models go in and out as files: `whom models export churn churn.json`, `whom models import churn.json churn`.
      Trees go to LightGBM's own programs with `whom models export churn churn.txt --lightgbm`, and come from there
      (`booster.save_model("trees.txt")`) with `whom models import trees.txt --as churn`. Features are columns of the
      same names; `--target`, `--classes a,b,c` and, for a ranking, `--group` say what such a file does not. Raw
      scores are LightGBM's to the last bit, for categories of pandas, whole numbers as categories, and missing
      values too; what would be scored otherwise (linear leaves, a slope of its own, `reg_sqrt`) is refused. Every
      file is checked inside before it is a model.
      """,
      examples: [
        """
        let spend = orders | where amount != null | train amount ~ region + discount using linear
        orders | where amount != null | permutation_importance(spend) | select feature
        """,
        "orders | partial_dependence(spend, region) | select region, n",
      ]),
    Topic(
      "notebooks", .language, "programs in Markdown that become reports",
      """
      Fences that begin with ` ```whom ` are cells, ` ```whom #name ` gives one a name, ` ```whom norun ` is
      only shown. Lines `#| key: value` at the top of a cell are its options: `caption`, `alt`, `echo`,
      `fold`, `output`, `rows`, `timeout`, `on_error`, `when`, `tags`, `note`. `{= expr =}` in the prose is
      a value that is worked out where it stands. `whom run NOTEBOOK.md` checks all cells, runs them in
      order and writes a report. `report: {lead: In short}` in the front matter sets the section of that
      heading above all others: written last, where its figures are known, and read first.
      """),
  ]
}
