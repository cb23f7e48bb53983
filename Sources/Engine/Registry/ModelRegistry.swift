import Compiler
import Estimation
import Glibc
import Models
import Syntax
import Values

/// Saved models, in `.whom/models` of the project:
///
///     names/churn.json                the versions of `churn`, and which is in use
///     objects/<digest>/model.json     a model; the digest is that of this file
///     objects/<digest>/training.parquet   features and target of the rows it was trained on
///     objects/<digest>/keys.parquet   keyed digests of the keys of these rows, sorted
///     lock                            held while `names` changes
///
/// A folder of `objects` appears as a whole, and never changes. Reading takes no lock.
package struct ModelRegistry: Sendable {
  package var folder: String

  package init(folder: String) { self.folder = folder }

  /// The registry of the project that a folder is in.
  package init(project: String) {
    folder = project.isEmpty ? ".whom/models" : "\(project)/.whom/models"
  }

  // MARK: Names

  package var names: [String] {
    FilePaths.names(in: "\(folder)/names").filter { $0.hasSuffix(".json") }
      .map { String($0.dropLast(5)) }.filter(ModelName.isFit)
  }

  func indexPath(_ name: String) -> String { "\(folder)/names/\(name).json" }

  package func index(_ name: String) throws(RegistryFailure) -> RegistryIndex {
    guard ModelName.isFit(name), let index = try known(name) else {
      throw .unknownModel(name, known: names)
    }
    return index
  }

  /// nil where none of the name was saved.
  func known(_ name: String) throws(RegistryFailure) -> RegistryIndex? {
    let path = indexPath(name)
    guard FilePaths.info(path) != nil else { return nil }
    let index: RegistryIndex
    do {
      index = try RegistryIndex(encoded: Self.text(path))
    } catch let error as EstimationError {
      throw .damaged(file: path, why: error.reason)
    } catch {
      throw .damaged(file: path, why: "it cannot be read")
    }
    guard index.name == name else { throw .damaged(file: path, why: "it is of another name") }
    return index
  }

  /// `churn`, the version in use, or `churn@3`.
  package func find(
    _ reference: String
  ) throws(RegistryFailure) -> (index: RegistryIndex, version: RegistryIndex.Version) {
    let parts = reference.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count <= 2, let name = parts.first else { throw .badReference(reference) }
    var wanted: Int?
    if parts.count == 2 {
      guard let number = Int(parts[1]), number > 0 else { throw .badReference(reference) }
      wanted = number
    }
    let index = try index(String(name))
    let number = wanted ?? index.inUse
    guard let version = index.version(number) else {
      throw .unknownVersion(
        name: index.name, version: number, known: index.versions.map(\.number),
        inUse: index.inUse)
    }
    return (index, version)
  }

  // MARK: Objects

  package func file(_ name: String, of object: String) -> String {
    "\(folder)/objects/\(object)/\(name)"
  }

  /// The model of a version, with everything in it checked.
  func document(
    of object: String, expression: (String) -> Expr?
  ) throws(RegistryFailure) -> ModelDocument {
    let path = file(Self.modelFile, of: object)
    let text = try Self.text(path)
    guard SHA256.digest(of: Array(text.utf8)) == object else {
      throw .damaged(file: path, why: "it was changed after it was written")
    }
    return try Self.document(text, path, expression)
  }

  static func document(
    _ text: String, _ path: String, _ expression: (String) -> Expr?
  ) throws(RegistryFailure) -> ModelDocument {
    do {
      return try ModelDocument(encoded: text, expression: expression)
    } catch {
      throw .damaged(file: path, why: error.reason)
    }
  }

  static let modelFile = "model.json"
  static let trainingFile = "training.parquet"
  static let keysFile = "keys.parquet"
  /// Larger than any model that could be of use.
  private static let sizeLimit = 1 << 30

  static func text(_ path: String) throws(RegistryFailure) -> String {
    guard let info = FilePaths.info(path) else { throw .damaged(file: path, why: "it is gone") }
    guard info.isRegular else { throw .damaged(file: path, why: "this is no file") }
    guard info.size <= sizeLimit else { throw .damaged(file: path, why: "it is too large") }
    guard let text = FilePaths.text(path) else {
      throw .damaged(file: path, why: FilePaths.lastProblem)
    }
    return text
  }
}

extension EstimationError {
  /// What is wrong with a file, without saying that it is a model.
  var reason: String {
    if case .unreadableModel(let why) = self { return why }
    return message
  }
}
