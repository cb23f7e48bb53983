internal import CEditline

/// An input at a time from a terminal, over as many lines as it needs, with editing, history and
/// completion: libedit's owner.
final class LineEditor {
  enum Line: Hashable {
    case text(String)
    /// Ctrl-C.
    case interrupted
    /// Ctrl-D, or the terminal is gone.
    case end
  }

  private let editor: OpaquePointer
  private let complete: (String) -> REPLCompletion
  private let isWhole: (String) -> Bool
  private let prepare: () -> Void

  /// Nil when the streams are no terminal that can be edited on. `prepare` runs once, behind the
  /// first prompt.
  init?(
    input: Int32, output: Int32, prepare: @escaping () -> Void,
    isWhole: @escaping (String) -> Bool, complete: @escaping (String) -> REPLCompletion
  ) {
    guard let editor = whom_editor_open(input, output) else { return nil }
    self.editor = editor
    self.prepare = prepare
    self.complete = complete
    self.isWhole = isWhole
    whom_editor_on_wait(
      editor,
      { context in
        if let context { LineEditor.owner(context).prepare() }
      }, Unmanaged.passUnretained(self).toOpaque())
    whom_editor_on_tab(
      editor,
      { context, text, length in
        guard let context else { return }
        LineEditor.owner(context).answerTab(LineEditor.text(text, length))
      }, Unmanaged.passUnretained(self).toOpaque())
    whom_editor_on_enter(editor) { context, text, length, cursor in
      guard let context else { return 1 }
      let owner = LineEditor.owner(context)
      return owner.answerEnter(LineEditor.text(text, length), LineEditor.text(text, cursor))
    }
  }

  deinit { whom_editor_close(editor) }

  private static func owner(_ context: UnsafeMutableRawPointer) -> LineEditor {
    Unmanaged<LineEditor>.fromOpaque(context).takeUnretainedValue()
  }

  private static func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
    guard let start else { return "" }
    return String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
  }

  func read(prompt: String) -> Line {
    prompt.withCString { prompt in
      var text: UnsafePointer<CChar>?
      var length = 0
      let kind = whom_editor_read(editor, prompt, &text, &length)
      if kind == whom_line_interrupted { return .interrupted }
      guard kind == whom_line_text, let text else { return .end }
      return .text(Self.text(text, length))
    }
  }

  /// Makes `entry` the latest that the up key brings back.
  func remember(_ entry: String) { whom_editor_remember(editor, entry) }

  func print(_ text: String) { whom_editor_print(editor, text + "\n") }

  /// Lines of the screen; 0 where that is not known.
  var height: Int { Int(whom_editor_height(editor)) }

  /// Puts in what all candidates share; shows them when that adds nothing.
  private func answerTab(_ line: String) {
    let completion = complete(line)
    let candidates = completion.candidates.filter { $0.text.hasPrefix(completion.word) }
    guard let shared = Completion.sharedPrefix(of: candidates.map(\.text)) else { return }
    var rest = String(shared.dropFirst(completion.word.count))
    if candidates.count == 1, candidates[0].isWhole { rest += " " }
    if rest.isEmpty {
      let width = Int(whom_editor_width(editor))
      whom_editor_list(editor, Completion.menu(candidates, width: width, height: height))
    } else {
      whom_editor_insert(editor, rest)
    }
  }

  /// 1 where the input runs; else it goes on, indented as the line before it.
  private func answerEnter(_ text: String, _ before: String) -> Int32 {
    if isWhole(text) { return 1 }
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    let blanks = lines.last?.prefix { $0 == " " } ?? ""
    whom_editor_insert(editor, "\n" + (lines.count > 1 ? String(blanks) : "  "))
    return 0
  }
}
