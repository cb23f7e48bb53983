import CLinearAlgebra

/// Runs numbered pieces of work on a few threads. Which thread takes which piece never shows:
/// every piece gives a value of its own, and the caller joins them in their order.
package struct WorkSharing: Sendable {
  package var threads: Int

  package init(threads: Int) { self.threads = max(1, threads) }

  package func map<Result>(_ count: Int, _ piece: (Int) -> Result) -> [Result] {
    guard count > 0 else { return [] }
    return [Result](unsafeUninitializedCapacity: count) { buffer, initialized in
      run(count) { index in
        buffer.baseAddress?.advanced(by: index).initialize(to: piece(index))
      }
      initialized = count
    }
  }

  private func run(_ count: Int, _ piece: (Int) -> Void) {
    withoutActuallyEscaping(piece) { piece in
      let box = Box(piece)
      withExtendedLifetime(box) {
        whom_run_pieces(
          Int32(clamping: threads), count,
          { box, index in
            guard let box else { return }
            Unmanaged<Box>.fromOpaque(box).takeUnretainedValue().piece(index)
          }, Unmanaged.passUnretained(box).toOpaque())
      }
    }
  }

  private final class Box {
    let piece: (Int) -> Void
    init(_ piece: @escaping (Int) -> Void) { self.piece = piece }
  }
}

/// How rows are cut up: a piece is what one thread takes, a block what stays in the cache.
/// Both are fixed, so that results do not depend on the machine's number of cores.
enum Pieces {
  static let rows = 16_384
  static let block = 256

  static func count(_ rowCount: Int) -> Int { (rowCount + rows - 1) / rows }

  static func range(_ piece: Int, of rowCount: Int) -> Range<Int> {
    piece * rows..<min(rowCount, (piece + 1) * rows)
  }

  /// The blocks of a piece, in order.
  static func blocks(_ piece: Range<Int>) -> [Range<Int>] {
    stride(from: piece.lowerBound, to: piece.upperBound, by: block).map {
      $0..<min(piece.upperBound, $0 + block)
    }
  }
}
