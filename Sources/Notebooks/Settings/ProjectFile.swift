package import Diagnostics

/// `whom.toml`: what holds for all programs and notebooks below its folder.
///
///     zone = "Europe/Zurich"
///     week_start = "sunday"
///     threads = 4
///
///     [run]                      # of notebooks, as in their front matter
///     cell_timeout = "2m"
package struct ProjectFile: Hashable, Sendable {
  package static let name = "whom.toml"

  package var settings = ProgramSettings()
  package var run = RunSettings()
  package var report = ReportSettings()

  package init() {}

  static var keys: [OptionKey<ProjectFile>] {
    ProgramSettings.keys(within: \.settings) + [
      OptionKey("run", group: \.run, RunSettings.keys),
      OptionKey("report", group: \.report, ReportSettings.keys),
    ]
  }

  package static func read(_ file: SourceFile) -> (ProjectFile, [Diagnostic]) {
    var result = ProjectFile()
    var reader = TOMLReader(file)
    let value = reader.read()
    let problems = reader.diagnostics + keys.read(value, into: &result, of: "`\(name)`")
    let own = problems.map { problem in
      var own = problem
      if own.code == .badNotebook { own.code = .badSetting }
      return own
    }
    return (result, own)
  }
}
