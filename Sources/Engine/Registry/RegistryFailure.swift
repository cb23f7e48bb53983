package import Diagnostics
import Values

/// What is wrong with a registry, or with what was asked of it.
package enum RegistryFailure: Error, Sendable {
  case unknownModel(String, known: [String])
  case unknownVersion(name: String, version: Int, known: [Int], inUse: Int)
  case badReference(String)
  case badName(String)
  /// A file that is not as it was written.
  case damaged(file: String, why: String)
  /// A file of LightGBM's that would not be scored as it does.
  case foreignTrees(file: String, why: String, instead: String)
  case cannotWrite(file: String, why: String)
  /// A model that a file of LightGBM cannot hold.
  case notForLightGBM(String, why: String)
  /// A ranking model without the column of its lists.
  case needsGroup
  /// Another program has held the registry for long.
  case busy
  /// Nothing was in use before.
  case noEarlier(name: String, version: Int)
}

extension RegistryFailure {
  /// As a finding; `nil` where no program names the model.
  package func diagnostic(at span: Span?) -> Diagnostic {
    Diagnostic(
      code, Exit.escape(title, for: .terminal), at: span, label: label ?? "",
      help: help.map { Exit.escape($0, for: .terminal) })
  }

  private var code: DiagnosticCode {
    switch self {
    case .unknownModel, .unknownVersion, .badReference, .badName, .noEarlier: .unknownModel
    case .damaged, .foreignTrees: .damagedModel
    case .notForLightGBM, .needsGroup: .trainingFailed
    case .cannotWrite, .busy: .cannotWrite
    }
  }

  private var title: String {
    switch self {
    case .unknownModel(let name, _): "there is no model `\(name)`"
    case .unknownVersion(let name, let version, _, _): "`\(name)` has no version \(version)"
    case .badReference(let text): "`\(text)` is not the name of a model"
    case .badName(let name): "`\(name)` cannot be the name of a model"
    case .damaged(let file, _), .foreignTrees(let file, _, _):
      "the model in `\(Self.shown(file))` cannot be read"
    case .cannotWrite(let file, _): "`\(Self.shown(file))` cannot be written"
    case .notForLightGBM(let name, _): "`\(name)` cannot be a file of LightGBM"
    case .needsGroup: "this model puts the rows of a group in order, and the group is not named"
    case .busy: "another program is writing to the registry of models"
    case .noEarlier(let name, let version):
      "no version of `\(name)` was in use before version \(version)"
    }
  }

  /// From the folder of the project on: where that is says nothing to others.
  private static func shown(_ path: String) -> String {
    let parts = path.split(separator: "/")
    guard let start = parts.lastIndex(of: ".whom") else { return path }
    return parts[start...].joined(separator: "/")
  }

  private var label: String? {
    switch self {
    case .unknownModel, .unknownVersion: "not in the registry"
    case .badReference: "a name, or a name with a version"
    case .badName: "letters, digits, `_`, `-` and `.`"
    case .needsGroup: "a ranking model"
    case .damaged(_, let why), .cannotWrite(_, let why), .notForLightGBM(_, let why),
      .foreignTrees(_, let why, _):
      Exit.escape(why, for: .terminal)
    case .busy: "waited for ten seconds"
    case .noEarlier: nil
    }
  }

  private var help: [String] {
    switch self {
    case .unknownModel(let name, let known):
      if let near = Suggestion.nearest(to: name, in: known) { return ["did you mean `\(near)`?"] }
      return known.isEmpty
        ? ["none was saved yet: `... | train ... | save model \"churn\"`"]
        : ["models: \(known.map { "`\($0)`" }.joined(separator: ", "))"]
    case .unknownVersion(_, _, let known, let inUse):
      return [known.count == 1 ? "it has version \(inUse)" : Self.words(known, inUse)]
    case .badReference: return ["`model \"churn\"`, or `model \"churn@3\"` for its third version"]
    case .badName: return ["`save model \"churn\"`"]
    case .damaged(let file, _):
      return file.hasSuffix(".json") || file.hasSuffix(".parquet")
        ? ["train and save it again; another version may be whole"]
        : [
          "a file of trees has to be as LightGBM writes it: `booster.save_model`"
        ]
    case .foreignTrees(_, _, let instead): return [instead]
    case .cannotWrite: return []
    case .notForLightGBM: return ["without `--lightgbm` it is written whole, for Whom"]
    case .needsGroup: return ["name its column: `--group basket_id`"]
    case .busy: return ["try again when it has finished"]
    case .noEarlier: return ["`whom models promote name@version` puts any version in use"]
    }
  }

  private static func words(_ known: [Int], _ inUse: Int) -> String {
    "it has versions \(known.map(String.init).joined(separator: ", ")); \(inUse) is in use"
  }
}
