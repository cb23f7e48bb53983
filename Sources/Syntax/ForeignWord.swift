/// Words of other languages, with what Whom says instead.
package enum ForeignWord {
  /// Where a verb is expected; also for a checker that meets one as a function.
  package static let verbs: [String: String] = [
    "filter": "`where` keeps rows: `| where amount > 10`",
    "having": "`where` behind `summarize` keeps groups",
    "mutate": "`derive` adds columns: `| derive net = amount - discount`",
    "with_column": "`derive` adds columns: `| derive net = amount - discount`",
    "assign": "`derive` adds columns: `| derive net = amount - discount`",
    "extend": "`derive` adds columns: `| derive net = amount - discount`",
    "arrange": "`sort` orders rows: `| sort -spend, name`",
    "order": "`sort` orders rows: `| sort -spend, name`",
    "order_by": "`sort` orders rows: `| sort -spend, name`",
    "orderby": "`sort` orders rows: `| sort -spend, name`",
    "sort_values": "`sort` orders rows: `| sort -spend, name`",
    "group": "groups are said behind `by`: `| summarize spend = sum(amount) by plan`",
    "group_by": "groups are said behind `by`: `| summarize spend = sum(amount) by plan`",
    "groupby": "groups are said behind `by`: `| summarize spend = sum(amount) by plan`",
    "partition": "groups are said behind `by`: `| derive share = amount / sum(amount) by plan`",
    "aggregate": "`summarize` aggregates: `| summarize spend = sum(amount) by plan`",
    "agg": "`summarize` aggregates: `| summarize spend = sum(amount) by plan`",
    "summarise": "write `summarize`",
    "limit": "`take` keeps the first rows: `| take 10`",
    "head": "`take` keeps the first rows: `| take 10`",
    "slice": "`take` keeps the first rows: `| take 10`",
    "project": "`select` picks columns: `| select customer_id, amount`",
    "transmute": "`select` picks and computes columns: `| select id, net = amount - discount`",
    "left_join": "write `join left`", "inner_join": "write `join`",
    "full_join": "write `join full`", "anti_join": "write `join anti`",
    "semi_join": "write `join semi`", "cross_join": "write `join cross`",
    "merge": "`join` adds the columns of a relation: `| join customers on customer_id`",
    "melt": "`unpivot` makes rows of columns: `| unpivot q1, q2 as quarter, amount`",
    "pivot_longer": "`unpivot` makes rows of columns: `| unpivot q1, q2 as quarter, amount`",
    "pivot_wider": "`pivot` makes columns of values",
    "gather": "`unpivot` makes rows of columns: `| unpivot q1, q2 as quarter, amount`",
    "spread": "`pivot` makes columns of values",
    "bind_rows": "`union` puts rows below each other: `| union more_orders`",
    "rbind": "`union` puts rows below each other: `| union more_orders`",
    "concat": "`union` puts rows below each other: `| union more_orders`",
    "union_all": "`union` keeps all rows: `| union more_orders`",
    "setdiff": "`except` leaves out rows that another relation has: `| except returned`",
    "minus": "`except` leaves out rows that another relation has: `| except returned`",
    "explode": "`unnest` makes a row of each item of a list: `| unnest tags as tag`",
    "flatten": "`unnest` makes a row of each item of a list: `| unnest tags as tag`",
    "unique": "`distinct` keeps different rows: `| distinct customer_id`",
    "drop_duplicates": "`distinct` keeps different rows: `| distinct customer_id`",
    "dropna": "`where` keeps rows that have a value: `| where email != null`",
    "drop_na": "`where` keeps rows that have a value: `| where email != null`",
    "tail": "the last rows are the first of the other order: `| sort -at | take 10`",
    "slice_head": "`take` keeps the first rows: `| take 10`",
    "slice_tail": "the last rows are the first of the other order: `| sort -at | take 10`",
    "slice_max": "`top` keeps the largest: `| top 10 by spend`",
    "slice_min": "`top` keeps the smallest by a minus: `| top 10 by -spend`",
    "top_n": "`top` keeps the largest: `| top 10 by spend`",
    "nlargest": "`top` keeps the largest: `| top 10 by spend`",
    "nsmallest": "`top` keeps the smallest by a minus: `| top 10 by -spend`",
    "slice_sample": "`sample` draws rows: `| sample 100 on customer_id`",
    "right_join": "write `join right`", "outer_join": "write `join full`",
    "bind_cols": "`join` puts columns side by side, by a key: `| join more on customer_id`",
    "cbind": "`join` puts columns side by side, by a key: `| join more on customer_id`",
    "pull": "a single value is `| value`; a column is `| select spend`",
    "relocate": "`select` says the order of columns: `| select customer_id, amount`",
    "rename_with": "`rename` takes each column by name: `| rename id = customer_id`",
    "dcast": "`pivot` makes columns of values",
    "pivot_table": "`pivot` makes columns of values",
    "crosstab": "`pivot` makes columns of values",
    "duplicated": "rows that stand twice: `| summarize n = count() by email | where n > 1`",
    "tally": "`count` is a stage too: `| count by plan`",
    "add_count": "counted beside each row: `| derive n = count() by plan`",
    "separate": "parts of a text: `| derive first = split_part(name, \" \", 1)`",
    "separate_rows": "parts of a text as rows: `| derive t = split_text(tags, \",\") | unnest t`",
    "unite": "texts are put together in a text: `| derive name = f\"{first} {last}\"`",
    "nest": "`list` gathers what stands in a group: `| summarize tags = list(tag, at) by id`",
    "complete": "`series` fills the steps of time that are missing; `join cross` makes all pairs",
    "expand": "all pairs: `a | distinct x | join cross (a | distinct y)`",
    "crossing": "all pairs: `a | join cross b`",
    "apply": "no function runs row by row: `derive` computes with whole columns",
    "applymap": "no function runs row by row: `derive` computes with whole columns",
    "lapply": "no function runs row by row: `derive` computes with whole columns",
    "sapply": "no function runs row by row: `derive` computes with whole columns",
    "map": "no function runs row by row: `derive` computes with whole columns",
    "summary": "write `| describe`", "glimpse": "write `| describe`", "info": "write `| describe`",
    "dtypes": "write `| describe`, which says the type of each column",
    "colnames": "write `| describe`, which names the columns",
    "fillna": "`derive` puts a value where there is none: `| derive amount = amount ?? 0`",
    "replace_na": "`derive` puts a value where there is none: `| derive amount = amount ?? 0`",
    "sample_n": "`sample` draws rows: `| sample 100 on customer_id`",
    "sample_frac": "`sample` draws rows: `| sample 10% on customer_id`",
    "fit": "`train` makes a model: `| train churned ~ plan using logistic()`",
    "predict_proba": "`predict` says probabilities: `| predict churn as p`",
    "confusion_matrix": "`evaluate` counts right and wrong decisions: `| evaluate churn at 50%`",
    "classification_report": "`evaluate` says how good a model is: `| evaluate churn`",
    "roc_auc_score": "`evaluate` says how good a model is: `| evaluate churn`",
    "score": "`predict` scores rows, `evaluate` judges them: `| evaluate churn`",
    "cross_val_score": "`train` does it: `| train churned ~ plan using logistic folds 5`",
    "train_test_split": "`split` parts rows: `let parts = customers | split 75% on customer_id`",
    "plot": "`chart` draws: `| chart line(x = month, y = revenue)`",
    "print": "`show` shows a relation: `| show \"Top customers\"`",
    "write": "`save` writes a file: `| save \"out/top.csv\"`",
  ]

  /// At the start of a statement, with something behind them.
  static let statements: [String: String] = [
    "select": "a pipeline starts with the relation: `orders | where amount > 10 | select id`",
    "with": "give a relation a name: `let paid = orders | where status == \"paid\"`",
    "from": "a pipeline starts with the relation itself: `orders | take 5`",
    "insert": "a pipeline writes with `save`: `new_rows | save wh.sales.orders append`",
    "create": "give a relation a name with `let`, or write it with `save`",
    "update": "`derive` computes new values: `orders | derive amount = amount * 2`",
    "delete": "`where` keeps the other rows: `orders | where not cancelled`",
    "def": "a function is written `fn margin(price, cost) = (price - cost) / price`",
    "function": "a function is written `fn margin(price, cost) = (price - cost) / price`",
    "func": "a function is written `fn margin(price, cost) = (price - cost) / price`",
    "import": "a module is taken in with `use`: `use rfm`",
    "library": "a module is taken in with `use`: `use rfm`",
    "var": "a name is bound with `let`: `let limit = 10`",
    "const": "a name is bound with `let`: `let limit = 10`",
    "set": "a name is bound with `let`: `let limit = 10`",
    "return": "the last pipeline of a function is its result, without a word",
    "print": "an expression alone is shown; `| show \"Title\"` gives it a title",
    "while": "`for region in [\"EMEA\", \"AMER\"] { ... }` runs over a list",
  ]

  /// `read_csv`, `load`: what `read` is called elsewhere.
  static func isReader(_ word: String) -> Bool {
    let word = word.lowercased()
    return word.hasPrefix("read_") || ["load", "open", "scan", "fread", "from_csv"].contains(word)
  }

  private static let sql: Set<String> = [
    "select", "from", "where", "group", "order", "having", "limit", "join", "left", "right",
    "full", "inner", "outer", "cross", "union", "on", "with", "insert", "update", "delete",
    "create", "set", "values", "into", "as", "and", "or",
  ]

  static func isSQL(_ word: String) -> Bool { sql.contains(word.lowercased()) }
}

extension VerbWord {
  /// Whether `name = ...` may begin an item of this verb.
  var takesNamedItems: Bool {
    switch self {
    case .derive, .summarize, .series, .pivot, .select, .rename, .label: true
    case .where, .take, .sample, .top, .drop, .sort, .unpivot, .reveal, .distinct, .show, .expect,
      .join, .union, .except, .intersect, .save, .predict, .evaluate, .explain, .unnest, .split,
      .train, .route, .chart:
      false
    }
  }
}

extension Token.Kind {
  /// Whether an operand may begin with it: two operands in a row are no expression.
  var startsOperand: Bool {
    switch self {
    case .name, .quotedName, .variable, .number, .percent, .duration, .date, .text, .true, .false,
      .null, .it, .case, .if, .not:
      true
    default: false
    }
  }
}
