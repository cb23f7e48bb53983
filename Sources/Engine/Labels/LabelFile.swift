import Compiler
import Diagnostics
import Syntax

/// `labels.whom`: what columns of sources mean, for every program that reads them.
///
///     read "data/customers.csv" | label email = pii, customer_id = pseudonym
///     sales.customers | label phone = pii
///
/// It is a program like any other: it can be checked and laid out. Read for others, only its labels
/// count.
struct LabelFile {
  static let name = "labels.whom"

  struct Entry {
    var source: LabelledSource
    /// `email = pii`, with their places in the file.
    var items: [Item]
  }

  private(set) var entries: [Entry] = []
  /// What is wrong with it; then none of it counts, and nothing that it may speak of is read.
  private(set) var problems: [Diagnostic]

  init(_ file: SourceFile, folder: String) {
    let tree = Parser.parse(file)
    problems = tree.diagnostics
    for statement in tree.statements {
      if let entry = Self.entry(statement, folder) {
        entries.append(entry)
      } else if problems.isEmpty {
        problems.append(.labelsNothing(at: statement.span))
      }
    }
  }

  private static func entry(_ statement: Statement, _ folder: String) -> Entry? {
    guard case .pipeline(let pipeline) = statement.kind, !pipeline.stages.isEmpty,
      let source = source(pipeline.head, folder)
    else { return nil }
    let areLabels = pipeline.stages.allSatisfy { $0.isVerb && $0.path.first?.text == "label" }
    return areLabels ? Entry(source: source, items: pipeline.stages.flatMap(\.items)) : nil
  }

  private static func source(_ head: Expr, _ folder: String) -> LabelledSource? {
    switch head.kind {
    case .source(.read, let path): return file(path, folder)
    case .call(let name, let arguments) where name.text == "read":
      guard case .text(let path)? = arguments.first?.value.kind else { return nil }
      return file(path, folder)
    case .name(let table): return .table([table])
    case .field(let base, let table):
      guard case .name(let schema) = base.kind else { return nil }
      return .table([schema, table.text])
    default: return nil
    }
  }

  private static func file(_ path: TextLiteral, _ folder: String) -> LabelledSource? {
    path.plain.map { .files(FilePaths.located(FilePaths.resolve($0, from: folder))) }
  }
}

/// What labels are for.
enum LabelledSource: Hashable {
  /// A path from the top of the file system; may be a pattern.
  case files(String)
  /// The parts of its name.
  case table([String])

  /// Whether one of them is the other, or among what it stands for.
  func meets(_ other: LabelledSource) -> Bool {
    switch (self, other) {
    case (.files(let a), .files(let b)):
      a == b || FilePaths.matches(a, b) || FilePaths.matches(b, a)
    case (.table(let a), .table(let b)): a == b
    case (.files, .table), (.table, .files): false
    }
  }
}

extension Diagnostic {
  fileprivate static func labelsNothing(at span: Span) -> Diagnostic {
    Diagnostic(
      .badLabels, "`\(LabelFile.name)` holds labels of sources alone", at: span,
      label: "not a source and `label`",
      help: [
        "as `read \"customers.csv\" | label email = pii`, or a table: `crm.people | label ...`"
      ])
  }
}
