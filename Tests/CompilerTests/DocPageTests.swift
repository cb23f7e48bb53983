import Compiler
import Diagnostics
import Testing

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
    #expect(round == ["round(x)", "round(x, digits)"])
  }
}
