import Compiler
import Diagnostics
import Values

/// Writes the expressions that scores are made of. Numbers are floats that are not marked as
/// nullable: where one is missing all the same, what is made of it is missing.
struct ScoringExprs {
  let span: Span

  static let float = ValueType(.float)

  func number(_ value: Double) -> TypedExpr {
    TypedExpr(.literal(.float(value)), Self.float, span)
  }
  func whole(_ value: Int) -> TypedExpr {
    TypedExpr(.literal(.int(Int64(value))), ValueType(.int), span)
  }
  func text(_ value: String) -> TypedExpr {
    TypedExpr(.literal(.text(value)), ValueType(.text), span)
  }
  func missing(_ type: ValueType = float) -> TypedExpr {
    TypedExpr(.literal(.null), ValueType(type.base, nullable: true), span)
  }
  func column(_ name: String, _ type: ValueType = float) -> TypedExpr {
    TypedExpr(.column(name), type, span)
  }

  func sum(_ all: [TypedExpr]) -> TypedExpr {
    guard let first = all.first else { return number(0) }
    return all.dropFirst().reduce(first, plus)
  }
  func plus(_ a: TypedExpr, _ b: TypedExpr) -> TypedExpr { arithmetic(.plus, a, b) }
  func minus(_ a: TypedExpr, _ b: TypedExpr) -> TypedExpr { arithmetic(.minus, a, b) }
  func times(_ a: TypedExpr, _ b: TypedExpr) -> TypedExpr { arithmetic(.times, a, b) }
  func over(_ a: TypedExpr, _ b: TypedExpr) -> TypedExpr { arithmetic(.divide, a, b) }
  func negative(_ x: TypedExpr) -> TypedExpr { TypedExpr(.negate(x), Self.float, span) }

  private func arithmetic(_ sign: ArithmeticSign, _ a: TypedExpr, _ b: TypedExpr) -> TypedExpr {
    TypedExpr(.arithmetic(sign, a, b), Self.float, span)
  }

  func exp(_ x: TypedExpr) -> TypedExpr { call("exp", [x]) }
  func log(_ x: TypedExpr) -> TypedExpr { call("log", [x]) }
  func greatest(_ all: [TypedExpr]) -> TypedExpr { call("greatest", all) }
  func least(_ all: [TypedExpr]) -> TypedExpr { call("least", all) }

  func call(_ name: String, _ arguments: [TypedExpr], _ type: ValueType = float) -> TypedExpr {
    TypedExpr(.scalar(FunctionReference(name, overload: 0), arguments), type, span)
  }

  func compare(_ a: TypedExpr, _ sign: CompareSign, _ b: TypedExpr) -> TypedExpr {
    TypedExpr(.compare(sign, a, b), ValueType(.bool), span)
  }
  func isMissing(_ x: TypedExpr) -> TypedExpr { compare(x, .equal, missing(ValueType(.null))) }
  func all(_ conditions: [TypedExpr]) -> TypedExpr {
    conditions.count == 1 ? conditions[0] : TypedExpr(.and(conditions), ValueType(.bool), span)
  }
  func any(_ conditions: [TypedExpr]) -> TypedExpr {
    conditions.count == 1 ? conditions[0] : TypedExpr(.or(conditions), ValueType(.bool), span)
  }

  /// The value of the first condition that holds.
  func choose(
    _ branches: [(when: TypedExpr, then: TypedExpr)], otherwise: TypedExpr
  ) -> TypedExpr {
    if branches.isEmpty { return otherwise }
    return TypedExpr(
      .conditional(
        branches.map { TypedBranch(condition: $0.when, value: $0.then) }, otherwise: otherwise),
      otherwise.type, span)
  }

  /// A missing value becomes a number.
  func filled(_ x: TypedExpr, _ value: Double) -> TypedExpr {
    guard x.type.isNullable else { return x }
    return TypedExpr(.coalesce([x, number(value)]), Self.float, span)
  }
}
