import Compiler
import Diagnostics
import Syntax
import Testing
import Values

/// What is said of functions comes from their declarations.
@Suite("Pages of documentation")
struct DocPageTests {
  private let module = SourceFile(
    id: FileID(0), name: "goods.whom",
    text: """
      ## Margins of goods.

      ## What is left of the price.
      ## Never below zero.
      ## @example margin(10.0, 4.0)
      fn margin(price: number, cost: number = 0) = price - cost

      fn _own(x) = x
      """)

  @Test("A module shows its top comment and its public functions")
  func aModule() {
    let page = DocPage(module: "goods", module)
    #expect(
      page.plain == """
        use goods

          Margins of goods.

        margin(price: number, cost: number = 0)

          What is left of the price.
          Never below zero.

        Examples:
          margin(10.0, 4.0)
        """)
  }

  @Test("In Markdown each function is a heading deeper")
  func markdown() {
    let text = DocPage(module: "goods", module).markdown()
    #expect(text.hasPrefix("# `goods`\n\n```whom norun\nuse goods\n```\n\nMargins of goods."))
    #expect(text.contains("\n\n## `margin`\n"))
    #expect(text.contains("```whom\nmargin(10.0, 4.0)\n```"))
    #expect(!text.contains("_own"))
  }

  @Test("Each verb and function says how it is written and what it does")
  func all() {
    let pages = Verb.all.map { DocPage($0) } + BuiltinFunction.all.map { DocPage($0) }
    for page in pages {
      #expect(!page.forms.isEmpty && page.text.count > 5, "\(page.name)")
    }
    let round = BuiltinFunction.named("round").map { DocPage($0).forms }
    #expect(round == ["round(x: number)", "round(x: number, digits: int)"])
  }

  @Test("Each verb says what must be known of it, and shows it", arguments: Verb.names)
  func verbs(_ name: String) throws {
    let verb = try #require(Verb.named(name))
    #expect(verb.details.count > 20, "`details` in its declaration")
    #expect(!verb.examples.isEmpty, "`examples` in its declaration, over `ExampleData.shop`")
    #expect(verb.examples.allSatisfy { $0.contains(name) })
  }

  @Test("Each type has a page")
  func types() {
    let all: [DataType] = [
      .bool, .int, .float, .decimal(precision: 1, scale: 0), .text, .date, .timestamp, .duration,
      .months, .period, .list(ValueType(.int)), .record([]), .json, .null,
    ]
    let names = all.map { $0.description.prefix { $0.isLetter } }.map(String.init)
    #expect(Topic.types.map(\.name) == names)
  }

  @Test("No two things that are documented have one name, but a function and its type")
  func topicNames() {
    let words = Verb.names + Topic.language.map(\.name)
    #expect(Set(words).count == words.count)
  }

  @Test("The grammar has every verb and every clause")
  func grammar() {
    let stage = Grammar.pipelines.split(separator: "\n\n")[0]
    for verb in VerbWord.allCases.map(\.rawValue) {
      #expect(stage.contains(" \(verb) ") || stage.contains(" \(verb)\n"), "\(verb)")
      #expect(Grammar.pipelines.contains("\"\(verb)\""), "\(verb)")
    }
    for clause in ClauseWord.allCases.map(\.rawValue) where clause != "otherwise" {
      let all = Grammar.pipelines + Grammar.clauses
      #expect(all.contains("\"\(clause)\""), "\(clause)")
    }
  }
}
