import Columnar
import Compiler
import Values

/// The work of a step on one batch after the other.
struct HostWork {
  private let step: HostStep
  private let calls: [(call: HostCall, code: HostCode?)]
  /// The place and type of each input in the rows.
  private let inputs: [(place: Int, type: DataType)]
  private let threads: Int

  init(_ step: HostStep, _ calls: [HostCall], _ schema: Schema, threads: Int) {
    self.threads = threads
    self.step = step
    self.calls = calls.map { ($0, $0.code) }
    inputs = step.inputs.map { name in
      let place = schema.columns.firstIndex { $0.name == name } ?? 0
      return (place, schema.columns[place].type.base)
    }
  }

  var columns: ColumnExtension {
    ColumnExtension(
      columns: step.outputs.map { ($0.name, AddedColumn.Kind($0.type.base)) }, workers: threads
    ) {
      { batch throws(ColumnarError) in try added(to: batch) }
    }
  }

  private func added(to batch: RecordBatch) throws(ColumnarError) -> [AddedColumn] {
    var columns = BatchColumns(batch: batch, inputs: inputs)
    var added: [AddedColumn] = []
    for ((call, code), output) in zip(calls, step.outputs) {
      if let code, let numbers = code.numbers {
        added.append(.floats(try columns.numbers(call, numbers)))
      } else {
        added.append(
          AddedColumn(try columns.values(call, code), AddedColumn.Kind(output.type.base)))
      }
    }
    return added
  }
}

/// The inputs of a step in one batch, each read once and only as it is used.
private struct BatchColumns {
  let batch: RecordBatch
  let inputs: [(place: Int, type: DataType)]
  private var readNumbers: [Int: [Double]] = [:]
  private var readValues: [Int: [Value]] = [:]

  init(batch: RecordBatch, inputs: [(place: Int, type: DataType)]) {
    self.batch = batch
    self.inputs = inputs
  }

  /// A loop over columns of numbers, in which NaN is what is missing.
  mutating func numbers(
    _ call: HostCall, _ code: @Sendable ([Double]) -> Double
  ) throws(ColumnarError) -> [Double?] {
    var arguments = [Double](repeating: .nan, count: call.arguments.count)
    var columns: [(at: Int, numbers: [Double])] = []
    for (at, argument) in call.arguments.enumerated() {
      switch argument {
      case .input(let place): columns.append((at, try numbers(of: place)))
      case .constant(let value): arguments[at] = value.asDouble ?? .nan
      }
    }
    var results = [Double?](repeating: nil, count: batch.rowCount)
    if call.arguments.contains(.constant(.null)) { return results }
    for row in results.indices {
      var isWhole = true
      for (at, numbers) in columns {
        arguments[at] = numbers[row]
        if numbers[row].isNaN { isWhole = false }
      }
      guard isWhole else { continue }
      let result = code(arguments)
      if result.isFinite { results[row] = result }
    }
    return results
  }

  mutating func values(_ call: HostCall, _ code: HostCode?) throws(ColumnarError) -> [Value] {
    var columns: [[Value]] = []
    for argument in call.arguments {
      switch argument {
      case .input(let place): columns.append(try values(of: place))
      case .constant: columns.append([])
      }
    }
    var results: [Value] = []
    for row in 0..<batch.rowCount {
      let arguments = zip(call.arguments, columns).map { argument, column in
        switch argument {
        case .input: column[row]
        case .constant(let value): value
        }
      }
      if let refusal = code?.refusal, !arguments.contains(.null), let why = refusal(arguments) {
        throw .tooLong(why)
      }
      results.append(code?.value(arguments) ?? .null)
    }
    return results
  }

  private mutating func numbers(of place: Int) throws(ColumnarError) -> [Double] {
    if let known = readNumbers[place] { return known }
    var numbers: [Double] = []
    try batch.append(numbers: inputs[place].place, to: &numbers)
    readNumbers[place] = numbers
    return numbers
  }

  private mutating func values(of place: Int) throws(ColumnarError) -> [Value] {
    if let known = readValues[place] { return known }
    let values = try batch.values(column: inputs[place].place, as: inputs[place].type)
    readValues[place] = values
    return values
  }
}
