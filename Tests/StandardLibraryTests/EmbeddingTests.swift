import StandardLibrary
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What is in the binary is what is in `stdlib/`, byte by byte.
@Suite struct EmbeddingTests {
  static let folder =
    #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/stdlib"

  @Test func everyFileIsAModule() throws {
    let directory = try #require(opendir(Self.folder))
    defer { closedir(directory) }
    var files: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".whom") { files.append(name) }
    }
    #expect(files.sorted() == StandardLibrary.modules.map { "\($0).whom" })
    #expect(StandardLibrary.modules.contains("prelude"))
  }

  @Test(arguments: StandardLibrary.modules) func textIsUnchanged(_ module: String) throws {
    let source = try #require(StandardLibrary.source(of: module))
    #expect(source.name == "stdlib/\(module).whom")
    #expect(source.text == read("\(Self.folder)/\(module).whom"))
  }

  @Test func anUnknownModuleHasNoText() {
    #expect(StandardLibrary.source(of: "nothing") == nil)
  }

  private func read(_ path: String) -> String? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
