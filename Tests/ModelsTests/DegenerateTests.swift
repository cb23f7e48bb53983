import Columnar
import Compiler
import Diagnostics
import Engine
import Estimation
import Models
import Testing
import Values

/// Rows that no model should be made of, and rows that are merely ugly, given to every estimator
/// by programs: each ends with a model whose figures are numbers, or with a finding that says what
/// to do.
@Suite("Rows of all kinds of trouble", .serialized)
struct DegenerateTests {
  /// What is trained, by the kind of its target.
  private static let estimators: [(String, target: String)] = [
    ("linear", "y"), ("logistic", "t"), ("glm(family = \"poisson\")", "c"),
    ("glm(family = \"gamma\")", "pos"), ("glm(family = \"negative_binomial\")", "c"),
    ("glm(family = \"binomial\", link = \"cloglog\")", "t"),
    ("elastic_net(steps = 8, folds = 3)", "y"), ("elastic_net(steps = 8, folds = 3)", "t"),
    ("logistic(penalty = \"l2\")", "t"), ("boosted_trees(rounds = 4)", "t"),
    ("boosted_trees(rounds = 4, loss = \"quantile\")", "y"), ("random_forest(rounds = 4)", "k3"),
    ("ranker(group = g, rounds = 4)", "c"), ("scorecard", "t"), ("naive_bayes", "t"),
    ("naive_bayes", "k3"), ("baseline", "t"), ("baseline", "y"),
  ]

  /// `$T` is the target, `$S` whether it is large; a line `where` and the formula.
  enum Trouble: String, CaseIterable {
    case none, separation, collinear, constant, onlyConstant, oneValue, noRows, missing
    case onlyMissing, missingTarget, oneRow, twoRows, wide, noWeight, negativeWeight, halfWeight
    case unevenWeight, manyLevels, leak, huge, hugeAndTiny, hugeTarget, infinite, exact, products

    var rows: String {
      switch self {
      case .noRows: "n > 1000"
      case .oneRow: "n == 3"
      case .twoRows: "n < 3"
      case .wide: "n < 6"
      default: "true"
      }
    }

    var formula: String {
      switch self {
      case .none, .noRows: "$T ~ a + b + k"
      case .separation: "$T ~ a + sep"
      case .collinear: "$T ~ a + b + ab"
      case .constant: "$T ~ a + one"
      case .onlyConstant: "$T ~ one"
      case .oneValue: "same ~ a + b"
      case .missing: "$T ~ a + gone"
      case .onlyMissing: "$T ~ gone"
      case .missingTarget: "holes ~ a"
      case .oneRow, .twoRows: "$T ~ a + b"
      case .wide: "$T ~ a + b + k + w1 + w2 + w3 + w4"
      case .noWeight: "$T ~ a + b @ w0"
      case .negativeWeight: "$T ~ a + b @ wneg"
      case .halfWeight: "$T ~ a + b @ whalf"
      case .unevenWeight: "$T ~ a + b @ wide"
      case .manyLevels: "$T ~ a + level"
      case .leak: "$T ~ a + ($T)"
      case .huge: "$T ~ a + huge"
      case .hugeAndTiny: "$T ~ a + huge + tiny"
      case .hugeTarget: "large ~ a + b"
      case .infinite: "$T ~ a + beyond"
      case .exact: "$T ~ a + digits"
      case .products: "$T ~ a * b * k"
      }
    }
  }

