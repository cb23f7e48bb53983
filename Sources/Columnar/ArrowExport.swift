import CArrowADBC

// Arrow arrays and schemas of our own making. Each owns its memory through `private_data`, and
// its `release` frees that once.

/// Buffers in plain memory that live as long as an array.
private final class ArrayMemory {
  private var blocks: [UnsafeMutableRawPointer] = []
  let buffers: UnsafeMutablePointer<UnsafeRawPointer?>

  init(bufferCount: Int) {
    buffers = .allocate(capacity: bufferCount)
    buffers.initialize(repeating: nil, count: bufferCount)
  }

  deinit {
    for block in blocks { block.deallocate() }
    buffers.deallocate()
  }

  func block(_ bytes: Int, at position: Int) -> UnsafeMutableRawPointer {
    let block = UnsafeMutableRawPointer.allocate(byteCount: max(bytes, 8), alignment: 64)
    block.initializeMemory(as: UInt8.self, repeating: 0, count: max(bytes, 8))
    blocks.append(block)
    buffers[position] = UnsafeRawPointer(block)
    return block
  }
}

extension AddedColumn {
  /// An array that its receiver releases.
  func export() -> ArrowArray {
    var array = ArrowArray()
    array.length = Int64(count)
    let memory: ArrayMemory
    var family: ArrayFamily?
    switch self {
    case .floats(let values): memory = Self.numbers(values, zero: 0, &array)
    case .ints(let values): memory = Self.numbers(values, zero: 0, &array)
    case .texts(let values): memory = Self.texts(values, &array)
    case .bools(let values): memory = Self.bits(values, &array)
    case .floatLists(let values):
      memory = Self.lists(values, &array)
      family = ArrayFamily([Self.floats(values.flatMap { $0 ?? [] }).export()])
    }
    array.n_children = family == nil ? 0 : 1
    array.children = family?.children
    array.buffers = memory.buffers
    array.private_data = Unmanaged.passRetained(ExportedArray(memory, family)).toOpaque()
    array.release = { array in
      guard let array, let data = array.pointee.private_data else { return }
      Unmanaged<ExportedArray>.fromOpaque(data).release()
      array.pointee.private_data = nil
      array.pointee.release = nil
    }
    return array
  }

  private static func lists(_ values: [[Double]?], _ array: inout ArrowArray) -> ArrayMemory {
    let memory = ArrayMemory(bufferCount: 2)
    array.n_buffers = 2
    array.null_count = validity(values.map { $0 != nil }, memory)
    writeOffsets(values.map { $0?.count ?? 0 }, memory)
    return memory
  }

  private static func numbers<T: BitwiseCopyable>(
    _ values: [T?], zero: T, _ array: inout ArrowArray
  ) -> ArrayMemory {
    let memory = ArrayMemory(bufferCount: 2)
    array.n_buffers = 2
    array.null_count = validity(values.map { $0 != nil }, memory)
    let data = memory.block(values.count * MemoryLayout<T>.stride, at: 1)
      .bindMemory(to: T.self, capacity: max(values.count, 1))
    for (row, value) in values.enumerated() { data[row] = value ?? zero }
    return memory
  }

  private static func bits(_ values: [Bool?], _ array: inout ArrowArray) -> ArrayMemory {
    let memory = ArrayMemory(bufferCount: 2)
    array.n_buffers = 2
    array.null_count = validity(values.map { $0 != nil }, memory)
    write(values.map { $0 == true }, to: memory.block((values.count + 7) / 8, at: 1))
    return memory
  }

  private static func texts(_ values: [String?], _ array: inout ArrowArray) -> ArrayMemory {
    let memory = ArrayMemory(bufferCount: 3)
    array.n_buffers = 3
    array.null_count = validity(values.map { $0 != nil }, memory)
    let total = writeOffsets(values.map { $0?.utf8.count ?? 0 }, memory)
    let bytes = memory.block(total, at: 2).bindMemory(to: UInt8.self, capacity: max(total, 1))
    var place = 0
    for byte in values.lazy.compactMap({ $0 }).flatMap(\.utf8) {
      bytes[place] = byte
      place += 1
    }
    return memory
  }

  /// Where values of these sizes begin among all, and the sum of the sizes. Offsets of 64 bits,
  /// since a batch may hold more than 2 GB of text.
  @discardableResult
  private static func writeOffsets(_ sizes: [Int], _ memory: ArrayMemory) -> Int {
    let offsets = memory.block((sizes.count + 1) * 8, at: 1)
      .bindMemory(to: Int64.self, capacity: sizes.count + 1)
    var total = 0
    for (row, size) in sizes.enumerated() {
      offsets[row] = Int64(total)
      total += size
    }
    offsets[sizes.count] = Int64(total)
    return total
  }

  /// How many are missing; the bits of those that are there go into the first buffer.
  private static func validity(_ isThere: [Bool], _ memory: ArrayMemory) -> Int64 {
    let missing = isThere.count { !$0 }
    guard missing > 0 else { return 0 }
    write(isThere, to: memory.block((isThere.count + 7) / 8, at: 0))
    return Int64(missing)
  }

  private static func write(_ bits: [Bool], to block: UnsafeMutableRawPointer) {
    let bytes = block.bindMemory(to: UInt8.self, capacity: max((bits.count + 7) / 8, 1))
    for (row, bit) in bits.enumerated() where bit { bytes[row >> 3] |= 1 << UInt8(row & 7) }
  }
}

