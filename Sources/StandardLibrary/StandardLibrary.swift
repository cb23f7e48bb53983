/// The modules that ship inside the binary, as their authors wrote them. Parsing is left to the
/// caller and to the moment of use: most programs need none, and a start takes milliseconds.
package enum StandardLibrary {
  /// Those whose functions every program may call without `use`.
  package static let alwaysThere = ["prelude", "governance", "scores"]

  /// In alphabetical order: `["experiment", "finance", "governance", "prelude", "retention", "rfm", "scores"]`.
  package static var modules: [String] { EmbeddedModules.names }

  /// The text of a module, and the name that messages show: `stdlib/rfm.whom`.
  package static func source(of module: String) -> (name: String, text: String)? {
    EmbeddedModules.text(of: module).map { (name: "stdlib/\(module).whom", text: $0) }
  }
}
