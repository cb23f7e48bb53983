import Estimation
import Models
import Values

extension ModelRegistry {
  /// Puts a version in use: `churn@2`.
  package func promote(_ reference: String) throws(RegistryFailure) -> Receipt {
    let (index, version) = try find(reference)
    return try change(index.name) { index in
      let isKnown = index.inUse == version.number
      if !isKnown { index.uses.append(version.number) }
      return Receipt(
        name: index.name, version: version.number, isKnown: isKnown, inUse: version.number)
    }
  }

  /// Puts the version in use that was before the one that is.
  package func rollBack(_ name: String) throws(RegistryFailure) -> Receipt {
    _ = try index(name)
    return try change(name) { index throws(RegistryFailure) in
      guard index.uses.count > 1 else {
        throw .noEarlier(name: name, version: index.inUse)
      }
      index.uses.removeLast()
      return Receipt(name: name, version: index.inUse, isKnown: false, inUse: index.inUse)
    }
  }

  /// Writes the document of a version; training rows and keys of rows stay here.
  package func export(_ reference: String, to path: String) throws(RegistryFailure) -> String {
    let (index, version) = try find(reference)
    _ = try document(of: version.object, expression: ModelExpression.read)
    let text = try Self.text(file(Self.modelFile, of: version.object))
    try RegistryFiles.replace(path, with: Array(text.utf8))
    return "\(index.name)@\(version.number)"
  }

  /// Takes a document from elsewhere, or a file that LightGBM wrote, once everything in it was checked.
  package func bringIn(
    _ path: String, as name: String, reading: LightGBMReading = LightGBMReading()
  ) throws(RegistryFailure) -> Receipt {
    var text = try Self.text(path)
    if Self.isLightGBM(text) { text = try Self.document(lightGBM: text, path, reading) }
    _ = try Self.document(text, path, ModelExpression.read)
    let draft = try RegistryDraft(self)
    defer { draft.discard() }
    try RegistryFiles.write([], to: "\(draft.folder)/\(Self.strangerFile)")
    let object = try draft.place(text)
    return try add(name, object: object, program: FilePaths.name(path))
  }

  /// Says that the training rows of a model stayed elsewhere.
  static let strangerFile = "without-rows"
}
