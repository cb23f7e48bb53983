import CArrowADBC
import Columnar
import Testing
import Values

@Suite("Columns that are put behind those of a stream")
struct ExtendedStreamTests {
  @Test("Each batch has the columns it came with and the new ones")
  func columns() throws {
    let releases = Releases()
    do {
      let stream = try BatchStream(taking: extended(batches: 2, releases))
      #expect(stream.fields.map(\.name) == ["c", "half", "name", "low", "next"])
      for number in 1...2 {
        let batch = try #require(try stream.next())
        #expect(batch.rowCount == 3)
        let start = Int64(number * 3)
        #expect(
          try batch.values(column: 0, as: .int) == [.int(start), .int(start + 1), .int(start + 2)])
        #expect(
          try batch.values(column: 1, as: .float)
            == [.float(Double(start) / 2), .null, .float(Double(start + 2) / 2)])
        #expect(try batch.values(column: 2, as: .text) == [.null, .text("Zoë 🙂"), .text("")])
        #expect(try batch.values(column: 3, as: .bool) == [.bool(true), .bool(false), .null])
        #expect(try batch.values(column: 4, as: .int)[2] == .int(start + 3))
      }
      #expect(try stream.next() == nil)
      stream.close()
    }
    #expect(releases.count == 3, "the stream and its two batches, each once")
  }

  @Test("A batch outlives its stream, and is released with the last who holds it")
  func ownership() throws {
    let releases = Releases()
    do {
      var kept: RecordBatch?
      do {
        let stream = try BatchStream(taking: extended(batches: 1, releases))
        kept = try stream.next()
        stream.close()
      }
      #expect(releases.count == 1)
      #expect(try kept?.values(column: 0, as: .int).first == .int(3))
    }
    #expect(releases.count == 2)
  }

  @Test("Columns that are too short, or of another kind, end the stream with words")
  func misfits() throws {
    for column in [AddedColumn.floats([1]), .ints([1, 2, 3])] {
      let source = Self.source(batches: 1, Releases())
      let stream = try BatchStream(
        taking: ExtendedStream.make(
          source, adding: ColumnExtension(columns: [("x", .float)]) { { _ in [column] } }))
      #expect(throws: BatchStream.Failure.self) { try stream.next() }
    }
  }

  @Test("Columns that are there for the work alone go no further")
  func consumed() throws {
    let releases = Releases()
    do {
      let stream = try BatchStream(
        taking: ExtendedStream.make(
          Self.source(batches: 2, releases),
          adding: ColumnExtension(columns: [("x", .float)], consuming: ["c"]) {
            { batch in [.floats(Array(repeating: 1, count: batch.rowCount))] }
          }))
      #expect(stream.fields.map(\.name) == ["x"])
      let batch = try #require(try stream.next())
      #expect(try batch.values(column: 0, as: .float) == [.float(1), .float(1), .float(1)])
      #expect(try stream.next() != nil)
      #expect(try stream.next() == nil)
      stream.close()
    }
    #expect(releases.count == 3, "the stream and its two batches, each once")
  }

  @Test("Several workers give the batches in their order, and each of them once")
  func workers() throws {
    let releases = Releases()
    do {
      let stream = try BatchStream(taking: extended(batches: 200, releases, workers: 4))
      for number in 1...200 {
        let batch = try #require(try stream.next())
        #expect(try batch.values(column: 0, as: .int)[0] == .int(Int64(number * 3)))
        #expect(try batch.values(column: 4, as: .int)[0] == .int(Int64(number * 3 + 1)))
      }
      #expect(try stream.next() == nil)
      #expect(try stream.next() == nil)
      stream.close()
    }
    #expect(releases.count == 201)
  }

  @Test("What a worker refuses comes after the batches before it, and ends the stream")
  func refusal() throws {
    let (releases, made) = (Releases(), Releases())
    do {
      let stream = try BatchStream(
        taking: extended(batches: 200, releases, workers: 3, refusing: 60, counting: made))
      for number in 1..<20 {
        let batch = try #require(try stream.next())
        #expect(try batch.values(column: 0, as: .int)[0] == .int(Int64(number * 3)))
      }
      #expect {
        try stream.next()
      } throws: {
        "\($0)".contains("not sixty")
      }
      stream.close()
    }
    #expect(made.count < 60, "nobody reads on to the end")
    #expect(releases.count == made.count + 1)
  }

  @Test("A stream that is left early waits for its workers, and frees what they had ready")
  func leaving() throws {
    let (releases, made) = (Releases(), Releases())
    do {
      let stream = try BatchStream(
        taking: extended(batches: 200, releases, workers: 3, counting: made))
      #expect(try stream.next() != nil)
      stream.close()
    }
    #expect(made.count < 60)
    #expect(releases.count == made.count + 1)
  }

  private func extended(
    batches: Int, _ releases: Releases, workers: Int = 1, refusing refused: Int64 = 0,
    counting made: Releases = Releases()
  ) -> ArrowArrayStream {
    ExtendedStream.make(
      Self.source(batches: batches, releases, counting: made),
      adding: ColumnExtension(
        columns: [("half", .float), ("name", .text), ("low", .bool), ("next", .int)],
        workers: workers
      ) {
        { batch throws(ColumnarError) in
          let numbers = try batch.values(column: 0, as: .int).map { value -> Int64 in
            if case .int(let x) = value { x } else { 0 }
          }
          if numbers[0] == refused { throw .refused("not sixty") }
          return [
            .floats([Double(numbers[0]) / 2, nil, Double(numbers[2]) / 2]),
            .texts([nil, "Zoë 🙂", ""]), .bools([true, false, nil]),
            .ints(numbers.map { $0 + 1 }),
          ]
        }
      })
  }

  private final class Source {
    let releases: Releases
    let made: Releases
    let batches: Int
    var given = 0
    init(_ batches: Int, _ releases: Releases, _ made: Releases) {
      self.made = made
      self.batches = batches
      self.releases = releases
    }
  }

  /// Batches of three rows: 3 4 5, then 6 7 8.
  private static func source(
    batches: Int, _ releases: Releases, counting made: Releases = Releases()
  ) -> ArrowArrayStream {
    var stream = ArrowArrayStream()
    stream.private_data = Unmanaged.passRetained(Source(batches, releases, made)).toOpaque()
    stream.get_schema = { _, out in
      out?.pointee = SchemaFixture.record(format: "l", name: "c")
      return 0
    }
    stream.get_next = { stream, out in
      guard let data = stream?.pointee.private_data else { return 22 }
      let source = Unmanaged<Source>.fromOpaque(data).takeUnretainedValue()
      guard source.given < source.batches else {
        out?.pointee = ArrowArray()
        return 0
      }
      source.given += 1
      source.made.add()
      let start = Int64(source.given * 3)
      let column = ArrowFixture.array(
        length: 3, buffers: [nil, ArrowFixture.bytes([start, start + 1, start + 2])])
      out?.pointee = ArrowFixture.batch([column], length: 3, releases: source.releases)
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
