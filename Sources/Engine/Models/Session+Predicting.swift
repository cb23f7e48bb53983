import Columnar
import Compiler
import Diagnostics
import Estimation
import Models
import Values

extension Session {
  /// What a model adds to each batch of rows.
  func predictions(
    _ use: ModelUse, _ reasons: Int, _ step: HostStep, _ schema: Schema, at span: Span
  ) throws(Diagnostic) -> ColumnExtension {
    let model = try model(use, at: span)
    var prediction = Prediction(model, reasons: reasons, names: schema.names)
    let kinds = step.outputs.map { ($0.name, AddedColumn.Kind($0.type.base)) }
    return ColumnExtension(columns: kinds) { batch throws(ColumnarError) in
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
}
