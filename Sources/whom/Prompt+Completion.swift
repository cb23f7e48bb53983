import Compiler
import Diagnostics
import Engine
import Glibc
import Notebooks
import REPL
import StandardLibrary
import Values

// What Tab offers: files in the text of a path, values in a text that is compared, names elsewhere.
extension Prompt {
  /// What cannot be seen as it is cannot be typed either, and a terminal might obey it.
  func complete(_ text: String) -> REPLCompletion {
    var completion = offered(text)
    completion.candidates.removeAll { Exit.escape($0.text, for: .terminal) != $0.text }
    return completion
  }

  private func offered(_ text: String) -> REPLCompletion {
    if let (command, argument) = argument(of: text) {
      switch command.kind {
      case .nothing: return REPLCompletion()
      case .program: return offered(argument)
      case .file: return Self.files(argument)
      case .name: return Self.names(argument)
      }
    }
    if let quote = Self.openQuote(in: text) {
      let word = String(text[text.index(after: quote)...])
      return texts(behind: String(text[..<quote]), word)
    }
    let candidates = session.checker.completions(for: text).map {
      REPLCandidate($0.text, note: $0.note, isNear: $0.isNear)
    }
    return REPLCompletion(word: Checker.lastWord(of: text), candidates)
  }

  private func argument(of text: String) -> (command: REPLCommand, argument: String)? {
    guard let sign = text.first, sign == ":" || sign == "?" else { return nil }
    let words = text.dropFirst().split(maxSplits: 1, whereSeparator: \.isWhitespace)
    let name = sign == "?" ? "doc" : words.first.map(String.init) ?? ""
    let argument = sign == "?" ? text.dropFirst() : words.count > 1 ? words[1] : ""
    let help = REPLCommand("help", of: .name, summary: "", run: { _ in "" })
    return (looking + keeping + files + [help]).first { $0.name == name }.map {
      ($0, String(argument))
    }
  }

  private static func names(_ word: String) -> REPLCompletion {
    REPLCompletion(word: word, Documentation.names.sorted().map { REPLCandidate($0) })
  }

  /// Where a text begins that is not closed.
  private static func openQuote(in text: String) -> String.Index? {
    var quote: String.Index?
    var isEscaped = false
    for index in text.indices {
      if isEscaped {
        isEscaped = false
      } else if text[index] == "\\", quote != nil {
        isEscaped = true
      } else if text[index] == "\"" {
        quote = quote == nil ? index : nil
      }
    }
    return quote
  }

  private func texts(behind head: String, _ word: String) -> REPLCompletion {
    let before = head.reversed().drop { $0 == " " || $0 == "(" }
    let opener = String(before.prefix { $0.isLetter }.reversed())
    if ["read", "save", "use"].contains(opener) { return Self.files(word, closing: "\"") }
    if opener == "model" {
      let names = ModelRegistry(near: "").names
      return REPLCompletion(word: word, names.map { REPLCandidate("\($0)\"") })
    }
    guard let (pipeline, column) = session.checker.openComparison(in: head) else {
      return REPLCompletion()
    }
    let values = values(of: column, in: pipeline).filter { $0.hasPrefix(word) }
    return REPLCompletion(word: word, values.map { REPLCandidate("\($0)\"") })
  }

  // MARK: Values

  private static let sample = 20_000
  private static let listed = 50
  /// Longer than this nobody waits for a menu.
  private static let patience = 50

  /// The values of a column of texts in the first rows, where they are few and there at once.
  private func values(of column: String, in pipeline: String) -> [String] {
    let question = "\(pipeline) | take \(Self.sample) | distinct \(column)"
    if let known = log.values[question] { return known }
    let found = session.checker.trial { () -> [String] in
      let checked = session.check(session.add(name: "<completion>", text: question))
      guard !checked.hasErrors, checked.statements.allSatisfy(\.onlyShows),
        let statement = checked.statements.last
      else { return [] }
      session.engine.resume()
      let canceller = session.engine.canceller
      let watch = Watchdog(milliseconds: Self.patience) { canceller.cancel() }
      let results = try? session.run(statement, rows: Self.listed + 1)
      _ = watch.stop()
      session.engine.resume()
      _ = session.takeWarnings()
      guard case .table(let table, _)? = results?.first, table.rowCount <= Self.listed else {
        return []
      }
      return table.columns[0].compactMap { if case .text(let text) = $0 { text } else { nil } }
    }
    let plain = found.filter { !$0.contains(where: { "\"\\{".contains($0) || $0.isNewline }) }
    log.values[question] = plain.filter { Exit.escape($0, for: .terminal) == $0 }
    return log.values[question] ?? []
  }

  // MARK: Files

  /// What is in the folder that is being typed: folders, and files.
  private static func files(_ word: String, closing: String = "") -> REPLCompletion {
    let slash = word.lastIndex(of: "/")
    let folder = slash.map { String(word[...$0]) } ?? ""
    let typed = slash.map { String(word[word.index(after: $0)...]) } ?? word
    var candidates: [REPLCandidate] = []
    guard let directory = opendir(folder.isEmpty ? "." : folder) else { return REPLCompletion() }
    defer { closedir(directory) }
    while let entry = readdir(directory), candidates.count < 500 {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(typed), !name.hasPrefix(".") || typed.hasPrefix("."),
        name != ".", name != "..", Exit.escape(name, for: .terminal) == name,
        !name.contains("\"")
      else { continue }
      let isFolder = entry.pointee.d_type == UInt8(DT_DIR)
      candidates.append(
        REPLCandidate(
          folder + name + (isFolder ? "/" : closing), isWhole: !isFolder))
    }
    return REPLCompletion(word: word, candidates.sorted { $0.text < $1.text })
  }
}

extension CheckedStatement {
  /// Whether running it leaves nothing behind.
  fileprivate var onlyShows: Bool {
    steps.allSatisfy { step in
      switch step {
      case .show, .define, .evaluate, .reveal: true
      case .save, .train, .saveModel, .expect, .assert, .choose: false
      }
    }
  }
}
