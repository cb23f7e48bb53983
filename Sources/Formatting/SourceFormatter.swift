package import Diagnostics
import Syntax

/// Writes a program in the one layout. It decides where blanks, indents and alignment go; where
/// lines end is for the author to say, but that a pipeline stands on one line or has a line for
/// each stage, and that no line grows past 100 columns where it can be broken.
///
/// Every comment stays; what the program means is compared before and after.
package enum SourceFormatter {
  package enum Failure: Error {
    /// A program that cannot be read is left as it is.
    case mistakes([Diagnostic])
    /// The result would mean something else: a defect of the formatter, and nothing is written.
    case changedMeaning
  }

  static let width = 100

  /// The part of a file under `range`, or all of it, with a line end behind it.
  package static func format(
    _ file: SourceFile, range: Span? = nil
  ) throws(Failure) -> String {
    let tree = Parser.parse(file, range: range)
    let mistakes = tree.diagnostics.filter { $0.severity == .error }
    guard mistakes.isEmpty else { throw .mistakes(mistakes) }
    let text = layout(tree, file)
    let again = SourceFile(id: file.id, name: file.name, text: text)
    let result = Parser.parse(again)
    guard result.diagnostics.isEmpty || !tree.diagnostics.isEmpty,
      TreeDump.dump(result) == TreeDump.dump(tree), result.doc == tree.doc
    else { throw .changedMeaning }
    return text
  }

  private static func layout(_ tree: SyntaxTree, _ file: SourceFile) -> String {
    let facts = TreeFacts(tree.statements)
    var pieces = Pieces(tree, file, facts)
    Breaking.settle(&pieces, facts)
    let wrapping = Wrapping(pieces, facts)
    // What was broken for its width is then laid out as if the author had broken it.
    var rounds = 0
    while rounds < 10, wrapping.settle(&pieces) {
      Breaking.settle(&pieces, facts)
      rounds += 1
    }
    return Alignment.page(of: pieces, facts).text
  }
}
