import Compiler
import Diagnostics
import Engine
import Glibc
import Testing

/// A program that passed the check never meets a type or name error of the engine, and the
/// columns that come back are those that were promised.
@Suite("Random pipelines")
struct PipelineTests {
  private static let folder: String = {
    "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Corpus/data"
  }()

  /// Another seed: `WHOM_SEED=7`.
  private static let seed: UInt64 =
    getenv("WHOM_SEED").flatMap { UInt64(String(cString: $0)) } ?? 20_250_630

  private static func session() -> Session { Session(Session.Options(now: 0)) }

  private func plans(_ program: String, _ session: Session) -> ([LogicalPlan], [Diagnostic]) {
    let file = session.add(name: "\(Self.folder)/random.whom", text: program)
    let checked = session.check(file)
    let errors = checked.diagnostics.filter { $0.severity == .error }
    return (checked.statements.flatMap(\.steps).flatMap(\.plans), errors)
  }

  @Test("10,000 well-typed pipelines: the engine accepts each, with the promised columns")
  func wellTyped() {
    var generator = PipelineGenerator(seed: Self.seed)
    let session = Self.session()
    var bad = 0
    for number in 1...10_000 {
      let program = generator.program()
      let (plans, errors) = plans(program, session)
      var problems = errors.map(\.title)
      for plan in plans { problems += session.disagreements(of: plan) }
      if problems.isEmpty, plans.isEmpty { problems = ["nothing was planned"] }
      guard !problems.isEmpty else { continue }
      Issue.record("seed \(Self.seed), program \(number):\n\(program)\n\(problems)")
      bad += 1
      if bad == 10 { return }
    }
  }

  @Test("Some of them run: no failure but of values")
  func run() {
    var generator = PipelineGenerator(seed: Self.seed &+ 1)
    let session = Self.session()
    for number in 1...600 {
      let program = generator.program()
      let file = session.add(name: "\(Self.folder)/random.whom", text: program)
      for statement in session.check(file).statements {
        do throws(Diagnostic) {
          _ = try session.run(statement, rows: 20)
        } catch {
          let isOfValues = error.code == .overflow || error.code == .conversionFailed
          if !isOfValues {
            Issue.record("seed \(Self.seed), program \(number):\n\(program)\n\(error)")
          }
        }
      }
    }
  }

  @Test("One token changed: the check finds it, or the engine accepts the program")
  func mutated() {
    var generator = PipelineGenerator(seed: Self.seed &+ 2)
    let session = Self.session()
    var bad = 0
    for number in 1...3_000 {
      let program = mutate(generator.program(), &generator.random)
      let (plans, errors) = plans(program, session)
      guard errors.isEmpty else { continue }
      let problems = plans.flatMap { session.disagreements(of: $0) }
      guard !problems.isEmpty else { continue }
      Issue.record("seed \(Self.seed), program \(number):\n\(program)\n\(problems)")
      bad += 1
      if bad == 10 { return }
    }
  }

  private func mutate(_ program: String, _ random: inout SplitMix64) -> String {
    var words = program.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let at = Int.random(in: 0..<words.count, using: &random)
    let other = words[Int.random(in: 0..<words.count, using: &random)]
    let pool = [
      "null", "\"x\"", "7", "@2025-01-01", "amount", "status", "by", "==", "+", "not", other,
    ]
    switch Int.random(in: 0...2, using: &random) {
    case 0: words.remove(at: at)
    case 1: words[at] = pool[Int.random(in: 0..<pool.count, using: &random)]
    default: words.insert(pool[Int.random(in: 0..<pool.count, using: &random)], at: at)
    }
    return words.joined(separator: " ")
  }
}
