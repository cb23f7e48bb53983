import Diagnostics
import Notebooks
import Reporting
import StandardLibrary
import Syntax
import Testing

/// Every `@example` line of the standard library runs alone, and gives what its author says.
@Suite struct LibraryExamples {
  /// Of each function the rows of its example as the JSON report has them, worked out by hand.
  static let results = [
    "growth": "[80,100,0.25]",
    "part_of_sum": "[\"b\",10,0.25]",
    "z_score": "[6,1.1338934190276817]",
    "is_weekend": "[\"2025-06-28\"]",
    "numbers": "[[1],[2],[3]]",
    "calendar": "[\"2025-04-30\"]",
    "age_in_years": "[\"1990-07-15\",34]",
    "rfm": "[2,29,1,35.5,2,2,2,\"222\"]",
    "concentration": "0.8",
    "rfm_moves": "[5,2,4,2,1,0,0]",
    "retention": "[\"2025-01-01\",1,2,1,0.5]",
    "retention_curve": "[1,0.25,2]",
    // By Python; xirr by bisection, 182 and 366 days of 365.
    "npv": "5.5466711556266",
    "irr": "0.1306623862918",
    "xirr": "0.278158944317",
    "payment": "88.848788678341",
    "annuity": "1000.01363351",
    "future_value": "1268.25030131",
    "compound_growth": "0.1000000000000",
    "value_of": "0.81",
    "fairness": "[\"ftom\",\"impact_ratio\",0.5,",
    // Two thirds of ln 2; a quarter of ln 2 and of ln 1.5.
    "information_value": "[\"plan\",0.46209812037329",
    "drift": "[\"plan\",0.27465307216702",
    // Two of four pairs are in order with the old one, three with the new one.
    "compare": "[\"auc\",0.5,0.75,0.25,",
    // By scipy; the sequential one by its formula in numpy.
    "sample_ratio": "[4,2,0.25,1.0,0.31731050786291",
    "compare_variants": "0.102068296673",
    "sequential_test": "3.87406020039",
    // By statsmodels, whose z has more places.
    "wilson_bound": "[5,20,0.111860052789",
    // By hand: two trues and two falses, seen from the highest score down.
    "roc_curve": "[[0.0,0.0],[0.0,0.5],[0.5,0.5],[0.5,1.0],[1.0,1.0]]",
    "pr_curve": "[[0.0,1.0],[0.5,1.0],[0.5,0.5],[1.0,0.6666666666666666],[1.0,0.5]]",
    "lift_curve": "[[0.0,0.0],[0.25,0.5],[0.5,0.5],[0.75,1.0],[1.0,1.0]]",
    "ks_curve": "[0.6,1.0,\"falses\"]",
    "calibration_curve": "[[0.25,0.5,0.0945312057342",
    "confusion_matrix": "[[\"a\",\"a\",1],[\"b\",\"a\",1],[\"a\",\"b\",0],[\"b\",\"b\",1]]",
    // Squares 1, 4, 0 against 0, 0.25, 0.25.
    "compare_errors": "[\"mean_squared_error\",1.6666666666666667,0.16666666666666666,-1.5",
  ]

  @Test(arguments: StandardLibrary.modules) func run(_ module: String) throws {
    let source = try #require(StandardLibrary.source(of: module))
    let file = SourceFile(id: FileID(0), name: source.name, text: source.text)
    let tree = Parser.parse(file)
    #expect(tree.diagnostics.map(\.title) == [])
    for statement in tree.statements {
      guard case .function(let function) = statement.kind, !function.name.text.hasPrefix("_")
      else { continue }
      let examples = (statement.doc ?? "").split(separator: "\n").filter {
        $0.contains("@example ")
      }
      #expect(!examples.isEmpty, "\(function.name.text) has no example")
      for example in examples { run(example, of: function.name.text, in: module) }
    }
  }

  private func run(_ line: Substring, of function: String, in module: String) {
    let example = line.split(separator: "@example ", maxSplits: 1).last ?? ""
    let use = StandardLibrary.alwaysThere.contains(module) ? "" : "use \(module)\n"
    let run = NotebookRun("```whom\n\(use)\(example)\n```\n")
    #expect(run.diagnostics.map(\.title) == [], "\(function)")
    #expect(run.outcome?.document.status.failed == 0, "\(function)")
    let json = run.json.filter { !$0.isWhitespace }
    guard let expected = Self.results[function] else {
      Issue.record("\(function) has no expected result")
      return
    }
    #expect(json.contains(expected), "\(function): \(json)")
  }
}
