/// A model that the run trained or used, for people who did not train it.
package struct ReportModel: Hashable, Sendable {
  package struct Line: Hashable, Sendable {
    package var item: String
    package var value: String
    package init(item: String, value: String) {
      self.item = item
      self.value = value
    }
  }
  package var name: String
  package var lines: [Line]

  package init(name: String, lines: [Line]) {
    self.name = name
    self.lines = lines
  }
}
