import ArgumentParser
import Compiler
import Connectivity
import Engine
import Glibc
import Values

/// Options that every command which checks or runs a program takes.
struct ProgramOptions: ParsableArguments {
  @Option(name: .long, help: "Set a parameter: --set until=1998-06-30", transform: Setting.init)
  var set: [Setting] = []

  @Option(
    name: .customLong("as-of"),
    help: "The day that today() means, at its start; now when not given.")
  var asOf: String?

  @Option(name: .long, help: "How many threads the engine uses.")
  var threads: Int?

  @Option(name: .long, help: "How much memory the engine may use, as 4GB.")
  var memory: String?

  @Option(
    name: .long,
    help: "Where queries run: postgresql://user@host/database; the embedded engine when not given.")
  var engine: String?

  struct Setting: Sendable {
    var name: String
    var text: String
    init(_ argument: String) throws {
      guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
        throw ValidationError("--set wants name=value, as in --set region=EMEA")
      }
      name = String(argument[..<equals])
      text = String(argument[argument.index(after: equals)...])
    }
  }

  func validate() throws {
    // Not repeated in words: it may hold a password.
    if engineKind == nil {
      throw ValidationError("--engine wants an address as postgresql://user@host/database")
    }
    if let threads, threads < 1 { throw ValidationError("--threads wants 1 or more") }
    if asOf != nil, Self.instant(asOf) == nil {
      throw ValidationError("--as-of wants a date, as in --as-of 2025-06-30")
    }
  }

  func sessionOptions(isPrompt: Bool = false) -> Session.Options {
    var options = Session.Options(now: Self.instant(asOf) ?? Self.now)
    options.settings = settings
    options.isPrompt = isPrompt
    options.engine = EngineHandle.Options(
      kind: engineKind ?? .duckDB, threads: threads, memoryLimit: memory,
      temporaryFolder: ".whom/tmp")
    return options
  }

  private var engineKind: EngineKind? {
    guard let engine else { return .duckDB }
    let isKnown = engine.hasPrefix("postgresql://") || engine.hasPrefix("postgres://")
    return isKnown ? .postgreSQL(engine) : nil
  }

  /// default < environment `WHOM_PARAM_*` < `--set`
  private var settings: [String: ParameterSetting] {
    var result: [String: ParameterSetting] = [:]
    var at = environ
    while let entry = at.pointee {
      let text = String(cString: entry)
      if text.hasPrefix("WHOM_PARAM_"), let equals = text.firstIndex(of: "=") {
        let name = String(text[..<equals].dropFirst("WHOM_PARAM_".count))
        result[name] = ParameterSetting(
          text: String(text[text.index(after: equals)...]), origin: .environment)
      }
      at += 1
    }
    for setting in set {
      result[setting.name] = ParameterSetting(text: setting.text, origin: .set)
    }
    return result
  }

  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }

  private static func instant(_ text: String?) -> Int64? {
    guard let text, let day = Calendar.days(iso: text) else { return nil }
    return Int64(day) * 86_400_000_000
  }
}
