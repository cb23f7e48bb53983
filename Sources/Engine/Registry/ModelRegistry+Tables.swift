import Compiler
import Diagnostics
import Estimation
import Models
package import Values

// What people are shown of the registry.
extension ModelRegistry {
  /// The registry of the project that a folder is in; the current one when it is empty.
  package init(near folder: String) { self.init(project: ProjectFolder.of(folder)) }

  /// A row for each name: the version in use and how it came to be.
  package func list() -> ResultTable {
    let rows = names.map { name -> [Value] in
      do throws(RegistryFailure) {
        let (index, version) = try find(name)
        let model = try document(version).model
        return [
          .text(name), .int(Int64(version.number)), .int(Int64(index.versions.count)),
          .text(model.shape.estimator.name), .text(model.history.formula), .text(version.saved),
          .text(version.program),
        ]
      } catch {
        let why = error.diagnostic(at: nil)
        return [
          .text(name), .null, .null, .null, .text("\(why.title): \(why.label)"), .null, .null,
        ]
      }
    }
    return Self.table(
      [
        ("name", .text), ("in_use", .int), ("versions", .int), ("estimator", .text),
        ("formula", .text), ("saved", .text), ("program", .text),
      ], rows)
  }

  /// The card of a version, and all versions of its name.
  package func show(
    _ reference: String
  ) throws(RegistryFailure) -> (title: String, card: ResultTable, versions: ResultTable) {
    let (index, version) = try find(reference)
    let document = try document(version)
    let rows = Self.card(document).map { [Value.text($0.item), .text($0.value)] }
    let versions = index.versions.map { version -> [Value] in
      [
        .int(Int64(version.number)), .bool(version.number == index.inUse), .text(version.saved),
        .text(version.program), .text(String(version.object.prefix(12))),
      ]
    }
    return (
      "\(index.name)@\(version.number)", Self.table([("item", .text), ("value", .text)], rows),
      Self.table(
        [
          ("version", .int), ("in_use", .bool), ("saved", .text), ("program", .text),
          ("object", .text),
        ], versions)
    )
  }

  /// What the cards of two versions say differently.
  package func differences(_ a: String, _ b: String) throws(RegistryFailure) -> ResultTable {
    let first = Self.card(try document(find(a).version))
    let second = Self.card(try document(find(b).version))
    var items: [String] = []
    for item in (first + second).map(\.item) where !items.contains(item) { items.append(item) }
    let rows = items.compactMap { item -> [Value]? in
      let values = [first, second].map { card in
        card.filter { $0.item == item }.map(\.value).joined(separator: "; ")
      }
      guard values[0] != values[1] else { return nil }
      return [.text(item)] + values.map { $0.isEmpty ? .null : .text($0) }
    }
    return Self.table([("item", .text), ("first", .text), ("second", .text)], rows)
  }

  private func document(_ version: RegistryIndex.Version) throws(RegistryFailure) -> ModelDocument {
    try document(of: version.object, expression: ModelExpression.read)
  }

  /// The card as `churn.card` has it, behind the keys of `by`, and where the rows came from.
  private static func card(_ document: ModelDocument) -> [(item: String, value: String)] {
    let keys = document.model.shape.keys.count
    let rows = document.model.rows(of: "card").map { row in
      let group = row.prefix(keys).map(ColumnFormat.plain).joined(separator: ", ")
      let item = ColumnFormat.plain(row[keys])
      return (
        item: group.isEmpty ? item : "\(item) (\(group))", value: ColumnFormat.plain(row[keys + 1])
      )
    }
    let digits = String(document.data.fingerprint.prefix(12))
    return digits.isEmpty ? rows : rows + [("training rows", digits)]
  }

  private static func table(_ columns: [(String, DataType)], _ rows: [[Value]]) -> ResultTable {
    ResultTable(
      schema: Schema(columns.map { Column($0.0, ValueType($0.1, nullable: true)) }),
      columns: columns.indices.map { place in rows.map { $0[place] } }, totalRows: rows.count)
  }
}
