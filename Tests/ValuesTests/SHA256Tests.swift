import Testing
import Values

/// Digests by `sha256sum`; the first two are those of the standard.
@Suite("SHA-256")
struct SHA256Tests {
  @Test(
    "Known digests",
    arguments: [
      ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("a", 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
      ("a", 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
      ("a", 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
      ("a", 1000, "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"),
    ])
  func known(text: String, times: Int, digest: String) {
    let bytes = Array(String(repeating: text, count: times).utf8)
    #expect(SHA256.digest(of: bytes) == digest)
  }

  @Test("Keyed digests: cases 1, 2 and 6 of RFC 4231, the last with a key longer than a block")
  func keyed() {
    let short = SHA256.keyedDigest(
      of: Array("Hi There".utf8), key: [UInt8](repeating: 0x0b, count: 20))
    #expect(short == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
    let word = SHA256.keyedDigest(
      of: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
    #expect(word == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    let long = SHA256.keyedDigest(
      of: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      key: [UInt8](repeating: 0xaa, count: 131))
    #expect(long == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
  }
}
