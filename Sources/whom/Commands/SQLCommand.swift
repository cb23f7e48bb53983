import ArgumentParser
import Compiler
import Engine
import Values

struct SQLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql", abstract: "Shows the SQL that a program becomes.",
    discussion: "example: whom sql report.whom")

  @Argument(help: "A program, FILE.whom; standard input when not given.")
  var file: String?

  @Option(name: [.customShort("c")], parsing: .unconditional, help: "The program itself.")
  var code: String?

  @OptionGroup var program: ProgramOptions

  func run() throws {
    try InputText.refuseNotebook(
      file, "`whom sql` shows the SQL of programs; `:sql` that of a line")
    let session = try program.session(program.project(for: file))
    guard let source = code ?? InputText.read(file) else {
      Terminal.report(InputText.complaint(file))
      throw ExitCode(2)
    }
    let checked = session.check(session.add(name: file ?? "<command>", text: source))
    if !checked.diagnostics.isEmpty { Terminal.report(session.rendered(checked.diagnostics)) }
    if checked.hasErrors { throw ExitCode(2) }
    let plans = checked.statements.flatMap(\.steps).flatMap(\.plans)
    let leftOut = plans.flatMap(session.leftOut)
    if !leftOut.isEmpty { Terminal.report(session.rendered(leftOut)) }
    let text = session.script(of: plans)
    Terminal.write(Terminal.isOutput ? Exit.lines(text) : text)
  }
}
