import Testing
import Values

/// IBANs are the examples of the registry (ISO 13616), card numbers those that payment services
/// publish for tests.
@Suite("What looks personal")
struct LookAlikeTests {
  @Test(
    "Names",
    arguments: [
      ("email", LookAlike.email), ("E-Mail", .email), ("customerEmail", .email), ("mail", .email),
      ("EMAIL_ADDRESS", .email), ("work_phone", .phone), ("Mobile", .phone), ("iban", .iban),
      ("card_number", .cardNumber), ("creditCard", .cardNumber), ("ssn", .socialSecurityNumber),
    ])
  func names(name: String, kind: LookAlike) {
    #expect(LookAlike(name: name, type: .text) == kind)
  }

  @Test(
    "Names that mean something else",
    arguments: [
      "email_opened", "has_email", "PhoneService", "no_phone", "direct_mail", "mailing", "emails",
      "channel", "card", "telemetry", "phone_model", "customer_id", "mobile_share", "",
    ])
  func otherNames(name: String) {
    #expect(LookAlike(name: name, type: .text) == nil)
  }

  @Test("A name says nothing of a column of another type")
  func types() {
    #expect(LookAlike(name: "email", type: .bool) == nil)
    #expect(LookAlike(name: "email", type: .int) == nil)
    #expect(LookAlike(name: "phone", type: .int) == .phone)
    #expect(LookAlike(name: "phone", type: .float) == nil)
  }

  @Test(
    "Values",
    arguments: [
      ("ann@example.com", LookAlike.email), ("a.b+c@sub.example.co", .email),
      ("GB82 WEST 1234 5698 7654 32", .iban), ("DE89370400440532013000", .iban),
      ("CH9300762011623852957", .iban), ("NO9386011117947", .iban),
      ("4111 1111 1111 1111", .cardNumber), ("5500005555555559", .cardNumber),
      ("378282246310005", .cardNumber), ("+41446681800", .phone), ("+1 (415) 555-0132", .phone),
      ("(415) 555-0132", .phone), ("415.555.0132", .phone), ("079 555 12 34", .phone),
      ("030/1234567", .phone),
    ])
  func values(value: String, kind: LookAlike) {
    #expect(LookAlike(value: value) == kind)
  }

  @Test(
    "Values that are something else",
    arguments: [
      "2024-03-01", "2024-03-01 10:15:00", "01/02/2024", "01.02.2024 10:30", "2024-03-01T10:15:00Z",
      "1709287200000", "1709287200000000", "12345.67", "1,234,567.89", "ORD-2024-000012",
      "123-456-7890", "a@b", "@handle", "DE89370400440532013001", "4111111111111112",
      "192.168.10.120",
      "550e8400-e29b-41d4-a716-446655440000", "978-3-16-148410-0", "1000000000016", "+02:00",
      "00123456789",
      "ann at example.com", "+5", "100-200-3000",
    ])
  func others(value: String) {
    #expect(LookAlike(value: value) == nil)
  }

  @Test("Of a column most values count; of numbers of cards all, and several")
  func columns() {
    #expect(LookAlike(values: ["ann@example.com", "unknown"]) == .email)
    #expect(LookAlike(values: ["ann@example.com", "see notes", "none"]) == nil)
    let cards = [
      "4111111111111111", "5500005555555559", "4012888888881881", "6011000990139424",
      "3566002020360505",
    ]
    #expect(LookAlike(values: cards) == .cardNumber)
    #expect(LookAlike(values: cards.dropLast()) == nil)
    #expect(LookAlike(values: cards + ["4111111111111112"]) == nil)
  }
}
