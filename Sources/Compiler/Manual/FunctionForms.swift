extension BuiltinFunction {
  /// How it is called, with what each argument must be: `round(x: number, [digits: int])`.
  var forms: [String] {
    var forms: [String] = []
    for overload in overloads {
      let form = "\(name)(\(overload.parameters.map(\.form).joined(separator: ", ")))"
      if !forms.contains(form) { forms.append(form) }
    }
    return forms
  }
}

extension FunctionParameter {
  fileprivate var form: String {
    var text = name
    let choices = self.choices.map { "\"\($0)\"" }.joined(separator: " | ")
    if let type = choices.isEmpty ? pattern.word : choices { text += ": \(type)" }
    if isVariadic { text += ", ..." }
    return defaultValue == nil || isVariadic ? text : "[\(text)]"
  }
}

extension FunctionParameter.Pattern {
  /// `nil` where the name of the argument says enough.
  fileprivate var word: String? {
    switch self {
    case .any, .ordered, .same, .orderKey, .hashKey, .itemOf: nil
    case .bool: "bool"
    case .int: "int"
    case .number: "number"
    case .text: "text"
    case .date: "date"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .months: "months"
    case .list, .orderedList: "list"
    case .numberList: "list<number>"
    case .nestedList: "list<list>"
    case .moment: "date | timestamp"
    case .condition: "condition"
    }
  }
}
