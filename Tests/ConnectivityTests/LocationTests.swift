import Connectivity
import Glibc
import Testing

@Suite("Where engines' libraries are found")
struct LocationTests {
  @Test("an engine that is nowhere names every place that was searched")
  func missing() {
    let locations = DriverLocations(
      environment: ["WHOM_ENGINES": "/nowhere/engines", "HOME": "/nowhere/home"],
      executable: "/nowhere/project/.build/release/whom")
    guard case .driverMissing("DuckDB", let searched) = Self.failure(locations) else {
      Issue.record("something was found")
      return
    }
    #expect(
      searched.prefix(7) == [
        "/nowhere/engines", "/nowhere/project/.build/lib/whom",
        "/nowhere/project/.build/release/.engines", "/nowhere/project/.build/.engines",
        "/nowhere/project/.engines", "/nowhere/.engines",
        "/nowhere/home/.local/share/whom/engines",
      ])
  }

  @Test("a library named by the environment is taken or complained about, never passed over")
  func named() throws {
    let absent = DriverLocations(
      environment: ["WHOM_DUCKDB": "/nowhere/libduckdb.so"], executable: "")
    #expect(
      Self.failure(absent)
        == .driverMissing(engine: "DuckDB", searched: ["/nowhere/libduckdb.so"]))
    let present = DriverLocations(environment: ["WHOM_DUCKDB": "/bin/sh"], executable: "")
    #expect(try present.duckDB() == DriverLibrary(path: "/bin/sh"))
  }

  @Test("an installed binary finds ../lib/whom; a real library goes before the wheel's")
  func installed() throws {
    let root = try TemporaryFolder()
    try root.write("lib/whom/duckdb/_duckdb.cpython-311-x86_64-linux-gnu.so", "")
    let locations = DriverLocations(environment: [:], executable: root.path + "/bin/whom")
    let folder = root.path + "/lib/whom/duckdb"
    #expect(
      try locations.duckDB()
        == DriverLibrary(
          path: folder + "/_duckdb.cpython-311-x86_64-linux-gnu.so",
          preload: folder + "/libCPythonStubs.so"))
    try root.write("lib/whom/duckdb/libduckdb.so", "")
    #expect(try locations.duckDB() == DriverLibrary(path: folder + "/libduckdb.so"))
  }

  @Test("a file that is no library is an error with the loader's reason")
  func unusable() throws {
    let root = try TemporaryFolder()
    try root.write("libduckdb.so", "not a library")
    let path = root.path + "/libduckdb.so"
    let locations = DriverLocations(environment: ["WHOM_DUCKDB": path], executable: "")
    let report = locations.report()
    guard case .unusable(path, let reason)? = report.first?.state else {
      Issue.record("\(report)")
      return
    }
    #expect(reason.contains("libduckdb.so"))
  }

  private static func failure(_ locations: DriverLocations) -> EngineError? {
    do throws(EngineError) {
      _ = try locations.duckDB()
      return nil
    } catch {
      return error
    }
  }
}
