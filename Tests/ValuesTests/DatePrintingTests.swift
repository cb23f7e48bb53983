import Testing
import Values

@Suite("Dates and times as text")
struct DatePrintingTests {
  private let hour: Int64 = 3_600_000_000
  private let day: Int64 = 86_400_000_000

  private func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    Calendar.days(year: year, month: month, day: day)
  }

  @Test("dates")
  func dates() {
    #expect(DatePrinting.date(0) == "1970-01-01")
    #expect(DatePrinting.date(-1) == "1969-12-31")
    #expect(DatePrinting.date(19_782) == "2024-02-29")
  }

  @Test("instants show seconds only when they have some")
  func timestamps() {
    let morning = Int64(20_119) * day + 9 * hour + hour / 2
    #expect(DatePrinting.timestamp(morning) == "2025-01-31 09:30")
    #expect(DatePrinting.timestamp(morning + 12_500_000) == "2025-01-31 09:30:12.500")
    #expect(DatePrinting.isoTimestamp(morning) == "2025-01-31T09:30:00Z")
    #expect(DatePrinting.timestamp(-1) == "1969-12-31 23:59:59.999999")
  }

  @Test("lengths of time")
  func durations() {
    #expect(DatePrinting.duration(3 * day + 4 * hour) == "3 days 04:00")
    #expect(DatePrinting.duration(day) == "1 day")
    #expect(DatePrinting.duration(12_000_000) == "00:00:12")
    #expect(DatePrinting.duration(-hour / 2) == "-00:30")
    #expect(DatePrinting.duration(0) == "00:00")
    #expect(DatePrinting.isoDuration(3 * day + 4 * hour) == "P3DT4H")
    #expect(DatePrinting.isoDuration(500_000) == "PT0.5S")
    #expect(DatePrinting.isoDuration(0) == "PT0S")
    #expect(DatePrinting.duration(.min).hasPrefix("-"))
  }

  @Test("calendar amounts")
  func months() {
    #expect(DatePrinting.months(1) == "1 month")
    #expect(DatePrinting.months(24) == "2 years")
    #expect(DatePrinting.months(14) == "1 year 2 months")
    #expect(DatePrinting.months(-3) == "-3 months")
    #expect(DatePrinting.months(0) == "0 months")
  }

  @Test("periods by their calendar name, else by first and last day")
  func periods() {
    let cases = [
      (days(2025, 1, 1), days(2026, 1, 1), "2025"),
      (days(2025, 4, 1), days(2025, 7, 1), "2025-Q2"),
      (days(2025, 2, 1), days(2025, 3, 1), "2025-02"),
      (days(2025, 1, 27), days(2025, 2, 3), "2025-W05"),
      (days(2024, 12, 30), days(2025, 1, 6), "2025-W01"),
      (days(2025, 1, 3), days(2025, 1, 4), "2025-01-03"),
      (days(2025, 1, 3), days(2025, 1, 10), "2025-01-03 to 2025-01-09"),
    ]
    for (start, end, expected) in cases {
      #expect(DatePrinting.period(start: start, end: end) == expected)
    }
  }
}
