import ArgumentParser
import Values

/// The values of parameters that a file gives: an object of names, each with a value as `--set`
/// would have it, or a list of such.
///
///     {"until": "1998-06-30", "least": 20, "regions": ["EMEA", "AMER"]}
enum ParameterFile {
  /// Exits with 2 where it is none.
  static func texts(_ path: String) throws -> [(name: String, text: String)] {
    guard let text = InputText.read(path) else {
      Terminal.report(InputText.complaint(path))
      throw ExitCode(2)
    }
    guard case .object(let members)? = JSONReader.read(text) else {
      throw refusal(path, "is no JSON object, as in {\"until\": \"1998-06-30\"}")
    }
    return try members.map { member in
      guard let text = self.text(member.value) else {
        let name = Exit.escape(member.name, for: .terminal)
        throw refusal(path, "gives `\(name)` what is no text, number, bool or list of these")
      }
      return (member.name, text)
    }
  }

  private static func refusal(_ path: String, _ words: String) -> ExitCode {
    Terminal.report("whom: `\(Exit.escape(path, for: .terminal))` \(words)\n")
    return ExitCode(2)
  }

  private static func text(_ value: JSONValue) -> String? {
    switch value {
    case .string(let text): return text
    case .number(let digits): return digits
    case .bool(let flag): return flag ? "true" : "false"
    case .array(let items):
      let texts = items.map(text)
      return texts.contains(nil) ? nil : texts.compactMap { $0 }.joined(separator: ",")
    case .null, .object: return nil
    }
  }
}
