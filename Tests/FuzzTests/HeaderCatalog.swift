import Compiler
import Diagnostics
import StandardLibrary
import Values

/// Knows the files of the corpus by their headers alone, so that the checker can be driven without
/// an engine. Types are guessed from the first row.
final class HeaderCatalog: Catalog {
  private var files: [SourceFile] = []
  private(set) var map = SourceMap()
  private static let known: [String: Schema] = {
    var schemas: [String: Schema] = [:]
    for name in ["orders", "customers", "events", "touches", "messages", "sales", "policies"] {
      guard let bytes = Seeds.read("\(Seeds.root)/Tests/Corpus/data/\(name).csv") else { continue }
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").prefix(2)
      guard let head = lines.first, let row = lines.last else { continue }
      let cells = row.split(separator: ",", omittingEmptySubsequences: false)
      schemas[name] = Schema(
        zip(head.split(separator: ","), cells).map { Column(String($0), type(of: $1)) })
    }
    return schemas
  }()

  func add(_ name: String, _ text: String) -> SourceFile { map.add(name: name, text: text) }

  private static func type(of cell: Substring) -> ValueType {
    if Int(cell) != nil { return ValueType(.int, nullable: true) }
    if Double(cell) != nil { return ValueType(.float, nullable: true) }
    let parts = cell.split(separator: "-")
    if parts.count == 3, parts.allSatisfy({ Int($0) != nil }) {
      return ValueType(.date, nullable: true)
    }
    return ValueType(.text, nullable: true)
  }

  func source(_ request: SourceRequest) -> Result<SourceDescription, Diagnostic> {
    let stem = request.path.split(separator: "/").last?.split(separator: ".").first ?? "file"
    let schema = Self.known[String(stem)] ?? Self.known["orders"] ?? Schema([])
    return .success(
      SourceDescription(path: [request.path], schema: schema, name: String(stem)))
  }

  func table(_ path: [String], at span: Span) -> Result<SourceDescription, Diagnostic>? { nil }

  func query(_ text: SQLText, at span: Span) -> Result<SQLDescription, Diagnostic> {
    .success(
      SQLDescription(
        schema: Schema([Column("a", ValueType(.int, nullable: true))]), casts: []))
  }

  func promise(_ target: SaveTarget, _ schema: Schema, by statement: BindingID) {}

  func module(_ request: ModuleRequest) -> Result<SourceFile, Diagnostic> {
    if case .library(let name) = request.reference, let found = StandardLibrary.source(of: name) {
      return .success(add(found.name, found.text))
    }
    return .failure(Diagnostic(.unknownModule, "there is no such module", at: request.span))
  }

  func modules(declaring function: String) -> [String] { [] }
}
