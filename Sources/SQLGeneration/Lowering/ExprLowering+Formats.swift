import Compiler
import SQLTree
import Values

/// Values in f-texts: `f"{name:<12} {spend:>10,.2f} {share:.1%}"`.
extension ExprLowering {
  func formatted(_ inner: TypedExpr, _ format: String?) -> SQLExpr {
    let operand = value(inner)
    guard let format, case .success(let spec) = FormatSpec.parse(format, for: inner.type.base)
    else { return plain(operand, inner.type.base) }
    switch spec {
    case .time: return .call("strftime", [operand, .text(Self.spelledOut(format))])
    case .text(let padding):
      let text = plain(operand, inner.type.base)
      return padded(padding.limit.map { .call("left", [text, .int($0)]) } ?? text, padding)
    case .number(let number): return self.number(operand, number, inner.type.base)
    }
  }

  /// `%F` and `%T` as what they stand for: not every engine knows them.
  private static func spelledOut(_ format: String) -> String {
    var result = ""
    var isDirective = false
    for letter in format {
      switch letter {
      case "F" where isDirective: result += "Y-%m-%d"
      case "T" where isDirective: result += "H:%M:%S"
      default: result.append(letter)
      }
      isDirective = letter == "%" && !isDirective
    }
    return result
  }

  private func plain(_ operand: SQLExpr, _ type: DataType) -> SQLExpr {
    switch type {
    case .text: operand
    case .float: .call("plain_text", [operand])
    case .timestamp: .call("strftime", [operand, .text("%Y-%m-%d %H:%M:%S")])
    case .list(let item) where item.base == .float: .call("float_list_text", [operand])
    case .list: .call("list_text", [operand])
    case .duration where dialect.name == .postgreSQL, .months where dialect.name == .postgreSQL:
      .call("interval_text", [operand])
    case .bool, .int, .decimal, .date, .duration, .months, .period, .record, .json, .null:
      .cast(operand, .text, isTry: false)
    }
  }

  // MARK: Numbers

  /// The engine writes sign, separators and digits; what it cannot do beside separators, signs
  /// and widths, is put around.
  private func number(_ operand: SQLExpr, _ format: NumberFormat, _ type: DataType) -> SQLExpr {
    let x = scaled(operand, format, type)
    guard !format.positiveSign.isEmpty || format.padding.alignment == .afterSign else {
      return padded(digits(x, format, type), format.padding)
    }
    let sign = SQLExpr.conditional(
      [SQLBranch(when: .binary(x, .less, .int(0)), then: .text("-"))],
      otherwise: .text(format.positiveSign))
    let size = digits(.call("abs", [x]), format, type)
    guard format.padding.alignment == .afterSign else {
      return padded(.binary(sign, .concatenate, size), format.padding)
    }
    let rest = format.padding.narrowed(by: 1)
    return .conditional(
      [
        SQLBranch(
          when: .binary(x, .less, .int(0)),
          then: .binary(.text("-"), .concatenate, padded(size, rest)))
      ],
      otherwise: format.positiveSign.isEmpty
        ? padded(size, format.padding)
        : .binary(.text(format.positiveSign), .concatenate, padded(size, rest)))
  }

  private func scaled(_ operand: SQLExpr, _ format: NumberFormat, _ type: DataType) -> SQLExpr {
    switch format.notation {
    case .percent: .binary(.cast(operand, .float, isTry: false), .times, .int(100))
    case .fixed, .exponent, .general:
      type == .int ? .cast(operand, .float, isTry: false) : operand
    case .automatic, .whole: operand
    }
  }

  private func digits(_ x: SQLExpr, _ format: NumberFormat, _ type: DataType) -> SQLExpr {
    let (separator, precision) = (format.separator ?? "", format.precision.map { ".\($0)" } ?? "")
    let letter =
      switch format.notation {
      case .automatic, .whole: ""
      case .fixed, .percent: "f"
      case .exponent: format.isUppercase ? "E" : "e"
      case .general: format.isUppercase ? "G" : "g"
      }
    let tail = format.notation == .percent ? "%" : ""
    if separator + precision + letter == "" { return plain(x, type) }
    return .call("format", [.text("{:\(separator)\(precision)\(letter)}\(tail)"), x])
  }

  // MARK: Widths

  private func padded(_ text: SQLExpr, _ format: PaddedFormat) -> SQLExpr {
    guard format.width > 0 else { return text }
    let arguments = [text, .int(format.width), .text(String(format.fill))]
    switch format.alignment {
    case .left: return .call("pad_right", arguments)
    case .right, .afterSign: return .call("pad_left", arguments)
    case .center: return .call("pad_center", arguments)
    }
  }
}
