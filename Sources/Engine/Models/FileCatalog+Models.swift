package import Compiler
package import Diagnostics
import Connectivity
import Models
import Syntax
import Values

/// The models of the registry that a program means, each pinned when it was first mentioned.
struct KeptModels {
  var described: [String: ModelDescription] = [:]
  var loaded: [ModelUse: TrainedModel] = [:]
  /// Models that statements of the program save, by name; a name may get several versions.
  var promised: [String: [ModelDescription]] = [:]
  /// The files behind views of training rows, until they were found to be what they were.
  var unread: [String: TrainingFile] = [:]

  struct TrainingFile {
    var path: String
    /// Of the rows that were written, by the document of the model.
    var fingerprint: String
    var schema: Schema
  }
}

extension FileCatalog {
  var registry: ModelRegistry { ModelRegistry(project: project()) }

  package func model(_ reference: String, at span: Span) -> Result<ModelDescription, Diagnostic> {
    if let known = keptModels.promised[reference]?.last ?? keptModels.described[reference] {
      return .success(known)
    }
    do throws(Diagnostic) {
      let description = try describe(model: reference, at: span)
      keptModels.described[reference] = description
      return .success(description)
    } catch {
      return .failure(error)
    }
  }

  private func describe(
    model reference: String, at span: Span
  ) throws(Diagnostic) -> ModelDescription {
    do {
      let (index, version) = try registry.find(reference)
      let use = ModelUse.kept(name: index.name, version: version.number)
      let pinned = "\(index.name)@\(version.number)"
      if let known = keptModels.described[pinned] { return known }
      let document = try registry.document(of: version.object) {
        ModelExpression.read($0, as: addFile("<model \(pinned)>", $0))
      }
      let training = try training(
        document.model.shape, document.data, version.object, index.name, at: span)
      let description = ModelDescription(
        use: use, shape: document.model.shape, training: training,
        keys: try keys(document.data, version.object, index.name, at: span))
      keptModels.loaded[use] = document.model
      keptModels.described[pinned] = description
      return description
    } catch let failure as RegistryFailure {
      throw failure.diagnostic(at: span)
    } catch let error as Diagnostic {
      throw error
    } catch {
      throw .unreadable(reference, "\(error)", at: span)
    }
  }

  /// The rows that a kept model was trained on.
  private func training(
    _ shape: ModelShape, _ data: TrainingData, _ object: String, _ name: String, at span: Span
  ) throws(Diagnostic) -> SourceDescription {
    let path = registry.file(ModelRegistry.trainingFile, of: object)
    let stayed = registry.file(ModelRegistry.strangerFile, of: object)
    let isElsewhere = FilePaths.info(path) == nil && FilePaths.info(stayed) != nil
    if isElsewhere || memory.isOffline {
      return try noRows(shape, data.labels, "\(name)_training", at: span)
    }
    let found = try view(of: path, "\(name)_training", data.labels, at: span)
    keptModels.unread[found.path.last ?? ""] = KeptModels.TrainingFile(
      path: path, fingerprint: data.fingerprint, schema: found.schema)
    return found
  }

  /// Those of a model from elsewhere: its columns, and no row.
  private func noRows(
    _ shape: ModelShape, _ labels: [String: LabelSet], _ stem: String, at span: Span
  ) throws(Diagnostic) -> SourceDescription {
    let columns = (shape.features + [shape.target]).map {
      Column(
        $0.text, ValueType($0.type, nullable: true, labels: labels[$0.text] ?? LabelSet()))
    }
    let items = columns.map {
      "cast(null as \(CSVReader.engineType($0.type.base))) as \(ReaderSQL.name($0.name))"
    }
    let view = unusedName(stem)
    do throws(EngineError) {
      if memory.isOffline { return described(columns, as: view) }
      try engine.database().execute(
        "create view \(ReaderSQL.name(view)) as select \(items.joined(separator: ", ")) where false"
      )
    } catch {
      throw EngineWords.diagnostic(error, at: span)
    }
    return described(columns, as: view)
  }

  private func described(_ columns: [Column], as view: String) -> SourceDescription {
    let description = SourceDescription(path: [view], schema: Schema(columns), name: view)
    known["\u{0}\(view)"] = description
    return description
  }

