/// Texts with a number each, in the order of their first use.
///
/// It compares bytes: a row whose text is known costs no string.
package struct TextDictionary: Sendable {
  package private(set) var texts: [String] = []
  /// Whether texts that are not in it stay out (`unseen`) instead of joining it.
  package let isClosed: Bool
  private var bytes: [UInt8] = []
  /// Where the bytes of each text end.
  private var ends: [Int] = []
  /// Numbers of texts by their hash, -1 where free; a power of two of them.
  private var slots = [Int32](repeating: -1, count: 16)

  package static let missing: Int32 = -1
  package static let unseen: Int32 = -2

  package init() { isClosed = false }

  /// Only these texts; the first of equal ones counts.
  package init(only texts: [String]) {
    isClosed = true
    for text in texts {
      var bytes = text
      bytes.withUTF8 { add($0, as: text) }
    }
  }

  /// The number of a text.
  package mutating func code(_ text: UnsafeBufferPointer<UInt8>) -> Int32 {
    let slot = slot(of: text)
    if slots[slot] >= 0 || isClosed { return slots[slot] >= 0 ? slots[slot] : Self.unseen }
    add(text, as: String(decoding: text, as: UTF8.self))
    return Int32(texts.count - 1)
  }

  /// The place of a text, or the free one where it belongs.
  private func slot(of text: UnsafeBufferPointer<UInt8>) -> Int {
    var slot = Int(truncatingIfNeeded: Self.hash(text, Self.seed)) & (slots.count - 1)
    while slots[slot] >= 0, !isEqual(Int(slots[slot]), text) {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  /// Eight bytes at a time, multiplied and folded. The seed, which differs from one process to the
  /// next, keeps a file of texts that all fall into one slot from being written ahead.
  private static func hash(_ text: UnsafeBufferPointer<UInt8>, _ seed: UInt64) -> UInt64 {
    var hash = seed ^ UInt64(truncatingIfNeeded: text.count)
    let bytes = UnsafeRawBufferPointer(text)
    var place = 0
    while place + 8 <= bytes.count {
      hash = mixed(hash, bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      place += 8
    }
    var rest: UInt64 = 0
    while place < bytes.count {
      rest = rest << 8 | UInt64(bytes[place])
      place += 1
    }
    return mixed(hash, rest)
  }

  private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: seed | 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }

  private static let seed = UInt64.random(in: .min ... .max)

  private func isEqual(_ code: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = code == 0 ? 0 : ends[code - 1]
    guard ends[code] - start == text.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      for place in 0..<text.count where bytes[start + place] != text[place] { return false }
      return true
    }
  }

  private mutating func add(_ text: UnsafeBufferPointer<UInt8>, as string: String) {
    texts.append(string)
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    if texts.count * 2 > slots.count { return grow() }
    let slot = slot(of: text)
    if slots[slot] < 0 { slots[slot] = Int32(texts.count - 1) }
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    bytes.withUnsafeBufferPointer { bytes in
      for code in texts.indices {
        let start = code == 0 ? 0 : ends[code - 1]
        let slot = slot(of: UnsafeBufferPointer(rebasing: bytes[start..<ends[code]]))
        if slots[slot] < 0 { slots[slot] = Int32(code) }
      }
    }
  }
}
