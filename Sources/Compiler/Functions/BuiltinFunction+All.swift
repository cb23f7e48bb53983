// The list of all functions; a test holds it against the files of this folder.
extension BuiltinFunction {
  package static let all: [BuiltinFunction] =
    arithmetic + moreArithmetic + text + moreText + time + moreTime + conversion
    + timeConversion + moreConversion
    + similarities + privacy + statistics + draws + lists + finance + aggregates + moreAggregates
    + windows
    + moreWindows

  package static func named(_ name: String) -> BuiltinFunction? { byName[name] }

  private static let byName: [String: BuiltinFunction] = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
