import Foundation
import Reporting
import Testing

@Suite("The JSON report")
struct JSONReportTests {
  private func read(_ text: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
  }

  @Test("another reader finds in it what was put in")
  func content() throws {
    let word = "a\"b\\<script>\u{1B}\u{202E}\u{0}é👩"
    let report = try read(JSONReport.render(sampleDocument(word)))
    #expect(report["schema"] as? String == "whom.report/1")
    #expect(report["title"] as? String == word)
    #expect(report["as_of"] as? String == "1998-06-30")
    let blocks = report["blocks"] as? [[String: Any]] ?? []
    #expect(blocks.map { $0["kind"] as? String } == ["prose", "cell", "cell"])
    let outputs = blocks[1]["outputs"] as? [[String: Any]] ?? []
    #expect(
      outputs.map { $0["kind"] as? String }
        == ["table", "chart", "chart", "chart", "value", "saved", "message", "error", "checks"])
    let data = outputs[0]["data"] as? [String: Any]
    #expect(data?["total_rows"] as? Int == 83_214)
    #expect((data?["rows"] as? [[Any]])?.first?.first as? String == word)
  }

  @Test("no raw control character, no tag")
  func harmless() {
    let text = JSONReport.render(sampleDocument("<script>\u{1B}\u{202E}"))
    #expect(!text.contains("<script>"))
    #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || $0 == "\u{202E}" })
  }
}
