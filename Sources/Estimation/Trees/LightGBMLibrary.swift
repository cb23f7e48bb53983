import CLightGBM
import Glibc
import Synchronization

/// LightGBM's library, loaded when the first model asks for it.
package final class LightGBMLibrary: Sendable {
  private let pointer: SendablePointer
  private static let loaded = Mutex<[String: LightGBMLibrary]>([:])

  private let turn: Turn

  private struct SendablePointer: @unchecked Sendable {
    let value: OpaquePointer
  }

  /// A lock that a throwing body of any result can be run under; never freed, as the library.
  private struct Turn: @unchecked Sendable {
    let value: UnsafeMutablePointer<pthread_mutex_t>

    init() {
      value = .allocate(capacity: 1)
      value.initialize(to: pthread_mutex_t())
      pthread_mutex_init(value, nil)
    }
  }

  private init(_ pointer: OpaquePointer) {
    self.pointer = SendablePointer(value: pointer)
    turn = Turn()
  }

  var handle: OpaquePointer { pointer.value }

  /// The library in the first of the folders that has it, as `lightgbm/lib_lightgbm.so`. A file
  /// is loaded once in a process and stays: its threads cannot be unloaded.
  package static func find(in folders: [String]) throws(EstimationError) -> LightGBMLibrary {
    let path = try path(in: folders)
    let result = loaded.withLock { known -> Result<LightGBMLibrary, EstimationError> in
      if let library = known[path] { return .success(library) }
      let opened = open(path)
      if case .success(let library) = opened { known[path] = library }
      return opened
    }
    return try result.get()
  }

  /// Where it is, whether or not it loads.
  package static func path(in folders: [String]) throws(EstimationError) -> String {
    let paths = folders.map { $0 + "/lightgbm/lib_lightgbm.so" }
    guard let path = paths.first(where: { access($0, R_OK) == 0 }) else {
      throw .libraryMissing(name: "LightGBM", searched: paths)
    }
    return path
  }

  private static func open(_ path: String) -> Result<LightGBMLibrary, EstimationError> {
    var why = [CChar](repeating: 0, count: 512)
    if let handle = whom_lightgbm_open(path, &why, Int32(why.count)) {
      return .success(LightGBMLibrary(handle))
    }
    let bytes = why.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return .failure(.libraryFailed(String(decoding: bytes, as: UTF8.self)))
  }

  /// One training at a time: the number of threads is a setting of the whole library, and a
  /// change of it amid another training would end the process.
  func exclusively<Result>(
    _ body: () throws(EstimationError) -> Result
  ) throws(EstimationError) -> Result {
    pthread_mutex_lock(turn.value)
    defer { pthread_mutex_unlock(turn.value) }
    return try body()
  }

  /// Turns the library's way of reporting into ours.
  func check(_ status: Int32) throws(EstimationError) {
    guard status != 0 else { return }
    let words = whom_lightgbm_error(handle).map { String(cString: $0) } ?? "no reason given"
    throw .libraryFailed(words)
  }
}

/// Runs of rows of one group.
package struct GroupRuns: Sequence, IteratorProtocol {
  private let groups: [Int32]
  private var position = 0

  package init(_ groups: [Int32]) { self.groups = groups }

  package mutating func next() -> Range<Int>? {
    guard position < groups.count else { return nil }
    let start = position
    while position < groups.count, groups[position] == groups[start] { position += 1 }
    return start..<position
  }
}

/// Trees in the making.
final class LightGBMBooster {
  let library: LightGBMLibrary
  let handle: whom_lightgbm_booster

  init(_ rows: LightGBMDataset, parameters: String) throws(EstimationError) {
    library = rows.library
    var created: whom_lightgbm_booster?
    try library.check(
      whom_lightgbm_booster_create(library.handle, rows.handle, parameters, &created))
    guard let created else { throw .libraryFailed("no model came out") }
    handle = created
  }

  init(_ library: LightGBMLibrary, text: String) throws(EstimationError) {
    self.library = library
    var created: whom_lightgbm_booster?
    try library.check(whom_lightgbm_booster_load(library.handle, text, &created))
    guard let created else { throw .libraryFailed("no model came out") }
    handle = created
  }

  deinit { whom_lightgbm_booster_free(library.handle, handle) }

  func add(validation: LightGBMDataset) throws(EstimationError) {
    try library.check(
      whom_lightgbm_booster_add_validation(library.handle, handle, validation.handle))
  }

  /// Grows the trees of one round; true when there was nothing left to split.
  func update() throws(EstimationError) -> Bool {
    var isFinished: Int32 = 0
    try library.check(whom_lightgbm_booster_update(library.handle, handle, &isFinished))
    return isFinished != 0
  }

  /// The first metric of the training rows (0) or the validation rows (1), to eight digits: the
  /// library adds it up in an order that depends on its threads.
  func metric(_ rows: Int32) throws(EstimationError) -> Double? {
    var count: Int32 = 0
    try library.check(whom_lightgbm_booster_metric_count(library.handle, handle, &count))
    var values = [Double](repeating: .nan, count: max(1, Int(count)))
    try library.check(
      whom_lightgbm_booster_metrics(library.handle, handle, rows, &count, &values))
    return count > 0 ? Self.eightDigits(values[0]) : nil
  }

  private static func eightDigits(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    let scale = pow(10, 7 - floor(log10(abs(value))))
    return (value * scale).rounded() / scale
  }

  /// The first rounds as LightGBM's own text, without settings of this run.
  func text(rounds: Int) throws(EstimationError) -> String {
    var length: Int64 = 0
    var buffer = [CChar](repeating: 0, count: 1 << 20)
    for _ in 0..<2 {
      try library.check(
        whom_lightgbm_booster_text(
          library.handle, handle, Int32(rounds), Int64(buffer.count), &length, &buffer))
      if length <= buffer.count { break }
      buffer = [CChar](repeating: 0, count: Int(length) + 1)
    }
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return TreeEnsemble.trimmed(String(decoding: bytes, as: UTF8.self))
  }

  /// Scores by the library itself, row after row; kept for comparison with ours.
  func predict(_ design: Design, kind: Int32, width: Int) throws(EstimationError) -> [Double] {
    var result = [Double](repeating: 0, count: design.rowCount * width)
    var length: Int64 = 0
    try library.check(
      whom_lightgbm_booster_predict(
        library.handle, handle, design.values, Int32(design.rowCount), Int32(design.width), kind,
        "num_threads=1", &length, &result))
    guard Int(length) == result.count else { throw .libraryFailed("scores of another size") }
    return result
  }
}

extension LightGBMLibrary {
  /// Raw scores and contributions by the library itself, row after row: what ours are compared
  /// with.
  package func scores(
    _ model: TreeModel, _ design: Design
  ) throws(EstimationError) -> (raw: [Double], contributions: [Double]) {
    let outputs = model.trees.outputs
    return try exclusively { () throws(EstimationError) in
      let booster = try LightGBMBooster(self, text: model.text)
      return (
        try booster.predict(design, kind: 1, width: outputs),
        try booster.predict(design, kind: 3, width: outputs * (design.width + 1))
      )
    }
  }
}
