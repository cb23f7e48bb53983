import Diagnostics
import Syntax
import Values

/// The overload of a built-in function that accepts the arguments given.
struct OverloadMatch {
  var position: Int
  var overload: Overload
  /// In the order of the parameters, defaults filled in; without the keys of an order.
  var arguments: [TypedExpr]
  var order: [SortKey]

  static func find(
    _ function: BuiltinFunction, _ arguments: [CheckedArgument], _ run: RunConstants
  ) -> OverloadMatch? {
    for (position, overload) in function.overloads.enumerated() {
      if let bound = bind(overload.parameters, arguments, run),
        accepts(overload.parameters, bound.exprs)
      {
        let exprs = typed(bound.exprs, overload.parameters).flatMap { $0 }
        return OverloadMatch(
          position: position, overload: overload, arguments: exprs, order: bound.order)
      }
    }
    return nil
  }

  /// A column that holds nothing has no type, and engines must be told one to find the function.
  private static func typed(
    _ slots: [[TypedExpr]], _ parameters: [FunctionParameter]
  ) -> [[TypedExpr]] {
    zip(slots, parameters).map { exprs, parameter in
      exprs.map { expr in
        guard expr.type.base == .null, expr.constant == nil,
          let base = type(of: parameter.pattern, slots)
        else { return expr }
        return TypedExpr(
          .widen(expr), ValueType(base, nullable: true, labels: expr.type.labels), expr.span)
      }
    }
  }

  private static func type(
    of pattern: FunctionParameter.Pattern, _ slots: [[TypedExpr]]
  ) -> DataType? {
    switch pattern {
    case .int, .number: .int
    case .text, .hashKey: .text
    case .date: .date
    case .timestamp, .moment: .timestamp
    case .duration: .duration
    case .months: .months
    case .bool, .condition: .bool
    case .numberList: .list(ValueType(.int, nullable: true))
    case .list, .orderedList: .list(ValueType(.text, nullable: true))
    case .nestedList: .list(ValueType(.list(ValueType(.int, nullable: true)), nullable: true))
    case .same(let position):
      slots[position].first.map(\.type.base).flatMap { $0 == .null ? nil : $0 }
    case .itemOf(let position):
      slots[position].first?.type.base.item.flatMap { $0 == .null ? nil : $0 }
    case .any, .ordered, .orderKey: nil
    }
  }

  /// Arguments by parameter; a variadic parameter takes the rest.
  private static func bind(
    _ parameters: [FunctionParameter], _ arguments: [CheckedArgument],
    _ run: RunConstants = RunConstants(now: 0)
  ) -> (exprs: [[TypedExpr]], order: [SortKey])? {
    var slots: [[TypedExpr]] = Array(repeating: [], count: parameters.count)
    var order: [SortKey] = []
    var next = 0
    for argument in arguments {
      let slot: Int
      if let name = argument.name {
        guard let named = parameters.firstIndex(where: { $0.name == name.text }),
          slots[named].isEmpty
        else { return nil }
        slot = named
      } else {
        guard next < parameters.count else { return nil }
        slot = next
        if !parameters[next].isVariadic { next += 1 }
      }
      if parameters[slot].pattern == .orderKey {
        order.append(SortKey(argument.expr, descending: argument.isDescending))
      } else {
        slots[slot].append(argument.expr)
      }
    }
    for (slot, parameter) in parameters.enumerated() where slots[slot].isEmpty {
      if parameter.pattern == .orderKey { continue }
      guard let value = parameter.setting.map(run.value) ?? parameter.defaultValue else {
        return nil
      }
      if parameter.isVariadic { continue }
      slots[slot] = [
        TypedExpr(.literal(value), ValueType(base(of: value)), arguments.first?.span ?? .nowhere)
      ]
    }
    return (slots, order)
  }

  private static func accepts(_ parameters: [FunctionParameter], _ slots: [[TypedExpr]]) -> Bool {
    for (parameter, exprs) in zip(parameters, slots) {
      for expr in exprs {
        if parameter.isConstant, expr.constant == nil { return false }
        guard matches(parameter.pattern, expr.type.base, slots) else { return false }
      }
    }
    return true
  }

