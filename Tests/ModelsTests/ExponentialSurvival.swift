import Estimation
import Values

/// An estimator that no program has: times that are exponential in each class of the first feature,
/// by maximum likelihood events over time watched (Cox and Oakes 1984, section 3.2). It shows that
/// an estimator of survival times is a file of its own.
enum ExponentialSurvival {
  static let estimator = Estimator(
    name: "exponential", summary: "exponential times in each class of one feature",
    parameters: [], tasks: [.survival],
    parts: [
      ModelPart("rates", "events in a unit of time", [Column("rate", ValueType(.float))])
    ],
    outputs: [Column("mean_time", ValueType(.float))], encoding: .codes, needsFullRank: false,
    fit: { request throws(EstimationError) in try Fitted(request) },
    decode: { node throws(EstimationError) in
      Fitted(rates: try node.field("rates").numbers())
    })

  struct Fitted: FittedModel {
    /// By the code of the class; 0 is a missing one.
    var rates: [Double]

    init(rates: [Double]) { self.rates = rates }

    init(_ request: FitRequest) throws(EstimationError) {
      guard case .survival(let times, let events) = request.rows.target else {
        throw .unsupportedTask(
          estimator: "exponential", task: request.rows.target.task.kind, supported: [.survival])
      }
      let codes = request.rows.design.column(0)
      let places = Int(codes.max() ?? 0) + 1
      var watched = [Double](repeating: 0, count: places)
      var happened = watched
      for row in times.indices {
        watched[Int(codes[row])] += times[row]
        happened[Int(codes[row])] += events[row] ? 1 : 0
      }
      rates = zip(happened, watched).map { $1 > 0 ? $0 / $1 : 0 }
    }

    func scores(
      _ design: Design, offset: [Double]?, sharing: WorkSharing
    ) throws(EstimationError) -> [Double] { design.column(0).map { rates[Int($0)] } }

    func outputs(_ design: Design) throws(EstimationError) -> [[Double]] {
      [design.column(0).map { 1 / rates[Int($0)] }]
    }

    func table(of part: String) -> [[Value]] { rates.map { [.float($0)] } }

    func flaw(in features: [Feature], _ task: Task) -> String? { nil }

    var summary: [Statistic] { rates.map { Statistic("rate", $0) } }
    var node: ModelNode { .fields(["rates": .numbers(rates)]) }
  }
}
