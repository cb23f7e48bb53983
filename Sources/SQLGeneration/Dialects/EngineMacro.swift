import Compiler
package import SQLTree

/// A name for what would make statements hard to read, made in the engine's session before the
/// first statement that uses it (making one takes some 0.4 ms).
package struct EngineMacro: Hashable, Sendable {
  package var name: String
  /// `create or replace macro floor_mod(a, b) as ...`
  package var definition: String
  /// Macros that this one calls.
  package var needs: [String]

  init(name: String, definition: String, needs: [String] = []) {
    self.name = name
    self.definition = definition
    self.needs = needs
  }
}

extension Dialect {
  /// What must be run before a statement is; `known` are there already.
  ///
  ///     session.run(dialect.prelude(for: statement, known: session.macros))
  package func prelude(
    for statement: SQLStatement, known: Set<String> = []
  ) -> [EngineMacro] {
    prelude(for: native(statement).functionNames, known: known)
  }

  /// What of the statement this engine has no way to do, in words; nil where it can do all.
  package func unsupported(in statement: SQLStatement) -> String? {
    guard name != .duckDB else { return nil }
    var words: String?
    native(statement).query?.visit { expr in
      if let found = PostgreSQLForms.refusal(expr) { words = found }
    }
    return words
  }

  func prelude(for functions: Set<String>, known: Set<String>) -> [EngineMacro] {
    var wanted = functions
    let all = macros
    for macro in all.reversed() where wanted.contains(macro.name) {
      wanted.formUnion(macro.needs)
    }
    return all.filter { wanted.contains($0.name) && !known.contains($0.name) }
  }

  /// In an order in which each stands behind those it needs.
  private var macros: [EngineMacro] {
    switch name {
    case .duckDB: Dialect.duckDBMacros
    case .postgreSQL: Dialect.postgreSQLMacros
    }
  }

  /// What this engine writes otherwise; nil where it writes all as the lowering does.
  private var forms: ((SQLExpr) -> SQLExpr)? {
    switch name {
    case .duckDB: nil
    case .postgreSQL: PostgreSQLForms.native
    }
  }

  /// The statement as this engine has it: what is called otherwise is called by its name.
  func native(_ statement: SQLStatement) -> SQLStatement {
    guard let forms else { return statement }
    return PlannerFences.fenced(statement.mapExpressions(forms))
  }

  func native(_ expr: SQLExpr) -> SQLExpr { forms.map(expr.mapDeep) ?? expr }

  func native(_ piece: SQLPiece) -> SQLPiece {
    guard let forms else { return piece }
    return PlannerFences.fenced(piece.mapExpressions(forms))
  }
}
