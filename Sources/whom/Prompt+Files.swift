import ArgumentParser
import Engine
import Glibc
import REPL
import Values

// Notebooks, models and the editor, from the prompt.
extension Prompt {
  var files: [REPLCommand] {
    [
      REPLCommand(
        "run", argument: "NB.md", of: .file, summary: "run a notebook to a report in out/",
        run: run(notebook:)),
      REPLCommand("models", summary: "the models that were saved", run: { _ in models }),
      REPLCommand(
        "edit", argument: "[TEXT]", of: .program,
        summary: "write a longer input in $EDITOR, from the last one on", answer: edit),
    ]
  }

  /// In a session of its own, as on the command line.
  private func run(notebook path: String) -> String {
    do {
      let command = try RunCommand.parse([path])
      try command.run()
    } catch let code as ExitCode {
      return "ended with code \(code.rawValue)"
    } catch {
      return Exit.escape(RunCommand.message(for: error), for: .terminal)
    }
    return ""
  }

  private var models: String {
    let table = ModelRegistry(near: "").list()
    if table.rowCount == 0 { return "no model was saved yet" }
    return Self.trimmed(printer.text(.table(table, title: nil)))
  }

  /// What the editor leaves is run.
  private func edit(_ text: String) -> REPLCommand.Answer {
    let editor =
      ["VISUAL", "EDITOR"].compactMap(Terminal.environment).first { !$0.isEmpty } ?? "vi"
    var name = Array("/tmp/whom-XXXXXX.whom".utf8CString)
    let file = mkstemps(&name, 5)
    guard file >= 0 else {
      return .text("cannot write to /tmp: \(String(cString: strerror(errno)))")
    }
    let path = name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    defer { unlink(path) }
    Terminal.write((text.isEmpty ? log.lastInput : text) + "\n", to: file)
    close(file)
    guard Subprocess.run(editor, [path]) == 0 else {
      return .text("`\(Exit.escape(editor, for: .terminal))` failed; nothing is run")
    }
    return .program(InputText.read(path) ?? "")
  }
}
