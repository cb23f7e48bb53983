import Foundation
import PackagePlugin

/// Puts `stdlib/*.whom` into the binary as string literals: a resource bundle would break a
/// binary that is moved, and embedding as bytes compiles for minutes.
@main
struct EmbedLibrary: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "stdlib")
      .resolvingSymlinksInPath()
    let modules = try FileManager.default
      .contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "whom" }
      .sorted { $0.path < $1.path }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedModules.swift")
    return [
      .buildCommand(
        displayName: "Embedding the standard library",
        executable: try context.tool(named: "EmbedLibraryTool").url,
        arguments: [output.path] + modules.map(\.path),
        inputFiles: modules,
        outputFiles: [output])
    ]
  }
}
