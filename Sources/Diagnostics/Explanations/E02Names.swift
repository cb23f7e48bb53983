/// 02: names.
extension Explanation {
  static let unknownColumn = Explanation(
    "a column that is not there",
    """
    Inside of a stage a bare name is a column of the relation that comes in, and nothing else.
    Names are case-sensitive. Behind `summarize` and `select` only the columns named there are
    left; in `summarize`, a column outside of an aggregate must be a key.
    """,
    wrong: "orders | select amount | where status == \"paid\"",
    right: "orders | where status == \"paid\" | select amount")

  static let unknownBinding = Explanation(
    "a name that nothing is bound to",
    """
    `$name`, and a bare name outside of a stage, is what a `let`, a `param` or a function's
    parameter has bound before. Names are bound from top to bottom: a use above the `let` does not
    see it, nor does a function see the `let`s of the file.
    """,
    wrong: "orders | where amount > $limit",
    right: "let limit = 100\norders | where amount > $limit")

  static let unknownFunction = Explanation(
    "a function that is not known",
    """
    A name before a bracket is a function or a metric: built in, from a module taken in with
    `use`, or declared above with `fn` or `metric`.
    """,
    wrong: "orders | derive l = len(name)", right: "orders | derive l = length(name)")

  static let unknownVerb = Explanation(
    "a verb that is not known",
    """
    Behind a pipe stands a verb or a function whose first parameter is a relation. Words of other
    languages have their own here: `where` filters, `derive` adds columns, `summarize` groups,
    `sort` orders, `take` keeps the first rows.
    """,
    wrong: "orders | wher amount > 10", right: "orders | where amount > 10")

  static let bindingNeedsDollar = Explanation(
    "a binding without its `$`",
    """
    Inside of a stage a bare name is a column, so that a program never changes its meaning because
    a table gained a column. What is bound outside is written with `$`.
    """,
    wrong: "let limit = 100\norders | where amount > limit",
    right: "let limit = 100\norders | where amount > $limit")

  static let duplicateName = Explanation(
    "two things of one name",
    """
    Two columns of one relation have different names, and so have two parameters of a function.
    A `param` is bound once in a file.
    """,
    wrong: "orders | select amount, amount = net", right: "orders | select amount, net")

  static let unknownModule = Explanation(
    "a module that is not there",
    """
    `use name` takes a module of the library, `use "./lib/mine.whom"` a file, whose path is
    relative to the file that says `use`.
    """,
    wrong: "use rfmm", right: "use rfm")

  static let unnamedColumn = Explanation(
    "a computed column without a name",
    """
    A column keeps its name, and a lone call takes the name of its function. Anything else has no
    name of its own, and is given one with `=`.
    """,
    wrong: "orders | select amount * 2", right: "orders | select double = amount * 2")

  static let recursion = Explanation(
    "a function that calls itself",
    """
    A function is put in place of its call before anything runs, so it cannot call itself, nor
    another one that leads back to it. Repeated work over rows is a window, `for` repeats over a
    list that is known.
    """,
    wrong: "fn total(n) = n + total(n - 1)\ntotal(3)",
    right: "fn total(n) = n * (n + 1) / 2\ntotal(3)")

  static let itOutsidePrompt = Explanation(
    "`it` outside of the prompt",
    """
    At the prompt `it` is the last result. In a file or a notebook it would depend on what happens
    to stand above, so a name is given instead.
    """,
    wrong: "orders | take 5\nit | count",
    right: "let some = orders | take 5\nsome | count")

  static let redefinedBuiltin = Explanation(
    "a built-in function or verb declared anew",
    """
    Built-in functions and verbs mean the same in every program. A function of one's own has a
    name of its own.
    """,
    wrong: "fn sum(x) = x", right: "fn my_sum(x) = x")

}
