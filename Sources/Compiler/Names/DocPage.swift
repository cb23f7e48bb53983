package import Diagnostics
import Syntax

/// What `whom doc` says of a verb, a function or a module: taken from the declaration itself, so
/// that it cannot disagree with it.
package struct DocPage: Hashable, Sendable {
  package var name: String
  /// How it is written: `round(x, [digits])`.
  package var forms: [String]
  package var text: String
  package var examples: [String] = []
  /// Of each example the programs that show what it gives, the best first; the example itself
  /// when empty.
  package var programs: [[String]] = []
  /// Whether its examples run anywhere; not where they need a secret of the environment.
  package var canRun = true
  /// Of a module: its public functions.
  package var members: [DocPage] = []
}

extension DocPage {
  package init(_ verb: Verb) {
    let details = verb.details.isEmpty ? "" : "\n\n" + verb.details
    self.init(
      name: verb.name, forms: [verb.form], text: verb.summary + "." + details,
      examples: verb.examples)
  }

  package init(_ topic: Topic) {
    self.init(
      name: topic.name, forms: [], text: topic.summary + "\n\n" + topic.details,
      examples: topic.examples)
  }

  package init(_ function: BuiltinFunction) {
    self.init(
      name: function.name, forms: function.forms, text: function.summary,
      examples: function.examples,
      programs: function.examples.map(function.programs),
      canRun: function.name != BuiltinFunction.pseudonymName)
  }

  /// A module: what stands at its top, and each function with the comment above it.
  package init(module name: String, _ source: SourceFile) {
    let tree = Parser.parse(source)
    let (text, examples) = Self.split(tree.doc ?? "")
    self.init(name: name, forms: ["use \(name)"], text: text, examples: examples)
    members = tree.statements.compactMap { statement in
      guard case .function(let declaration) = statement.kind,
        !declaration.name.text.hasPrefix("_")
      else { return nil }
      return DocPage(declaration, statement.doc ?? "", source)
    }
  }

  private init(_ declaration: FunctionDeclaration, _ doc: String, _ source: SourceFile) {
    let parameters = declaration.parameters.map { parameter in
      var words = parameter.name.text
      if let type = parameter.type { words += ": " + source.text(type.span) }
      if let value = parameter.defaultValue { words += " = " + source.text(value.span) }
      return words
    }
    let (text, examples) = Self.split(doc)
    self.init(
      name: declaration.name.text,
      forms: ["\(declaration.name.text)(\(parameters.joined(separator: ", ")))"],
      text: text, examples: examples)
  }

  /// The words of a doc comment, and its `@example` lines.
  private static func split(_ doc: String) -> (text: String, examples: [String]) {
    var words: [Substring] = []
    var examples: [String] = []
    for line in doc.split(separator: "\n", omittingEmptySubsequences: false) {
      let line = line.drop { $0 == " " }
      if line.hasPrefix("@example ") {
        examples.append(String(line.dropFirst("@example ".count)))
      } else {
        words.append(line)
      }
    }
    while words.last?.isEmpty == true { words.removeLast() }
    return (words.joined(separator: "\n"), examples)
  }
}

extension DocPage {
  /// For a terminal: forms, what it does, examples; the functions of a module one after another.
  package var plain: String {
    var lines = forms.isEmpty ? [name] : forms
    if !text.isEmpty {
      lines.append("")
      lines += text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
    }
    if !examples.isEmpty {
      lines += ["", "Examples:"]
      lines += examples.map { "  " + $0.replacing("\n", with: "\n  ") }
    }
    return (lines + members.flatMap { ["", $0.plain] }).joined(separator: "\n")
  }

  /// For a manual: a heading, the forms and examples as blocks of code.
  package func markdown(level: Int = 1) -> String {
    var blocks = [String(repeating: "#", count: level) + " `\(name)`"]
    if !forms.isEmpty {
      blocks.append("```whom norun\n" + forms.joined(separator: "\n") + "\n```")
    }
    if !text.isEmpty { blocks.append(text) }
    if !examples.isEmpty {
      blocks.append("```whom\n" + examples.joined(separator: "\n") + "\n```")
    }
    return (blocks + members.map { $0.markdown(level: level + 1) }).joined(separator: "\n\n")
  }

  /// Its first line, for lists.
  package var summary: String {
    text.split(separator: "\n").first.map(String.init) ?? ""
  }
}
