// Writes the modules of the standard library as Swift string literals.
//
//   EmbedLibraryTool OUTPUT.swift stdlib/prelude.whom stdlib/rfm.whom ...
#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

func fail(_ message: String) -> Never {
  let line = Array("EmbedLibraryTool: \(message)\n".utf8)
  _ = write(2, line, line.count)
  exit(1)
}

func read(_ path: String) -> String {
  guard let file = fopen(path, "rb") else { fail("cannot read \(path)") }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
  guard let text = String(validating: bytes, as: UTF8.self) else { fail("\(path) is not UTF-8") }
  return text
}

/// `lib/rfm.whom` is the module `rfm`.
func module(of path: String) -> String {
  let file = path.split(separator: "/").last ?? ""
  return String(file.prefix { $0 != "." })
}

/// A raw literal over lines, with more signs around it than the text holds in a row.
func literal(_ text: String) -> String {
  var longest = 0
  var run = 0
  for character in text {
    run = character == "#" ? run + 1 : 0
    longest = max(longest, run)
  }
  let signs = String(repeating: "#", count: longest + 1)
  return "\(signs)\"\"\"\n\(text)\n\"\"\"\(signs)"
}

func source(_ modules: [(name: String, text: String)]) -> String {
  var lines = ["// Made from stdlib/ at build time.", "enum EmbeddedModules {"]
  let names = modules.map { "\"\($0.name)\"" }.joined(separator: ", ")
  lines.append("  static let names = [\(names)]")
  lines.append("  static func text(of module: String) -> String? {")
  lines.append("    switch module {")
  for (index, module) in modules.enumerated() {
    lines.append("    case \"\(module.name)\": module\(index)")
  }
  lines += ["    default: nil", "    }", "  }"]
  for (index, module) in modules.enumerated() {
    lines.append("  static let module\(index) = \(literal(module.text))")
  }
  return (lines + ["}", ""]).joined(separator: "\n")
}

let paths = CommandLine.arguments.dropFirst()
guard let output = paths.first, paths.count > 1 else { fail("needs an output and its inputs") }
let modules = paths.dropFirst().map { (name: module(of: $0), text: read($0)) }
guard let file = fopen(output, "wb") else { fail("cannot write \(output)") }
let text = source(modules.sorted { $0.name < $1.name })
guard fputs(text, file) >= 0, fclose(file) == 0 else { fail("cannot write \(output)") }
