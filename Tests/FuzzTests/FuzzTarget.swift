import Compiler
import Diagnostics
import Formatting
import Notebooks
import SQLGeneration
import StandardLibrary
import Syntax

/// A part of Whom that reads what people write, with what must hold whatever they write.
enum FuzzTarget: String, CaseIterable, Sendable {
  case lexer, parser, checker, formatter, notebook, settings

  var seeds: [[UInt8]] {
    switch self {
    case .lexer, .parser, .checker, .formatter: Seeds.programs
    case .notebook: Seeds.notebooks
    case .settings: Seeds.settings
    }
  }

  /// Whether it looks closer at programs that can be read.
  var wantsPrograms: Bool { self == .checker || self == .formatter }

  /// Whether the text has no mistake of syntax: how deep the inputs go.
  func reads(_ input: [UInt8]) -> Bool {
    let text = String(decoding: input, as: UTF8.self)
    let file = SourceFile(id: FileID(0), name: "fuzz.whom", text: text)
    return switch self {
    case .lexer, .parser, .checker, .formatter: Parser.parse(file).diagnostics.isEmpty
    case .notebook: NotebookParser.parse(file).1.isEmpty
    case .settings: ProjectFile.read(file).1.isEmpty
    }
  }

  /// What does not hold for this input; a crash ends the process instead.
  func violation(_ input: [UInt8]) -> String? {
    let text = String(decoding: input, as: UTF8.self)
    let file = SourceFile(id: FileID(0), name: "fuzz.whom", text: text)
    switch self {
    case .lexer: return Self.lexer(file)
    case .parser: return Self.parser(file)
    case .checker: return Self.checker(text)
    case .formatter: return Self.formatter(file)
    case .notebook: return Self.notebook(file)
    case .settings: return Self.settings(file)
    }
  }

  /// The tokens are the source, one behind the other.
  private static func lexer(_ file: SourceFile) -> String? {
    for isPrompt in [false, true] {
      var end = 0
      for token in Parser.parse(file, isPrompt: isPrompt).tokens {
        guard token.triviaStart == end, token.start >= end, token.end >= token.start else {
          return "a token at \(token.triviaStart) follows one that ends at \(end)"
        }
        end = token.end
      }
      if end != file.bytes.count { return "the tokens end at \(end) of \(file.bytes.count) bytes" }
    }
    return nil
  }

  private static func parser(_ file: SourceFile) -> String? {
    let tree = Parser.parse(file)
    if tree.diagnostics.count > 10 { return "\(tree.diagnostics.count) findings" }
    _ = TreeDump.dump(tree)
    return shown(tree.diagnostics, [file])
  }

  /// A program without a mistake becomes SQL; each mistake has a place in it.
  private static func checker(_ text: String) -> String? {
    let catalog = HeaderCatalog()
    let checker = Checker(catalog: catalog, constants: RunConstants(now: 0))
    for module in StandardLibrary.alwaysThere {
      guard let source = StandardLibrary.source(of: module) else { continue }
      checker.loadPrelude(catalog.add(source.name, source.text))
    }
    let file = catalog.add("fuzz.whom", text)
    let tree = Parser.parse(file)
    checker.excuse(tree.brokenNames)
    let statements = checker.check(tree.statements)
    let findings = tree.diagnostics + checker.takeDiagnostics()
    if let problem = shown(findings, catalog.map.files) { return problem }
    if let internalError = findings.first(where: { $0.code == .internalError }) {
      return "an internal error: \(internalError.title)"
    }
    if findings.contains(where: { $0.severity == .error }) { return nil }
    for plan in statements.flatMap(\.steps).flatMap(\.plans) where plan.references.isEmpty {
      let sql = SQLPrinter(.duckDB).print(PlanLowering(.duckDB).query(TwoPassMeans.rewrite(plan)))
      if sql.utf8.contains(0) { return "SQL with a NUL" }
    }
    return nil
  }

  private static func formatter(_ file: SourceFile) -> String? {
    do throws(SourceFormatter.Failure) {
      let once = try SourceFormatter.format(file)
      let again = SourceFile(id: file.id, name: file.name, text: once)
      let twice = try SourceFormatter.format(again)
      return once == twice ? nil : "laid out twice it differs:\n\(once)\n--- and\n\(twice)"
    } catch {
      return problem(error)
    }
  }

  private static func notebook(_ file: SourceFile) -> String? {
    let (notebook, findings) = NotebookParser.parse(file)
    if let problem = shown(findings, [file]) { return problem }
    let spans = notebook.cells.flatMap { [$0.head, $0.code] } + notebook.inlineExprs.map(\.expr)
    for span in spans where !isInside(span, file) { return "\(span) is not in the notebook" }
    do throws(SourceFormatter.Failure) {
      let once = try NotebookFormatter.format(file)
      let again = SourceFile(id: file.id, name: file.name, text: once)
      let twice = try NotebookFormatter.format(again)
      return once == twice ? nil : "laid out twice it differs:\n\(once)\n--- and\n\(twice)"
    } catch {
      return problem(error)
    }
  }

  /// What is taken from a file with mistakes stays within what a setting may be.
  private static func settings(_ file: SourceFile) -> String? {
    let (project, findings) = ProjectFile.read(file)
    if let problem = shown(findings, [file]) { return problem }
    if let threads = project.settings.threads?.value, threads < 1 { return "\(threads) threads" }
    if case .file(let span)? = project.settings.zone?.place, !isInside(span, file) {
      return "a zone at \(span), outside of its file"
    }
    return nil
  }

  private static func problem(_ failure: SourceFormatter.Failure) -> String? {
    switch failure {
    case .mistakes: nil
    case .changedMeaning: "it would mean something else when laid out"
    }
  }

  // MARK: Findings

  /// Every finding has a title, lies in its file, and can be shown on a terminal.
  private static func shown(_ findings: [Diagnostic], _ files: [SourceFile]) -> String? {
    for finding in findings {
      if finding.title.isEmpty { return "\(finding.code) without a title" }
      for span in [finding.span] + finding.notes.map(\.span) {
        guard let span else { continue }
        guard let file = files.first(where: { $0.id == span.file }), isInside(span, file) else {
          return "\(finding.code) at \(span), outside of its file"
        }
      }
    }
    let text = DiagnosticRenderer(files: files, width: 80).render(findings)
    let isUnsafe = text.unicodeScalars.contains {
      ($0.value < 0x20 && $0 != "\n") || (0x7F...0x9F).contains($0.value)
        || (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value)
    }
    return isUnsafe ? "a control character would reach the screen:\n\(text.debugDescription)" : nil
  }

  private static func isInside(_ span: Span, _ file: SourceFile) -> Bool {
    span.start >= 0 && span.start <= span.end && span.end <= file.bytes.count
  }
}
