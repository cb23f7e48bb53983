/// 10: models.
extension Explanation {
  static let badFormula = Explanation(
    "a formula that cannot be learned",
    """
    `target ~ terms` says what is to be predicted and from what. The target is a condition or a
    text to classify, or a number to estimate; the terms are columns and functions of them, joined
    by `+`, `-`, `:` and `*`, or `.` for all other columns. Models learn from numbers, texts,
    conditions and dates.
    """,
    wrong: "rows [{a: 1, y: 2.5}] | train y ~ a + 3 using linear",
    right: """
      let rows = rows [{a: 1, y: 2.5}, {a: 2, y: 2.8}, {a: 4, y: 3.9}, {a: 5, y: 4.0}]
      $rows | train y ~ a using linear
      """)

  static let unknownEstimator = Explanation(
    "an estimator that is not known",
    """
    Behind `using` stands how the model is to learn: `linear`, `logistic`, `boosted_trees` and so on.
    `whom doc train` and the manual list them with their arguments.
    """,
    wrong: "rows [{a: 1, y: 2.5}, {a: 2, y: 3.0}] | train y ~ a using xgboost",
    right: """
      let rows = rows [{a: 1, y: 2.5}, {a: 2, y: 2.8}, {a: 4, y: 3.9}, {a: 5, y: 4.0}]
      $rows | train y ~ a using linear
      """)

  static let labelledFeature = Explanation(
    "a column that a model may not learn from",
    """
    Columns labelled `pii`, `pseudonym` or `key` say who a row is about: a model that learns them
    remembers people. That goes for features, the target, `by`, `weight` and an offset alike; only
    the group of a ranking may be a `key` or `pseudonym`. Columns labelled `protected` (sex, age,
    origin) may be used to audit a model; learning from them has to be allowed where it stands, and
    is written on the model's card.
    """,
    wrong: """
      rows [{id: 1, age: 20, y: 2.5}, {id: 2, age: 40, y: 3.1}, {id: 3, age: 50, y: 3.2}]
      | label age = protected
      | train y ~ age using linear
      """,
    right: """
      rows [{id: 1, age: 20, y: 2.5}, {id: 2, age: 40, y: 3.1}, {id: 3, age: 50, y: 3.2}]
      | label age = protected
      | train y ~ age using linear allow protected
      """)

  static let notAModel = Explanation(
    "something else where a model is wanted",
    """
    `predict`, `evaluate` and `explain` take a model: the name of one that this program trained, or
    `model "churn"` for one that was saved.
    """,
    wrong: """
      let amounts = rows [{a: 1}]
      amounts | predict amounts as p
      """,
    right: """
      let data = rows [{a: 1, y: 2.5}, {a: 2, y: 2.8}, {a: 4, y: 3.9}, {a: 5, y: 4.0}]
      let line = data | train y ~ a using linear
      data | predict line as p
      """)

  static let modelInput = Explanation(
    "rows that do not fit a model",
    """
    A model reads the columns of its formula, of the types that it learned. Here one of them is of
    another type.
    """,
    wrong: """
      let data = rows [{a: 1, y: 2.5}, {a: 2, y: 2.8}, {a: 4, y: 3.9}, {a: 5, y: 4.0}]
      let line = data | train y ~ a using linear
      rows [{a: "one"}] | predict line as p
      """,
    right: """
      let data = rows [{a: 1, y: 2.5}, {a: 2, y: 2.8}, {a: 4, y: 3.9}, {a: 5, y: 4.0}]
      let line = data | train y ~ a using linear
      rows [{a: 3}] | predict line as p
      """)

  static let trainedOnTheseRows = Explanation(
    "a model that is measured on rows it was trained on",
    """
    A model knows the answers of the rows that it learned from; measured on them it looks better
    than it is. `split` keeps rows apart; `folds 5` measures on held-out parts of the training rows,
    in `m.metrics`. `allow training` measures on the training rows all the same.
    """,
    wrong: """
      let data = rows [{a: 1, y: 2.5}, {a: 2, y: 2.8}, {a: 4, y: 3.9}, {a: 5, y: 4.0}]
      let line = data | train y ~ a using linear
      data | evaluate line
      """,
    right: """
      let data = rows [{a: 1, y: 2.5}, {a: 2, y: 2.8}, {a: 4, y: 3.9}, {a: 5, y: 4.0}]
      let line = data | train y ~ a using linear
      data | evaluate line allow training
      """)

  static let trainingFailed = Explanation(
    "a model that could not be trained or used",
    """
    The rows do not say what was asked of them: none are left, the target is the same in all, a
    feature separates the classes perfectly, or an argument does not fit. The message says which,
    and what to do.
    """,
    example: """
      rows [{a: 1, y: 2}, {a: 2, y: 2}] | train y ~ a using linear
      """)

  static let unknownModel = Explanation(
    "a model that is not in the registry",
    """
    `save model "churn"` adds a version to the registry, the folder `.whom/models` of the project;
    `model "churn"` takes the one in use, `model "churn@3"` the third. `whom models list` shows them.
    """,
    example: "orders | predict model \"churn\" as p")

