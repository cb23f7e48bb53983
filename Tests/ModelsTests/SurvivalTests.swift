import Compiler
import Diagnostics
import Estimation
import Glibc
import Models
import Syntax
import Testing
import Values

/// `survival(t, e) ~ terms`, with an estimator that only this test knows.
@Suite("Survival targets")
struct SurvivalTests {
  private final class Programs: Catalog {
    var estimators: [EstimatorSignature] {
      EstimatorSignature.all + [ExponentialSurvival.estimator.signature]
    }
    private func none(_ span: Span) -> Diagnostic {
      Diagnostic(.fileNotFound, "there are no files here", at: span)
    }
    func source(_ request: SourceRequest) -> Result<SourceDescription, Diagnostic> {
      .failure(none(request.span))
    }
    func query(_ text: SQLText, at span: Span) -> Result<SQLDescription, Diagnostic> {
      .failure(none(span))
    }
    func promise(_ target: SaveTarget, _ schema: Schema, by statement: BindingID) {}
    func module(_ request: ModuleRequest) -> Result<SourceFile, Diagnostic> {
      .failure(none(request.span))
    }
    func modules(declaring function: String) -> [String] { [] }
  }

  private func checked(_ program: String) -> (plans: [TrainingPlan], problems: [Diagnostic]) {
    let checker = Checker(catalog: Programs(), constants: RunConstants(now: 0))
    let file = SourceFile(id: FileID(1), name: "case.whom", text: program)
    let statements = checker.check(Parser.parse(file).statements)
    let plans = statements.flatMap(\.steps).compactMap { step -> TrainingPlan? in
      if case .train(let plan) = step { plan } else { nil }
    }
    return (plans, checker.takeDiagnostics())
  }

  private static let program = """
    let seen = rows [{weeks: 3.0, gone: true, plan: "a"}, {weeks: 5.0, gone: false, plan: "b"}]
    let model = seen | train survival(weeks, gone) ~ plan using exponential
    seen | predict model as p
    """

  @Test("A program with it is checked, and says which columns the rows will have")
  func checking() throws {
    let (plans, problems) = checked(Self.program)
    #expect(problems == [])
    let plan = try #require(plans.first)
    #expect(plan.shape.answer == .risk)
    #expect(plan.shape.target.text == "survival(weeks, gone)")
    #expect(plan.rows.schema[ModelColumn.target]?.type.base == .float)
    #expect(plan.rows.schema[ModelColumn.event]?.type.base == .bool)
    let names = plan.shape.predictions(as: "p", reasons: 0).map(\.name)
    #expect(names == ["p", "p_mean_time"])
  }

  @Test("Another estimator says that it cannot, and which one can")
  func misfit() throws {
    let problem = try #require(
      checked(Self.program.replacing("exponential", with: "logistic")).problems.first)
    #expect(problem.title == "`logistic` does not learn how long until something happens")
    #expect(problem.help.contains { $0.contains("`exponential`") })
  }

  /// Rates of 0.1 for `a` and 0.3 for `b`, watched for at most 10.
  private static func rows(_ count: Int, seed: UInt64) -> (ModelRowsTable, [Double], [Bool]) {
    var draws = Draws(seed: seed)
    var times: [Double] = []
    var events: [Bool] = []
    for row in 0..<count {
      let time = -log(1 - draws.uniform()) / (row % 2 == 0 ? 0.1 : 0.3)
      times.append(min(10, time))
      events.append(time <= 10)
    }
    let frame = Frame(
      rowCount: count,
      columns: [
        FrameColumn(
          ModelColumn.feature(0),
          .categories(codes: (0..<count).map { Int32($0 % 2) }, levels: ["a", "b"])),
        FrameColumn(ModelColumn.target, .numbers(times)),
        FrameColumn(ModelColumn.event, .booleans(events.map { $0 ? 1 : 0 })),
      ])
    let schema = Schema([
      Column(ModelColumn.feature(0), ValueType(.text)),
      Column(ModelColumn.target, ValueType(.float)), Column(ModelColumn.event, ValueType(.bool)),
    ])
    return (ModelRowsTable(frame: frame, schema: schema), times, events)
  }

  @Test("It finds the rates that times were drawn with, and keeps them", arguments: [1, 2, 3])
  func learning(seed: UInt64) throws {
    let plan = try #require(checked(Self.program).plans.first)
    let (table, times, events) = Self.rows(20_000, seed: seed)
    let estimators = Estimator.all + [ExponentialSurvival.estimator]
    let trainer = Trainer(plan, threads: 1, libraries: [], estimators: estimators)
    let model = try trainer.train(table)
    let member = try #require(model.members.first)
    let rates = model.rows(of: "rates").flatMap { $0 }.compactMap { value -> Double? in
      if case .float(let rate) = value, rate > 0 { rate } else { nil }
    }
    try #require(rates.count == 2)
    // Four errors of rate / sqrt(events): 6,300 and 9,500 events.
    #expect(abs(rates[0] - 0.1) < 0.006 && abs(rates[1] - 0.3) < 0.013)

    let rows = try Measuring(model, table, keys: [], threads: 1).evaluation(.probability(0.5)).rows
    let measured = try #require(rows.first)
    #expect(measured[0] == .text("concordance"))
    let scores = try member.model.scores(
      Frame(
        rowCount: times.count,
        columns: [FrameColumn("plan", table.frame.columns[0].values)]))
    let concordance = Concordance(times: times, events: events, risks: scores)
    #expect(measured[1] == concordance.value.map { .float($0) })
    let node = try ModelNode(encoded: member.model.fitted.node.encoded)
    let kept = try ExponentialSurvival.estimator.decode(node)
    #expect(kept.table(of: "rates") == member.model.fitted.table(of: "rates"))
  }
}
