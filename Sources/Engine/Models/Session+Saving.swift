import Columnar
import Compiler
import Connectivity
import Diagnostics
import Glibc
import Models
import SQLGeneration
import SQLTree
import Values

extension Session {
  /// Adds a version to the registry; the same model of the same rows is the version it was.
  func save(_ saved: SavedModel) throws(Diagnostic) -> StepResult? {
    let model = try model(saved.use, at: saved.span)
    let registry = catalog.registry
    try prepare(saved.training)
    let draft = try registryWork(saved.span) { () throws(RegistryFailure) in
      try RegistryDraft(registry)
    }
    defer { draft.discard() }
    let path = "\(draft.folder)/\(ModelRegistry.trainingFile)"
    let rows = try write(saved.training, to: path)
    let fingerprint = try fingerprint(of: path, saved.training.schema, at: saved.span)
    if let keys = saved.keys { try write(keys, of: fingerprint, to: draft, at: saved.span) }
    let document = ModelDocument(
      model,
      TrainingData(
        fingerprint: fingerprint, rows: rows, keys: saved.keys?.columns ?? [],
        labels: saved.training.schema.keptLabels))
    let (object, receipt) = try registryWork(saved.span) { () throws(RegistryFailure) in
      let object = try draft.place(document.encoded)
      return (object, try registry.add(saved.name, object: object, program: programName))
    }
    try engineWork(saved.span) { () throws(EngineError) in
      try catalog.fulfil(model: saved, object)
    }
    return .savedModel(receipt)
  }

  /// Digests of the keys, keyed with a salt that only this project can work out.
  private func write(
    _ keys: TrainedKeys, of fingerprint: String, to draft: RegistryDraft, at span: Span
  ) throws(Diagnostic) {
    let salt = try registryWork(span) { () throws(RegistryFailure) in
      let salt = try catalog.registry.madeSalt(of: fingerprint)
      try RegistryFiles.write(
        Array(ModelRegistry.check(of: salt).utf8),
        to: "\(draft.folder)/\(ModelRegistry.saltFile)")
      return salt
    }
    let keyed = keys.keyed(with: salt)
    try prepare(keyed)
    _ = try write(keyed, to: "\(draft.folder)/\(ModelRegistry.keysFile)", ordered: true)
  }

  /// The name of the file alone: where it is differs between machines.
  private var programName: String { program.map(FilePaths.name) ?? "" }

  private func registryWork<T>(
    _ span: Span, _ work: () throws(RegistryFailure) -> T
  ) throws(Diagnostic) -> T {
    do throws(RegistryFailure) {
      return try work()
    } catch {
      throw error.diagnostic(at: span)
    }
  }

  /// Gives the number of rows.
  private func write(
    _ plan: LogicalPlan, to path: String, ordered: Bool = false
  ) throws(Diagnostic) -> Int {
    let query = lowering.query(TwoPassMeans.rewrite(plan), ordered: ordered)
    return try engineWork(on: plan) { () throws(EngineError) in
      let copy = SQLStatement.copy(
        try local(query, plan.schema), path: path,
        options: [SQLField("format", .text("parquet"))])
      let rows = try local.database().execute(local.prepared(copy)) ?? 0
      chmod(path, 0o600)
      return rows
    }
  }
}

extension Schema {
  /// Labels by column, of those that have some.
  fileprivate var keptLabels: [String: LabelSet] {
    Dictionary(columns.map { ($0.name, $0.type.labels) }) { $1 }.filter { !$0.value.isEmpty }
  }
}
