import Diagnostics
package import Syntax
import Values

// What may be typed next at the prompt: typed by what stands before the cursor.
extension Checker {
  /// Words that may take the place of the last word of `text`, the input up to the cursor: behind
  /// a pipe verbs and functions over relations, inside of a stage the columns of the relation that
  /// comes in, else what is bound. Nothing stays of the look at it.
  package func completions(for text: String) -> [String] {
    let word = Self.lastWord(of: text)
    let head = String(text.dropLast(word.count))
    let pool = word.hasPrefix("$") ? variables : words(behind: head)
    return Set(pool.filter { $0.hasPrefix(word) }).sorted()
  }

  private static func lastWord(of text: String) -> String {
    let name = text.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    let word = String(name.reversed())
    return text.dropLast(name.count).last == "$" ? "$" + word : word
  }

  private var variables: [String] { scope.boundNames.map { "$\($0)" } }

  private func words(behind head: String) -> [String] {
    let file = SourceFile(id: FileID(-1), name: "<prompt>", text: head)
    let tokens = Parser.parse(file, isPrompt: true).tokens.filter { $0.kind != .endOfFile }
    guard let last = tokens.last else { return openingWords }
    if last.kind == .pipe { return stageWords }
    if last.kind == .name, Self.beforeRelation.contains(file.text(last.span)) {
      return relationNames
    }
    for open in Self.openPipelines(tokens).reversed() {
      let range = Span(file: file.id, start: open.start, end: open.end)
      guard let plan = quietly({ relation(file, range) }) else { continue }
      return plan.schema.names.map(Self.written) + functionNames(scope) + variables + ["by"]
    }
    return openingWords
  }

  /// Words of a stage behind which the name of a relation stands.
  private static let beforeRelation: Set<String> = [
    "join", "left", "right", "full", "semi", "anti", "cross", "many", "union", "except",
    "intersect",
  ]

  private var relationNames: [String] {
    scope.boundNames.filter { if case .relation? = scope.bindings[$0] { true } else { false } }
  }

  private var stageWords: [String] {
    let functions = scope.functions.keys.filter { name in
      guard let function = scope.functions[name],
        let type = function.declaration.parameters.first?.type
      else { return false }
      return type.name.text == "relation"
    }
    return Verb.names + functions + scope.metrics.keys + ["count", "value"]
  }

  private var openingWords: [String] {
    scope.boundNames + functionNames(scope) + variables
      + ["let", "param", "metric", "fn", "use", "if", "for", "assert", "read", "rows", "sql"]
  }

  /// A name as it is written: in backquotes where it is no plain name.
  private static func written(_ name: String) -> String {
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
