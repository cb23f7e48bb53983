// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A target of ours with the house's settings; dependencies by name, the map is Sources/README.md.
func target(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
  name: "whom",
  products: [
    .executable(name: "whom", targets: ["whom"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    target("Values"),
    target("Diagnostics"),
    target("SQLTree", ["Values"]),
    target("Syntax", ["Diagnostics", "Values"]),
    target("Compiler", ["Syntax", "Diagnostics", "Values", "SQLTree"]),
    target("SQLGeneration", ["Compiler", "SQLTree", "Diagnostics", "Values"]),
    .target(name: "CArrowADBC"),
    target("Columnar", ["Values", "CArrowADBC"]),
    target("Connectivity", ["Values", "Columnar", "CArrowADBC"]),
    target("Charting", ["Values"]),
    target("Reporting", ["Values", "Diagnostics", "Charting"]),
    .executableTarget(name: "EmbedLibraryTool"),
    .plugin(
      name: "EmbedLibrary", capability: .buildTool(), dependencies: ["EmbedLibraryTool"]),
    .target(name: "StandardLibrary", swiftSettings: strict, plugins: ["EmbedLibrary"]),
    target(
      "Engine",
      [
        "Charting", "Columnar", "Compiler", "Connectivity", "Diagnostics", "SQLGeneration",
        "SQLTree", "StandardLibrary", "Syntax", "Values",
      ]),
    .executableTarget(name: "whom", dependencies: ["Engine"], swiftSettings: strict),
  ]
)
