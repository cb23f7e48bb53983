/// The SHA-256 digest of bytes (FIPS 180-4, section 6.2): the name of what never changes.
///
///     SHA256.digest(of: Array("abc".utf8))   ba7816bf 8f01cfea 414140de ...
package struct SHA256 {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  private var schedule = [UInt32](repeating: 0, count: 64)

  /// 64 hexadecimal digits.
  package static func digest(of bytes: [UInt8]) -> String {
    var hash = SHA256()
    let whole = bytes.count / 64 * 64
    var start = 0
    while start < whole {
      hash.add(bytes, at: start)
      start += 64
    }
    let rest = padded(Array(bytes[whole...]), length: bytes.count)
    for start in stride(from: 0, to: rest.count, by: 64) { hash.add(rest, at: start) }
    return hash.state.map(hexadecimal).joined()
  }

  /// HMAC-SHA-256 (RFC 2104): 64 hexadecimal digits that nobody can find without the key.
  package static func keyedDigest(of bytes: [UInt8], key: [UInt8]) -> String {
    let short = key.count > 64 ? Self.bytes(of: digest(of: key)) : key
    let block = short + [UInt8](repeating: 0, count: 64 - short.count)
    let inner = digest(of: block.map { $0 ^ 0x36 } + bytes)
    return digest(of: block.map { $0 ^ 0x5c } + Self.bytes(of: inner))
  }

  private static func bytes(of digest: String) -> [UInt8] {
    let digits = digest.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  /// A one bit, zeros, and the length in bits.
  private static func padded(_ rest: [UInt8], length: Int) -> [UInt8] {
    var padded = rest + [0x80]
    while padded.count % 64 != 56 { padded.append(0) }
    let bits = UInt64(length) &* 8
    return padded + (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
  }

  private static func hexadecimal(_ word: UInt32) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  private mutating func add(_ bytes: [UInt8], at start: Int) {
    for word in 0..<16 {
      let place = start + 4 * word
      schedule[word] =
        UInt32(bytes[place]) << 24 | UInt32(bytes[place + 1]) << 16
        | UInt32(bytes[place + 2]) << 8 | UInt32(bytes[place + 3])
    }
    for word in 16..<64 {
      let (x, y) = (schedule[word - 15], schedule[word - 2])
      let small = Self.turned(x, 7) ^ Self.turned(x, 18) ^ (x >> 3)
      let large = Self.turned(y, 17) ^ Self.turned(y, 19) ^ (y >> 10)
      schedule[word] = schedule[word - 16] &+ small &+ schedule[word - 7] &+ large
    }
    mix()
  }

  private mutating func mix() {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for round in 0..<64 {
      let large = Self.turned(e, 6) ^ Self.turned(e, 11) ^ Self.turned(e, 25)
      let first =
        h &+ large &+ ((e & f) ^ (~e & g)) &+ Self.constants[round] &+ schedule[round]
      let small = Self.turned(a, 2) ^ Self.turned(a, 13) ^ Self.turned(a, 22)
      let second = small &+ ((a & b) ^ (a & c) ^ (b & c))
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ second)
    }
    for (place, word) in [a, b, c, d, e, f, g, h].enumerated() {
      state[place] = state[place] &+ word
    }
  }

  private static func turned(_ word: UInt32, _ bits: UInt32) -> UInt32 {
    word >> bits | word << (32 - bits)
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}
