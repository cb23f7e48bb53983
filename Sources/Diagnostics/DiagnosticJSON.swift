/// A finding as one JSON object, for editors and for `--format json`:
///
///     {"code":"E0201","severity":"error","title":"...","label":"...",
///      "place":{"file":"churn.whom","start":{"line":12,"column":11,"offset":204},"end":{...}},
///      "notes":[{"text":"...","place":{...}}],"help":["..."]}
///
/// Lines and columns count from 1, columns in characters, offsets in bytes from 0.
package struct DiagnosticJSON: Sendable {
  private let files: [SourceFile]

  package init(_ sources: SourceMap) { files = sources.files }
  package init(files: [SourceFile]) { self.files = files }

  package func encode(_ diagnostics: [Diagnostic]) -> String {
    "[" + diagnostics.map(encode).joined(separator: ",") + "]"
  }

  package func encode(_ diagnostic: Diagnostic) -> String {
    var members = [
      member("code", diagnostic.code.rawValue),
      member("severity", diagnostic.severity == .error ? "error" : "warning"),
      member("title", diagnostic.title),
    ]
    if !diagnostic.label.isEmpty { members.append(member("label", diagnostic.label)) }
    if let place = place(diagnostic.span) { members.append(place) }
    let notes = diagnostic.notes.map { note in
      object([member("text", note.text), place(note.span)].compactMap { $0 })
    }
    members.append("\"notes\":[" + notes.joined(separator: ",") + "]")
    let help = diagnostic.help.map(Self.string)
    members.append("\"help\":[" + help.joined(separator: ",") + "]")
    return object(members)
  }

  private func place(_ span: Span?) -> String? {
    guard let span, let file = files.first(where: { $0.id == span.file }) else { return nil }
    return "\"place\":"
      + object([
        member("file", file.name), position("start", span.start, file),
        position("end", span.end, file),
      ])
  }

  private func position(_ name: String, _ offset: Int, _ file: SourceFile) -> String {
    let position = file.position(of: offset)
    return "\"\(name)\":{\"line\":\(position.line),\"column\":\(position.column),"
      + "\"offset\":\(offset)}"
  }

  private func object(_ members: [String]) -> String {
    "{" + members.joined(separator: ",") + "}"
  }

  private func member(_ name: String, _ value: String) -> String {
    "\"\(name)\":" + Self.string(value)
  }

  /// What a reader might not see, or a page might act on, is escaped as well.
  static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "<": result += "\\u003c"
      default:
        if VisibleText.written(scalar) != nil {
          for unit in String(scalar).utf16 { result += escape(unit) }
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  private static func escape(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
