import ArgumentParser
import Compiler
import Diagnostics
import Models
import StandardLibrary
import Values

struct DocCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doc", abstract: "Says what a verb, a function or a module does.",
    discussion: """
      example: whom doc summarize
      `whom doc` lists all; `whom doc lib/mine.whom` reads a module of your own;
      `whom doc --manual notebooks/reference` writes the whole manual.
      """)

  @Argument(help: "A verb, a function, a module, or a file; all are listed when not given.")
  var name: String?

  @Flag(help: "Write Markdown.")
  var markdown = false

  @Option(help: "Write the pages of the manual into this folder.")
  var manual: String?

  @Flag(help: "With --manual: change nothing; name the pages that would change, and fail.")
  var check = false

  func run() throws {
    if let manual { return try writeManual(manual) }
    guard let name else {
      Terminal.write(Documentation.list)
      return
    }
    let pages = name.hasSuffix(".whom") ? try ownModule(name) : Documentation.pages(name)
    if pages.isEmpty {
      Terminal.report(Documentation.unknown(name))
      throw ExitCode(2)
    }
    let texts = pages.map { markdown ? $0.markdown() : $0.plain }
    let whole = texts.joined(separator: "\n\n")
    let lines = (markdown ? whole : Terminal.wrapped(whole)).split(
      separator: "\n", omittingEmptySubsequences: false)
    for line in lines { Terminal.write(Exit.escape(String(line), for: .terminal) + "\n") }
  }

  private func writeManual(_ folder: String) throws {
    let (pages, failures) = Manual.pages(folder: folder)
    for failure in failures { Terminal.report("this example fails: \(failure)\n") }
    var stale = false
    for page in pages {
      let path = "\(folder)/\(page.file)"
      if InputText.read(path) == page.text { continue }
      stale = true
      Terminal.write("\(path)\n")
      if check { continue }
      do throws(AtomicFile.Failure) {
        try AtomicFile.write(page.text, to: path)
      } catch {
        Terminal.report("whom: \(error)\n")
        throw ExitCode(2)
      }
    }
    if !failures.isEmpty || check && stale { throw ExitCode(1) }
  }

  private func ownModule(_ file: String) throws -> [DocPage] {
    guard let text = InputText.read(file) else {
      Terminal.report(InputText.complaint(file))
      throw ExitCode(2)
    }
    return [DocPage(module: "\"\(file)\"", SourceFile(id: FileID(0), name: file, text: text))]
  }
}

/// All that the language and its library document, by name.
enum Documentation {
  /// A name can be that of a module and of its function.
  static func pages(_ name: String) -> [DocPage] {
    var pages: [DocPage] = []
    if let verb = Verb.named(name) { pages.append(DocPage(verb)) }
    if let function = BuiltinFunction.named(name) { pages.append(DocPage(function)) }
    if let estimator = EstimatorSignature.all.first(where: { $0.name == name }) {
      pages.append(DocPage(estimator))
    }
    if let topic = Topic.named(name) { pages.append(DocPage(topic)) }
    if let module = module(name) { return pages + [module] }
    return pages
      + StandardLibrary.modules.compactMap { module($0) }.flatMap(\.members).filter {
        $0.name == name
      }
  }

  private static func module(_ name: String) -> DocPage? {
    StandardLibrary.source(of: name).map {
      DocPage(module: name, SourceFile(id: FileID(0), name: $0.name, text: $0.text))
    }
  }

  /// All that `whom doc` knows, some twice.
  static var names: [String] {
    let members = StandardLibrary.modules.compactMap { module($0) }.flatMap(\.members)
    return Verb.names + BuiltinFunction.all.map(\.name) + EstimatorSignature.all.map(\.name)
      + Topic.all.map(\.name) + StandardLibrary.modules + members.map(\.name)
  }

  static func unknown(_ name: String) -> String {
    let near = Suggestion.nearest(to: name, in: names)
    return "whom: nothing is called `\(Exit.escape(name, for: .terminal))`"
      + (near.map { "; did you mean \($0)?" } ?? "; `whom doc` lists all") + "\n"
  }

  /// Verbs, functions by family, modules: a line each.
  static var list: String {
    var text = section("Verbs", Verb.all.map { ($0.name, $0.summary) })
    for family in BuiltinFunction.Family.allCases {
      let functions = BuiltinFunction.all.filter { $0.family == family }
      if functions.isEmpty { continue }
      text +=
        "\n" + section("Functions: \(family.rawValue)", functions.map { ($0.name, $0.summary) })
    }
    text += "\n" + section("Estimators", EstimatorSignature.all.map { ($0.name, $0.summary) })
    let modules = StandardLibrary.modules.compactMap { module($0) }
    text += "\n" + section("Modules", modules.map { ($0.name, $0.summary) })
    text += "\n" + section("The language", Topic.language.map { ($0.name, $0.summary) })
    return text + "\n" + section("Types", Topic.types.map { ($0.name, $0.summary) })
  }

  private static func section(_ title: String, _ rows: [(name: String, summary: String)]) -> String
  {
    let width = (rows.map(\.name.count).max() ?? 0) + 2
    let lines = rows.map { row in
      "  \(row.name)\(String(repeating: " ", count: width - row.name.count))\(row.summary)\n"
    }
    return "\(title)\n" + lines.joined()
  }
}
