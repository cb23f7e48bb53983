import Compiler
import SQLTree
import Values

extension ExprLowering {
  func arithmetic(
    _ sign: ArithmeticSign, _ a: TypedExpr, _ b: TypedExpr, _ type: ValueType
  ) -> SQLExpr {
    switch (a.type.base, b.type.base) {
    case (.date, _), (.timestamp, _), (.duration, _), (.months, _), (_, .duration), (_, .months):
      return temporal(sign, a, b, type)
    default: return numeric(sign, a, b, type)
    }
  }

  private func numeric(
    _ sign: ArithmeticSign, _ a: TypedExpr, _ b: TypedExpr, _ type: ValueType
  ) -> SQLExpr {
    switch sign {
    case .plus: return whole(a, .plus, b, type)
    case .minus: return whole(a, .minus, b, type)
    case .times: return whole(a, .times, b, type)
    case .divide: return .binary(dividend(a), .divide, quotientDivisor(a, b, type))
    case .floorDivide: return floorDivide(a, b, type)
    case .power: return power(a, b)
    }
  }

  /// Engines count small literals as 32 bits wide, and overflow where an int of ours does not:
  /// so one side says that it is wide where the other may not be.
  private func whole(
    _ a: TypedExpr, _ sign: SQLSign, _ b: TypedExpr, _ type: ValueType
  ) -> SQLExpr {
    let (x, y) = (term(a), term(b))
    guard type.base == .int else { return .binary(x, sign, y) }
    // A server's column may have 32 bits, and overflows where an int of ours does not.
    if dialect.cutsWholeNumbers, case .column = x {
      return .binary(.cast(x, .int, isTry: false), sign, y)
    }
    if NarrowInt.isNarrow(x) && NarrowInt.isNarrow(y) || NarrowInt.isLarge(x) {
      return .binary(.cast(x, .int, isTry: false), sign, y)
    }
    if NarrowInt.isLarge(y) { return .binary(x, sign, .cast(y, .int, isTry: false)) }
    return .binary(x, sign, y)
  }

  /// Where the whole is guarded against infinities, a division by zero is covered by that.
  private func quotientDivisor(_ a: TypedExpr, _ b: TypedExpr, _ type: ValueType) -> SQLExpr {
    let quotient = TypedExpr(.arithmetic(.divide, a, b), type, a.span)
    return dialect.name == .duckDB && FloatRange.mayOverflow(quotient) ? value(b) : divisor(b)
  }

  /// Of whole numbers and decimals some engines give a whole number or a decimal.
  private func dividend(_ a: TypedExpr) -> SQLExpr {
    dialect.cutsWholeNumbers && a.type.base != .float
      ? .cast(term(a), .float, isTry: false) : term(a)
  }

  private func dividend(micros expr: TypedExpr) -> SQLExpr {
    dialect.cutsWholeNumbers ? .cast(micros(expr), .float, isTry: false) : micros(expr)
  }

  /// A division by zero is null.
  private func divisor(_ b: TypedExpr) -> SQLExpr {
    switch b.constant {
    case .int(let number)? where number != 0: return value(b)
    case .float(let number)? where number != 0: return value(b)
    default: return FloatRange.isAboveOne(b) ? value(b) : .call("nullif", [value(b), .int(0)])
    }
  }

  /// Down to the next whole number, also below zero; engines cut towards zero.
  private func floorDivide(_ a: TypedExpr, _ b: TypedExpr, _ type: ValueType) -> SQLExpr {
    guard type.base == .int else {
      return .call("floor", [.binary(dividend(a), .divide, divisor(b))])
    }
    return .call("floor_div", [value(a), value(b)])
  }

  private func power(_ a: TypedExpr, _ b: TypedExpr) -> SQLExpr {
    .call("pow", [value(a), value(b)])
  }

  /// An operand that is arithmetic of floats itself: an infinity in it reaches the whole, so
  /// that one guard around the whole is enough.
  private func term(_ expr: TypedExpr) -> SQLExpr {
    switch expr.kind {
    case .arithmetic(let sign, let a, let b) where expr.type.base == .float:
      sign == .power ? value(expr) : arithmetic(sign, a, b, expr.type)
    case .negate(let inner): .prefix(.minus, term(inner))
    default: value(expr)
    }
  }

  // MARK: Time

