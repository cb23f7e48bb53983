import Compiler
import Diagnostics
import Testing
import Values

/// Values that only files have: what is not a number, and texts with a NUL.
@Suite("Extreme values of files", .serialized)
struct ExtremeFileTests {
  private static let data =
    "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    + "/Tests/Corpus/data/reading"

  /// Ways to call each function whose first argument is a column of this type.
  private static func calls(_ kind: ExtremeKind) -> [ExtremeCall] {
    ExtremeTests.functions.flatMap { function in
      ExtremeCall.all(function).filter { $0.kinds.first == kind }.prefix(2)
    }
  }

  /// The other columns hold what is harmless.
  private static func others(_ call: ExtremeCall) -> String {
    call.kinds.enumerated().dropFirst().map { ", a\($0.offset) = \($0.element.values[0])" }.joined()
  }

  /// `level` is 2.5, NaN, infinity, missing, and in Parquet minus infinity.
  @Test(
    "NaN and infinities are missing to every function", arguments: ["nan.parquet", "infinite.csv"])
  func notFinite(_ file: String) {
    let runner = ExtremeRunner(onServers: false)
    let missing = "null_if(2.5, 2.5)"
    var cells = ["2.5", missing, missing, missing]
    if file.hasSuffix("parquet") { cells.append(missing) }
    let rows = cells.enumerated().map { "{n: \($0.offset + 1), a0: \($0.element)}" }
    var compared = 0
    for call in Self.calls(.float) {
      let others = Self.others(call)
      let found = Result {
        try runner.values(
          call, of: "read \"\(Self.data)/\(file)\" | select n = id, a0 = level\(others)")
      }
      let wanted = Result {
        try runner.values(
          call, of: "rows [\(rows.joined(separator: ", "))] | select n, a0\(others)")
      }
      switch (found, wanted) {
      case (.success(let found), .success(let wanted)):
        compared += 1
        #expect(found == wanted, "\(call.title)")
      case (.failure(let found as Diagnostic), .failure(let wanted as Diagnostic)):
        #expect(found.code == wanted.code, "\(call.title)")
      case (.failure(let error), _): Issue.record("\(call.title): \(error)")
      case (_, .failure(let error)): Issue.record("\(call.title): \(error)")
      }
    }
    #expect(compared > 100, "only \(compared) calls were compared")
  }

  @Test("A NUL in a text is a character like others to every function")
  func nul() {
    let runner = ExtremeRunner(onServers: false)
    var worked = 0
    for call in Self.calls(.text) {
      let relation =
        "read \"\(Self.data)/nul.csv\" | select n = id, a0 = name\(Self.others(call))"
      do {
        #expect(try runner.values(call, of: relation).count == 3, "\(call.title)")
        worked += 1
      } catch let finding as Diagnostic {
        #expect(
          finding.code != .engineFailed && finding.code != .internalError && finding.span != nil,
          "\(call.title): \(finding)")
      } catch {
        Issue.record("\(call.title): \(error)")
      }
    }
    #expect(worked > 40, "only \(worked) calls worked")
  }
}
