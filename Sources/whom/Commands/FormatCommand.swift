import ArgumentParser
import Diagnostics
import Formatting
import Glibc
import Notebooks

struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Lays out programs and the cells of notebooks.",
    discussion: """
      example: whom fmt report.whom notebooks/*.md
      Without files, standard input goes to standard output.
      """)

  @Argument(help: "Programs (.whom) and notebooks (.md), changed in place.")
  var files: [String] = []

  @Flag(help: "Change nothing; name the files that would change, and fail if there are any.")
  var check = false

  func run() throws {
    if files.isEmpty { return try formatInput() }
    var worst: Int32 = 0
    for file in files { worst = max(worst, format(file)) }
    if worst > 0 { throw ExitCode(worst) }
  }

  private func formatInput() throws {
    guard let text = InputText.read(nil) else { throw ExitCode(2) }
    guard let result = formatted(text, "<input>") else { throw ExitCode(2) }
    if check { throw ExitCode(result == text ? 0 : 1) }
    Terminal.write(result)
  }

  /// 0, or 1 where a checked file would change, or 2 where it cannot be read or written.
  private func format(_ file: String) -> Int32 {
    guard let text = InputText.read(file) else {
      Terminal.report(InputText.complaint(file))
      return 2
    }
    guard let result = formatted(text, file) else { return 2 }
    if result == text { return 0 }
    if check {
      Terminal.write("\(file)\n")
      return 1
    }
    do throws(AtomicFile.Failure) {
      try AtomicFile.replace(file, with: result)
      return 0
    } catch {
      Terminal.report("whom: \(error)\n")
      return 2
    }
  }

  /// `nil` after what is wrong was reported.
  private func formatted(_ text: String, _ name: String) -> String? {
    guard !text.unicodeScalars.contains("\u{FFFD}") else {
      Terminal.report("whom: `\(name)` holds bytes that are not UTF-8\n")
      return nil
    }
    var sources = SourceMap()
    let file = sources.add(name: name, text: text)
    do throws(SourceFormatter.Failure) {
      return name.hasSuffix(".md")
        ? try NotebookFormatter.format(file) : try SourceFormatter.format(file)
    } catch {
      switch error {
      case .mistakes(let findings):
        let renderer = DiagnosticRenderer(
          sources, width: Terminal.width, isColoured: Terminal.areErrorsColoured)
        Terminal.report(renderer.render(findings))
      case .changedMeaning:
        Terminal.report("whom: `\(name)` cannot be laid out; this is a defect of Whom\n")
      }
      return nil
    }
  }
}
