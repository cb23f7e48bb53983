import Statistics
import Values

/// What needs a search for a root, which no engine does.
extension BuiltinFunction {
  static let finance: [BuiltinFunction] = [
    BuiltinFunction(
      "rate_of_return", .list,
      "the rate at which amounts at times are worth nothing today; null where none is, or several",
      examples: ["rate_of_return([-100, 60, 60], [0, 1, 2])"],
      overloads: [
        Overload(
          [
            FunctionParameter("amounts", .numberList), FunctionParameter("times", .numberList),
          ],
          .host(
            HostCode { arguments in
              guard case .list(let amounts) = arguments[0], case .list(let times) = arguments[1]
              else { return .null }
              let flows = zip(amounts, times).compactMap { amount, time in
                amount.asDouble.flatMap { x in time.asDouble.map { CashFlow(amount: x, time: $0) } }
              }
              guard flows.count == amounts.count, flows.count == times.count else { return .null }
              return RateOfReturn.of(flows).map { .float($0) } ?? .null
            }), nullability: .always, labels: .clears, result: Overload.type(.float))
      ])
  ]
}
