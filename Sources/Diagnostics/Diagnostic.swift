/// One finding about a program: what was seen, where, what is possible here, one fix.
///
/// The words are made where the finding's family lives (`Diagnostic+Syntax.swift`, ...), the
/// shape by `DiagnosticRenderer`; no phase prints.
package struct Diagnostic: Hashable, Sendable, Error {
  package enum Severity: Hashable, Sendable { case error, warning }

  /// A second place that explains the first: where a value, a type or a label came from.
  package struct Note: Hashable, Sendable {
    package var span: Span?
    package var text: String
    package init(_ text: String, at span: Span? = nil) {
      self.text = text
      self.span = span
    }
  }

  package var code: DiagnosticCode
  package var severity: Severity
  /// One line, no full stop: `unknown column "ordered_on"`.
  package var title: String
  package var span: Span?
  /// A few words under the marked place: `not a column of orders`.
  package var label: String
  package var notes: [Note]
  /// What to do, each a sentence: `did you mean ordered_at?`
  package var help: [String]

  package init(
    _ code: DiagnosticCode, _ title: String, at span: Span?, label: String = "",
    notes: [Note] = [], help: [String] = [], severity: Severity? = nil
  ) {
    self.code = code
    self.severity = severity ?? code.severity
    self.title = title
    self.span = span
    self.label = label
    self.notes = notes
    self.help = help
  }
}
