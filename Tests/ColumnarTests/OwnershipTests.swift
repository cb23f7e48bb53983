import CArrowADBC
import Columnar
import Testing
import Values

@Suite("Arrow memory is released exactly once")
struct OwnershipTests {
  private let field = ArrowField("c", .int(bits: 64, signed: true))

  private func column(_ releases: Releases) -> ArrowArray {
    ArrowFixture.array(
      length: 1, buffers: [nil, ArrowFixture.bytes([Int64(1)])], releases: releases)
  }

  @Test("when the last reference to a batch goes")
  func batch() throws {
    let (outer, inner) = (Releases(), Releases())
    do {
      let batch = try RecordBatch(
        taking: ArrowFixture.batch([column(inner)], length: 1, releases: outer), fields: [field])
      let second = batch
      #expect(try second.values(column: 0, as: .int) == [.int(1)])
      #expect(outer.count == 0)
    }
    #expect(outer.count == 1)
    #expect(inner.count == 1)
  }

  @Test("when a batch does not fit its schema")
  func refused() {
    let releases = Releases()
    #expect(throws: ColumnarError.self) {
      try RecordBatch(
        taking: ArrowFixture.batch([column(Releases())], length: 1, releases: releases), fields: [])
    }
    #expect(releases.count == 1)
  }

  @Test("when a stream is left before its end, closed twice, or fails")
  func streams() throws {
    let releases = Releases()
    do {
      let stream = try BatchStream(taking: endless(releases))
      #expect(stream.fields == [ArrowField("c", .int(bits: 64, signed: true))])
      #expect(try stream.next()?.rowCount == 1)
      #expect(releases.count == 0)
      stream.close()
      #expect(releases.count == 1)
      #expect(try stream.next() == nil)
    }
    #expect(releases.count == 1)
    #expect(throws: BatchStream.Failure.self) {
      try BatchStream(taking: endless(releases, failing: true))
    }
    #expect(releases.count == 2)
  }

  private final class Source {
    let releases: Releases
    init(_ releases: Releases) { self.releases = releases }
  }

  /// A stream of one-row batches that never ends, or one without a schema.
  private func endless(_ releases: Releases, failing: Bool = false) -> ArrowArrayStream {
    var stream = ArrowArrayStream()
    stream.private_data = Unmanaged.passRetained(Source(releases)).toOpaque()
    stream.get_schema = { _, out in
      out?.pointee = SchemaFixture.record(format: "l", name: "c")
      return 0
    }
    if failing { stream.get_schema = { _, _ in 5 } }
    stream.get_next = { _, out in
      let column = ArrowFixture.array(length: 1, buffers: [nil, ArrowFixture.bytes([Int64(1)])])
      out?.pointee = ArrowFixture.batch([column], length: 1)
      return 0
    }
    stream.get_last_error = { _ in nil }
    stream.release = { pointer in
      guard let data = pointer?.pointee.private_data else { return }
      Unmanaged<Source>.fromOpaque(data).takeRetainedValue().releases.add()
      pointer?.pointee.release = nil
    }
    return stream
  }
}
