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

/// Our C shim of a Debian library, whose archive is linked in so that the binary stands alone.
func library(_ name: String, archives: [String]) -> Target {
  .target(
    name: name,
    linkerSettings: archives.map { .linkedLibrary(":lib\($0).a", .when(platforms: [.linux])) })
}

/// Our C loops, optimised in debug builds too: there they would be twenty times slower.
func kernels(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, cSettings: [.unsafeFlags(["-O2"])])
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
    target("Formatting", ["Diagnostics", "Syntax"]),
    .target(name: "CBoostMath"),
    target("Statistics", ["CBoostMath"]),
    kernels("CLinearAlgebra"),
    kernels("CLightGBM", ["CLinearAlgebra"]),
    target("Compiler", ["Syntax", "Diagnostics", "Statistics", "Values", "SQLTree"]),
    target("SQLGeneration", ["Compiler", "SQLTree", "Diagnostics", "Values"]),
    .target(name: "CArrowADBC"),
    target("Columnar", ["Values", "CArrowADBC"]),
    target(
      "Estimation", ["Values", "Statistics", "Columnar", "CLinearAlgebra", "CLightGBM"]),
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
        "Charting", "Columnar", "Compiler", "Connectivity", "Diagnostics", "Estimation", "Models",
        "SQLGeneration", "SQLTree", "StandardLibrary", "Syntax", "Values",
      ]),
    target(
      "Models", ["Columnar", "Compiler", "Diagnostics", "Estimation", "Syntax", "Values"]),
    library("CMarkdown", archives: ["cmark-gfm-extensions", "cmark-gfm"]),
    library("CYAML", archives: ["yaml"]),
    library("CEditline", archives: ["edit", "bsd", "md", "tinfo"]),
    target(
      "Notebooks",
      [
        "CMarkdown", "CYAML", "Compiler", "Diagnostics", "Engine", "Formatting", "Reporting",
        "Statistics", "Syntax", "Values",
      ]),
    target("REPL", ["CEditline"]),
    .executableTarget(
      name: "whom",
      dependencies: [
        "Charting", "Compiler", "Connectivity", "Diagnostics", "Engine", "Formatting", "Models",
        "Notebooks", "REPL", "Reporting", "StandardLibrary", "Syntax", "Values",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    // What several test targets use.
    .target(name: "MarkupReading", path: "Tests/MarkupReading", swiftSettings: strict),
    .target(name: "ServerForTests", path: "Tests/ServerForTests", swiftSettings: strict),
    tests("ArchitectureTests", ["Charting", "Compiler", "Diagnostics"]),
    tests("ChartingTests", ["Charting", "MarkupReading", "Values"]),
    tests("CompilerTests", ["Compiler", "Diagnostics", "Syntax", "Values"]),
    tests("ColumnarTests", ["CArrowADBC", "Columnar", "Estimation", "Values"]),
    tests("ConnectivityTests", ["Columnar", "Connectivity", "Values"]),
    tests(
      "CorpusTests",
      [
        "Columnar", "Compiler", "Connectivity", "Diagnostics", "Engine", "ServerForTests", "Values",
      ]),
    tests("DiagnosticsTests", ["Diagnostics"]),
    tests(
      "EndToEndTests",
      [
        "Compiler", "Connectivity", "Diagnostics", "Engine", "Notebooks", "Reporting",
        "ServerForTests", "StandardLibrary", "Syntax", "Values",
      ]),
    tests("EstimationTests", ["Estimation", "Values"]),
    tests("FormattingTests", ["Diagnostics", "Formatting", "Notebooks", "Syntax"]),
    tests(
      "FuzzTests",
      [
        "Compiler", "Diagnostics", "Formatting", "Notebooks", "SQLGeneration", "SQLTree",
        "StandardLibrary", "Syntax", "Values",
      ]),
    tests(
      "ModelsTests",
      [
        "Columnar", "Compiler", "Connectivity", "Diagnostics", "Engine", "Estimation", "Models",
        "SQLGeneration", "SQLTree", "ServerForTests", "Syntax", "Values",
      ]),
    tests("NotebooksTests", ["Diagnostics", "Notebooks", "Reporting", "Syntax"]),
    tests(
      "PropertyTests",
      [
        "Compiler", "Connectivity", "Diagnostics", "Engine", "ServerForTests", "Syntax", "Values",
      ]),
    tests("REPLTests", ["REPL"]),
    tests(
      "ReportingTests", ["Charting", "Diagnostics", "MarkupReading", "Reporting", "Values"]),
    tests("SQLGenerationTests", ["SQLGeneration", "SQLTree", "Values"]),
    tests("StandardLibraryTests", ["StandardLibrary"]),
    tests("StatisticsTests", ["Statistics"]),
    tests("SyntaxTests", ["Diagnostics", "Syntax"]),
    tests("ValuesTests", ["Values"]),
  ],
  cxxLanguageStandard: .cxx17
)
