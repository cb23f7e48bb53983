import Compiler
import Diagnostics
import Models
import StandardLibrary
import Values

/// The reference: what the declarations of the language say, with examples that were run.
enum Manual {
  struct Page {
    var file: String
    var text: String
  }

  /// Every page, and the examples that fail. `folder` is where the pages will be.
  static func pages(folder: String) -> (pages: [Page], failures: [String]) {
    let made = [language, types, verbs, functions, models, modules].map { page in
      (page.file, page.markdown(folder: folder))
    }
    let errors = ErrorPages.markdown(folder: folder)
    let pages = made.map { Page(file: $0, text: $1.text) }
    return (
      [index] + pages + [Page(file: "errors.md", text: errors.text)],
      made.flatMap { $1.failures } + errors.failures
    )
  }

  private static let index = Page(
    file: "README.md",
    text: """
      # The Whom manual

      | page | what it holds |
      |---|---|
      | [language](language.md) | statements, names, operators, declarations, blocks, the grammar |
      | [types](types.md) | \(Topic.types.count) types and what they mean |
      | [verbs](verbs.md) | \(Verb.all.count) verbs, the stages of a pipeline |
      | [functions](functions.md) | \(BuiltinFunction.all.count) functions by family |
      | [models](models.md) | \(EstimatorSignature.all.count) estimators, the tables of a model |
      | [modules](modules.md) | the library, written in Whom itself |
      | [errors](errors.md) | \(DiagnosticCode.allCases.count) findings with their codes |

      The pages are made from the declarations in the program (`make manual`), and every output in them
      was worked out when they were made. Each page is a notebook: `whom run verbs.md` runs its examples.
      At the prompt `?name` and in a shell `whom doc NAME` and `whom explain CODE` tell the same. Who
      is new begins with the [tutorial](../tutorial/README.md).

      """)

  private static let language = ManualPage(
    file: "language.md", title: "The language",
    introduction: """
      A program is a list of statements; most of them are pipelines. It is checked as a whole before it
      runs. The examples speak of these two relations.
      """,
    data: ExampleData.shop,
    sections: [
      .init(title: "Parts of the language", pages: Topic.language.map { DocPage($0) }),
      .init(title: "Grammar", text: grammar, pages: []),
    ])

  private static let grammar =
    """
    `?`, `*` and `+` mean optional, any number, at least one. The clauses of a stage may come in any
    order, each once. Words of the grammar are keywords only where it allows them, and names
    everywhere else. Read, but not yet run by this version: `connect`.
    """
    + [
      ("Statements", Grammar.statements), ("Pipelines", Grammar.pipelines),
      ("Clauses", Grammar.clauses), ("Expressions", Grammar.expressions),
    ].map { "\n\n### \($0.0)\n\n" + ManualPage.fence("ebnf", $0.1) }.joined()

  private static let types = ManualPage(
    file: "types.md", title: "Types",
    introduction: """
      Every expression has a type before it runs. A type with a question mark may be missing. Labels
      (`key`, `money(USD)`, `percent`, `pii`, `pseudonym`, `protected`) travel with it: see the verb
      [`label`](verbs.md).
      """,
    data: ExampleData.shop,
    sections: [.init(title: "From bool to null", pages: Topic.types.map { DocPage($0) })])

  private static let verbs = ManualPage(
    file: "verbs.md", title: "Verbs",
    introduction: """
      A verb stands behind a pipe and makes a relation of a relation. The examples speak of these two.
      """,
    data: ExampleData.shop,
    sections: [.init(title: "From chart to where", pages: Verb.all.map { DocPage($0) })])

  private static let functions = ManualPage(
    file: "functions.md", title: "Functions",
    introduction: """
      Functions of values and of columns, by family. Where an argument is missing (null) the result is
      too, unless the page says otherwise. The examples over columns speak of this relation.
      """,
    data: ExampleData.visits,
    sections: BuiltinFunction.Family.allCases.compactMap { family in
      let functions = BuiltinFunction.all.filter { $0.family == family }
      return functions.isEmpty
        ? nil
        : .init(title: heading(family), text: note(family), pages: functions.map { DocPage($0) })
    })

  private static func heading(_ family: BuiltinFunction.Family) -> String {
    family.rawValue.prefix(1).uppercased() + family.rawValue.dropFirst()
  }

  private static func note(_ family: BuiltinFunction.Family) -> String {
    switch family {
    case .aggregate:
      """
      Fold the rows of a group to one value, in `summarize`, as a stage, or over a window
      (`derive ... by`). Missing values are passed over; `where` behind the call filters its rows.
      """
    case .window:
      """
      Stand in `derive` or `where` with `by`. Those that rank take their order as arguments, those that
      look around use the `sort` of the stage.
      """
    case .conversion: "Those that begin with `try_` give null where the others are an error."
    case .arithmetic, .text, .time, .list, .statistics: ""
    }
  }

  private static let models = ManualPage(
    file: "models.md", title: "Models",
    introduction: """
      `train target ~ terms using ESTIMATOR` makes a model of the rows, `predict` says what it expects of other
      rows, `evaluate` how good it is, `explain` what it looks at: see these [verbs](verbs.md). Every
      model has these tables, `m.importance` and so on; an estimator may add its own.

      | table | what it holds | columns |
      |---|---|---|
      \(ModelPart.everywhere.map { part in
        "| `\(part.name)` | \(part.summary) | \(part.columns.map { "`\($0.name)`" }.joined(separator: ", ")) |"
      }.joined(separator: "\n"))
      | `training` | the rows it learned from | its features and its target |

      Intervals in `metrics` are given for held-out folds alone: on the training rows a figure is too good,
      and an interval would say how sure that is. What comes of training depends on what is in the rows,
      not on their order nor on the number of threads; so do all metrics. Where rows are tied at the edge of
      `at top 10%`, they count in the part that fits.

      The examples speak of this relation.
      """,
    data: ExampleData.members,
    sections: [
      .init(title: "Estimators", pages: EstimatorSignature.all.map { DocPage($0) })
    ])

  private static let modules = ManualPage(
    file: "modules.md", title: "Modules",
    introduction: """
      The library that comes with the program, written in Whom. `use NAME` makes the functions of a
      module known; those of `prelude` and `governance` are known everywhere.
      """,
    sections: StandardLibrary.modules.compactMap { name in
      guard let source = StandardLibrary.source(of: name) else { return nil }
      let page = DocPage(
        module: name, SourceFile(id: FileID(0), name: source.name, text: source.text))
      return .init(
        title: name, text: page.text,
        setup: StandardLibrary.alwaysThere.contains(name) ? "" : "use \(name)",
        pages: page.members)
    })
}
