import Compiler
import Diagnostics
import Estimation
import Models
import Syntax
import Values

/// What a file of LightGBM does not say of itself.
package struct LightGBMReading: Sendable {
  /// The column that the model predicts.
  package var target: String
  /// The column of the lists that a ranking model puts in order.
  package var group: String
  /// The texts that a model of several classes chooses among.
  package var classes: [String]

  package init(target: String = "", group: String = "", classes: [String] = []) {
    self.target = target
    self.group = group
    self.classes = classes
  }
}

/// What was written, and what its reader should know.
package struct ExportReceipt: Sendable {
  package var name: String
  package var notes: [String]

  package init(name: String, notes: [String] = []) {
    self.name = name
    self.notes = notes
  }
}

extension ModelRegistry {
  static func isLightGBM(_ text: String) -> Bool {
    text.hasPrefix("tree\n") || text.hasPrefix("tree\r\n")
  }

  /// The document of a model that LightGBM wrote; its features are columns of the same names.
  static func document(
    lightGBM text: String, _ path: String, _ reading: LightGBMReading
  ) throws(RegistryFailure) -> String {
    do {
      let model = try Model(
        lightGBM: text.replacing("\r\n", with: "\n"),
        labels: reading.classes.isEmpty ? nil : reading.classes, column: ExprText.name)
      return try document(of: model, reading)
    } catch let failure as RegistryFailure {
      throw failure
    } catch EstimationError.foreignTrees(let why, let instead) {
      throw .foreignTrees(file: path, why: why, instead: instead)
    } catch let error as EstimationError {
      throw .damaged(file: path, why: error.reason)
    } catch {
      throw .damaged(file: path, why: "\(error)")
    }
  }

  private static func document(
    of model: Model, _ reading: LightGBMReading
  ) throws(RegistryFailure) -> String {
    guard let estimator = Estimator.named(model.estimator) else { return "" }
    let answer: ModelAnswer =
      switch model.task.kind {
      case .regression: .number
      case .binary: .probability
      case .multiclass: .classes
      case .ranking: .rank
      case .survival: .risk
      }
    let target = reading.target.isEmpty ? "target" : ExprText.name(reading.target)
    var roles: [String: ModelInput] = [:]
    if model.task.kind == .ranking {
      guard !reading.group.isEmpty else { throw .needsGroup }
      roles["group"] = input(ExprText.name(reading.group), .text)
    }
    let features = model.preparation.columns.map { column in
      let isCategory = if case .category = column.kind { true } else { false }
      return input(column.name, isCategory ? .text : .float)
    }
    let shape = ModelShape(
      estimator: estimator.signature, answer: answer, target: input(target, answer.targetType),
      features: features, terms: features.map { [$0.text] }, hasIntercept: true, roles: roles,
      keys: [], searched: [])
    let history = ModelHistory(
      formula: "\(target) ~ " + features.map(\.text).joined(separator: " + "),
      settings: ["made by LightGBM"], rows: 0, seed: 0, protected: [], notices: [])
    return ModelDocument(
      TrainedModel(
        shape: shape,
        members: [.init(keys: [], model: model, metrics: [], isCrossValidated: false)],
        history: history),
      TrainingData(fingerprint: "", rows: 0)
    ).encoded
  }

  private static func input(_ text: String, _ type: DataType) -> ModelInput {
    ModelInput(
      text: text, type: type, expr: Expr(.missing, Span(file: FileID(0), start: 0, end: 0)))
  }

  /// Writes the trees of a version for LightGBM's own programs.
  package func exportLightGBM(
    _ reference: String, to path: String
  ) throws(RegistryFailure) -> ExportReceipt {
    let (index, version) = try find(reference)
    let name = "\(index.name)@\(version.number)"
    let trained = try document(of: version.object, expression: ModelExpression.read).model
    guard trained.members.count == 1, let model = trained.members.first?.model else {
      throw .notForLightGBM(name, why: "it is one model for each group")
    }
    guard model.calibration == nil else {
      throw .notForLightGBM(name, why: "its probabilities are calibrated, which no such file says")
    }
    let text: String?
    do throws(EstimationError) {
      text = try model.lightGBMText
    } catch {
      throw .notForLightGBM(name, why: error.reason)
    }
    guard let text else { throw .notForLightGBM(name, why: "a `\(model.estimator)` has no trees") }
    try RegistryFiles.replace(path, with: Array(text.utf8))
    return ExportReceipt(name: name, notes: notes(trained, model))
  }

  private func notes(_ trained: TrainedModel, _ model: Model) -> [String] {
    var notes: [String] = []
    for column in model.preparation.columns {
      switch column.kind {
      case .category(let levels) where levels.missing != nil:
        notes.append("missing values of `\(column.name)` are its category `(missing)` there")
      case .date:
        notes.append(
          "`\(column.name)` is days since 1970-01-01 there, with its month and weekday from 0 on")
      case .category, .number, .boolean: break
      }
    }
    if trained.shape.role(.offset) != nil { notes.append("the offset is added to the raw score") }
    return notes
  }
}

extension ModelAnswer {
  fileprivate var targetType: DataType {
    switch self {
    case .number: .float
    case .probability: .bool
    case .classes: .text
    case .rank: .int
    // Never of a LightGBM file, which knows no times.
    case .risk: .float
    }
  }
}
