package import Diagnostics
package import Syntax
package import Values

/// Who knows what is in files and tables. The compiler asks; it never opens a file itself.
package protocol Catalog: AnyObject {
  /// Makes a source known to the engine and says its columns.
  func source(_ request: SourceRequest) -> Result<SourceDescription, Diagnostic>
  /// A table of the server that queries run on, by its name or by schema and name; nil where
  /// there is none.
  func table(_ path: [String], at span: Span) -> Result<SourceDescription, Diagnostic>?
  /// The columns of a query that the user wrote in SQL; an error where it is not one `select`.
  func query(_ text: SQLText, at span: Span) -> Result<SQLDescription, Diagnostic>
  /// A statement of the program will write this file: whoever reads it further down gets these
  /// columns, and waits for that statement.
  func promise(_ target: SaveTarget, _ schema: Schema, by statement: BindingID)
  /// What can be trained.
  var estimators: [EstimatorSignature] { get }
  /// A model that was saved: `model "churn"`, `model "churn@3"`.
  func model(_ reference: String, at span: Span) -> Result<ModelDescription, Diagnostic>
  /// A statement of the program will save a model under this name.
  func promise(model: SavedModel, by statement: BindingID)
  /// The text of a part of the program, for people.
  func text(at span: Span) -> String?
  /// The text of a module: of the standard library, or of a file beside the program.
  func module(_ request: ModuleRequest) -> Result<SourceFile, Diagnostic>
  /// The modules of the library that declare a function of this name.
  func modules(declaring function: String) -> [String]
}

/// `read "data/orders.csv"`, with the options given.
package struct SourceRequest: Hashable, Sendable {
  package var path: String
  package var options: [Option]
  package var span: Span
  package init(path: String, options: [Option], span: Span) {
    self.path = path
    self.options = options
    self.span = span
  }

  package struct Option: Hashable, Sendable {
    package var name: String
    package var value: Value
    package var span: Span
    package init(name: String, value: Value, span: Span) {
      self.name = name
      self.value = value
      self.span = span
    }
  }
}

package struct SourceDescription: Sendable {
  /// The parts of the engine's name for it.
  package var path: [String]
  package var schema: Schema
  /// The name a person would give it: the stem of the file.
  package var name: String
  package var warnings: [Diagnostic]
  /// The statement that writes it, when the program itself does.
  package var writtenBy: BindingID?
  /// Columns that have to be cast to the types that Whom has.
  package var casts: Set<String> = []
  /// Columns that say what clocks of a zone showed.
  package var clocks: Scan.Clocks?
  /// Columns that tell the rows apart, for a table that says so.
  package var keys: [[String]] = []
  /// What stands in `labels.whom` of its columns: `email = pii`.
  package var labels: [Item] = []
  /// Columns whose values look personal.
  package var lookAlikes: [String: LookAlike] = [:]
  /// Columns whose values cannot be personal, whatever their names say.
  package var plainColumns: Set<String> = []
  /// Whether its rows have an order of their own, as the lines of a file do.
  package var isOrdered = true
  package init(path: [String], schema: Schema, name: String, warnings: [Diagnostic] = []) {
    self.path = path
    self.schema = schema
    self.name = name
    self.warnings = warnings
  }
}

/// A model of the registry, as far as checking needs it.
package struct ModelDescription: Sendable {
  package var use: ModelUse
  package var shape: ModelShape
  /// Features and target of the rows that it was trained on.
  package var training: SourceDescription
  /// The keys of these rows, where some column told them apart.
  package var keys: Keys?
  /// The same and where they came from, of a model that this program saves before it uses it.
  package var programKeys: TrainedKeys?
  package var source: LogicalPlan?

  package struct Keys: Sendable {
    package var columns: [Column]
    package var digests: SourceDescription
    package var salt: String

    package init(columns: [Column], digests: SourceDescription, salt: String) {
      self.columns = columns
      self.digests = digests
      self.salt = salt
    }
  }

  package init(
    use: ModelUse, shape: ModelShape, training: SourceDescription, keys: Keys? = nil
  ) {
    self.keys = keys
    self.use = use
    self.shape = shape
    self.training = training
  }
}

package struct ModuleRequest: Hashable, Sendable {
  package enum Reference: Hashable, Sendable {
    case library(String)
    case file(String)
  }
  package var reference: Reference
  package var span: Span
}

extension Catalog {
  /// Without a library nothing can be trained.
  package var estimators: [EstimatorSignature] { [] }
  package func model(
    _ reference: String, at span: Span
  ) -> Result<ModelDescription, Diagnostic> {
    .failure(.unknownModel(reference, known: [], at: span))
  }
  package func promise(model: SavedModel, by statement: BindingID) {}
  package func text(at span: Span) -> String? { nil }

  /// Without a server there are no tables.
  package func table(
    _ path: [String], at span: Span
  ) -> Result<SourceDescription, Diagnostic>? { nil }
}
