import Charting
import Compiler
import Diagnostics
import Testing

@Suite("The structure of the sources")
struct ArchitectureTests {
  private static let sources = SourceText.all(below: "Sources")
  private static let pure = [
    "Values", "Diagnostics", "SQLTree", "Syntax", "Formatting", "Compiler", "SQLGeneration",
    "Charting", "Reporting", "Statistics",
  ]

  @Test("Pure targets read nothing and know no Foundation")
  func pureTargets() {
    #expect(Self.sources.count > 150)
    for file in Self.sources {
      let target = file.path.split(separator: "/")[1]
      #expect(!file.text.contains("import Foundation"), "\(file.path)")
      guard Self.pure.contains(String(target)) else { continue }
      for word in ["fopen(", "open(\"", "FileHandle", "getenv("] {
        #expect(!file.text.contains(word), "\(file.path) has \(word)")
      }
    }
  }

  @Test("Unsafe pointers stay where they belong")
  func pointers() {
    let allowed = [
      "Columnar", "Connectivity", "Estimation", "Notebooks", "REPL", "Engine", "whom",
    ]
    for file in Self.sources where !allowed.contains(String(file.path.split(separator: "/")[1])) {
      #expect(!file.text.contains("UnsafePointer"), "\(file.path)")
      #expect(!file.text.contains("Unmanaged"), "\(file.path)")
    }
  }

  @Test("No file is too long, and none traps on what input can reach")
  func files() {
    for file in Self.sources {
      #expect(file.lines.count <= 600, "\(file.path) has \(file.lines.count) lines")
      for word in ["try!", "as!", "fatalError("] {
        #expect(!file.text.contains(word), "\(file.path) has \(word)")
      }
    }
  }

  @Test("The list of verbs names each of their files")
  func verbs() {
    let declared = SourceText.all(below: "Sources/Compiler/Verbs").flatMap { file in
      file.lines.compactMap { line -> String? in
        guard line.contains("= Verb("), line.contains("static let ") else { return nil }
        return line.split(separator: " ")[2].filter { $0 != "`" }
      }
    }
    #expect(declared.sorted() == Verb.names.sorted())
  }

  @Test("The charts that the checker knows are those that are drawn, and so are their channels")
  func charts() {
    #expect(ChartKind.allCases.map(\.rawValue) == ChartMark.allCases.map(\.rawValue))
    for kind in ChartKind.allCases {
      let drawn = ChartMark(rawValue: kind.rawValue)?.channels.map(\.rawValue)
      #expect(drawn?.starts(with: kind.channels.map(\.name)) == true, "\(kind)")
    }
  }

  @Test("Each verb has corpus cases, and so has each finding an explanation")
  func coverage() {
    for verb in Verb.names {
      #expect(
        SourceText.read("\(SourceText.root)/Tests/Corpus/verbs/\(verb).md") != nil, "\(verb)")
    }
    for code in DiagnosticCode.allCases {
      #expect(Explanation.page(code).count > 80, "\(code.rawValue)")
    }
  }

  @Test("No function has the name of a verb, and none is declared twice")
  func functions() {
    let names = BuiltinFunction.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.count > 60)
    for name in names {
      #expect(!Verb.names.contains(name), "\(name)")
    }
  }

  @Test("Every folder of the sources is on the map")
  func map() throws {
    let map = try #require(SourceText.read("\(SourceText.root)/Sources/README.md"))
    for folder in SourceText.folders(in: "Sources") {
      #expect(map.contains("`\(folder)`"), "\(folder)")
    }
  }

  @Test("Tracked text names no folder of a machine")
  func paths() {
    let files =
      Self.sources + SourceText.all(below: "stdlib", endings: [".whom"])
      + SourceText.all(below: "notebooks", endings: [".md"])
    for file in files {
      for word in ["home", "Users", "root"].map({ "/\($0)/" }) {
        #expect(!file.text.contains(word), "\(file.path) has \(word)")
      }
    }
  }
}
