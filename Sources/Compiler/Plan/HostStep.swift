package import Values

/// What Whom itself adds to the rows of a relation: named columns in, named and typed columns
/// out, worked out batch by batch.
///
///     step.inputs   ["z"]
///     step.outputs  [#host1: float?]
///     step.work     [normal_cdf of "z"]
package struct HostStep: Hashable, Sendable {
  /// The columns of the input that are read.
  package var inputs: [String]
  /// In the order in which they stand behind the input's columns.
  package var outputs: [Column]
  package var work: Work

  package enum Work: Hashable, Sendable {
    /// One function for each output.
    case calls([HostCall])
    /// What a model says of a row: the answer, then what the estimator adds, then reasons.
    case predict(ModelUse, reasons: Int)
  }

  package init(inputs: [String], outputs: [Column], work: Work) {
    self.inputs = inputs
    self.outputs = outputs
    self.work = work
  }

  /// For people: `normal_cdf, similarity`.
  package var title: String {
    switch work {
    case .predict: "predict"
    case .calls(let calls):
      calls.map(\.function.name).reduce(into: [String]()) { names, name in
        if !names.contains(name) { names.append(name) }
      }.joined(separator: ", ")
    }
  }
}

/// A function with host code over columns and constants.
package struct HostCall: Hashable, Sendable {
  package enum Argument: Hashable, Sendable {
    /// The place of an input of the step.
    case input(Int)
    case constant(Value)
  }
  package var function: FunctionReference
  package var arguments: [Argument]

  /// The code to run; `nil` for what is no function of ours with host code.
  package var code: HostCode? {
    guard let function = BuiltinFunction.named(function.name),
      function.overloads.indices.contains(self.function.overload),
      case .host(let code) = function.overloads[self.function.overload].form
    else { return nil }
    return code
  }
}

extension TypedExpr {
  var isHostCall: Bool {
    guard case .scalar(let reference, let arguments) = kind else { return false }
    return HostCall(function: reference, arguments: []).code != nil && !arguments.isEmpty
  }

  /// Whether some part of it is worked out by Whom itself.
  package var hasHostCall: Bool { contains(where: \.isHostCall) }
}
