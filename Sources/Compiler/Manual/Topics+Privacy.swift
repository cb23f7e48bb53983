extension Topic {
  /// What is promised about personal data, and what is not (both are part of the promise).
  static let privacy = Topic(
    "privacy", .language, "what becomes of personal data, and what is not promised",
    """
    `label email = pii` says that a column tells who somebody is. The label goes along with the
    column and with what is made of it; `count`, `mean`, `sum` and other figures clear it, and so do
    conditions, `mask(x)` and `pseudonym(x)`.

    | where it would leave | what happens |
    | --- | --- |
    | the screen, a report, csv, json or Arrow for another program | masked, by the query itself |
    | `save`, `quarantine`, a chart | refused while checking (E0501) |
    | a model | refused while checking (E1003) |
    | a message about a value or a row | the value is not quoted |

    `reveal email because "..."` lets it leave behind this stage. A `pseudonym` may be shown and
    saved, not learned from; `protected` (sex, age, origin) may be shown and audited by, and learned
    from where `allow protected` stands.

    `pseudonym(x)` gives 32 hexadecimal digits, always the same for the same text: HMAC-SHA-256
    (RFC 2104) cut to 128 bits, with the secret of the environment variable WHOM_PSEUDONYM_KEY. The
    secret is at least 16 bytes long (`openssl rand -hex 32` makes one) and stands in no query, no
    report and no log. The result is labelled `pseudonym`.

    What holds wherever a file or a table is read stands in `labels.whom`, beside the data or in a
    folder above them or above the program: a source and its labels in each statement, as in a
    program; paths start in its own folder, a pattern stands for all files that it matches. Of a
    column that several of these files name, the nearest says what it is.

    ```
    read "customers.csv" | label email = pii, customer_id = pseudonym
    read "exports/*.csv" | label iban = pii
    crm.people | label phone = pii
    ```

    A column named or shaped like an e-mail address, a phone number, an IBAN or a card number is
    warned of (W0501) until a label says what it is; `public` says that it is not personal.

    Rows about groups of people leave where each group has at least `min_group` of them (5, if
    `whom.toml`, front matter, WHOM_MIN_GROUP or `--min-group` say nothing else), whatever was
    summarized: on the screen, in a report, a chart, a file. People are counted by the column labelled
    `pseudonym`, else by the first labelled `pii`, also where that column is gone; rows that do not
    say whose they are count as those of one. Smaller groups are left out and counted (W0704); if one
    alone would be, among the rows that share its other keys, the next larger goes with it, so that
    no total tells what is missing. Of a `pivot`, or of `count() where ...`, single values are missing
    likewise, and so is a single figure. Later stages have all rows. `reveal` changes nothing about
    it; `min_group = 1` shows all groups, and the ledger says so. Rows of one person each are no
    groups: `summarize ... by customer_id` shows them as they are labelled. Nor are groups by a
    measured number (a float), which are rows by another name: `roc_curve` has all its steps, and
    nobody is counted in what is made of them.

    A report ends with its privacy ledger: which labelled columns were read, where they went, what
    was revealed and why. `whom check --privacy FILE` shows it without reading a row.

    Not promised: labels are what programs say. A look at names and first rows finds some columns
    that lack one, never all, and what `sql` takes from a server's tables by itself has none.
    What can be inferred from the difference of two tables, or from figures of models (`evaluate`,
    `explain`), is not prevented, groups that `sql` makes are not counted, and in a row whose values
    are missing one alone may be found by a sum over it. A query taken elsewhere (`whom sql`) runs
    there with the rights of whoever runs it. Rows that the engine keeps during a run are not masked.
    """,
    examples: [
      "customers | label name = pii | take 2",
      """
      customers
      | label name = pii
      | reveal name because "letters to those who asked"
      | select customer_id, name
      | take 2
      """,
    ])
}
