/// The classes of bytes that tokens are made of.
extension UInt8 {
  @inline(__always) var isDigit: Bool { self &- 48 < 10 }
  @inline(__always) var isLetter: Bool { (self | 0x20) &- 97 < 26 || self == UInt8(ascii: "_") }
  @inline(__always) var isNamePart: Bool { isLetter || isDigit }
  @inline(__always) var isBlank: Bool { self == 0x20 || self == 0x09 }
  @inline(__always) var isLineEnd: Bool { self == 0x0A || self == 0x0D }
  @inline(__always) var isNonASCII: Bool { self >= 0x80 }
  /// The second to last bytes of a UTF-8 character.
  @inline(__always) var isContinuation: Bool { self & 0xC0 == 0x80 }
  /// The value of a digit; only asked where `isDigit` holds.
  @inline(__always) var digit: Int { Int(self &- 48) }
}

extension [UInt8] {
  /// The byte at an index, or 0 outside: a sentinel that no token holds.
  @inline(__always) func at(_ index: Int, limit: Int) -> UInt8 {
    index < limit ? self[index] : 0
  }

  /// Whether the bytes from `start` on spell an ASCII word.
  func spells(_ word: StaticString, at start: Int, limit: Int) -> Bool {
    let length = word.utf8CodeUnitCount
    guard start + length <= limit else { return false }
    return word.withUTF8Buffer { pointer in
      for offset in 0..<length where self[start + offset] != pointer[offset] { return false }
      return true
    }
  }
}
