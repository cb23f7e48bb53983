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

  @Option(help: "Set the parameters that a JSON file has: {\"until\": \"1998-06-30\"}")
  var params: String?

  @Option(
    name: .customLong("as-of"),
    help: "The day that today() means, at its start; now when not given.")
  var asOf: String?

  @Option(
    name: .long,
    help:
      "Where queries run: postgresql://user@host/database; duckdb, the embedded one, if not said.")
  var engine: String?

  @Option(name: .long, help: "Whose clocks tell days and hours: Europe/Zurich; UTC if not said.")
  var zone: String?

  @Option(name: .long, help: "The day that weeks begin with: sunday; monday if not said.")
  var weekStart: String?

  @Option(name: .long, help: "How many people a group has at least that is shown; 5 if not said.")
  var minGroup: String?

  @Option(name: .long, help: "The folder that paths in programs start from; else that of the file.")
  var root: String?

  @Option(name: .long, help: "How many threads the engine uses.")
  var threads: String?

  @Option(name: .long, help: "How much memory the engine may use, as 4GB.")
  var memory: String?

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
    if asOf != nil, Self.instant(asOf) == nil {
      throw ValidationError("--as-of wants a date, as in --as-of 2025-06-30")
    }
  }

  /// The settings that count for a program or a notebook at a path.
  func project(for path: String? = nil, text: String? = nil) -> ProjectSettings {
    let flags = [
      ("engine", engine), ("zone", zone), ("week_start", weekStart),
      ("min_group", minGroup), ("root", root),
      ("threads", threads), ("memory", memory),
    ].compactMap { name, text in text.map { (name, $0) } }
    return ProjectSettings(for: path, text: text, flags: flags)
  }

  /// Exits with 2 where a setting is wrong.
  func session(
    _ project: ProjectSettings, isPrompt: Bool = false, isOffline: Bool = false
  ) throws -> Session {
    let now = Self.now
    var options = Session.Options(now: Self.instant(asOf) ?? now)
    let day = Int32(clamping: now / 86_400_000_000)
    options.schemas = isOffline ? .offline(day: day) : .keep(day: day)
    options.isStartOfDay = asOf != nil
    options.settings = try settings()
    options.isPrompt = isPrompt
    options.engine = EngineHandle.Options(temporaryFolder: ".whom/tmp")
    options.engine.isOnePicture = !isPrompt
    return try project.session(options)
  }

  /// default < environment `WHOM_PARAM_*` < `--params` < `--set`
  private func settings() throws -> [String: ParameterSetting] {
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
    if let params {
      for (name, text) in try ParameterFile.texts(params) {
        result[name] = ParameterSetting(text: text, origin: .file)
      }
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
