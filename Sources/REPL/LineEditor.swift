internal import CEditline

/// One line at a time from a terminal, with editing, history and completion: libedit's owner.
final class LineEditor {
  enum Line: Hashable {
    case text(String)
    /// Ctrl-C.
    case interrupted
    /// Ctrl-D, or the terminal is gone.
    case end
  }

  private let editor: OpaquePointer
  private let complete: (String) -> [String]

  /// Nil when the streams are no terminal that can be edited on.
  init?(
    input: Int32, output: Int32, complete: @escaping (String) -> [String]
  ) {
    guard let editor = whom_editor_open(input, output) else { return nil }
    self.editor = editor
    self.complete = complete
    whom_editor_on_tab(
      editor,
      { context, text, length in
        guard let context, let text else { return }
        let bytes = UnsafeRawBufferPointer(start: text, count: length)
        let line = String(decoding: bytes, as: UTF8.self)
        Unmanaged<LineEditor>.fromOpaque(context).takeUnretainedValue().answerTab(line)
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit { whom_editor_close(editor) }

  func read(prompt: String) -> Line {
    prompt.withCString { prompt in
      var text: UnsafePointer<CChar>?
      var length = 0
      let kind = whom_editor_read(editor, prompt, &text, &length)
      if kind == whom_line_interrupted { return .interrupted }
      guard kind == whom_line_text, let text else { return .end }
      let bytes = UnsafeRawBufferPointer(start: text, count: length)
      return .text(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Makes `entry` the latest that the up key brings back.
  func remember(_ entry: String) { whom_editor_remember(editor, entry) }

  func print(_ text: String) { whom_editor_print(editor, text + "\n") }

  /// Puts in what all candidates share; shows them when that adds nothing.
  private func answerTab(_ line: String) {
    let word = Completion.lastWord(of: line)
    let candidates = complete(line).filter { $0.hasPrefix(word) }
    guard let shared = Completion.sharedPrefix(of: candidates) else { return }
    let rest = String(shared.dropFirst(word.count)) + (candidates.count == 1 ? " " : "")
    if rest.isEmpty {
      whom_editor_list(
        editor, Completion.columns(candidates, width: Int(whom_editor_width(editor))))
    } else {
      whom_editor_insert(editor, rest)
    }
  }
}