/// What an exported array keeps alive: its buffers, and its items where it is one of lists.
private final class ExportedArray {
  let memory: ArrayMemory
  let items: ArrayFamily?

  init(_ memory: ArrayMemory, _ items: ArrayFamily?) {
    self.memory = memory
    self.items = items
  }
}

/// Children behind one parent: the parent's release releases those that nobody took.
final class ArrayFamily {
  let children: UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>
  private let count: Int
  private let buffers: UnsafeMutablePointer<UnsafeRawPointer?>

  init(_ arrays: [ArrowArray]) {
    count = arrays.count
    children = .allocate(capacity: max(count, 1))
    buffers = .allocate(capacity: 1)
    buffers.initialize(to: nil)
    for (position, array) in arrays.enumerated() {
      let child = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
      child.initialize(to: array)
      children[position] = child
    }
  }

  deinit {
    for position in 0..<count {
      guard let child = children[position] else { continue }
      child.pointee.release?(child)
      child.deallocate()
    }
    children.deallocate()
    buffers.deallocate()
  }

  /// A batch of these columns, all of one length.
  static func batch(of arrays: [ArrowArray], length: Int) -> ArrowArray {
    let family = ArrayFamily(arrays)
    var parent = ArrowArray()
    parent.length = Int64(length)
    parent.n_buffers = 1
    parent.buffers = family.buffers
    parent.n_children = Int64(arrays.count)
    parent.children = family.children
    parent.private_data = Unmanaged.passRetained(family).toOpaque()
    parent.release = { array in
      guard let array, let data = array.pointee.private_data else { return }
      Unmanaged<ArrayFamily>.fromOpaque(data).release()
      array.pointee.private_data = nil
      array.pointee.release = nil
    }
    return parent
  }
}

/// A schema with further columns behind those it has.
final class SchemaFamily {
  private let children: UnsafeMutablePointer<UnsafeMutablePointer<ArrowSchema>?>
  private let count: Int
  private var texts: [UnsafeMutablePointer<CChar>] = []
  private var items: [UnsafeMutablePointer<UnsafeMutablePointer<ArrowSchema>?>] = []

  private init(
    _ schema: inout ArrowSchema, keeping kept: [Int],
    adding columns: [(name: String, kind: AddedColumn.Kind)]
  ) {
    let before = kept.count
    count = before + columns.count
    children = .allocate(capacity: max(count, 1))
    for (position, place) in kept.enumerated() {
      let child = UnsafeMutablePointer<ArrowSchema>.allocate(capacity: 1)
      // Moved: the release of the schema it stood in must not touch it any more.
      if let source = schema.children[place] {
        child.initialize(to: source.pointee)
        source.pointee.release = nil
      } else {
        child.initialize(to: ArrowSchema())
      }
      children[position] = child
    }
    for (position, column) in columns.enumerated() {
      let child = UnsafeMutablePointer<ArrowSchema>.allocate(capacity: 1)
      child.initialize(to: field(column.name, column.kind.format))
      if column.kind == .floatList { addItem(to: child) }
      children[before + position] = child
    }
  }

  deinit {
    for position in 0..<count {
      guard let child = children[position] else { continue }
      child.pointee.release?(child)
      child.deallocate()
    }
    children.deallocate()
    for item in items {
      item.pointee?.deallocate()
      item.deallocate()
    }
    for text in texts { text.deallocate() }
  }

  private func field(_ name: String, _ format: String) -> ArrowSchema {
    var field = ArrowSchema()
    field.format = UnsafePointer(text(format))
    field.name = UnsafePointer(text(name))
    field.flags = Int64(ARROW_FLAG_NULLABLE)
    field.release = { $0?.pointee.release = nil }
    return field
  }

  /// The one child of a list of floats.
  private func addItem(to list: UnsafeMutablePointer<ArrowSchema>) {
    let item = UnsafeMutablePointer<ArrowSchema>.allocate(capacity: 1)
    item.initialize(to: field("item", "g"))
    let slot = UnsafeMutablePointer<UnsafeMutablePointer<ArrowSchema>?>.allocate(capacity: 1)
    slot.initialize(to: item)
    items.append(slot)
    list.pointee.n_children = 1
    list.pointee.children = slot
  }

  private func text(_ text: String) -> UnsafeMutablePointer<CChar> {
    let bytes = text.utf8CString
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    for (place, byte) in bytes.enumerated() { copy[place] = byte }
    texts.append(copy)
    return copy
  }

  /// Takes over `schema`, which the caller must not release; all of its columns go on, or those
  /// at the places that are `kept`.
  static func extend(
    _ schema: ArrowSchema, keeping kept: [Int]? = nil,
    by columns: [(name: String, kind: AddedColumn.Kind)]
  ) -> ArrowSchema {
    var old = schema
    let family = SchemaFamily(
      &old, keeping: kept ?? Array(0..<Int(old.n_children)), adding: columns)
    old.release?(&old)
    var result = ArrowSchema()
    result.format = UnsafePointer(family.text("+s"))
    result.name = UnsafePointer(family.text(""))
    result.n_children = Int64(family.count)
    result.children = family.children
    result.private_data = Unmanaged.passRetained(family).toOpaque()
    result.release = { schema in
      guard let schema, let data = schema.pointee.private_data else { return }
      Unmanaged<SchemaFamily>.fromOpaque(data).release()
      schema.pointee.private_data = nil
      schema.pointee.release = nil
    }
    return result
  }
}
