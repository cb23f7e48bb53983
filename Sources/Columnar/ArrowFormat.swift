/// Reads Arrow's format strings (Arrow C data interface, "Data type description").
enum ArrowFormat {
  /// The type that `format` says: `l` is int64, `tsu:UTC` a timestamp, `+l` a list of `children`.
  static func parse(_ format: String, children: [ArrowField]) -> ArrowType {
    if let type = simple[format] { return type }
    let (head, tail) = split(format)
    switch head {
    case "d": return decimal(tail) ?? .unsupported(format)
    case "w": return Int(tail).map { .fixedBinary(width: $0) } ?? .unsupported(format)
    case "tss": return .timestamp(.second, zone: tail)
    case "tsm": return .timestamp(.millisecond, zone: tail)
    case "tsu": return .timestamp(.microsecond, zone: tail)
    case "tsn": return .timestamp(.nanosecond, zone: tail)
    default: return nested(head, tail, children) ?? .unsupported(format)
    }
  }

  private static let simple: [String: ArrowType] = [
    "n": .null, "b": .bool,
    "c": .int(bits: 8, signed: true), "C": .int(bits: 8, signed: false),
    "s": .int(bits: 16, signed: true), "S": .int(bits: 16, signed: false),
    "i": .int(bits: 32, signed: true), "I": .int(bits: 32, signed: false),
    "l": .int(bits: 64, signed: true), "L": .int(bits: 64, signed: false),
    "e": .float(bits: 16), "f": .float(bits: 32), "g": .float(bits: 64),
    "u": .text(.small), "U": .text(.large), "vu": .text(.view),
    "z": .binary(.small), "Z": .binary(.large), "vz": .binary(.view),
    "tdD": .date(.day), "tdm": .date(.millisecond),
    "tts": .time(.second), "ttm": .time(.millisecond),
    "ttu": .time(.microsecond), "ttn": .time(.nanosecond),
    "tDs": .duration(.second), "tDm": .duration(.millisecond),
    "tDu": .duration(.microsecond), "tDn": .duration(.nanosecond),
    "tiM": .interval(.months), "tiD": .interval(.dayTime), "tin": .interval(.monthDayNano),
  ]

  private static func split(_ format: String) -> (head: String, tail: String) {
    guard let colon = format.firstIndex(of: ":") else { return (format, "") }
    return (String(format[..<colon]), String(format[format.index(after: colon)...]))
  }

  /// `precision,scale[,bits]`.
  private static func decimal(_ text: String) -> ArrowType? {
    let parts = text.split(separator: ",").map { Int($0) }
    guard parts.count >= 2, let precision = parts[0], let scale = parts[1],
      (0...76).contains(scale)
    else { return nil }
    guard parts.count == 3 else {
      return .decimal(precision: precision, scale: scale, bits: 128)
    }
    guard let bits = parts[2], [32, 64, 128, 256].contains(bits) else { return nil }
    return .decimal(precision: precision, scale: scale, bits: bits)
  }

  private static func nested(_ head: String, _ tail: String, _ children: [ArrowField])
    -> ArrowType?
  {
    if head == "+s" { return .record(children) }
    guard children.count == 1 else { return nil }
    switch head {
    case "+l": return .list(children[0], .small)
    case "+L": return .list(children[0], .large)
    case "+vl": return .list(children[0], .view)
    case "+w": return Int(tail).map { .fixedList(children[0], size: $0) }
    case "+m": return .map(children[0])
    default: return nil
    }
  }
}
