import Diagnostics
import Syntax
import Values

/// A word that may be typed next.
package struct CompletionItem: Hashable, Sendable {
  package var text: String
  /// What it is, for a menu: `float?`, `round(x, [digits])`, `keeps rows where a condition holds`.
  package var note: String
  /// Whether it belongs to what is open here, as a column does and a function of thousands does not.
  package var isNear: Bool

  package init(_ text: String, _ note: String = "", isNear: Bool = true) {
    self.text = text
    self.note = note
    self.isNear = isNear
  }
}

// What may be typed next at the prompt: typed by what stands before the cursor.
extension Checker {
  /// Words that may take the place of the last word of `text`, the input up to the cursor: behind
  /// a pipe verbs and functions over relations, inside of a stage the columns of the relation that
  /// comes in, else what is bound. Nothing stays of the look at it.
  package func completions(for text: String) -> [CompletionItem] {
    let word = Self.lastWord(of: text)
    let head = String(text.dropLast(word.count))
    let pool = word.hasPrefix("$") ? variables : words(behind: head, word)
    var seen: Set<String> = []
    return pool.filter { $0.text.hasPrefix(word) && seen.insert($0.text).inserted }.sorted {
      ($0.isNear ? 0 : 1, $0.text) < ($1.isNear ? 0 : 1, $1.text)
    }
  }

  /// The name, `$name` or name in open backquotes that ends with the text.
  package static func lastWord(of text: String) -> String {
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    if line.count(where: { $0 == "`" }) % 2 == 1, let quote = line.lastIndex(of: "`") {
      return String(line[quote...])
    }
    let name = text.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    let word = String(name.reversed())
    return text.dropLast(name.count).last == "$" ? "$" + word : word
  }

  private var variables: [CompletionItem] { bound("$", isNear: false) }

  private func bound(_ sign: String, isNear: Bool = true) -> [CompletionItem] {
    scope.boundNames.map {
      CompletionItem(sign + $0, words(of: scope.bindings[$0]) ?? "", isNear: isNear)
    }
  }

  private func words(behind head: String, _ word: String) -> [CompletionItem] {
    let file = SourceFile(id: FileID(-1), name: "<prompt>", text: head)
    let tokens = Parser.parse(file, isPrompt: true).tokens.filter { $0.kind != .endOfFile }
    guard let last = tokens.last else { return openingWords(word) }
    if last.kind == .pipe { return stageWords }
    if last.kind == .name, Self.beforeRelation.contains(file.text(last.span)) {
      return relationNames
    }
    for open in Self.openPipelines(tokens).reversed() {
      let range = Span(file: file.id, start: open.start, end: open.end)
      guard let plan = quietly({ relation(file, range) }) else { continue }
      let columns = plan.schema.columns.compactMap { column -> CompletionItem? in
        let name = Self.written(column.name)
        return name.hasPrefix(word) ? CompletionItem(name, "\(column.type)") : nil
      }
      return columns + functions(word) + variables + [CompletionItem("by", "groups", isNear: false)]
    }
    return openingWords(word)
  }

  /// A column that is compared with a text which begins where `head` ends, and the pipeline whose
  /// rows have it: `orders | where region == "`.
  package func openComparison(in head: String) -> (pipeline: String, column: String)? {
    let file = SourceFile(id: FileID(-1), name: "<prompt>", text: head)
    let tokens = Parser.parse(file, isPrompt: true).tokens.filter { $0.kind != .endOfFile }
    var rest = tokens[...]
    var compares = false
    loop: while let last = rest.last {
      switch last.kind {
      case .text, .comma, .openBracket: break
      case .equal, .notEqual, .in: compares = true
      default: break loop
      }
      rest.removeLast()
    }
    guard compares, let name = rest.last, name.kind == .name || name.kind == .quotedName
    else { return nil }
    let text = file.text(name.span)
    let column =
      name.kind == .name ? text : String(text.dropFirst().dropLast()).replacing("``", with: "`")
    for open in Self.openPipelines(tokens).reversed() {
      let range = Span(file: file.id, start: open.start, end: open.end)
      guard let plan = quietly({ relation(file, range) }),
        let found = plan.schema[column], found.type.base == .text,
        found.type.labels.privacy.isEmpty
      else { continue }
      return (file.text(range), Self.written(found.name))
    }
    return nil
  }

  /// Words of a stage behind which the name of a relation stands.
  private static let beforeRelation: Set<String> = [
    "join", "left", "right", "full", "semi", "anti", "cross", "many", "union", "except",
    "intersect",
  ]

