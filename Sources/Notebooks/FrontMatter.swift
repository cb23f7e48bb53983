package import Diagnostics

/// What stands between the `---` lines at the top of a notebook.
package struct FrontMatter: Hashable, Sendable {
  package var title: String?
  package var authors: [String] = []
  package var date: String?
  /// The language of the prose, for the report's `lang`: `en`, `pt-BR`.
  package var lang: String?
  /// The version of the language the notebook was written for.
  package var whom: Int?
  package var settings = ProgramSettings()
  package var run = RunSettings()
  package var report = ReportSettings()

  package init() {}

  static var keys: [OptionKey<FrontMatter>] {
    [
      OptionKey("title", \.title, .text),
      OptionKey("author", \.authors, .texts),
      OptionKey("date", \.date, .text),
      OptionKey("lang", \.lang, .languageTag),
      OptionKey("whom", \.whom, .version),
      OptionKey("run", group: \.run, RunSettings.keys),
      OptionKey("report", group: \.report, ReportSettings.keys),
    ] + ProgramSettings.keys(within: \.settings)
  }
}

/// What happens after a cell failed.
package enum ErrorPolicy: String, CaseIterable, Hashable, Sendable {
  /// Cells that need the failed one are skipped, the others run.
  case skipDependents = "skip_dependents"
  case stop
  case `continue`
}

/// `run: {on_error: skip_dependents, cell_timeout: 2m, timeout: 30m, fingerprint: quick}`
package struct RunSettings: Hashable, Sendable {
  package var onError = ErrorPolicy.skipDependents
  package var cellTimeout: TimeLimit?
  package var timeout: TimeLimit?
  package var fingerprint = Fingerprint.quick

  package enum Fingerprint: String, CaseIterable, Hashable, Sendable {
    /// Size, time of change, head and tail.
    case quick
    /// Every byte.
    case full
  }

  package init() {}

  static var keys: [OptionKey<RunSettings>] {
    [
      OptionKey("on_error", \.onError, .choice()),
      OptionKey("cell_timeout", \.cellTimeout, .timeLimit),
      OptionKey("timeout", \.timeout, .timeLimit),
      OptionKey("fingerprint", \.fingerprint, .choice()),
    ]
  }
}

/// `report: {code: fold, toc: true, rows: 1000, data: embed, lead: In short}`
package struct ReportSettings: Hashable, Sendable {
  package var code = CodeDisplay.fold
  package var hasContents = true
  /// Rows of a table that the report shows; what is left out is counted.
  package var rows = 1000
  package var data = DataDisplay.embed
  /// The heading of the section that the report opens with, wherever the notebook has it: figures
  /// can be told only below the cells that work them out, and are wanted first.
  package var lead: Lead?

  package struct Lead: Hashable, Sendable {
    package var heading: String
    package var span: Span
  }

  package enum CodeDisplay: String, CaseIterable, Hashable, Sendable { case fold, show, hide }
  package enum DataDisplay: String, CaseIterable, Hashable, Sendable { case embed, none }

  package init() {}

  static var keys: [OptionKey<ReportSettings>] {
    [
      OptionKey("code", \.code, .choice()),
      OptionKey("toc", \.hasContents, .bool),
      OptionKey("rows", \.rows, .count),
      OptionKey("data", \.data, .choice()),
      OptionKey("lead", \.lead, .lead),
    ]
  }
}
