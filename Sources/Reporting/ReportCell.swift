package import Charting
package import Values

/// One cell of the notebook with what it left behind.
package struct ReportCell: Sendable {
  package enum CodeDisplay: Hashable, Sendable { case shown, folded, hidden }

  package var id: String
  package var code: HighlightedCode
  package var codeDisplay: CodeDisplay
  package var caption: String?
  /// What a chart shows, for readers who cannot see it; else a description is made.
  package var alt: String?
  package var note: String?
  package var outputs: [CellOutput]

  package init(
    id: String, code: HighlightedCode, codeDisplay: CodeDisplay = .folded,
    caption: String? = nil, alt: String? = nil, note: String? = nil, outputs: [CellOutput] = []
  ) {
    self.id = id
    self.code = code
    self.codeDisplay = codeDisplay
    self.caption = caption
    self.alt = alt
    self.note = note
    self.outputs = outputs
  }
}

package enum CellOutput: Sendable {
  case table(ReportTable)
  case chart(ReportChart)
  case value(ReportValue)
  case receipt(ReportReceipt)
  /// What `expect` found out, a row for each condition.
  case checks([ReportCheck])
  /// A line of plain text, such as what a check counted.
  case message(String)
  case diagnostic(ReportDiagnostic)
  /// The cell did not run since the cell of that id failed.
  case skipped(becauseOf: String)
}

package struct ReportTable: Sendable {
  package var table: ResultTable
  package var title: String?

  package init(_ table: ResultTable, title: String? = nil) {
    self.table = table
    self.title = title
  }
}

package struct ReportChart: Sendable {
  package var spec: ChartSpec
  package var data: ResultTable

  package init(_ spec: ChartSpec, data: ResultTable) {
    self.spec = spec
    self.data = data
  }
}

package struct ReportValue: Hashable, Sendable {
  package var name: String?
  package var value: Value
  package var type: ValueType

  package init(_ value: Value, type: ValueType, name: String? = nil) {
    self.name = name
    self.value = value
    self.type = type
  }
}

/// What a `save` left: the file as the notebook names it.
package struct ReportReceipt: Hashable, Sendable {
  package var file: String
  package var rows: Int?

  package init(file: String, rows: Int? = nil) {
    self.file = file
    self.rows = rows
  }
}

/// Program text with its kinds of words, ready to be coloured.
package struct HighlightedCode: Hashable, Sendable {
  package var text: String
  /// In order, not overlapping; what lies between is plain.
  package var ranges: [HighlightedRange]

  package init(_ text: String, ranges: [HighlightedRange] = []) {
    self.text = text
    self.ranges = ranges
  }
}

/// A half-open range of UTF-8 offsets into the code.
package struct HighlightedRange: Hashable, Sendable {
  package var kind: HighlightKind
  package var start: Int
  package var end: Int

  package init(_ kind: HighlightKind, start: Int, end: Int) {
    self.kind = kind
    self.start = start
    self.end = end
  }
}

package enum HighlightKind: String, CaseIterable, Hashable, Sendable {
  case keyword, verb, function, name, number, text, comment, sign, variable, date
}
