package import Diagnostics
import Syntax
import Values

/// Settles names, types and missing values of a program, statement by statement, and lowers its
/// pipelines to plans. It asks the catalogue for schemas and reads no rows. One checker serves a
/// whole notebook or a session at the prompt: its scope grows with each statement.
package final class Checker {
  package let catalog: any Catalog
  /// Settled before the first statement, and at the prompt between statements.
  package var constants: RunConstants
  /// What was set from outside for `param` statements, with its origin.
  package var settings: [String: ParameterSetting]
  /// `it` is allowed: we are at the prompt.
  package var isPrompt: Bool
  /// What the statements reported so far; taken by `takeDiagnostics`.
  var diagnostics: [Diagnostic] = []
  var scope = Scope()
  /// What every program sees.
  var prelude = Scope()
  package private(set) var parameters: [ProgramParameter] = []
  /// Where each of them is declared, by its name.
  private(set) var parameterPlaces: [String: Span] = [:]
  /// The names of all `param` statements, those with a mistake included.
  package internal(set) var parameterNames: [String] = []
  var nextBinding = 0
  /// Which bindings hold a relation of the program, and which the current statement uses.
  var uses: Set<BindingID> = []
  var steps: [Step] = []
  /// Stand for the files that the current statement writes.
  var written: [BindingID] = []
  /// Functions being expanded, innermost last: for recursion and for notes.
  var expansions: [Expansion] = []
  /// Calls of functions with the relations that they became, the inner ones first: for cards.
  var calls: [ExpandedCall] = []
  /// What goes into the stage at hand: where a column that is not there may have been lost.
  var incoming: LogicalPlan?
  /// Whom the rows are about of relations that leave.
  var peopleTrace = PeopleTrace()
  /// What single values that a run works out are made of.
  var runValues: [BindingID: TypedExpr] = [:]
  /// What was read with columns that look personal, by the engine's name for it.
  var suspects: [[String]: SuspectSource] = [:]
  /// Names that statements further down bind.
  var upcoming: [String: Span] = [:]
  /// Names that blocks above have bound for themselves.
  var blockNames: [String: Span] = [:]
  /// Names whose declaration had a mistake: their uses are silent.
  var failedNames: Set<String> = []
  /// Functions and metrics likewise, those among them that have the name of one of the language.
  var failedFunctions: Set<String> = []
  /// Inside of blocks, and whether the run may leave the block at hand out.
  var blockDepth = 0
  var mayNotRun = false
  /// A call in the stage at hand that Whom works out itself.
  var hostCall: Span?
  /// Whether the statement at hand has one.
  var sawHostCall = false
  /// Rounds of `for` in the current statement.
  var roundCount = 0
  /// The public functions of each module, by the name of its source.
  var loadedModules: [String: ModuleContents] = [:]
  /// The modules that are being read, outermost first, with the `use` that led into each.
  var openModules: [(name: String, use: Span)] = []

  struct Expansion {
    var name: String
    var call: Span
    /// Where the function stands, from its name to its end.
    var function: Span
  }

  package init(
    catalog: any Catalog, constants: RunConstants, settings: [String: ParameterSetting] = [:],
    isPrompt: Bool = false
  ) {
    self.catalog = catalog
    self.constants = constants
    self.settings = settings
    self.isPrompt = isPrompt
  }

  /// The findings since the last call.
  package func takeDiagnostics() -> [Diagnostic] {
    defer { diagnostics = [] }
    return diagnostics
  }

  /// Inside a function the line of the function is shown second, the call first.
  func report(_ diagnostic: Diagnostic) {
    guard let outermost = expansions.first else {
      diagnostics.append(diagnostic)
      return
    }
    var moved = diagnostic
    if let inner = diagnostic.span, inner.file != outermost.call.file || !expansions.isEmpty {
      moved.notes.insert(Diagnostic.Note(diagnostic.label, at: inner), at: 0)
      moved.span = outermost.call
      moved.label = "in this call of `\(outermost.name)`"
    }
    if !diagnostics.contains(moved) { diagnostics.append(moved) }
  }

  /// Names that the parser could not make out the declaration of.
  package func excuse(_ names: [String]) { failedNames.formUnion(names) }

  func newBinding() -> BindingID {
    nextBinding += 1
    return BindingID(nextBinding)
  }

  func add(parameter: ProgramParameter) {
    parameters.append(parameter)
    parameterPlaces[parameter.name] = parameterPlaces[parameter.name] ?? parameter.span
  }
}

/// A value given from outside, as text or as a value, with where it came from.
package struct ParameterSetting: Hashable, Sendable {
  package var text: String
  package var origin: ProgramParameter.Origin
  package init(text: String, origin: ProgramParameter.Origin) {
    self.text = text
    self.origin = origin
  }
}
