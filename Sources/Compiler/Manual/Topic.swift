/// A piece of the language that is neither a verb nor a function, as `whom doc NAME` and the manual
/// tell it.
package struct Topic: Sendable {
  package enum Chapter: String, CaseIterable, Hashable, Sendable { case language, types }

  package var name: String
  package var chapter: Chapter
  /// A few words: what it is about.
  package var summary: String
  package var details: String
  /// Programs, some over the relations of `ExampleData.shop`; each may use what those before it
  /// declare.
  package var examples: [String]

  init(
    _ name: String, _ chapter: Chapter, _ summary: String, _ details: String,
    examples: [String] = []
  ) {
    self.name = name
    self.chapter = chapter
    self.summary = summary
    self.details = details
    self.examples = examples
  }

  package static let all = language + types

  package static func named(_ name: String) -> Topic? { all.first { $0.name == name } }
}