  private var relationNames: [CompletionItem] {
    bound("").filter { if case .relation? = scope.bindings[$0.text] { true } else { false } }
  }

  private var stageWords: [CompletionItem] {
    let own = scope.functions.keys.compactMap { name -> CompletionItem? in
      guard let function = scope.functions[name],
        let type = function.declaration.parameters.first?.type, type.name.text == "relation"
      else { return nil }
      return CompletionItem(name, form(of: function, name))
    }
    let verbs = Verb.all.map { CompletionItem($0.name, $0.summary) }
    let models = Self.modelFunctions.map { CompletionItem($0, "what a model does") }
    return verbs + own + models + scope.metrics.keys.map { CompletionItem($0, "metric") } + [
      CompletionItem("describe", "what is in the columns"),
      CompletionItem("count", "the number of rows"), CompletionItem("value", "the only cell"),
    ]
  }

  private func functions(_ word: String) -> [CompletionItem] {
    let builtin = BuiltinFunction.all.filter { $0.name.hasPrefix(word) }.map {
      CompletionItem($0.name, $0.forms.last ?? "", isNear: false)
    }
    let own = scope.functions.keys.sorted().filter { $0.hasPrefix(word) }.compactMap { name in
      scope.functions[name].map { CompletionItem(name, form(of: $0, name), isNear: false) }
    }
    return builtin + own
      + scope.metrics.keys.sorted().map { CompletionItem($0, "metric", isNear: false) }
  }

  /// `best(orders, n)`
  private func form(of function: UserFunction, _ name: String) -> String {
    let parameters = function.declaration.parameters.map(\.name.text)
    return "\(name)(\(parameters.joined(separator: ", ")))"
  }

  private func openingWords(_ word: String) -> [CompletionItem] {
    bound("") + functions(word) + variables
      + Self.openers.map { CompletionItem($0.word, $0.note, isNear: false) }
  }

  private static let openers: [(word: String, note: String)] = [
    ("let", "names a relation or a value"), ("param", "a parameter of the program"),
    ("metric", "a named measure"), ("fn", "a function"), ("use", "a module"),
    ("if", "runs a block where a condition holds"), ("for", "a block for each item"),
    ("assert", "stops where a condition does not hold"), ("read", "the rows of a file"),
    ("rows", "rows written here"), ("sql", "a query in SQL"),
  ]

  /// A name as it is written: in backquotes where it is no plain name.
  package static func written(_ name: String) -> String {
    let isPlain =
      name.utf8.allSatisfy { $0.isLetterOrDigit } && name.utf8.first.map { $0 > 0x39 } == true
      && !reserved.contains(name)
    return isPlain ? name : "`" + name.replacing("`", with: "``") + "`"
  }

  private static let reserved: Set<String> = [
    "and", "or", "not", "in", "if", "then", "else", "case", "true", "false", "null", "it",
  ]

  // MARK: The relation that comes in

  private struct OpenPipeline {
    var start: Int
    /// Where the last pipe stands: what is before it comes in.
    var end: Int
  }

  /// The pipelines around the end of the text that have a pipe, outermost first.
  private static func openPipelines(_ tokens: [Token]) -> [OpenPipeline] {
    var open: [(start: Int, pipe: Int?)] = [(0, nil)]
    for token in tokens {
      switch token.kind {
      case .openParen, .openBracket, .openBrace: open.append((token.end, nil))
      case .closeParen, .closeBracket, .closeBrace: if open.count > 1 { open.removeLast() }
      case .pipe: open[open.count - 1].pipe = token.start
      case .equals where open.count == 1 && open[0].pipe == nil: open[0].start = token.end
      default:
        if token.startsLine, token.column == 0 { open = [(token.start, nil)] }
      }
    }
    return open.compactMap { part in
      part.pipe.map { OpenPipeline(start: part.start, end: $0) }
    }
  }

  private func relation(_ file: SourceFile, _ range: Span) -> LogicalPlan? {
    let (pipeline, problems) = Parser.parsePipeline(file, range: range)
    if !problems.isEmpty { return nil }
    if case .source(.sql, _) = pipeline.head.kind { return nil }
    if case .relation(let plan) = checkPipeline(pipeline, .outside(scope)) { return plan }
    return nil
  }

  /// Checks something of which nothing is to stay.
  private func quietly<T>(_ body: () -> T) -> T {
    let before = (scope, steps, uses, written, diagnostics, nextBinding, mayNotRun)
    mayNotRun = true
    defer { (scope, steps, uses, written, diagnostics, nextBinding, mayNotRun) = before }
    return body()
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
