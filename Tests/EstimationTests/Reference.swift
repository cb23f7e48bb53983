import Values
import Estimation
import Testing

/// What other programs say, from the reference files.
struct Reference {
  var node: ModelNode

  init(_ file: String) throws {
    let text = try #require(CSVFile.read("\(CSVFile.shared)/reference/\(file).json"))
    node = try ModelNode(encoded: text)
  }

  init(node: ModelNode) { self.node = node }

  subscript(_ name: String) -> Reference {
    get throws { Reference(node: try node.field(name)) }
  }

  var number: Double { get throws { try node.number() } }
}

/// Whether two numbers agree to a part of their size.
func agrees(_ a: Double?, _ b: Double, within tolerance: Double = 1e-6) -> Bool {
  guard let a else { return false }
  return abs(a - b) <= tolerance * max(abs(b), 1e-9)
}

extension FittedModel {
  func statistic(_ name: String) -> Double? { summary.first { $0.name == name }?.value }

  func coefficient(_ feature: String) -> Coefficient? {
    coefficients.first { $0.feature == feature }
  }
}

extension Estimator {
  /// Prepares, fits and gives the model, as simply as a test can ask.
  func fitted(
    _ frame: Frame, _ target: Target, columns: [String]? = nil, formula: Formula? = nil,
    bases: [String: String] = [:], weights: [Double]? = nil, offset: [Double]? = nil,
    _ arguments: [String: ArgumentValue] = [:], threads: Int = 2
  ) throws(EstimationError) -> any FittedModel {
    let formula = formula ?? Formula(columns: columns ?? frame.columns.map(\.name))
    let learned = try Preparation.learn(formula, from: frame, encoding: encoding, bases: bases)
    let design = try learned.preparation.design(frame)
    return try fitChecked(
      FitRequest(
        rows: TrainingRows(design: design, target: target, weights: weights, offset: offset),
        arguments: Arguments(arguments, for: parameters), threads: threads))
  }
}

extension Target {
  /// Yes or no.
  static func flags(_ values: [Bool]) -> Target {
    .classes(codes: values.map { $0 ? 1 : 0 }, labels: ["false", "true"])
  }
}