  private static func program(_ trouble: Trouble, _ estimator: String, _ target: String) -> String {
    let (large, same, size) =
      switch target {
      case "y": ("y > 5", "y * 0", "y * 1e300")
      case "t": ("t", "t and n < 0", "t")
      case "c": ("c > 1", "c * 0", "c * 100000000")
      case "pos": ("pos > 4", "pos * 0 + 1", "pos * 1e300")
      default: ("k3 == \"y\"", "if n > 0 then \"x\" else \"y\"", "k3")
      }
    let parts = trouble.formula.replacing("$T", with: target).split(separator: " @ ")
    let weight = parts.count > 1 ? " weight \(parts[1])" : ""
    return """
      let d = (rows [{n: list_range(1, 120)}] | unnest n)
        | derive a = 1.0 * (n * 7 - n * 7 // 11 * 11), b = 1.0 * (n * 5 - n * 5 // 13 * 13),
          k = if n // 3 * 3 == n then "x" else if n // 2 * 2 == n then "y" else "z"
        | derive y = a + 0.3 * b + 0.5 * (n * 3 - n * 3 // 7 * 7), c = n - n // 4 * 4,
          pos = 1.0 + n - n // 9 * 9, t = (n * 37 - n * 37 // 10 * 10) + a > 9, g = n // 10,
          k3 = if n // 5 * 5 == n then "x" else if a > 5 then "y" else "z"
        | where \(trouble.rows)
        | derive sep = if \(large) then 5.0 + a else 0.0 - a, ab = a + b, one = 1,
          gone = if n > 1000 then a else null, w0 = 0.0, wneg = 0.0 - a,
          whalf = if n > 60 then 1.0 else 0.0, wide = if n > 60 then 1e300 else 1e-300,
          level = f"{n}", huge = a * 1e300 * 1e7, tiny = b * 1e-300, beyond = 1e308 * 10 * a,
          digits = n * 90000000000000, w1 = a * a, w2 = b * b, w3 = a * b, w4 = a * a * a,
          same = \(same), large = \(size), holes = if n > 1000 then \(target) else null
      let m = d | train \(parts[0]) using \(estimator)\(weight)
      m.coefficients
      m.importance
      m.metrics
      m.summary
      m.card
      d | predict m as p
      d | evaluate m allow training
      """
  }

  @Test("A model of numbers, or a finding that says what to do", arguments: Trouble.allCases)
  func ends(_ trouble: Trouble) throws {
    for (estimator, target) in Self.estimators {
      let session = Session(Session.Options(now: 0))
      let text = Self.program(trouble, estimator, target)
      let checked = session.check(session.add(name: "case.whom", text: text))
      var findings = checked.diagnostics.filter { $0.severity == .error }
      if findings.isEmpty {
        do throws(Diagnostic) {
          for statement in checked.statements {
            for result in try session.run(statement) {
              if case .table(let table, _) = result {
                #expect(Self.isFinite(table), "\(trouble) \(estimator): \(table.schema.names)")
              }
            }
          }
        } catch {
          findings.append(error)
        }
      }
      for finding in findings + session.takeWarnings() {
        let isKnown = [
          DiagnosticCode.trainingFailed, .trainingNotice, .badFormula, .notFinite, .maybeTrained,
        ].contains(finding.code)
        #expect(isKnown, "\(trouble) \(estimator): \(finding.code) \(finding.title)")
        if finding.severity == .error {
          #expect(!finding.help.isEmpty, "\(trouble) \(estimator): \(finding.title)")
        }
        let words = finding.title.lowercased().split { !$0.isLetter }
        #expect(!words.contains("nan") && !words.contains("inf"), "\(finding.title)")
      }
      #expect(trouble.isRefused.map { $0 == !findings.isEmpty } ?? true, "\(trouble) \(estimator)")
    }
  }

  private static func isFinite(_ table: ResultTable) -> Bool {
    table.columns.allSatisfy { column in
      column.allSatisfy { value in
        if case .float(let number) = value { number.isFinite } else { true }
      }
    }
  }
}

extension DegenerateTests.Trouble {
  /// Whether every estimator refuses it, or none; nil where they differ.
  fileprivate var isRefused: Bool? {
    switch self {
    case .onlyConstant, .oneValue, .noRows, .onlyMissing, .missingTarget, .oneRow, .noWeight,
      .negativeWeight:
      true
    case .none, .collinear, .constant, .missing: false
    default: nil
    }
  }
}
