import Values

/// The secret of the project, `.whom/secret`: 64 random hexadecimal digits, for its owner alone.
/// Digests of keys are keyed with it, so that a copy of the registry without it tells nobody which
/// customers were among the training rows; with it nobody else's copy does.
extension ModelRegistry {
  /// Holds a digest of the salt, to tell whether the secret is still the one it was.
  static let saltFile = "keys.salt-check"

  private var secretPath: String { "\(FilePaths.folder(of: folder))/secret" }

  /// Another one for each set of rows; nil where the project has no secret.
  func salt(of fingerprint: String) -> String? {
    guard let secret = FilePaths.text(secretPath), secret.utf8.count >= 64 else { return nil }
    return Self.salt(secret, fingerprint)
  }

  /// The same, with a secret made where there is none.
  func madeSalt(of fingerprint: String) throws(RegistryFailure) -> String {
    try RegistryFiles.makeFolder(folder)
    return try RegistryLock.held("\(folder)/lock") { () throws(RegistryFailure) -> String in
      if let known = salt(of: fingerprint) { return known }
      let secret = (0..<4).map { _ in Self.digits(UInt64.random(in: 0 ... .max)) }.joined()
      try RegistryFiles.replace(secretPath, with: Array(secret.utf8))
      return Self.salt(secret, fingerprint)
    }
  }

  /// A digest of a salt that says nothing of it.
  static func check(of salt: String) -> String { SHA256.digest(of: Array("check:\(salt)".utf8)) }

  private static func salt(_ secret: String, _ fingerprint: String) -> String {
    SHA256.digest(of: Array("keys:\(secret):\(fingerprint)".utf8))
  }

  private static func digits(_ number: UInt64) -> String {
    let plain = String(number, radix: 16)
    return String(repeating: "0", count: 16 - plain.count) + plain
  }
}
