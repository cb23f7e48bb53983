/// 05: privacy.
extension Explanation {
  static let personalData = Explanation(
    "personal data that would leave",
    """
    A column labelled `pii` says who somebody is, and so does what is made of it. On screens and in
    reports it is masked; files and charts refuse it. `count`, `mean` and other figures clear the
    label, `mask(x)` and `pseudonym(x)` hide who it is, and where it must leave, `reveal` says why:
    the privacy ledger of the report shows the reason.
    """,
    wrong: """
      rows [{id: 1, email: "ann@example.com"}]
      | label email = pii
      | save "out/letters.csv"
      """,
    right: """
      rows [{id: 1, email: "ann@example.com"}]
      | label email = pii
      | reveal email because "letters of refusal"
      | save "out/letters.csv"
      """)

  static let noPseudonymKey = Explanation(
    "no secret for pseudonyms",
    """
    `pseudonym(x)` gives the same name for the same text in every run with the same secret, and
    nobody without it can find out by trying whose name it is. The secret is taken from the
    environment variable WHOM_PSEUDONYM_KEY, at least 16 bytes; it is never part of a query, a
    report or a log. `openssl rand -hex 32` makes a good one. Keep it: with another secret the
    names are others.
    """,
    example: """
      export WHOM_PSEUDONYM_KEY=...
      whom -c 'read "customers.csv" | derive who = pseudonym(email) | drop email'
      """)

  static let badLabels = Explanation(
    "a statement of labels.whom that is no label",
    """
    A file `labels.whom` says what columns of sources mean, for every program that reads them: those
    in its folder and below. Each statement is a file or a table and `label`; paths start in the
    folder of `labels.whom`. Where several such files speak of a column, the nearest one counts. With
    a mistake in it nothing is read, so that no column goes without its label.
    """,
    example: """
      read "customers.csv" | label email = pii, customer_id = pseudonym
      crm.people | label phone = pii, created_by = public
      """)

  static let looksPersonal = Explanation(
    "a column that looks personal",
    """
    A column is named or looks like an e-mail address, a phone number, an IBAN or the number of a
    card, and nothing says what it is. `label` says it, behind `read` or in `labels.whom` for every
    program: `pii`, `pseudonym` or `protected` where it tells who somebody is or what they are,
    `public` where it does not. Values are looked at in CSV files alone, among the rows that are read
    for their types; of other sources the names count.
    """,
    example: """
      read "shops.csv"                               `email` looks personal
      read "shops.csv" | label email = pii           it is: masked from here on
      read "shops.csv" | label email = public        it is not: the shop's own address
      """)

  static let uncountedPeople = Explanation(
    "groups of people that cannot be counted",
    """
    Where rows about groups of people leave, groups of fewer than `min_group` people are left out.
    Behind `except` and `intersect` over such rows nobody can say any more how many people each is
    about, so that they cannot leave. Take rows away before they are summarized, or by `join anti`.
    """,
    wrong: """
      let people = numbers(1..12)
        | select id = n, plan = if n > 6 then "pro" else "free"
        | label id = pseudonym
      let plans = people | summarize n = count() by plan
      plans | except (plans | where n > 7)
      """,
    right: """
      let people = numbers(1..12)
        | select id = n, plan = if n > 6 then "pro" else "free"
        | label id = pseudonym
      let plans = people | summarize n = count() by plan
      plans | join anti (plans | where n > 7) on plan
      """)

  static let smallGroups = Explanation(
    "groups of few people that are not shown",
    """
    Rows about groups of people leave where each group has at least `min_group` of them: 5, if
    `whom.toml`, front matter, WHOM_MIN_GROUP or `--min-group` say nothing else. People are counted
    by the column labelled `pseudonym`, else by the first one labelled `pii`. Smaller groups are left
    out on screens, in reports, charts and files; if one alone would be, the next larger one goes
    with it, so that a total does not tell what is missing. Later stages count all of them.
    """,
    example: """
      people | summarize count() by plan      plans of fewer than 5 people are left out
      min_group = 1                           groups of any size are shown, and the ledger says so
      """)
}
