package import Diagnostics

/// The smallest piece of a source that means something, with the white space and the comments
/// before it: all tokens of a source, one behind the other, are the source again.
package struct Token: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable {
    // Names and literals
    case name, quotedName, variable, number, percent, duration, date, text
    // Reserved words
    case and, or, not, `in`, `if`, then, `else`, `case`, `true`, `false`, null, it
    // Signs
    case pipe, comma, dot, range, colon, equals, equal, notEqual
    case less, lessOrEqual, greater, greaterOrEqual, matches, arrow, question, coalesce
    case plus, minus, times, divide, floorDivide, power
    case openParen, closeParen, openBracket, closeBracket, openBrace, closeBrace
    /// `;`, which is reported and then separates statements.
    case semicolon
    /// Where a line ends a statement. Only the parser sees it: whether it is one depends on what
    /// is open and where the statement began.
    case newline
    case endOfFile
  }

  package struct Flags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Nothing but white space stands before it on its line.
    package static let startsLine = Flags(rawValue: 1)
    /// A diagnostic about it exists: no phase speaks of it again.
    package static let isReported = Flags(rawValue: 2)
    /// A text behind the word `sql`, whose braces take relations.
    package static let isSQL = Flags(rawValue: 4)
  }

  package var kind: Kind
  package var flags: Flags
  private var file: Int32
  private var triviaOffset: UInt32
  private var startOffset: UInt32
  private var endOffset: UInt32
  private var columnNumber: UInt32

  package init(kind: Kind, flags: Flags, trivia: Int, span: Span, column: Int) {
    self.kind = kind
    self.flags = flags
    file = Int32(truncatingIfNeeded: span.file.number)
    triviaOffset = UInt32(truncatingIfNeeded: trivia)
    startOffset = UInt32(truncatingIfNeeded: span.start)
    endOffset = UInt32(truncatingIfNeeded: span.end)
    columnNumber = UInt32(truncatingIfNeeded: column)
  }

  package var start: Int { Int(startOffset) }
  package var end: Int { Int(endOffset) }
  /// Where the white space and comments before the token begin.
  package var triviaStart: Int { Int(triviaOffset) }
  /// How far from its line's start it stands, from 0; a tab goes to the next multiple of four.
  package var column: Int { Int(columnNumber) }
  package var span: Span { Span(file: FileID(Int(file)), start: start, end: end) }
  package var startsLine: Bool { flags.contains(.startsLine) }
  package var isReported: Bool { flags.contains(.isReported) }
  /// Nothing stands between it and the token before.
  package var isGlued: Bool { triviaOffset == startOffset }
}

extension Token.Kind {
  /// A line that ends in one of these goes on.
  var expectsMore: Bool {
    switch self {
    case .pipe, .comma, .equals, .arrow, .range, .colon, .equal, .notEqual, .less, .lessOrEqual,
      .greater, .greaterOrEqual, .matches, .coalesce, .plus, .minus, .times, .divide,
      .floorDivide, .power, .and, .or, .not, .in, .if, .then, .else, .case:
      true
    case .name, .quotedName, .variable, .number, .percent, .duration, .date, .text, .true, .false,
      .null, .it, .dot, .question, .openParen, .closeParen, .openBracket, .closeBracket,
      .openBrace, .closeBrace, .semicolon, .newline, .endOfFile:
      false
    }
  }

  /// A line that starts with one of these belongs to the line before.
  var continuesLine: Bool {
    switch self {
    case .pipe, .and, .or, .then, .else: true
    default: false
    }
  }

  var opensBracket: Bool { self == .openParen || self == .openBracket || self == .openBrace }
  var closesBracket: Bool { self == .closeParen || self == .closeBracket || self == .closeBrace }
  var isName: Bool { self == .name || self == .quotedName }

  var isReservedWord: Bool {
    rawValue >= Token.Kind.and.rawValue && rawValue <= Token.Kind.it.rawValue
  }
}
