package import Values
import Syntax

/// What a parameter of a function, or a `param`, takes.
package indirect enum ParameterType: Hashable, Sendable {
  /// No type was written: anything that is not a relation.
  case any
  case relation
  case model
  case column(DataTypePattern?)
  case columns
  case number
  case value(ValueType)

  package enum DataTypePattern: Hashable, Sendable {
    case number
    case type(DataType)

    package func accepts(_ type: DataType) -> Bool {
      switch self {
      case .number: type.isNumber || type == .null
      case .type(.timestamp): type == .timestamp || type == .date || type == .null
      case .type(let wanted): TypeRules.fits(type, wanted)
      }
    }

    package var words: String {
      switch self {
      case .number: "number"
      case .type(let type): "\(type)"
      }
    }
  }
}

/// Makes types of what was written.
enum TypeResolution {
  /// The words that name a type, for suggestions.
  static let names = [
    "bool", "int", "float", "decimal", "text", "date", "timestamp", "duration", "months",
    "period", "list", "record", "json", "relation", "model", "column", "columns", "number",
  ]

  /// Those that a value can have.
  static let valueNames = names.filter {
    !["relation", "model", "column", "columns", "number"].contains($0)
  }

  static func parameter(_ syntax: TypeSyntax) -> ParameterType? {
    switch syntax.name.text {
    case "relation": return .relation
    case "model": return .model
    case "columns": return .columns
    case "number": return .number
    case "column":
      guard let element = syntax.element.first else { return .column(nil) }
      if element.name.text == "number" { return .column(.number) }
      return value(element).map { .column(.type($0.base)) }
    default: return value(syntax).map { .value($0) }
    }
  }

  static func value(_ syntax: TypeSyntax) -> ValueType? {
    base(syntax).map { ValueType($0, nullable: syntax.isNullable) }
  }

  private static func base(_ syntax: TypeSyntax) -> DataType? {
    switch syntax.name.text {
    case "bool": return .bool
    case "int": return .int
    case "float": return .float
    case "text": return .text
    case "date": return .date
    case "timestamp": return .timestamp
    case "duration": return .duration
    case "months": return .months
    case "period": return .period
    case "json": return .json
    case "decimal": return decimal(syntax.arguments)
    case "list": return syntax.element.first.flatMap(value).map { .list($0) }
    case "record":
      var fields: [Column] = []
      for field in syntax.fields ?? [] {
        guard let type = value(field.type) else { return nil }
        fields.append(Column(field.name.text, type))
      }
      return .record(fields)
    default: return nil
    }
  }

  private static func decimal(_ arguments: [TypeSyntax.Argument]) -> DataType? {
    let numbers = arguments.compactMap { argument -> Int? in
      if case .number(let number) = argument { number } else { nil }
    }
    guard numbers.count == arguments.count, numbers.count <= 2 else { return nil }
    let precision = numbers.first ?? 38
    let scale = numbers.count == 2 ? numbers[1] : 0
    guard (1...38).contains(precision), (0...precision).contains(scale) else { return nil }
    return .decimal(precision: precision, scale: scale)
  }
}
