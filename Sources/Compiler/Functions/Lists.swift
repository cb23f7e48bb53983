import SQLTree
import Values

/// Lists: places count from 1, negative ones from the end. What looks through all items, or makes
/// new ones of them, has no form here: `unnest` gives each item a row.
extension BuiltinFunction {
  static let lists: [BuiltinFunction] =
    [
      get, slice, listSort, listDistinct, listConcat, flatten, range,
      fold("list_sum", "the sum of a list of numbers; 0 for an empty list", sumType),
      fold("list_mean", "the mean of a list of numbers") { _ in .float },
      extreme("list_min", "the smallest item"), extreme("list_max", "the largest item"),
      shares("has_any", "list_has_any", "whether two lists have an item in common"),
      shares("has_all", "list_has_all", "whether a list has every item of a second one"),
    ]

  private static let get = BuiltinFunction(
    "get", .list, "the item at a place, from 1, or from the end: -1 is the last; null beyond",
    examples: ["get([7, 8, 9], -1)"],
    overloads: [
      Overload(
        [.list(), .int("n")], Overload.call("list_extract"), nullability: .always
      ) { element($0) }
    ])

  private static let slice = BuiltinFunction(
    "slice", .list, "the items from one place to another, both included; negative: from the end",
    examples: ["slice([5, 6, 7, 8], 2, 3)", "slice([5, 6, 7, 8], -2, -1)"],
    overloads: [
      Overload(
        [.list(), .int("from"), .int("to")], Overload.call("list_slice"),
        result: Overload.asFirst)
    ])

  private static let listSort = BuiltinFunction(
    "list_sort", .list, "the items in order, the missing ones last",
    examples: ["list_sort([3, 1])"],
    overloads: [
      Overload(
        [
          FunctionParameter("list", .orderedList),
          FunctionParameter("descending", .bool, default: .bool(false), constant: true),
        ],
        .scalar { call in
          let isDown = call.constants[1] == .bool(true)
          return .call(
            "list_sort", [call.arguments[0], .text(isDown ? "desc" : "asc"), .text("nulls last")])
        }, result: Overload.asFirst)
    ])

  private static let listDistinct = BuiltinFunction(
    "list_distinct", .list, "each item once, where it first stands; missing ones left out",
    examples: ["list_distinct([3, 1, 3])"],
    overloads: [
      Overload([.list()], Overload.call("first_of_each"), result: Overload.asFirst)
    ])

  private static let listConcat = BuiltinFunction(
    "list_concat", .list, "one list behind the other; a missing list makes it missing",
    examples: ["list_concat([1, 2], [3])"],
    overloads: [
      Overload(
        [.list("a"), FunctionParameter("b", .same(0))],
        .scalar { $0.whereAllPresent(.call("list_concat", $0.arguments)) }
      ) { TypeRules.unify($0[0].base, $0[1].base) ?? $0[0].base }
    ])

  private static let flatten = BuiltinFunction(
    "flatten", .list, "the items of the lists in a list, one behind the other",
    examples: ["flatten([[1, 2], [3]])"],
    overloads: [
      Overload([FunctionParameter("lists", .nestedList)], Overload.call("flatten")) { element($0) }
    ])

  private static let range = BuiltinFunction(
    "list_range", .list, "the whole numbers from one to another, both included, as a list",
    examples: ["list_range(1, 5)", "list_range(10, 0, -5)"],
    overloads: [
      Overload(
        [
          .int("from"), .int("to"),
          FunctionParameter("step", .int, default: .int(1), constant: true),
        ],
        .scalar { .call("number_range", $0.arguments) }
      ) { _ in .list(ValueType(.int)) },
      Overload(
        [
          FunctionParameter("from", .date), FunctionParameter("to", .date),
          FunctionParameter("days", .int, default: .int(1), constant: true, within: 1...1e6),
        ],
        .scalar { .call("date_range", $0.arguments) }
      ) { _ in .list(ValueType(.date)) },
    ])

  private static func fold(
    _ name: String, _ summary: String, _ result: @escaping @Sendable (DataType) -> DataType
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, .list, summary + "; missing items passed over", examples: ["\(name)([1, 2, 6])"],
      overloads: [
        Overload(
          [FunctionParameter("list", .numberList)],
          .scalar { call in
            switch (name, element(call.types)) {
            // Lists of nothing, for whose items a server has no type.
            case ("list_mean", .null): return .cast(.literal(.null), .float, isTry: false)
            case (_, .null): return call.whereAllPresent(.literal(.float(0)))
            case ("list_mean", _): return .call("list_avg", call.arguments)
            case (_, .int):
              return .cast(zeroIfEmpty(call), .int, isTry: false)
            default: return zeroIfEmpty(call)
            }
          }, nullability: name == "list_mean" ? .always : .propagates
        ) { result(element($0)) }
      ])
  }

  private static func zeroIfEmpty(_ call: ScalarCall) -> SQLExpr {
    let sum = SQLExpr.call("coalesce", [.call("list_sum", call.arguments), .int(0)])
    return call.whereAllPresent(sum)
  }

  @Sendable
  private static func sumType(_ element: DataType) -> DataType {
    if case .decimal(_, let scale) = element { return .decimal(precision: 38, scale: scale) }
    return element == .null ? .float : element
  }

  private static func extreme(_ name: String, _ summary: String) -> BuiltinFunction {
    BuiltinFunction(
      name, .list, summary + "; null where there is none", examples: ["\(name)([3, 1, 2])"],
      overloads: [
        Overload(
          [FunctionParameter("list", .orderedList)], Overload.call(name), nullability: .always
        ) { element($0) }
      ])
  }

  private static func shares(_ name: String, _ sql: String, _ summary: String) -> BuiltinFunction {
    BuiltinFunction(
      name, .list, summary + "; false where a list is missing",
      examples: ["\(name)([1, 2], [2, 3])"],
      overloads: [
        Overload(
          [.list("list"), FunctionParameter("items", .same(0))],
          .scalar { call in
            let plain = SQLExpr.call(sql, call.arguments)
            return call.types.contains { $0.isNullable }
              ? .call("coalesce", [plain, .literal(.bool(false))]) : plain
          }, nullability: .never, labels: .privacy, result: Overload.type(.bool))
      ])
  }

  @Sendable
  static func element(_ types: [ValueType]) -> DataType {
    if case .list(let element)? = types.first?.base { element.base } else { .null }
  }
}
