import Compiler
import Diagnostics
import Engine
import Glibc
import Testing

/// Findings whose cause is not in the program: what was set for it, and what happens around it.
@Suite("Findings from outside")
struct OutsideTests {
  private func session(_ settings: [String: String] = [:]) -> Session {
    var options = Session.Options(now: 20_269 * 86_400_000_000)
    options.settings = settings.mapValues { ParameterSetting(text: $0, origin: .set) }
    return Session(options)
  }

  private func render(_ findings: [Diagnostic], _ session: Session) -> String {
    DiagnosticRenderer(session.sources, width: 100).render(findings)
  }

  private func checked(_ program: String, _ settings: [String: String]) -> String {
    let session = session(settings)
    let found = session.check(session.add(name: "case.whom", text: program)).diagnostics
    return render(found + session.unknownSettings(), session)
  }

  @Test("A value that is no value of the type")
  func badParameter() {
    #expect(
      checked("param until: date = @2025-01-01", ["until": "soon"]) == """
        error[E0804]: `soon` is not a date
         --> case.whom:1:7
          |
        1 | param until: date = @2025-01-01
          |       ^^^^^ `until` is date
          |
          = help: for example `--set until=2025-06-30`

        """)
  }

  @Test("A value that is not allowed")
  func outsideDomain() {
    #expect(
      checked("param region: text in [\"EMEA\", \"AMER\"] = \"EMEA\"", ["region": "APAC"]) == """
        error[E0805]: this value of `region` is not allowed
         --> case.whom:1:7
          |
        1 | param region: text in ["EMEA", "AMER"] = "EMEA"
          |       ^^^^^^ "APAC", from `--set`
          |                       ---------------- allowed are

        """)
  }

  @Test("A parameter that the program does not have")
  func unknownParameter() {
    #expect(
      checked("param region: text = \"EMEA\"", ["regoin": "APAC"]) == """
        error[E0803]: there is no parameter `regoin`
         = help: did you mean `region`?

        """)
  }

  @Test("A file that changes between two uses")
  func changedDuringRun() throws {
    let path = "/tmp/whom-corpus-\(getpid()).csv"
    defer { unlink(path) }
    func write(_ text: String) {
      guard let file = fopen(path, "w") else { return }
      fputs(text, file)
      fclose(file)
    }
    write("id\n1\n")
    let session = session()
    let checked = session.check(
      session.add(name: "case.whom", text: "let orders = read \"\(path)\"\norders | count"))
    write("id\n1\n2\n3\n")
    var found: [Diagnostic] = []
    for statement in checked.statements {
      do throws(Diagnostic) { _ = try session.run(statement) } catch { found.append(error) }
    }
    let text = render(found, session).replacing(path, with: "orders.csv")
    #expect(text.hasPrefix("error[E0607]: `orders.csv` changed during the run\n --> case.whom:"))
    #expect(text.hasSuffix("  = help: run it again once nothing writes to the file\n"))
  }

  @Test("A run that is stopped")
  func cancelled() {
    let session = session()
    let text = "read \"\(CorpusFile.folder)/data/orders.csv\" | summarize n = count() by region"
    let checked = session.check(session.add(name: "case.whom", text: text))
    session.engine.canceller.cancel()
    var found: [Diagnostic] = []
    for statement in checked.statements {
      do throws(Diagnostic) { _ = try session.run(statement) } catch { found.append(error) }
    }
    #expect(render(found, session).hasPrefix("error[E0705]: stopped\n"))
  }
}
