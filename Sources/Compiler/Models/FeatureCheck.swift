import Diagnostics
import Syntax
import Values

/// What a model reads of each row, checked over one relation: the rows it is trained on, or those
/// it is to judge.
struct FeatureCheck {
  let checker: Checker
  var input: LogicalPlan
  var scope: Scope

  func value(_ expr: Expr) -> TypedExpr {
    checker.check(expr, .over(input, scope, place: "a formula"))
  }

  /// As a number, a text, a condition or a date: what models learn from.
  func feature(_ expr: Expr) -> TypedExpr {
    let typed = value(expr)
    switch typed.type.base {
    case .bool, .text, .date: return typed
    case .float: return typed
    case .int, .decimal: return number(typed)
    case .timestamp: return day(typed)
    case .duration: return number(typed)
    case .null where typed.isFailed: return typed
    case .null, .months, .period, .list, .record, .json:
      checker.report(.notAFeature(typed.type, at: expr.span))
      return .failed(expr.span)
    }
  }

  /// Whether a column of this type can be a feature.
  static func canLearn(from type: DataType) -> Bool {
    switch type {
    case .bool, .text, .date, .float, .int, .decimal, .timestamp, .duration: true
    case .null, .months, .period, .list, .record, .json: false
    }
  }

  /// A number as a float; a length of time in days.
  func number(_ typed: TypedExpr) -> TypedExpr {
    switch typed.type.base {
    case .float: return typed
    case .int, .decimal:
      return TypedExpr(
        .widen(typed),
        ValueType(.float, nullable: typed.type.isNullable, labels: typed.type.labels), typed.span)
    case .duration:
      let oneDay = TypedExpr(.literal(.duration(86_400_000_000)), ValueType(.duration), typed.span)
      return TypedExpr(
        .arithmetic(.divide, typed, oneDay),
        ValueType(.float, nullable: true, labels: typed.type.labels), typed.span)
    case .bool, .text, .date, .timestamp, .null, .months, .period, .list, .record, .json:
      if !typed.isFailed {
        checker.report(
          .mismatch("this is a number", at: typed.span, label: "it is \(typed.type)"))
      }
      return .failed(typed.span)
    }
  }

  /// In UTC whatever the run's zone: a model reads the same of the same rows everywhere.
  private func day(_ typed: TypedExpr) -> TypedExpr {
    let zone = TypedExpr(.literal(.text("UTC")), ValueType(.text), typed.span)
    return TypedExpr(
      .scalar(FunctionReference("date", overload: 0), [typed, zone]),
      ValueType(.date, nullable: typed.type.isNullable, labels: typed.type.labels), typed.span)
  }
}

extension Diagnostic {
  static func notAFeature(_ type: ValueType, at span: Span) -> Diagnostic {
    Diagnostic(
      .badFormula, "a model cannot learn from \(type.base)", at: span, label: "this is \(type)",
      help: ["models learn from numbers, texts, conditions and dates: `derive` one of them first"])
  }
}
