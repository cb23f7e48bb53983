import CArrowADBC
import Synchronization

/// Counts the calls of Arrow's `release`.
final class Releases: Sendable {
  private let counter = Atomic<Int>(0)
  var count: Int { counter.load(ordering: .acquiring) }
  func add() { counter.add(1, ordering: .acquiringAndReleasing) }
}

/// Builds Arrow data as an engine would: C structs whose memory goes when they are released.
enum ArrowFixture {
  /// What one struct owns until its release.
  private final class Contents {
    let releases: Releases
    var memory: [UnsafeMutableRawPointer] = []
    var children: [UnsafeMutablePointer<ArrowArray>] = []
    init(_ releases: Releases) { self.releases = releases }

    func free() {
      for child in children { child.pointee.release?(child) }
      for pointer in memory { pointer.deallocate() }
      releases.add()
    }

    func copy(_ bytes: [UInt8]) -> UnsafeRawPointer {
      let pointer = UnsafeMutableRawPointer.allocate(byteCount: bytes.count + 1, alignment: 16)
      pointer.copyMemory(from: bytes, byteCount: bytes.count)
      memory.append(pointer)
      return UnsafeRawPointer(pointer)
    }

    func array<T>(of elements: [T]) -> UnsafeMutablePointer<T> {
      let pointer = UnsafeMutableRawPointer.allocate(
        byteCount: max(1, elements.count) * MemoryLayout<T>.stride, alignment: 16)
      memory.append(pointer)
      let typed = pointer.bindMemory(to: T.self, capacity: max(1, elements.count))
      typed.initialize(from: elements, count: elements.count)
      return typed
    }
  }

  /// One array; a buffer that is nil stays a null pointer.
  static func array(
    length: Int, nulls: Int = 0, offset: Int = 0, buffers: [[UInt8]?],
    children: [ArrowArray] = [], dictionary: ArrowArray? = nil, releases: Releases = Releases()
  ) -> ArrowArray {
    let contents = Contents(releases)
    contents.children = children.map { child in
      let pointer = contents.array(of: [child])
      return pointer
    }
    var array = ArrowArray()
    array.length = Int64(length)
    array.null_count = Int64(nulls)
    array.offset = Int64(offset)
    array.n_buffers = Int64(buffers.count)
    array.n_children = Int64(children.count)
    array.buffers = contents.array(of: buffers.map { $0.map(contents.copy) })
    array.children = contents.array(of: contents.children.map { Optional($0) })
    if let dictionary {
      let pointer = contents.array(of: [dictionary])
      contents.children.append(pointer)
      array.dictionary = pointer
    }
    array.private_data = Unmanaged.passRetained(contents).toOpaque()
    array.release = { pointer in
      guard let data = pointer?.pointee.private_data else { return }
      Unmanaged<Contents>.fromOpaque(data).takeRetainedValue().free()
      pointer?.pointee.release = nil
    }
    return array
  }

  /// A batch with `columns`.
  static func batch(_ columns: [ArrowArray], length: Int, releases: Releases = Releases())
    -> ArrowArray
  {
    array(length: length, buffers: [nil], children: columns, releases: releases)
  }

  /// Bytes of numbers, least significant first.
  static func bytes<T: BitwiseCopyable>(_ numbers: [T]) -> [UInt8] {
    numbers.withUnsafeBytes { Array($0) }
  }
}
