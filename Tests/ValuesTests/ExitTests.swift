import Testing
import Values

@Suite("The exit")
struct ExitTests {
  private let hostile = "a\u{1B}[31m\0\u{202E}<b a='1'>&\"\n|`*,"

  @Test("each destination in its own way")
  func destinations() {
    let expected: [ExitDestination: String] = [
      .terminal: "a␛[31m␀\\u{202e}<b a='1'>&\"␊|`*,",
      .log: "a␛[31m␀\\u{202e}<b a='1'>&\"␊|`*,",
      .html: "a␛[31m␀\u{202E}&lt;b a=&#39;1&#39;&gt;&amp;&quot;\n|`*,",
      .svg: "a␛[31m␀\u{202E}&lt;b a=&#39;1&#39;&gt;&amp;&quot;\n|`*,",
      .csv: "\"a\u{1B}[31m␀\u{202E}<b a='1'>&\"\"\n|`*,\"",
      .json: #"a\u001b[31m\u0000\u202e\u003cb a='1'>&\"\n|`*,"#,
      .markdown: #"a␛\[31m␀\\u{202e}&lt;b a='1'>&amp;"␊\|\`\*,"#,
      .fileName: "a_31m_b_a_1_",
    ]
    for destination in ExitDestination.allCases {
      #expect(Exit.escape(hostile, for: destination) == expected[destination], "\(destination)")
    }
  }

  @Test("a file name stays in its folder")
  func fileNames() {
    #expect(Exit.escape("../../etc/passwd", for: .fileName) == "_etc_passwd")
    #expect(Exit.escape("", for: .fileName) == "_")
    #expect(Exit.escape("top 10.csv", for: .fileName) == "top_10.csv")
  }

  @Test("a foreign text keeps its direction to itself")
  func isolation() {
    #expect(Exit.isolated("plain") == "plain")
    #expect(Exit.isolated("a\u{202E}b") == "\u{2068}a\u{202E}b\u{202C}\u{2069}")
    #expect(Exit.isolated("x\u{2069}\u{5D0}") == "\u{2068}x\u{5D0}\u{2069}")
  }

  @Test("machine values tell types and nulls apart")
  func machine() {
    let none = LabelSet()
    #expect(Exit.machine(.null, labels: none).text == "null")
    #expect(Exit.machine(.float(.nan), labels: none).text == "null")
    #expect(Exit.machine(.float(0.1), labels: none).text == "0.1")
    #expect(Exit.machine(.decimal(unscaled: 1250, scale: 2), labels: none).text == "12.50")
    #expect(Exit.machine(.months(14), labels: none).text == "\"P14M\"")
    #expect(
      Exit.machine(.period(start: 0, end: 31), labels: none).text
        == #"{"from":"1970-01-01","to":"1970-02-01"}"#)
  }

  @Test("columns on a terminal")
  func widths() {
    let widths = [
      ("abc", 3), ("李小龍", 6), ("e\u{301}", 1), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("ｱ", 1), ("Ａ", 2),
      ("한국", 4), ("\u{200B}", 0),
    ]
    for (text, width) in widths { #expect(DisplayWidth.of(text) == width, "\(text)") }
    #expect(DisplayWidth.cut("李小龍", to: 4) == "李…")
  }
}
