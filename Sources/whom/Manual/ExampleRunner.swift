import Compiler
import Diagnostics
import Engine
import Reporting

/// Runs the examples of one page one after another, as the cells of a notebook, and says what each
/// shows. Files are looked for from the folder of the manual; nothing is written.
struct ExampleRunner {
  enum Outcome {
    /// A line that stands behind the program as a comment.
    case value(String)
    case output(String)
    case failed(String)
  }

  /// 2025-06-30, so that `today()` is the same in every edition.
  private static let now: Int64 = 20_269 * 86_400_000_000

  private let session: Session
  private let folder: String
  private let printer: ResultPrinter

  init(folder: String, setup: String) {
    session = Session(Session.Options(now: Self.now))
    self.folder = folder
    var printer = ResultPrinter(.table, rows: 8)
    printer.width = 100
    printer.isStyled = false
    self.printer = printer
    if !setup.isEmpty { _ = run(setup) }
  }

  func run(_ program: String) -> Outcome {
    let checked = session.check(session.add(name: "\(folder)/example.whom", text: program))
    var findings = checked.diagnostics
    var results: [StepResult] = []
    let writes = checked.statements.contains { statement in
      statement.steps.flatMap(\.all).contains { if case .save = $0 { true } else { false } }
    }
    if !checked.hasErrors, !writes {
      for statement in checked.statements {
        do throws(Diagnostic) {
          results += try session.run(statement, rows: printer.wantedRows)
        } catch {
          findings.append(error)
          break
        }
      }
    }
    if !findings.isEmpty { return .failed(words(findings)) }
    if results.count == 1, case .value = results[0] {
      let text = trimmed(printer.text(results[0]))
      if !text.contains("\n"), !text.isEmpty { return .value(text) }
    }
    return .output(trimmed(results.map(printer.text).joined(separator: "\n")))
  }

  private func words(_ findings: [Diagnostic]) -> String {
    let text = DiagnosticRenderer(session.sources, width: 100).render(findings)
    return trimmed(text.replacing("\(folder)/", with: ""))
  }

  private func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
