import Columnar
import Compiler
import Diagnostics
import Estimation
import Models
import Values

/// A prediction that goes on from batch to batch.
private final class RunningPrediction {
  var prediction: Prediction
  init(_ prediction: Prediction) { self.prediction = prediction }
}

extension Session {
  /// What a model adds to each batch of rows, and what there is to say when all are done.
  func predictions(
    _ use: ModelUse, _ reasons: Int, _ step: HostStep, _ schema: Schema, at span: Span
  ) throws(Diagnostic) -> StepWork {
    let model = try model(use, at: span)
    let running = RunningPrediction(
      Prediction(model, reasons: reasons, names: schema.names, threads: threads))
    let kinds = step.outputs.map { ($0.name, AddedColumn.Kind($0.type.base)) }
    let columns = ColumnExtension(columns: kinds, consuming: Set(step.inputs)) {
      batch throws(ColumnarError) in
      do throws(PredictionFailure) {
        return try running.prediction.columns(of: batch)
      } catch {
        switch error {
        case .columnar(let error): throw error
        case .estimation(let error): throw .refused(ModelWords.refusal(error))
        }
      }
    }
    return StepWork(columns: columns) {
      let count = running.prediction.unknownRows
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
