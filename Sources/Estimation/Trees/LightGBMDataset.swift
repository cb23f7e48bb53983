import CLightGBM
import CLinearAlgebra

/// Binned rows of the library; freed with the last reference.
///
/// The rows are handed over a few thousand at a time, and what the bins are found from is freed
/// before that: the library's own way of taking a matrix keeps all three at once.
final class LightGBMDataset {
  let library: LightGBMLibrary
  let handle: whom_lightgbm_dataset

  /// `bins` is what the features are cut by: those of the training rows for validation rows.
  init(
    _ library: LightGBMLibrary, _ rows: TrainingRows, label: [Float], weights: [Float]?,
    parameters: String, bins: LightGBMDataset? = nil
  ) throws(EstimationError) {
    guard let rowCount = Int32(exactly: rows.rowCount) else {
      throw .libraryFailed("more than \(Int32.max) rows")
    }
    var created: whom_lightgbm_dataset?
    let status: Int32
    if let bins {
      status = whom_lightgbm_dataset_like(library.handle, bins.handle, rowCount, &created)
    } else {
      status = BinSample(rows.design).create(library, parameters, rowCount, &created)
    }
    try library.check(status)
    guard let created else { throw .libraryFailed("no data set came out") }
    self.library = library
    handle = created
    try push(rows.design)
    try set("label", label)
    if let weights { try set("weight", weights) }
    if let offset = rows.offset {
      try library.check(
        whom_lightgbm_dataset_set_doubles(
          library.handle, handle, "init_score", offset, Int32(offset.count)))
    }
    if let groups = rows.groups { try setGroups(groups) }
  }

  private static let chunk = 4096

  private func push(_ design: Design) throws(EstimationError) {
    var rows = [Double](repeating: 0, count: Self.chunk * design.width)
    for start in stride(from: 0, to: design.rowCount, by: Self.chunk) {
      let count = min(Self.chunk, design.rowCount - start)
      for block in Pieces.blocks(start..<start + count) {
        design.withBlock(block) { whom_rows_of_columns($0, &rows, block.lowerBound - start) }
      }
      try library.check(
        whom_lightgbm_dataset_push(
          library.handle, handle, rows, Int32(count), Int32(design.width), Int32(start)))
    }
  }

  private func set(_ field: String, _ values: [Float]) throws(EstimationError) {
    try library.check(
      whom_lightgbm_dataset_set_floats(
        library.handle, handle, field, values, Int32(values.count)))
  }

  /// The library wants the sizes of groups that stand together.
  private func setGroups(_ groups: [Int32]) throws(EstimationError) {
    let sizes = GroupRuns(groups).map { Int32($0.count) }
    try library.check(
      whom_lightgbm_dataset_set_integers(
        library.handle, handle, "group", sizes, Int32(sizes.count)))
  }

  deinit { whom_lightgbm_dataset_free(library.handle, handle) }
}

/// The rows that bins are found from: all of them up to a hundred thousand, then a fifth, at
/// most two hundred thousand (what the library itself takes), spread evenly. The rows are sorted
/// by a key, so that the choice depends on nothing else.
private final class BinSample {
  private var values: [UnsafeMutablePointer<Double>?] = []
  private var places: [UnsafeMutablePointer<Int32>?] = []
  private var counts: [Int32] = []
  private let rowCount: Int
  /// The places of a column without zeros.
  private let all: UnsafeMutablePointer<Int32>

  init(_ design: Design) {
    let rows = Self.rows(design.rowCount)
    rowCount = rows.count
    all = .allocate(capacity: max(1, rowCount))
    for place in 0..<rowCount { all[place] = Int32(place) }
    for index in 0..<design.width { append(design, index, rows) }
  }

  deinit {
    for column in values { column?.deallocate() }
    for column in places where column != all { column?.deallocate() }
    all.deallocate()
  }

  /// One of each stretch of rows.
  private static func rows(_ count: Int) -> [Int] {
    let wanted = min(200_000, count <= 100_000 ? count : max(100_000, count / 5))
    return (0..<wanted).map { place in
      let start = place * count / wanted
      let next = (place + 1) * count / wanted
      return start + Int(SeededMix.uniform(0, UInt64(place)) * Double(next - start))
    }
  }

  /// The library keeps what it calls zero out of its samples: 1e-35 as a 32-bit float.
  private static func isZero(_ value: Double) -> Bool { abs(value) <= Double(Float(1e-35)) }

  private func append(_ design: Design, _ index: Int, _ rows: [Int]) {
    let to = UnsafeMutablePointer<Double>.allocate(capacity: max(1, rows.count))
    let column = design.reader(index)
    var count = 0
    for row in rows {
      let value = column(row)
      to[count] = value
      if !Self.isZero(value) { count += 1 }
    }
    values.append(to)
    counts.append(Int32(count))
    guard count < rows.count else { return places.append(all) }
    let kept = UnsafeMutablePointer<Int32>.allocate(capacity: max(1, count))
    var next = 0
    for (place, row) in rows.enumerated() where !Self.isZero(column(row)) {
      kept[next] = Int32(place)
      next += 1
    }
    places.append(kept)
  }

  /// An empty data set with the bins of the sample, whose values may be sorted in place.
  func create(
    _ library: LightGBMLibrary, _ parameters: String, _ rows: Int32,
    _ result: inout whom_lightgbm_dataset?
  ) -> Int32 {
    // Copies of the lists: the library puts pointers of its own into them.
    var values = values
    var places = places
    return whom_lightgbm_dataset_of_samples(
      library.handle, &values, &places, Int32(counts.count), counts, Int32(rowCount), rows,
      parameters, &result)
  }
}
