import Connectivity
import Glibc
import Testing

@Suite("The stubs under the engine's wheel")
struct StubTests {
  @Test("are exactly the symbols of Python that the library leaves open")
  func symbols() throws {
    let library = try DriverLocations.current().duckDB()
    guard let stubs = library.preload else { return }  // a real libduckdb needs none
    let open = Self.python(try ELFSymbols(library.path).undefined)
    let given = Self.python(try ELFSymbols(stubs).defined)
    #expect(open.count == 212)
    #expect(open.subtracting(given) == [])
    #expect(given.subtracting(open) == [])
  }

  private static func python(_ names: Set<String>) -> Set<String> {
    names.filter { $0.hasPrefix("Py") || $0.hasPrefix("_Py") }
  }

  @Test("satisfy a loader that binds everything at once, as LD_BIND_NOW does")
  func bindNow() throws {
    let library = try DriverLocations.current().duckDB()
    _ = try Driver(loading: library)
    #expect(dlopen(library.path, RTLD_NOW | RTLD_LOCAL) != nil)
  }

  @Test("keep the engine's own symbols out of everyone else's sight")
  func local() throws {
    _ = try Driver(loading: try DriverLocations.current().duckDB())
    let everywhere = dlopen(nil, RTLD_LAZY)
    #expect(dlsym(everywhere, "duckdb_open") == nil)
  }
}

/// The dynamic symbols of a 64-bit ELF file, read by its specification (System V ABI, chapter 4).
struct ELFSymbols {
  struct Malformed: Error {}

  private(set) var defined: Set<String> = []
  private(set) var undefined: Set<String> = []

  init(_ path: String) throws {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { throw Malformed() }
    defer { close(file) }
    let size = Int(lseek(file, 0, SEEK_END))
    guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0), base != MAP_FAILED else {
      throw Malformed()
    }
    defer { munmap(base, size) }
    read(UnsafeRawBufferPointer(start: base, count: size))
  }

  private mutating func read(_ bytes: UnsafeRawBufferPointer) {
    func word<T: FixedWidthInteger & BitwiseCopyable>(_ at: Int, _: T.Type) -> Int {
      Int(truncatingIfNeeded: bytes.loadUnaligned(fromByteOffset: at, as: T.self))
    }
    let sections = word(40, UInt64.self)
    let sectionSize = word(58, UInt16.self)
    for index in 0..<word(60, UInt16.self) {
      let section = sections + index * sectionSize
      let dynamicSymbols = 11
      guard word(section + 4, UInt32.self) == dynamicSymbols else { continue }
      let names = word(sections + word(section + 40, UInt32.self) * sectionSize + 24, UInt64.self)
      let (start, size) = (word(section + 24, UInt64.self), word(section + 32, UInt64.self))
      for symbol in stride(from: start, to: start + size, by: 24) {
        let name = names + word(symbol, UInt32.self)
        let text = String(decoding: bytes[name...].prefix { $0 != 0 }, as: UTF8.self)
        guard !text.isEmpty, bytes[symbol + 4] >> 4 == 1 else { continue }  // global, not weak
        if word(symbol + 6, UInt16.self) == 0 {
          undefined.insert(text)
        } else {
          defined.insert(text)
        }
      }
    }
  }
}