  static func matches(
    _ pattern: FunctionParameter.Pattern, _ type: DataType, _ slots: [[TypedExpr]]
  ) -> Bool {
    if type == .null { return true }
    switch pattern {
    case .any, .orderKey: return true
    case .bool, .condition: return type == .bool
    case .int: return type == .int
    case .number: return type.isNumber
    case .text, .hashKey: return type == .text
    case .date: return type == .date
    case .timestamp: return type == .timestamp
    case .duration: return type == .duration
    case .months: return type == .months
    case .moment: return type == .date || type == .timestamp
    case .ordered: return type.isOrdered
    case .list:
      if case .list = type { return true }
      return false
    case .orderedList: return type.item.map { $0.isOrdered || $0 == .null } ?? false
    case .numberList: return type.item.map { $0.isNumber || $0 == .null } ?? false
    case .nestedList:
      if case .list? = type.item { return true }
      return false
    case .itemOf(let position):
      guard let list = slots[position].first?.type.base.item else { return true }
      return TypeRules.unify(type, list) != nil
    case .same(let position):
      guard let other = slots[position].first else { return true }
      return TypeRules.unify(type, other.type.base) != nil
    }
  }

  static func base(of value: Value) -> DataType {
    switch value {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .float: .float
    case .decimal(_, let scale): .decimal(precision: 38, scale: scale)
    case .text: .text
    case .date: .date
    case .timestamp: .timestamp
    case .duration: .duration
    case .months: .months
    case .period: .period
    case .list(let values): .list(ValueType(values.first.map(base) ?? .null))
    case .record: .record([])
    }
  }

  // MARK: The result

  var resultType: ValueType { type(emptyGroups: false) }

  /// The type of the result; `emptyGroups` when an aggregate may find no row.
  func type(emptyGroups: Bool) -> ValueType {
    let types = arguments.map(\.type)
    let anyNull = types.contains { $0.isNullable }
    let nullable: Bool =
      switch overload.nullability {
      case .propagates: anyNull
      case .always: true
      case .never: false
      case .ifEmpty: emptyGroups || anyNull
      }
    let base =
      overload.resultOfConstants?(types, arguments.map(\.constant)) ?? overload.result(types)
    return ValueType(base, nullable: nullable, labels: labels(types))
  }

  private func labels(_ types: [ValueType]) -> LabelSet {
    let privacy = types.reduce(LabelSet()) { $0.mergedPrivacy($1.labels) }
    switch overload.labels {
    case .privacy: return privacy
    case .clears: return LabelSet()
    case .pseudonym:
      var labels = LabelSet()
      labels.isPseudonym = true
      return labels
    case .first:
      guard let first = types.first else { return LabelSet() }
      var labels = first.labels.withPrivacy(of: privacy)
      labels.isKey = false
      return labels
    case .measure:
      var labels = LabelSet()
      labels.currency = types.first?.labels.currency
      labels.isPercent = types.first?.labels.isPercent ?? false
      return labels
    }
  }

  // MARK: What is wrong

  /// The overload that takes the most arguments from the left on.
  private static func closest(
    _ function: BuiltinFunction, _ arguments: [CheckedArgument]
  ) -> Overload? {
    var best: (overload: Overload, fitting: Int)?
    for overload in function.overloads {
      guard let bound = bind(overload.parameters, arguments) else { continue }
      let fitting = zip(overload.parameters, bound.exprs).prefix { parameter, exprs in
        exprs.allSatisfy { matches(parameter.pattern, $0.type.base, bound.exprs) }
      }.count
      if fitting > best?.fitting ?? -1 { best = (overload, fitting) }
    }
    return best?.overload
  }

