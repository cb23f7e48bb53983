import Reporting
import MarkupReading
import Testing
import Values

@Suite("The HTML report")
struct HTMLReportTests {
  /// The page as elements; void elements are closed first, since the reader wants XML.
  private func elements(_ page: String) throws -> [MarkupReader.Element] {
    var text = page.replacing("<!DOCTYPE html>\n", with: "")
    for tag in ["meta", "br", "hr", "input"] { text = closing(tag, in: text) }
    let start = text.firstRange(of: "<style>\n")
    let end = text.firstRange(of: "</style>")
    if let start, let end { text.removeSubrange(start.upperBound..<end.lowerBound) }
    return try MarkupReader.read(text)
  }

  private func closing(_ tag: String, in text: String) -> String {
    let parts = text.split(separator: "<" + tag, omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      guard index > 0, let end = part.firstIndex(of: ">") else { return String(part) }
      return "<" + tag + part[..<end] + "/" + part[end...]
    }.joined()
  }

  private let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x",
    "</style><b>", "]]>", "&amp;&lt;", "\u{202E}abc\u{2066}", "\u{1B}[31m\0\u{7F}\u{85}", "",
    "=1+1", "a\nb\tc\r", "{=x=}", "javascript:alert(1)", "e\u{301}👩‍👩‍👧\u{FFFE}",
  ]

  @Test("whatever the data says, the page has the same elements and attributes")
  func escaping() throws {
    let plain = try elements(HTMLReport.render(sampleDocument("plain")))
    let shape = plain.map { [$0.name] + $0.attributes.keys.sorted() }
    for word in hostile where !word.isEmpty {
      let page = HTMLReport.render(sampleDocument(word))
      let found = try elements(page)
      #expect(!found.contains { $0.name == "script" || $0.name == "img" || $0.name == "b" })
      for element in found {
        #expect(!element.attributes.keys.contains { $0.hasPrefix("on") }, "\(word)")
        let target = element.attributes["href"] ?? "#"
        #expect(
          ["#", "https:", "data:text/csv", "data:application/json"].contains {
            target.hasPrefix($0)
          })
      }
      #expect(found.filter { $0.path.contains("svg") == false }.count >= plain.count / 2)
      #expect(found.first.map { [$0.name] } == shape.first?.prefix(1).map { $0 })
    }
  }

  @Test("random texts come out of the page as they went in")
  func roundTrip() throws {
    var state: UInt64 = 20_260_102
    for _ in 0..<40 {
      let word = randomText(&state)
      let page = HTMLReport.render(sampleDocument(word))
      let title = try elements(page).first { $0.name == "h1" }?.text
      #expect(title == visible(word), "seed 20260102")
    }
  }

  private func randomText(_ state: inout UInt64) -> String {
    let alphabet = Array(
      "<>&\"'`=/\\ab \u{0}\u{1}\u{1B}\u{7F}\u{202E}\u{5D0}é李👩{}%;".unicodeScalars)
    var text = "x"
    for _ in 0..<24 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      text.unicodeScalars.append(alphabet[Int(state >> 33) % alphabet.count])
    }
    return text
  }

  /// Control characters become pictures; nothing else changes.
  private func visible(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let picture = scalar.value < 32 ? 0x2400 + scalar.value : scalar == "\u{7F}" ? 0x2421 : nil
      result.unicodeScalars.append(picture.flatMap(Unicode.Scalar.init) ?? scalar)
    }
    return result
  }

  @Test("forbids scripts and every request")
  func policy() throws {
    let found = try elements(HTMLReport.render(sampleDocument("w")))
    let policy = found.first { $0.attributes["http-equiv"] == "Content-Security-Policy" }
    #expect(policy?.attributes["content"]?.hasPrefix("default-src 'none';") == true)
    #expect(!found.contains { $0.attributes["src"] != nil || $0.name == "link" })
  }

  @Test("one title, landmarks, captions, scopes, unique ids, links that lead somewhere")
  func accessible() throws {
    let found = try elements(HTMLReport.render(sampleDocument("w")))
    #expect(found.first?.attributes["lang"] == "en")
    #expect(found.filter { $0.name == "h1" }.count == 1)
    for landmark in ["header", "nav", "main", "footer"] {
      #expect(found.filter { $0.name == landmark }.count == 1, "\(landmark)")
    }
    #expect(found.filter { $0.name == "th" }.allSatisfy { $0.attributes["scope"] != nil })
    let ids = found.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    for link in found.compactMap({ $0.attributes["href"] }) where link.hasPrefix("#") {
      #expect(ids.contains(String(link.dropFirst())), "\(link)")
    }
    let pictures = found.filter { $0.name == "svg" }
    // Each as a wide and a narrow one, of which a screen shows one.
    #expect(pictures.count == 6)
    #expect(pictures.allSatisfy { $0.attributes["role"] == "img" })
  }

  @Test("a forbidden address keeps its words and loses its link")
  func addresses() throws {
    let found = try elements(HTMLReport.render(sampleDocument("w")))
    #expect(found.contains { $0.name == "span" && $0.text == "dangerous" })
    for address in ["javascript:x", " JAVASCRIPT:x", "java\nscript:x", "data:text/html,x", "//x"] {
      #expect(LinkTarget.allowed(address) == nil, "\(address)")
    }
    for address in ["https://a.b/c:d", "a/b.md", "#top", "mailto:a@b.c", "?q=a:b"] {
      #expect(LinkTarget.allowed(address) == address, "\(address)")
    }
  }

  @Test("says how much is shown, what failed and where")
  func content() {
    let page = HTMLReport.render(sampleDocument("w"))
    #expect(page.contains("2 of 83,214 rows"))
    #expect(page.contains("1 of 2 cells failed, 1 was skipped; 1 of 1 check failed"))
    #expect(page.contains("As of 30 June 1998"))
    #expect(page.contains("set for this run"))
    #expect(page.contains("View as table"))
  }

  @Test("the section that leads stands above parameters and contents, once, in both formats")
  func lead() throws {
    var document = sampleDocument("x")
    let lead: [ReportBlock] = [
      .prose([.heading(level: 2, id: "in-short", [.text("In short")]), .paragraph([.text("One.")])])
    ]
    document.blocks = lead + document.blocks
    document.leadCount = 1
    for text in [
      HTMLReport.render(document), MarkdownReport(document, folder: "files").text,
    ] {
      let places = ["In short", "One.", "Meaning"].map { text.firstRange(of: $0)?.lowerBound }
      #expect(places.allSatisfy { $0 != nil })
      #expect(
        zip(places, places.dropFirst()).allSatisfy {
          ($0 ?? text.endIndex) < ($1 ?? text.startIndex)
        })
      #expect(text.split(separator: "One.").count == 2)
    }
  }

  @Test("narrow screens get a picture of their own, of the same rows, hidden on others")
  func narrow() throws {
    let page = HTMLReport.render(
      sampleDocument("a title that is too long for a narrow picture, and fits a wide one"))
    #expect(page.contains("<div class=\"picture narrow\">"))
    let found = try elements(page).filter { $0.name == "svg" }
    #expect(found.contains { $0.attributes["viewBox"]?.hasPrefix("0 0 340 ") == true })
    #expect(found.contains { $0.attributes["viewBox"]?.hasPrefix("0 0 720 ") == true })
    #expect(page.contains(".narrow{display:none}"))
    // One line of title in the wide one, two in the narrow one.
    let titles = try elements(page).filter { $0.attributes["font-weight"] == "600" }
    #expect(titles.count == 3)
  }

  @Test("data beyond the budget is not embedded")
  func budget() {
    var document = sampleDocument("w")
    #expect(HTMLReport.render(document).contains("data:text/csv"))
    document.dataBudget = 0
    #expect(!HTMLReport.render(document).contains("data:text/csv"))
  }

  @Test("the same document gives the same bytes")
  func deterministic() {
    #expect(HTMLReport.render(sampleDocument("w")) == HTMLReport.render(sampleDocument("w")))
    #expect(JSONReport.render(sampleDocument("w")) == JSONReport.render(sampleDocument("w")))
  }

  @Test("a notebook that opens with its title does not say it twice")
  func title() throws {
    var document = ReportDocument(title: "Churn")
    document.blocks = [.prose([.heading(level: 1, id: "churn", [.text("Churn")])])]
    let found = try elements(HTMLReport.render(document))
    #expect(found.filter { $0.text == "Churn" && $0.name.hasPrefix("h") }.count == 1)
  }
}
