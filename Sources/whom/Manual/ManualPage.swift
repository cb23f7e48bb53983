import Compiler

/// A file of the manual: Markdown that is a notebook too, with what its examples give below them.
struct ManualPage {
  struct Section {
    var title: String
    var text = ""
    /// A cell at its beginning: `use rfm`.
    var setup = ""
    var pages: [DocPage]
  }

  var file: String
  var title: String
  var introduction: String
  /// The relations that its examples speak of.
  var data = ""
  var sections: [Section] = []
  /// Chapters that are made in another way.
  var body = ""

  /// Its text, and the examples that fail.
  func markdown(folder: String) -> (text: String, failures: [String]) {
    var failures: [String] = []
    var blocks = ["# \(title)", introduction]
    if !data.isEmpty { blocks.append(Self.fence("whom #data", data)) }
    let runner = ExampleRunner(folder: folder, setup: data)
    for section in sections {
      blocks.append("## \(section.title)")
      if !section.text.isEmpty { blocks.append(section.text) }
      if !section.setup.isEmpty {
        blocks.append(Self.fence("whom", section.setup))
        _ = runner.run(section.setup)
      }
      for page in section.pages { blocks += Self.blocks(page, runner, &failures) }
    }
    if !body.isEmpty { blocks.append(body) }
    return (blocks.joined(separator: "\n\n") + "\n", failures.map { "\(file): \($0)" })
  }

  private static func blocks(
    _ page: DocPage, _ runner: ExampleRunner, _ failures: inout [String]
  ) -> [String] {
    var blocks = ["### `\(page.name)`"]
    if !page.forms.isEmpty {
      blocks.append(fence("whom norun", page.forms.joined(separator: "\n")))
    }
    blocks.append(sentence(page.text))
    var lines: [String] = []
    func close() {
      if !lines.isEmpty { blocks.append(fence("whom", lines.joined(separator: "\n"))) }
      lines = []
    }
    guard page.canRun else {
      return blocks + [fence("whom norun", page.examples.joined(separator: "\n"))]
    }
    for (index, example) in page.examples.enumerated() {
      let programs = index < page.programs.count ? page.programs[index] : [example]
      switch best(programs, runner, &failures) {
      case (let program, .value(let value)) where !program.contains("\n"):
        lines.append("\(program)  # \(value)")
      case (let program, .value(let text)), (let program, .output(let text)),
        (let program, .failed(let text)):
        close()
        blocks.append(fence("whom", program))
        if !text.isEmpty { blocks.append(fence("text", text)) }
      }
    }
    close()
    return blocks
  }

  private static func best(
    _ programs: [String], _ runner: ExampleRunner, _ failures: inout [String]
  ) -> (String, ExampleRunner.Outcome) {
    var outcome = ExampleRunner.Outcome.output("")
    for program in programs {
      outcome = runner.run(program)
      if case .failed = outcome { continue }
      return (program, outcome)
    }
    if case .failed(let words) = outcome { failures.append(words) }
    return (programs.first ?? "", outcome)
  }

  static func fence(_ info: String, _ text: String) -> String { "```\(info)\n\(text)\n```" }

  /// Declarations begin in small letters, as help lists them.
  private static func sentence(_ text: String) -> String {
    let end = text.firstIndex(of: "\n") ?? text.endIndex
    let first = text[..<end]
    // The number e is no word.
    let capital =
      first.hasPrefix("e ") ? String(first) : first.prefix(1).uppercased() + first.dropFirst()
    // The comments of the library go on in the next line.
    let rest = text[end...]
    let goesOn = rest.count > 1 && !rest.hasPrefix("\n\n")
    let closed = goesOn || capital.hasSuffix(".") || capital.hasSuffix(":") ? "" : "."
    return capital + closed + rest
  }
}
