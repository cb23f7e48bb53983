import CArrowADBC
import Glibc

/// The batches of a stream with further columns, in the order of the stream.
///
/// Several workers take batch after batch from the source and work ahead of the reader, a few
/// batches at most, so that an engine that reads, one that writes and the work between them keep
/// all cores busy. What the reader gets does not depend on how many there are.
final class ExtendedBatches: @unchecked Sendable {
  enum Outcome {
    case batch(ArrowArray)
    case end
    /// The words are nil where the source has its own.
    case failed(code: Int32, words: String?)
  }

  private let source: UnsafeMutablePointer<ArrowArrayStream>
  private let fields: [ArrowField]
  /// The places of the columns that go on.
  private let kept: [Int]
  private let added: [AddedColumn.Kind]
  private let works: [ColumnExtension.Work]

  /// Held by whoever asks the source: it cannot answer two at once.
  private let asking = Monitor()
  private let monitor = Monitor()
  // Under `monitor`:
  private var outcomes: [Int: Outcome] = [:]
  private var asked = 0
  private var given = 0
  private var isOver = false
  // Of the reader alone:
  private var threads: [pthread_t] = []
  private var hasBegun = false
  private var hasEnded = false

  /// `source` stays where it is, and its owner's, until `close`.
  init(
    _ source: UnsafeMutablePointer<ArrowArrayStream>, fields: [ArrowField], kept: [Int],
    _ added: ColumnExtension
  ) {
    self.source = source
    self.fields = fields
    self.kept = kept
    self.added = added.columns.map(\.kind)
    works = (0..<added.workers).map { _ in added.makeWork() }
  }

  /// For one reader.
  func next() -> Outcome {
    if hasEnded { return .end }
    if !hasBegun { begin() }
    let outcome = threads.isEmpty ? finished(ask(), works[0]) : nextOfWorkers()
    if case .batch = outcome { return outcome }
    hasEnded = true
    return outcome
  }

  private func nextOfWorkers() -> Outcome {
    monitor.locked {
      while true {
        if let outcome = outcomes.removeValue(forKey: given) {
          given += 1
          monitor.wakeAll()
          return outcome
        }
        monitor.wait()
      }
    }
  }

  /// To be called before the source goes. Waits for what is being worked on.
  func close() {
    monitor.locked {
      isOver = true
      monitor.wakeAll()
    }
    for thread in threads { pthread_join(thread, nil) }
    threads = []
    for case .batch(var array) in outcomes.values { array.release?(&array) }
    outcomes = [:]
  }

  // MARK: Workers

  private final class Worker {
    let batches: ExtendedBatches
    let work: ColumnExtension.Work

    init(_ batches: ExtendedBatches, _ work: @escaping ColumnExtension.Work) {
      self.batches = batches
      self.work = work
    }
  }

  /// One worker alone would only hand over to the reader what the reader can do itself.
  private func begin() {
    hasBegun = true
    guard works.count > 1 else { return }
    for work in works {
      let worker = Unmanaged.passRetained(Worker(self, work))
      var thread = pthread_t()
      let status = pthread_create(
        &thread, nil,
        { raw in
          guard let raw else { return nil }
          let worker = Unmanaged<Worker>.fromOpaque(raw).takeRetainedValue()
          worker.batches.serve(worker.work)
          return nil
        }, worker.toOpaque())
      // Those that the system grants do it all.
      guard status == 0 else { return worker.release() }
      threads.append(thread)
    }
  }

  private func serve(_ work: ColumnExtension.Work) {
    while let (number, answer) = askInTurn() {
      let outcome = finished(answer, work)
      monitor.locked {
        outcomes[number] = outcome
        if case .batch = outcome {} else { isOver = true }
        monitor.wakeAll()
      }
    }
  }

  /// The next batch of the source with its number; nil when there is nothing left to do.
  private func askInTurn() -> (number: Int, answer: Outcome)? {
    asking.locked {
      let number: Int? = monitor.locked {
        while asked - given >= works.count * 3, !isOver { monitor.wait() }
        if isOver { return nil }
        asked += 1
        return asked - 1
      }
      guard let number else { return nil }
      let answer = ask()
      if case .batch = answer { return (number, answer) }
      // Nobody is to ask again.
      monitor.locked { isOver = true }
      return (number, answer)
    }
  }

  // MARK: One batch

  /// As the source has it.
  private func ask() -> Outcome {
    var array = ArrowArray()
    let code = source.pointee.get_next?(source, &array) ?? 22
    guard code == 0 else {
      // Copied at once: another call might change it.
      let words = source.pointee.get_last_error?(source).map { String(cString: $0) }
      return .failed(code: code, words: words)
    }
    return array.release == nil ? .end : .batch(array)
  }

  /// With the further columns, if there is a batch.
  private func finished(_ answer: Outcome, _ work: ColumnExtension.Work) -> Outcome {
    guard case .batch(let array) = answer else { return answer }
    do throws(ColumnarError) {
      return .batch(try extended(RecordBatch(taking: array, fields: fields), work))
    } catch {
      if case .tooLong(let why) = error {
        return .failed(code: 5, words: ColumnarError.tooLongMark + why)
      }
      return .failed(code: 5, words: "\(error)")
    }
  }

  private func extended(
    _ batch: RecordBatch, _ work: ColumnExtension.Work
  ) throws(ColumnarError) -> ArrowArray {
    let columns = try work(batch)
    guard columns.map(\.kind) == added, columns.allSatisfy({ $0.count == batch.rowCount })
    else { throw .malformed("columns that do not fit what was promised") }
    return ArrayFamily.batch(
      of: try batch.sharedColumns(kept) + columns.map { $0.export() }, length: batch.rowCount)
  }
}
