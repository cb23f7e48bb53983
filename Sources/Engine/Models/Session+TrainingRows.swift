import Compiler
import Connectivity
import Diagnostics
import Values

// The rows that kept models were trained on, as files beside them.
extension Session {
  /// The document of a model says what the rows were; the file of its rows is compared with that
  /// when a plan first reads it.
  func checkTrainingRows(of plan: LogicalPlan) throws(Diagnostic) {
    if case .scan(let scan) = plan.op, let view = scan.path.last,
      let file = catalog.keptModels.unread[view]
    {
      guard try fingerprint(of: file.path, file.schema, at: plan.span) == file.fingerprint else {
        throw RegistryFailure.damaged(
          file: file.path, why: "these are not the rows that the model was trained on"
        ).diagnostic(at: plan.span)
      }
      catalog.keptModels.unread[view] = nil
    }
    if case .reference(let id, _, _) = plan.op, state.kept[id] != nil { return }
    for input in plan.inputs { try checkTrainingRows(of: input) }
  }

  /// A digest of what is in a file's rows, in whatever order they stand: the count, and the sums
  /// of both halves of the MD5 of each row.
  func fingerprint(
    of path: String, _ schema: Schema, at span: Span
  ) throws(Diagnostic) -> String {
    var row = "row"
    while schema.names.contains(where: { $0.lowercased() == row }) { row += "_" }
    let file = ReaderSQL.quoted(FilePaths.literal(path))
    let found = try engineWork(span) { () throws(EngineError) in
      try local.database().scalar(
        """
        select sha256(concat_ws(' ', count(*), sum(md5_number_lower(x)), sum(md5_number_upper(x))))
        from (select cast(\(row) as varchar) as x from read_parquet(\(file)) as \(row))
        """, as: .text)
    }
    if case .text(let digest) = found { return digest }
    return ""
  }
}