  private func temporal(
    _ sign: ArithmeticSign, _ a: TypedExpr, _ b: TypedExpr, _ type: ValueType
  ) -> SQLExpr {
    let sqlSign: SQLSign = sign == .minus ? .minus : .plus
    switch (sign, a.type.base, b.type.base) {
    case (.minus, .date, .date):
      return .call("to_days", [.cast(.binary(value(a), .minus, value(b)), .int, isTry: false)])
    case (.plus, .date, .duration), (.minus, .date, .duration):
      if case .duration(let micros)? = b.constant, type.base == .date {
        return .binary(value(a), sqlSign, .int(Int(micros / 86_400_000_000)))
      }
      return .binary(value(a), sqlSign, value(b))
    case (.plus, .date, .months), (.minus, .date, .months):
      return .cast(calendarStep(from: a, sign, b), .date, isTry: false)
    case (.plus, .timestamp, .months), (.minus, .timestamp, .months):
      return calendarStep(from: a, sign, b)
    case (.divide, .duration, .duration):
      return .binary(dividend(micros: a), .divide, durationDivisor(b))
    case (.divide, .duration, _):
      return duration(.binary(dividend(micros: a), .divide, divisor(b)))
    case (.times, .duration, .int): return whole(.binary(micros(a), .times, value(b)))
    case (.times, .int, .duration): return whole(.binary(value(a), .times, micros(b)))
    case (.times, .duration, _): return duration(.binary(micros(a), .times, value(b)))
    case (.times, _, .duration): return duration(.binary(value(a), .times, micros(b)))
    case (.times, .months, _): return .binary(value(a), .times, value(b))
    case (.times, _, .months): return .binary(value(b), .times, value(a))
    default: return .binary(value(a), sqlSign, value(b))
    }
  }

  /// Months stand before the moment, `interval '1 month' + "at"`: of `"at" + interval '1 month'`
  /// and `"at" + interval '30 days'` in one statement DuckDB 2.0.0 works out one only, because
  /// it finds the two intervals equal.
  private func calendarStep(
    from moment: TypedExpr, _ sign: ArithmeticSign, _ months: TypedExpr
  ) -> SQLExpr {
    var step = value(months)
    if sign == .minus {
      step =
        if case .months(let count)? = months.constant { .literal(.months(-count)) } else {
          .prefix(.minus, step)
        }
    }
    return .binary(step, .plus, value(moment))
  }

  /// Microseconds of a duration as a whole number.
  func micros(_ expr: TypedExpr) -> SQLExpr {
    if case .duration(let micros)? = expr.constant { return .int(Int(micros)) }
    return .call("epoch_us", [value(expr)])
  }

  private func durationDivisor(_ b: TypedExpr) -> SQLExpr {
    if case .duration(let micros)? = b.constant, micros != 0 { return .int(Int(micros)) }
    return .call("nullif", [micros(b), .int(0)])
  }

  private func duration(_ micros: SQLExpr) -> SQLExpr {
    whole(.cast(.call("round", [micros]), .int, isTry: false))
  }

  private func whole(_ micros: SQLExpr) -> SQLExpr {
    .call("exact_duration", [micros])
  }
}

/// Days between two dates are a whole number in SQL, which reads better than an interval.
enum DurationShortcut {
  private static let day: Int64 = 86_400_000_000

  /// `days(a - b)` of two dates.
  static func lower(
    _ function: FunctionReference, _ arguments: [TypedExpr], _ lowering: ExprLowering
  ) -> SQLExpr? {
    guard arguments.count == 1, let days = dateDifference(arguments[0], lowering) else {
      return nil
    }
    switch function.name {
    case "days": return days
    case "hours": return .binary(days, .times, .int(24))
    default: return nil
    }
  }

  /// `a - b > 30 days` of two dates.
  static func days(
    _ a: TypedExpr, _ b: TypedExpr, _ lowering: ExprLowering
  ) -> (SQLExpr, SQLExpr)? {
    if let x = dateDifference(a, lowering), let y = wholeDays(b) { return (x, y) }
    if let x = wholeDays(a), let y = dateDifference(b, lowering) { return (x, y) }
    return nil
  }

  private static func dateDifference(_ expr: TypedExpr, _ lowering: ExprLowering) -> SQLExpr? {
    guard case .arithmetic(.minus, let a, let b) = expr.kind, a.type.base == .date,
      b.type.base == .date
    else { return nil }
    let days = SQLExpr.binary(lowering.value(a), .minus, lowering.value(b))
    return lowering.dialect.cutsWholeNumbers ? .cast(days, .int, isTry: false) : days
  }

  private static func wholeDays(_ expr: TypedExpr) -> SQLExpr? {
    guard case .duration(let micros)? = expr.constant, micros % day == 0 else { return nil }
    return .int(Int(micros / day))
  }
}
