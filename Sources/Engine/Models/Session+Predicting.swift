import Columnar
import Compiler
import Diagnostics
import Estimation
import Models
import Values

/// A prediction that goes on from batch to batch, on one thread.
private final class RunningPrediction {
  private(set) var prediction: Prediction
  init(_ prediction: Prediction) { self.prediction = prediction }

  func columns(of batch: RecordBatch) throws(ColumnarError) -> [AddedColumn] {
    do throws(PredictionFailure) {
      return try prediction.columns(of: batch)
    } catch {
      switch error {
      case .columnar(let error): throw error
      case .estimation(let error): throw .refused(ModelWords.refusal(error))
      }
    }
  }
}

/// Those of all workers, to be asked when they are done.
private final class RunningPredictions {
  var list: [RunningPrediction] = []
}

extension Session {
  /// What a model adds to each batch of rows, and what there is to say when all are done.
  func predictions(
    _ use: ModelUse, _ reasons: Int, _ step: HostStep, _ schema: Schema, at span: Span
  ) throws(Diagnostic) -> StepWork {
    let model = try model(use, at: span)
    let prediction = Prediction(model, reasons: reasons, columns: schema.columns)
    let all = RunningPredictions()
    let kinds = step.outputs.map { ($0.name, AddedColumn.Kind($0.type.base)) }
    let columns = ColumnExtension(
      columns: kinds, consuming: Set(step.inputs), workers: threads
    ) {
      let running = RunningPrediction(prediction)
      all.list.append(running)
      return { batch throws(ColumnarError) in try running.columns(of: batch) }
    }
    return StepWork(columns: columns) {
      let count = all.list.reduce(0) { $0 + $1.prediction.unknownRows }
      return count == 0
        ? []
        : [
          .unknownGroups(
            count, model.shape.keys.map(\.text), meaning: "no prediction for them", at: span)
        ]
    }
  }
}

extension Diagnostic {
  static func unknownGroups(
    _ rows: Int, _ keys: [String], meaning: String, at span: Span
  ) -> Diagnostic {
    let names = keys.map { "`\(Exit.escape($0, for: .terminal))`" }.joined(separator: ", ")
    return Diagnostic(
      .unknownGroups,
      "\(rows == 1 ? "1 row has" : "\(NumberPrinting.grouped("\(rows)")) rows have") no model",
      at: span, label: meaning,
      help: ["training saw no row with their value of \(names)"])
  }
}
