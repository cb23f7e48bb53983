import ArgumentParser
import Charting
import Connectivity
import Diagnostics
import Engine
import Glibc
import Notebooks
import Reporting
import Values

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs notebooks to reports.",
    discussion: "example: whom run churn.md -o out --set region=EMEA --to html,json")

  enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
    case html, md, json
  }

  @Argument(help: "Notebooks, NB.md.")
  var notebooks: [String]

  @Option(name: [.customShort("o"), .long], help: "Where reports go.")
  var output = "out"

  @Option(help: "Formats with a comma between: html, md, json.")
  var to = "html"

  @Flag(help: "Open the report when it is there.")
  var open = false

  @OptionGroup var program: ProgramOptions

  func validate() throws { _ = try formats() }

  private func formats() throws -> [Format] {
    try to.split(separator: ",").map { word in
      guard let format = Format(rawValue: String(word)) else {
        throw ValidationError("--to knows html, md and json, not \(word)")
      }
      return format
    }
  }

  func run() throws {
    var code: Int32 = 0
    for notebook in notebooks {
      let result = try run(notebook, try formats())
      code = Self.worse(code, result)
      if result == 130 { break }
    }
    if code != 0 { throw ExitCode(code) }
  }

  /// Of several notebooks the gravest code counts: 130, 70, 2, 1, 4.
  private static func worse(_ a: Int32, _ b: Int32) -> Int32 {
    let order: [Int32] = [130, 70, 6, 5, 2, 1, 4, 3]
    return order.first { $0 == a || $0 == b } ?? 0
  }

  private func run(_ path: String, _ formats: [Format]) throws -> Int32 {
    guard let text = InputText.read(path) else {
      Terminal.report(InputText.complaint(path))
      return 2
    }
    if path.hasSuffix(".whom") {
      let name = Exit.escape(path, for: .terminal)
      Terminal.report("whom: `\(name)` is no notebook: a program runs with `whom \(name)`\n")
      return 2
    }
    let project = program.project(for: path, text: text)
    let session = try program.session(project)
    let canceller = session.engine.canceller
    return Main.interrupts.during(cancel: { canceller.cancel() }) {
      let checked = CheckedNotebook(
        text, name: path, in: session, project: project.project)
      if !checked.diagnostics.isEmpty { Terminal.report(session.rendered(checked.diagnostics)) }
      if checked.hasErrors { return 2 }
      session.keepSchemas()
      var runner = NotebookRunner(checked, session: session) { ProgressLine.show($0, session) }
      let outcome = runner.run()
      if !outcome.failedValues.isEmpty { Terminal.report(session.rendered(outcome.failedValues)) }
      do {
        let files = try write(outcome.document, path, formats)
        for file in files { Terminal.write("\(file)\n") }
        if open, let first = files.first { Self.open(first) }
      } catch {
        Terminal.report("whom: \(error)\n")
        return 1
      }
      return outcome.exitCode
    }
  }

  // MARK: Output

  private func write(
    _ document: ReportDocument, _ notebook: String, _ formats: [Format]
  ) throws -> [String] {
    let stem =
      notebook.split(separator: "/").last?.split(separator: ".").dropLast()
      .joined(separator: ".") ?? "report"
    let name = Exit.escape(stem.isEmpty ? "report" : stem, for: .fileName)
    return try formats.map { format in
      let path = "\(output)/\(name).\(format.rawValue)"
      let text: String
      switch format {
      case .html: text = HTMLReport.render(document)
      case .json: text = JSONReport.render(document)
      case .md:
        guard !Self.isSameFile(path, notebook) else {
          throw AtomicFile.Failure(
            description: "the report would take the place of its notebook: name a folder with -o")
        }
        let report = MarkdownReport(document, folder: "\(name)_files")
        for picture in report.pictures {
          try AtomicFile.write(picture.image.text, to: "\(output)/\(name)_files/\(picture.name)")
        }
        text = report.text
      }
      try AtomicFile.write(text, to: path)
      return path
    }
  }

  private static func isSameFile(_ a: String, _ b: String) -> Bool {
    var first = stat()
    var second = stat()
    guard stat(a, &first) == 0, stat(b, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  private static func open(_ path: String) {
    let display = Terminal.environment("DISPLAY") ?? Terminal.environment("WAYLAND_DISPLAY")
    guard display != nil else { return }
    var process = pid_t()
    let arguments: [UnsafeMutablePointer<CChar>?] = [strdup("xdg-open"), strdup(path), nil]
    defer { for argument in arguments { free(argument) } }
    _ = posix_spawnp(&process, "xdg-open", nil, nil, arguments, environ)
  }
}

/// A line a cell on a pipe; on a terminal one line that is written over.
enum ProgressLine {
  static func show(_ progress: NotebookRunner.Progress, _ session: Session) {
    switch progress {
    case .warned(let warning):
      Terminal.report((Terminal.isError ? "\r\u{1B}[K" : "") + session.rendered([warning]))
    case .began(let cell, let number, let count):
      if Terminal.isError { Terminal.report("\r\u{1B}[K[\(number)/\(count)] \(cell)") }
    case .ended(let cell, let number, let count, let state):
      let clear = Terminal.isError ? "\r\u{1B}[K" : ""
      switch state {
      case .done, .notWanted:
        let isLast = number == count
        Terminal.report(
          Terminal.isError && !isLast ? clear : "\(clear)[\(number)/\(count)] \(cell)\n")
      case .failed(let diagnostic):
        Terminal.report("\(clear)[\(number)/\(count)] \(cell) failed\n")
        Terminal.report(session.rendered([diagnostic]))
      case .skipped(let cause):
        Terminal.report("\(clear)[\(number)/\(count)] \(cell) skipped: `\(cause)` did not run\n")
      }
    }
  }
}
