import Columnar
import Compiler
import Connectivity
import Diagnostics
import Engine
import Estimation
import Glibc
import Models
import SQLGeneration
import Testing
import Values

/// Documents of models that nobody trained. Reading ends with a model or with a reason, and what
/// was read can be used. `WHOM_FUZZ_SECONDS=600` goes on for so long with new documents.
@Suite("Model files from anywhere", .serialized)
struct ModelFileTests {
  @Test("Whatever a file says, it is refused or it can be used")
  func holds() throws {
    let seeds = try ModelFileSeeds.all()
    #expect(seeds.count > 12)
    let rows = Array(
      ProbeRow.edges(cuts: [0.5], extreme: .greatestFiniteMagnitude, seed: 3).prefix(60))
    let engine = EngineHandle(EngineHandle.Options(kind: .duckDB))
    let database = try engine.database()
    for statement in rows.statement("hostile").split(separator: ";") {
      try database.execute(String(statement))
    }
    let stream = try database.query(
      "select *, \"#feature4\" as \"#by1\", 1 as \"#by2\", 0.5 as \"#offset\" from hostile")
    let batch = try #require(try stream.next())
    let uses = ModelUses(batch: batch, frame: rows.frame)
    for seed in seeds {
      let (isRead, problem) = uses.problem(seed.text)
      #expect(isRead && problem == nil, "\(seed.name): \(problem ?? "refused")")
    }
    let seconds = getenv("WHOM_FUZZ_SECONDS").flatMap { Int(String(cString: $0)) }
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds ?? 0)
    let file = LastDocument("/tmp/whom-fuzz-models")
    var (count, read) = (0, 0)
    var found: Set<String> = []
    while seconds == nil ? count < Self.usual : clock.now < end {
      let seed = seeds[count % seeds.count]
      var mutator = ModelFileMutator(draws: Draws(seed: UInt64(count) &+ 77))
      count += 1
      if count % 5 == 0 {
        file.keep(mutator.bytes(seed.bytes))
        if let model = try? Model(bytes: file.bytes) { _ = uses.problem(model) }
        continue
      }
      let text =
        count % 5 == 1
        ? String(decoding: mutator.bytes(Array(seed.text.utf8)), as: UTF8.self)
        : mutator.fields(try ModelNode(encoded: seed.text)).encoded
      file.keep(Array(text.utf8))
      let start = clock.now
      let (isRead, problem) = uses.problem(text)
      if isRead { read += 1 }
      let isLate = seconds != nil && clock.now - start > .seconds(5)
      if let why = problem ?? (isLate ? "it took too long" : nil), found.insert(why).inserted {
        Issue.record("\(seed.name), \(count): \(why)\n\(text.prefix(20_000))")
      }
    }
    if seconds != nil { print("\(count) documents, \(read) of them read, \(found.count) findings") }
    #expect(read > 0 && read < count)
  }

  private static var usual: Int {
    #if DEBUG
      return 300
    #else
      return 4000
    #endif
  }
}

/// All that can be done with a model.
struct ModelUses {
  let batch: RecordBatch
  let frame: Estimation.Frame

  /// Whether a document can be read, and what is wrong with the model in it.
  func problem(_ text: String) -> (isRead: Bool, why: String?) {
    guard
      let document = try? ModelDocument(
        encoded: text, expression: ModelFileSeeds.expression)
    else { return (false, nil) }
    return (true, problem(document.model))
  }

  private func problem(_ trained: TrainedModel) -> String? {
    let columns = batch.fields.map { Column($0.name, ValueType(.float, nullable: true)) }
    var prediction = Prediction(trained, reasons: 2, columns: columns)
    do {
      for column in try prediction.columns(of: batch) where column.count != batch.rowCount {
        return "a prediction has \(column.count) rows"
      }
    } catch {
      // The rows at hand may be of other types than the document says; the checker sees to that.
      if case .estimation(let error) = error { return "a read model cannot predict: \(error)" }
    }
    for part in trained.shape.parts { _ = trained.rows(of: part.name) }
    for member in trained.members {
      if let problem = problem(member.model) { return problem }
    }
    _ = trained.query
    let again = ModelDocument(trained, TrainingData(fingerprint: "", rows: 0)).encoded
    let isReadable =
      (try? ModelDocument(encoded: again, expression: ModelFileSeeds.expression)) != nil
    return isReadable ? nil : "what was read cannot be kept"
  }

  func problem(_ model: Model) -> String? {
    guard let scores = try? model.scores(frame, offset: nil) else { return nil }
    guard scores.count == frame.rowCount * model.task.width else { return "scores are missing" }
    if case .classification = model.task,
      scores.contains(where: { !$0.isNaN && !(0...1).contains($0) })
    {
      return "a probability is not from 0 to 1"
    }
    _ = try? model.meanContributions(frame, threads: 1)
    _ = try? model.lightGBMText
    return nil
  }
}

extension TrainedModel {
  /// The scoring query as text.
  fileprivate var query: String? {
    let span = Span(file: FileID(0), start: 0, end: 0)
    let columns =
      [Column("id", ValueType(.int))]
      + shape.features.enumerated().map {
        Column("#feature\($0 + 1)", ValueType($1.type, nullable: true))
      }
      + shape.keys.enumerated().map { Column("#by\($0 + 1)", ValueType($1.type, nullable: true)) }
    let scan = LogicalPlan(
      .scan(Scan(path: ["t"])), schema: Schema(columns), facts: Facts(), span: span)
    let outputs = shape.predictions(as: "p", reasons: 0)
    let step = HostStep(
      inputs: [], outputs: outputs, work: .predict(.trained(BindingID(1)), reasons: 0))
    let host = LogicalPlan(
      .host(scan, step), schema: Schema(columns + outputs), facts: Facts(), span: span)
    guard let plan = try? ModelScoring(self, step, over: scan).plan(for: host) else { return nil }
    return SQLPrinter(.duckDB).print(PlanLowering(.duckDB).query(plan))
  }
}

/// Where the document at hand can be found when it ended the process.
private final class LastDocument {
  private let file: Int32
  private(set) var bytes: [UInt8] = []

  init(_ path: String) {
    file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
  }

  func keep(_ bytes: [UInt8]) {
    self.bytes = bytes
    _ = ftruncate(file, 0)
    _ = pwrite(file, bytes, bytes.count, 0)
  }

  deinit { close(file) }
}

extension AddedColumn {
  fileprivate var count: Int {
    switch self {
    case .floats(let values): values.count
    case .ints(let values): values.count
    case .texts(let values): values.count
    case .bools(let values): values.count
    case .floatLists(let values): values.count
    }
  }
}
