/// What a column seems to hold that tells who somebody is, by its name or by how its values look.
package enum LookAlike: String, Hashable, Sendable {
  case email, phone, iban, cardNumber, socialSecurityNumber

  /// `email` holds e-mail addresses
  package var words: String {
    switch self {
    case .email: "e-mail addresses"
    case .phone: "phone numbers"
    case .iban: "IBANs"
    case .cardNumber: "card numbers"
    case .socialSecurityNumber: "social security numbers"
    }
  }
}

// MARK: By name

extension LookAlike {
  /// Of names that mean nothing else; `email_opened` and `has_phone` are none.
  package init?(name: String, type: DataType) {
    let words = Self.words(of: name)
    guard let first = words.first, !Self.questions.contains(first) else { return nil }
    let whole = words.joined(separator: "_")
    guard
      let found = Self.names[whole]
        ?? Self.endings.first(where: { whole.hasSuffix("_" + $0) }).flatMap({ Self.names[$0] })
    else { return nil }
    switch (found, type) {
    case (_, .text), (.phone, .int), (.cardNumber, .int), (.socialSecurityNumber, .int):
      self = found
    default: return nil
    }
  }

  private static let names: [String: LookAlike] = [
    "email": .email, "e_mail": .email, "mail": .email, "mail_address": .email,
    "email_address": .email, "e_mail_address": .email,
    "phone": .phone, "phone_no": .phone, "phone_number": .phone, "telephone": .phone,
    "telephone_no": .phone, "telephone_number": .phone, "tel": .phone, "tel_no": .phone,
    "mobile": .phone, "mobile_no": .phone, "mobile_number": .phone, "mobile_phone": .phone,
    "cell_phone": .phone, "cellphone": .phone,
    "iban": .iban,
    "card_number": .cardNumber, "credit_card": .cardNumber, "creditcard": .cardNumber,
    "credit_card_no": .cardNumber, "credit_card_number": .cardNumber, "cc_number": .cardNumber,
    "ssn": .socialSecurityNumber, "social_security_number": .socialSecurityNumber,
  ]

  /// Those that say the same behind another word: `customer_email`.
  private static let endings = [
    "email", "e_mail", "email_address", "phone", "phone_number", "telephone", "mobile_number",
    "iban", "card_number", "ssn",
  ]

  /// `has_email` answers a question.
  private static let questions: Set = [
    "has", "is", "no", "num", "number", "count", "n", "with", "valid", "any",
  ]

  /// `customerEmail`, `Customer E-Mail` and `CUSTOMER_EMAIL` in small words.
  private static func words(of name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasSmall = false
    for character in name {
      let isPart = character.isLetter || character.isNumber
      if !isPart || (wasSmall && character.isUppercase) {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      if isPart { word += character.lowercased() }
      wasSmall = character.isLowercase
    }
    return word.isEmpty ? words : words + [word]
  }
}

// MARK: By shape

extension LookAlike {
  /// Of one value. Dates, amounts, numbers of orders and instants have none of these shapes.
  package init?(value: String) {
    let bytes = Array(value.utf8)
    guard (5...80).contains(bytes.count) else { return nil }
    if Self.isEmail(bytes) {
      self = .email
    } else if Self.isIBAN(bytes) {
      self = .iban
    } else if Self.isCardNumber(bytes) {
      self = .cardNumber
    } else if Self.isPhone(bytes) {
      self = .phone
    } else {
      return nil
    }
  }

  /// What most of some different values of a column are. One whole number in ten passes for the
  /// number of a card: it takes several that all do.
  package init?(values: some Sequence<String>) {
    var counts: [LookAlike: Int] = [:]
    let values = Set(values)
    for value in values { if let kind = LookAlike(value: value) { counts[kind, default: 0] += 1 } }
    guard
      let (kind, count) = counts.max(by: {
        ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue)
      })
    else { return nil }
    switch kind {
    case .cardNumber: if count < 5 || count * 10 < values.count * 9 { return nil }
    case .email, .phone, .iban, .socialSecurityNumber: if count * 2 < values.count { return nil }
    }
    self = kind
  }

  private static func isEmail(_ bytes: [UInt8]) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, (1...64).contains(parts[0].count),
      parts[0].allSatisfy({ isLetter($0) || isDigit($0) || ".!#$%&'+/=?^_`{|}~-".utf8.contains($0) }
      )
    else { return false }
    let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count >= 2, let last = labels.last, last.count >= 2, last.allSatisfy(isLetter)
    else { return false }
    return labels.allSatisfy { label in
      !label.isEmpty && label.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }
  }

  /// ISO 13616: a country, two check digits, and a remainder of 1 by 97 (ISO 7064).
  private static func isIBAN(_ bytes: [UInt8]) -> Bool {
    let plain = bytes.filter { $0 != UInt8(ascii: " ") }
    guard (15...34).contains(plain.count), plain[..<2].allSatisfy({ (65...90).contains($0) }),
      plain[2...3].allSatisfy(isDigit),
      plain.allSatisfy({ isDigit($0) || (65...90).contains($0) })
    else { return false }
    let rest = (plain[4...] + plain[..<4]).reduce(0) { rest, byte in
      isDigit(byte) ? (rest * 10 + Int(byte) - 48) % 97 : (rest * 100 + Int(byte) - 55) % 97
    }
    return rest == 1
  }

  /// 13 to 19 digits, maybe in groups, that begin as those of cards do and hold Luhn's check digit
  /// (ISO/IEC 7812-1).
  private static func isCardNumber(_ bytes: [UInt8]) -> Bool {
    let digits = bytes.filter(isDigit).map { Int($0) - 48 }
    guard (13...19).contains(digits.count), isDigit(bytes[0]), (2...6).contains(digits[0]),
      bytes.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") })
    else { return false }
    let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
      guard digit.offset % 2 == 1 else { return sum + digit.element }
      return sum + (digit.element < 5 ? digit.element * 2 : digit.element * 2 - 9)
    }
    return sum % 10 == 0
  }

  /// `+41 79 555 12 34`, `(415) 555-0132`, `415-555-0132`, `079 555 12 34`
  private static func isPhone(_ bytes: [UInt8]) -> Bool {
    let digits = bytes.filter(isDigit)
    let groups = bytes.split { !isDigit($0) }.map(\.count)
    func holds(_ signs: String) -> Bool {
      bytes.allSatisfy { isDigit($0) || signs.utf8.contains($0) }
    }
    switch bytes[0] {
    case UInt8(ascii: "+"):
      return (8...15).contains(digits.count) && digits[0] != 48 && isDigit(bytes[1])
        && bytes.dropFirst().allSatisfy { isDigit($0) || " ()-./".utf8.contains($0) }
    case UInt8(ascii: "0"):
      return (9...11).contains(digits.count) && digits[1] != 48 && holds(" /")
        && groups.count > 1 && groups.dropFirst().allSatisfy { $0 >= 2 }
    default:
      return groups == [3, 3, 4] && bytes.count <= 14 && holds(" ()-.") && digits[0] >= 50
        && digits[3] >= 50
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 32) }
}
