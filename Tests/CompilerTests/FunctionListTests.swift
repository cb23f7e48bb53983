import Compiler
import Testing

/// What holds of every built-in function.
struct FunctionListTests {
  @Test func everyNameIsThereOnce() {
    let names = BuiltinFunction.all.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names { #expect(BuiltinFunction.named(name)?.name == name) }
    #expect(BuiltinFunction.named("no_such_function") == nil)
  }

  /// After `|` a verb would win (language ruling L19).
  @Test func noFunctionHasTheNameOfAVerb() {
    let verbs: Set = [
      "where", "derive", "select", "drop", "rename", "summarize", "sort", "take", "top", "distinct",
      "sample", "split", "join", "union", "except", "intersect", "series", "pivot", "unpivot",
      "unnest", "label", "reveal", "expect", "train", "predict", "evaluate", "explain", "route",
      "chart", "show", "save",
    ]
    for function in BuiltinFunction.all { #expect(!verbs.contains(function.name)) }
  }

  @Test(arguments: BuiltinFunction.all.map(\.name))
  func isDescribed(name: String) throws {
    let function = try #require(BuiltinFunction.named(name))
    #expect(!function.summary.isEmpty && !function.overloads.isEmpty)
    #expect(function.summary.first?.isUppercase == false || function.summary.hasPrefix("Pearson"))
    #expect(!function.examples.isEmpty)
    for example in function.examples { #expect(example.hasPrefix("\(name)(")) }
  }

  /// Arguments that may be left out come last, and a rest only at the end.
  @Test(arguments: BuiltinFunction.all.map(\.name))
  func parametersAreInOrder(name: String) throws {
    let function = try #require(BuiltinFunction.named(name))
    for overload in function.overloads {
      let variadic = overload.parameters.dropLast().filter(\.isVariadic).map(\.name)
      let optional = overload.parameters.map { $0.defaultValue != nil || $0.isVariadic }
      #expect(optional == optional.sorted { !$0 && $1 })
      #expect(variadic.isEmpty)
    }
  }
}