  static let notKept = Explanation(
    "a formula that cannot be saved",
    """
    A saved model is used by other programs, which do not have the functions and values of this one.
    A formula that calls them has to be written with columns: `derive` the column first.
    """,
    wrong: """
      fn double(x) = x * 2
      let data = rows [{a: 1, y: 2.5}, {a: 2, y: 2.8}, {a: 4, y: 3.9}, {a: 5, y: 4.0}]
      data | train y ~ double(a) using linear | save model "line"
      """,
    right: """
      fn double(x) = x * 2
      let data = rows [{a: 1, y: 2.5}, {a: 2, y: 2.8}, {a: 4, y: 3.9}, {a: 5, y: 4.0}]
      data | derive twice = double(a) | train y ~ twice using linear
      """)

  static let damagedModel = Explanation(
    "a saved model that cannot be read",
    """
    A file of the registry is not as it was written, is gone, was written by a newer Whom, or names an
    estimator that this Whom does not have. Another version may be whole: `whom models show churn` lists
    them, `whom models rollback churn` goes back to the one before. Else train and save it again.
    """,
    example: "orders | predict model \"churn@3\" as p")

  static let unknownPart = Explanation(
    "a part that a model does not have",
    """
    Every model has `importance`, `coefficients`, `summary`, `metrics`, `curve`, `trials`,
    `training` and `card`; some have tables of their own, such as the `points` of a scorecard.
    """,
    wrong: """
      let data = rows [{a: 1, y: 2.5}, {a: 2, y: 2.8}, {a: 4, y: 3.9}, {a: 5, y: 4.0}]
      let line = data | train y ~ a using linear
      line.weights
      """,
    right: """
      let data = rows [{a: 1, y: 2.5}, {a: 2, y: 2.8}, {a: 4, y: 3.9}, {a: 5, y: 4.0}]
      let line = data | train y ~ a using linear
      line.coefficients
      """)

  static let trainingNotice = Explanation(
    "something about the training rows that a reader should know",
    """
    A feature with one value in every row was left out, or one that follows from others; an estimate
    is infinite since its feature separates a part of the rows; no tree found a split; probabilities
    are those of classes that were made equally frequent; products are not formed; of two texts one
    was taken as the positive class. The model is there all the same. The message says what happened
    and what to do.
    """,
    example: """
      rows [{a: 1, b: 7, y: 2.5}, {a: 2, b: 7, y: 2.8}, {a: 4, b: 7, y: 3.9}, {a: 5, b: 7, y: 4.0}]
      | train y ~ a + b using linear
      """)

  static let maybeTrained = Explanation(
    "rows that may have been among the training rows",
    """
    Neither the program nor a key says whether the model was trained on these rows. Label the column
    that tells rows apart as `key`, or evaluate on a part of `split`.
    """,
    example: "read \"data/orders.csv\" | evaluate model \"spend\"")

  static let unknownGroups = Explanation(
    "rows of groups that have no model",
    """
    `train ... by plan` made a model for each plan that it saw. Rows of another plan get no prediction;
    `evaluate` and `explain` leave them out, and show nulls for a group that has no others.
    """,
    example: "customers | predict spend_by_plan as p")

  static let unscoredRows = Explanation(
    "rows that a model has no prediction for",
    """
    Where the offset is missing, or the prediction is too large to be a number, `predict` gives null.
    `evaluate` measures the other rows, and says how many it left out. Where no row has a prediction,
    nothing is measured.
    """,
    example: """
      let data = rows [{n: 1, days: 2.0, a: 1}, {n: 3, days: 4.0, a: 2}, {n: 2, days: 3.0, a: 4}]
      let rate = data | train n ~ a using glm(family = "poisson", offset = log(days))
      data | derive days = if a > 3 then null else days | evaluate rate allow training
      """)

  static let scoredHere = Explanation(
    "rows of a server that Whom scores itself",
    """
    On a server a model becomes part of the query, so that no row has to leave. Reasons, models of
    very many trees and some links cannot be said in SQL: then the rows come here, are scored, and
    go back as a table of the session. The result is the same.
    """,
    example: """
      let data = rows [{a: 1, y: 2.5}, {a: 2, y: 2.8}, {a: 4, y: 3.9}, {a: 5, y: 4.0}]
      let line = data | train y ~ a using linear
      data | predict line as p explain 1
      """)

  static let notInQuery = Explanation(
    "part of a program that is not in its SQL",
    """
    `whom sql` shows queries that can be taken elsewhere. What Whom works out itself, between one
    query and the next, is not in them: a model that the program trains first, reasons, models too
    large for a query, measures of a model, some functions. A saved model of a form that SQL can say
    is: `predict model "churn"`.
    """,
    example: """
      let data = rows [{a: 1, y: 2.5}, {a: 2, y: 2.8}, {a: 4, y: 3.9}, {a: 5, y: 4.0}]
      let line = data | train y ~ a using linear
      data | predict line as p
      """)
}