  /// The keys of these rows; none where they stayed elsewhere.
  private func keys(
    _ data: TrainingData, _ object: String, _ name: String, at span: Span
  ) throws(Diagnostic) -> ModelDescription.Keys? {
    let path = registry.file(ModelRegistry.keysFile, of: object)
    guard !data.keys.isEmpty, FilePaths.info(path) != nil,
      let salt = registry.salt(of: data.fingerprint),
      FilePaths.text(registry.file(ModelRegistry.saltFile, of: object))
        == ModelRegistry.check(of: salt)
    else { return nil }
    if memory.isOffline {
      let digest = Column(TrainedKeys.column, ValueType(.text, nullable: true))
      return ModelDescription.Keys(
        columns: data.keys, digests: described([digest], as: unusedName("\(name)_keys")),
        salt: salt)
    }
    let digests = try view(of: path, "\(name)_keys", [:], at: span)
    guard digests.schema.names == [TrainedKeys.column] else {
      throw RegistryFailure.damaged(file: path, why: "it has other columns").diagnostic(at: span)
    }
    return ModelDescription.Keys(columns: data.keys, digests: digests, salt: salt)
  }

  private func view(
    of path: String, _ stem: String, _ labels: [String: LabelSet], at span: Span
  ) throws(Diagnostic) -> SourceDescription {
    guard FilePaths.info(path)?.isRegular == true else {
      throw RegistryFailure.damaged(file: path, why: "it is gone").diagnostic(at: span)
    }
    let reader = try describe(
      FileSource(
        format: .parquet, name: FilePaths.name(path), pattern: path, files: [path], options: []),
      at: span)
    let view = unusedName(stem)
    do throws(EngineError) {
      try makeView(view, reader, at: span)
    } catch {
      throw EngineWords.diagnostic(error, at: span)
    }
    let schema = Schema(
      reader.schema.columns.map { column in
        Column(column.name, column.type.labelled(labels[column.name] ?? LabelSet()))
      })
    let description = SourceDescription(path: [view], schema: schema, name: view)
    known["\u{0}\(view)"] = description
    return description
  }

  // MARK: Promises

  package func promise(model: SavedModel, by statement: BindingID) {
    var shape = model.shape
    let read = { (input: ModelInput) -> ModelInput in
      var input = input
      let file = self.addFile("<model \(model.name)>", input.text)
      input.expr = ModelExpression.read(input.text, as: file) ?? input.expr
      return input
    }
    shape.target = read(shape.target)
    shape.features = shape.features.map(read)
    shape.keys = shape.keys.map(read)
    shape.roles = shape.roles.mapValues(read)
    let view = unusedName("\(model.name)_training")
    var training = SourceDescription(
      path: [view],
      schema: Schema(model.training.schema.columns.map { Column($0.name, $0.type.nullable) }),
      name: view)
    training.writtenBy = statement
    known["\u{0}\(view)"] = training
    var description = ModelDescription(use: model.use, shape: shape, training: training)
    description.programKeys = model.keys
    description.source = model.source
    keptModels.promised[model.name, default: []].append(description)
  }

  /// The model is there now: its training rows are found under the promised name, and whoever asks
  /// from now on, as at the prompt, gets what the registry says.
  func fulfil(model saved: SavedModel, _ object: String) throws(EngineError) {
    keptModels.described[saved.name] = nil
    guard let place = keptModels.promised[saved.name]?.firstIndex(where: { $0.use == saved.use }),
      let description = keptModels.promised[saved.name]?.remove(at: place),
      let view = description.training.path.last
    else { return }
    if keptModels.promised[saved.name]?.isEmpty == true { keptModels.promised[saved.name] = nil }
    let reader = FileReader(
      promised: registry.file(ModelRegistry.trainingFile, of: object), .parquet,
      description.training.schema, zone: zone)
    try engine.database().execute(reader.view(named: view))
  }
}

/// The text of an input of a model, which may come from anywhere.
enum ModelExpression {
  /// Nil where it is no expression over columns alone: a model reads no file and no binding.
  static func read(_ text: String, as file: SourceFile) -> Expr? {
    let (expr, findings) = Parser.parseExpression(file, range: file.whole)
    guard findings.isEmpty, isPlain(expr) else { return nil }
    return expr
  }

  static func read(_ text: String) -> Expr? {
    read(text, as: SourceFile(id: FileID(0), name: "<model>", text: text))
  }

  private static func isPlain(_ expr: Expr) -> Bool {
    switch expr.kind {
    case .variable, .it, .source, .rows, .qualifiedCall, .pipeline, .filtered, .missing: false
    case .name, .number, .percent, .duration, .date, .text, .bool, .null, .call, .field, .negate,
      .not, .or, .and, .coalesce, .sum, .product, .power, .compare, .range, .conditional, .list,
      .record:
      expr.children.allSatisfy(isPlain)
    }
  }
}
