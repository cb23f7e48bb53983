/// Sorting by keys of 64 bits, stable: many elements by the digits of their keys (LSD radix sort:
/// Knuth, volume 3, 5.2.5), few by comparing.
package enum DigitSort {
  /// A row, and what it is sorted by.
  package struct RowKey: Sendable {
    package var key: UInt32
    package var row: Int32

    package init(key: UInt32, row: Int32) {
      self.key = key
      self.row = row
    }
  }

  package static func sort(_ rows: inout [RowKey]) { sort(&rows) { UInt64($0.key) } }

  /// From the highest down. Not for NaN.
  package static func sort(descending numbers: inout [Double]) {
    sort(&numbers) { ~key(of: $0) }
  }

  /// Generic within this module alone: called from another one it would not be specialized.
  private static func sort<Element>(_ elements: inout [Element], by key: (Element) -> UInt64) {
    guard elements.count > 1 else { return }
    var (low, high, last) = (UInt64.max, UInt64(0), UInt64(0))
    var isSorted = true
    for element in elements {
      let key = key(element)
      low &= key
      high |= key
      if key < last { isSorted = false }
      last = key
    }
    if isSorted { return }
    guard elements.count > 4096 else { return elements.sort { key($0) < key($1) } }
    let differing = low ^ high
    var sorted = elements
    for shift in stride(from: UInt64(0), to: 64, by: 11) where (differing >> shift) & 2047 != 0 {
      var places = [Int](repeating: 0, count: 2049)
      for element in elements { places[Int((key(element) >> shift) & 2047) + 1] += 1 }
      for digit in 1...2048 { places[digit] += places[digit - 1] }
      for element in elements {
        let digit = Int((key(element) >> shift) & 2047)
        sorted[places[digit]] = element
        places[digit] += 1
      }
      swap(&elements, &sorted)
    }
  }

  /// A key whose order is that of the numbers; the two zeros have one. Not for NaN.
  package static func key(of number: Double) -> UInt64 {
    let bits = (number + 0).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }
}
