import Columnar
import Compiler
import Values

extension AddedColumn.Kind {
  /// How a column of this type is handed to an engine.
  init(_ type: DataType) {
    switch type {
    case .float, .decimal: self = .float
    case .int: self = .int
    case .bool: self = .bool
    case .list: self = .floatList
    case .text, .date, .timestamp, .duration, .months, .period, .record, .json, .null: self = .text
    }
  }
}

extension AddedColumn {
  init(_ values: some Sequence<Value>, _ kind: AddedColumn.Kind) {
    switch kind {
    case .float: self = .floats(values.map(\.asDouble))
    case .int: self = .ints(values.map { if case .int(let x) = $0 { x } else { nil } })
    case .bool: self = .bools(values.map { if case .bool(let x) = $0 { x } else { nil } })
    case .text: self = .texts(values.map { if case .text(let x) = $0 { x } else { nil } })
    case .floatList:
      self = .floatLists(
        values.map { if case .list(let items) = $0 { items.compactMap(\.asDouble) } else { nil } })
    }
  }
}
