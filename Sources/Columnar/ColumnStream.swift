package import CArrowADBC

/// A stream of one batch made of columns: how an engine is handed a table that Whom worked out.
package enum ColumnStream {
  /// All columns have the same length.
  package static func make(_ columns: [(name: String, values: AddedColumn)]) -> ArrowArrayStream {
    var stream = ArrowArrayStream()
    stream.private_data = Unmanaged.passRetained(State(columns)).toOpaque()
    stream.get_schema = { stream, out in
      guard let state = State.of(stream), let out else { return 22 }
      out.initialize(
        to: SchemaFamily.extend(
          ArrowSchema(), by: state.columns.map { (name: $0.name, kind: $0.values.kind) }))
      return 0
    }
    stream.get_next = { stream, out in
      guard let state = State.of(stream), let out else { return 22 }
      out.initialize(to: state.next())
      return 0
    }
    stream.get_last_error = { _ in nil }
    stream.release = { stream in
      guard let stream, let data = stream.pointee.private_data else { return }
      Unmanaged<State>.fromOpaque(data).release()
      stream.pointee.private_data = nil
      stream.pointee.release = nil
    }
    return stream
  }

  private final class State {
    let columns: [(name: String, values: AddedColumn)]
    private var isDone = false

    init(_ columns: [(name: String, values: AddedColumn)]) { self.columns = columns }

    static func of(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> State? {
      guard let data = stream?.pointee.private_data else { return nil }
      return Unmanaged<State>.fromOpaque(data).takeUnretainedValue()
    }

    func next() -> ArrowArray {
      if isDone { return ArrowArray() }
      isDone = true
      let count = columns.first?.values.count ?? 0
      return ArrayFamily.batch(of: columns.map { $0.values.export() }, length: count)
    }
  }
}