  /// The most helpful words when no overload fits.
  static func explain(
    _ function: BuiltinFunction, _ arguments: [CheckedArgument], at span: Span
  ) -> Diagnostic {
    let name = function.name
    for argument in arguments {
      guard let label = argument.name else { continue }
      let known = function.overloads.flatMap { $0.parameters.map(\.name) }
      if !known.contains(label.text) {
        let near = Suggestion.nearest(to: label.text, in: known)
        return Diagnostic(
          .badArgument, "`\(name)` has no argument `\(label.text)`", at: label.span,
          label: "unknown argument",
          help: takesCondition(function)
            ? ["a comparison is written `==`: `\(name)(\(label.text) == ...)`"]
            : [near.map { "did you mean `\($0)`?" } ?? "it takes \(signatures(function))"])
      }
    }
    guard let closest = closest(function, arguments),
      let bound = bind(closest.parameters, arguments)
    else {
      var diagnostic = Diagnostic.argumentCount(
        name, expected: signatures(function), got: arguments.count, at: span)
      if !function.examples.isEmpty {
        diagnostic.help = ["for example: `\(function.examples[0])`"]
      }
      return diagnostic
    }
    for (parameter, exprs) in zip(closest.parameters, bound.exprs) {
      for expr in exprs {
        if parameter.isConstant, expr.constant == nil {
          let order = closest.parameters.map(\.name).joined(separator: ", ")
          let isTurned = bound.exprs.first?.first?.constant != nil
          return .notConstant(
            "`\(parameter.name)` of `\(name)`", at: expr.span,
            help: isTurned ? ["the arguments stand in this order: `\(name)(\(order))`"] : [])
        }
        if !matches(parameter.pattern, expr.type.base, bound.exprs) {
          var finding = Diagnostic.badArgument(
            name, parameter.name, wanted: words(parameter.pattern, bound.exprs), got: expr.type,
            at: expr.span)
          if closest.parameters.count == 1 {
            finding.title = "`\(name)` wants \(words(parameter.pattern, bound.exprs))"
          }
          if let help = Diagnostic.conversion(of: expr.type.base, to: parameter.pattern) {
            finding.help = [help]
          }
          return finding
        }
      }
    }
    return .argumentCount(name, expected: signatures(function), got: arguments.count, at: span)
  }

  private static func takesCondition(_ function: BuiltinFunction) -> Bool {
    function.overloads.contains { $0.parameters.contains { $0.pattern == .condition } }
  }

  /// `round(x)` or `round(x, digits)`
  static func signatures(_ function: BuiltinFunction) -> String {
    var seen: [String] = []
    for overload in function.overloads {
      let words = overload.parameters.map { parameter in
        let name = parameter.isVariadic ? "\(parameter.name), ..." : parameter.name
        return parameter.defaultValue == nil || parameter.isVariadic ? name : "[\(name)]"
      }
      let text = "`\(function.name)(\(words.joined(separator: ", ")))`"
      if !seen.contains(text) { seen.append(text) }
    }
    return seen.joined(separator: " or ")
  }

  private static func words(
    _ pattern: FunctionParameter.Pattern, _ slots: [[TypedExpr]]
  ) -> String {
    switch pattern {
    case .any, .orderKey: "a value"
    case .bool, .condition: "a condition"
    case .int: "an int"
    case .number: "a number"
    case .text: "text"
    case .hashKey: "what tells the rows apart"
    case .date: "a date"
    case .timestamp: "a timestamp"
    case .duration: "a duration"
    case .months: "months"
    case .moment: "a date or a timestamp"
    case .ordered: "a value with an order"
    case .list: "a list"
    case .orderedList: "a list whose items have an order"
    case .numberList: "a list of numbers"
    case .nestedList: "a list of lists"
    case .itemOf(let position): slots[position].first?.type.base.item.map { "\($0)" } ?? "a value"
    case .same(let position): slots[position].first.map { "\($0.type.base)" } ?? "a value"
    }
  }
}

extension Span {
  /// For what stands in no source: a default that nobody wrote.
  static let nowhere = Span(file: FileID(-1), start: 0, end: 0)
}

extension DataType {
  /// The type of a list's items.
  fileprivate var item: DataType? {
    if case .list(let element) = self { element.base } else { nil }
  }
}
