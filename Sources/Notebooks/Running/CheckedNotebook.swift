import Compiler
package import Diagnostics
package import Engine
import Reporting
import Syntax
import Values

/// A notebook whose every cell and inline value was parsed and checked, before anything runs.
package struct CheckedNotebook: Sendable {
  package var notebook: Notebook
  package var source: SourceFile
  var cells: [CheckedCell]
  /// In the order of the notebook; `nil` where the value could not be checked.
  var inlineValues: [CheckedStatement?]
  package var diagnostics: [Diagnostic]
  var dependencies: Dependencies

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

struct CheckedCell: Sendable {
  /// `when`: the cell runs only where it holds.
  var condition: CheckedStatement?
  var statements: [CheckedStatement]
  var code: HighlightedCode
}

extension CheckedNotebook {
  /// Checks a notebook in the order in which it will run, inline values where they stand.
  package init(
    _ text: String, name: String, in session: Session, project: ProjectFile = ProjectFile()
  ) {
    source = session.add(name: name, text: text)
    let (notebook, problems) = NotebookParser.parse(source, project)
    self.notebook = notebook
    diagnostics = problems
    cells = []
    inlineValues = []
    dependencies = Dependencies([])
    var next = 0
    for (index, cell) in notebook.cells.enumerated() {
      checkInlineValues(upTo: index, &next, session)
      check(cell, session)
    }
    checkInlineValues(upTo: notebook.cells.count, &next, session)
    session.checker.reportLookAlikes()
    diagnostics += session.checker.takeDiagnostics()
    diagnostics += session.unknownSettings()
    dependencies = Dependencies(
      cells.map { CheckedNotebook.names($0.statements + ($0.condition.map { [$0] } ?? [])) })
  }

  private mutating func check(_ cell: Cell, _ session: Session) {
    let condition = cell.options.when.flatMap { value($0, session) }
    if let condition, let problem = Self.notACondition(condition) { diagnostics.append(problem) }
    let tree = Parser.parse(source, range: cell.code)
    let checked = session.check(tree, isEnd: false)
    // What is wrong with a file that several cells need is said once.
    diagnostics += checked.diagnostics.filter { new in
      !diagnostics.contains {
        $0.code == new.code && $0.span == new.span && $0.title == new.title
      }
    }
    cells.append(
      CheckedCell(
        condition: condition, statements: checked.statements,
        code: CodeHighlighter.highlight(tree, source, range: cell.code)))
  }

  /// A cell whose `when` is no condition would never run, and nobody would know why.
  private static func notACondition(_ statement: CheckedStatement) -> Diagnostic? {
    guard case .show(.value(let value), _)? = statement.steps.last, value.type.base != .bool
    else { return nil }
    return Diagnostic(
      .notABool, "`when` must be true or false", at: statement.span,
      label: "this is \(value.type)", help: ["compare it: `when: $region == \"EMEA\"`"])
  }

  private mutating func checkInlineValues(
    upTo cells: Int, _ next: inout Int, _ session: Session
  ) {
    while next < notebook.inlineExprs.count, notebook.inlineExprs[next].cellsAbove <= cells {
      inlineValues.append(value(notebook.inlineExprs[next].expr, session))
      next += 1
    }
  }

  /// A pipeline of its own that gives a value; `nil` after a mistake was reported.
  private mutating func value(_ range: Span, _ session: Session) -> CheckedStatement? {
    let (pipeline, problems) = Parser.parsePipeline(source, range: range)
    diagnostics += problems
    let statement = problems.isEmpty ? session.checkInline(pipeline) : nil
    diagnostics += session.checker.takeDiagnostics()
    return statement
  }

  private static func names(_ statements: [CheckedStatement]) -> Dependencies.Names {
    let binds = Set(statements.flatMap(\.defines).map { "\($0.number)" })
    let reads = Set(statements.flatMap(\.uses).map { "\($0.number)" })
    return Dependencies.Names(binds: binds, reads: reads.subtracting(binds))
  }

  /// The cells that bind what an inline value reads.
  func cellsRead(by statement: CheckedStatement) -> [Int] {
    cells.indices.filter { index in
      cells[index].statements.contains { $0.defines.contains(where: statement.uses.contains) }
    }
  }
}
