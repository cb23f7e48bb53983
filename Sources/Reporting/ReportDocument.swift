package import Values

/// What a run leaves behind for its readers, whatever the format: the printers in `Formats/` make
/// HTML and JSON of it. It holds no times, durations, hosts and absolute paths, so that equal
/// inputs give equal bytes.
package struct ReportDocument: Sendable {
  package var title: String
  /// The language of the prose, as a BCP 47 tag: `en`.
  package var language = "en"
  package var authors: [String] = []
  /// The day the report speaks of, in days since 1970-01-01.
  package var asOf: Int32?
  /// Whose clocks people look at; UTC when nil.
  package var zone: Zone?
  package var status = ReportStatus()
  package var parameters: [ReportParameter] = []
  package var showsContents = true
  package var blocks: [ReportBlock] = []
  /// How many of the blocks are the section that stands above parameters and contents.
  package var leadCount = 0
  /// What the holes of the prose are filled with, in the order of the notebook.
  package var inlineValues: [InlineValue] = []
  package var failedChecks: [FailedCheck] = []
  package var models: [ReportModel] = []
  package var privacy: [ReportPrivacy] = []
  package var sources: [ReportSource] = []
  package var versions: [ReportVersion] = []
  /// How many bytes of data may be embedded as downloads; 0 for none.
  package var dataBudget = 2_000_000

  package init(title: String) { self.title = title }

  /// A value for people.
  func text(_ value: Value, _ type: ValueType) -> String {
    Exit.display(zone?.shown(value) ?? value, type: type)
  }

  package var cells: [ReportCell] {
    blocks.compactMap { block in
      switch block {
      case .cell(let cell): cell
      case .prose: nil
      }
    }
  }
}

/// How the run went, in numbers.
package struct ReportStatus: Hashable, Sendable {
  package var cells = 0
  package var failed = 0
  package var skipped = 0
  package var checks = 0
  package var failedChecks = 0
  /// Checks that do not hold where the notebook says to go on all the same.
  package var warnedChecks = 0
  /// What the data or a model gave reason to warn of.
  package var warnings = 0
  /// Inline values that could not be computed, though all that they read ran.
  package var failedValues = 0

  package init(
    cells: Int = 0, failed: Int = 0, skipped: Int = 0, checks: Int = 0, failedChecks: Int = 0
  ) {
    self.cells = cells
    self.failed = failed
    self.skipped = skipped
    self.checks = checks
    self.failedChecks = failedChecks
  }

  package var isWell: Bool { failed == 0 && skipped == 0 && failedChecks == 0 && failedValues == 0 }

  /// What colour and sign the line about the run has.
  enum Kind: String {
    case well, warned, failed

    var sign: String {
      switch self {
      case .well: "✓"
      case .warned: "!"
      case .failed: "✕"
      }
    }
  }

  var kind: Kind { isWell ? warnings + warnedChecks > 0 ? .warned : .well : .failed }
}

package struct ReportParameter: Hashable, Sendable {
  package enum Origin: String, Hashable, Sendable {
    case `default`, environment, file, set

    package var words: String {
      switch self {
      case .default: "default"
      case .environment: "environment"
      case .file: "parameter file"
      case .set: "set for this run"
      }
    }
  }

  package var name: String
  package var type: ValueType
  package var value: Value
  package var origin: Origin
  package var doc: String

  package init(
    name: String, type: ValueType, value: Value, origin: Origin, doc: String = ""
  ) {
    self.name = name
    self.type = type
    self.value = value
    self.origin = origin
    self.doc = doc
  }
}

package enum ReportBlock: Sendable {
  case prose([ProseBlock])
  case cell(ReportCell)
}

/// A check that did not hold, named at the top of the report with a link to its cell.
package struct FailedCheck: Hashable, Sendable {
  package var title: String
  package var cell: String
  package var detail: String?

  package init(title: String, cell: String, detail: String? = nil) {
    self.title = title
    self.cell = cell
    self.detail = detail
  }
}

/// A file or table that was read, by its name as the notebook says it.
package struct ReportSource: Hashable, Sendable {
  package var name: String
  /// In bytes.
  package var size: Int?
  package var rows: Int?
  package var fingerprint: String?

  package init(name: String, size: Int? = nil, rows: Int? = nil, fingerprint: String? = nil) {
    self.name = name
    self.size = size
    self.rows = rows
    self.fingerprint = fingerprint
  }
}

/// `Whom 0.1.0`, `DuckDB 2.0.0`.
package struct ReportVersion: Hashable, Sendable {
  package var name: String
  package var version: String

  package init(name: String, version: String) {
    self.name = name
    self.version = version
  }
}

/// What stands in a hole of the prose, `{= revenue =}`.
package struct InlineValue: Hashable, Sendable {
  package enum Result: Hashable, Sendable {
    case value(Value, ValueType)
    /// The expression could not be computed; `code` is the diagnostic's.
    case failed(title: String, code: String)
  }

  package var result: Result
  /// Where it came from, shown as a tooltip: `total of cell revenue`.
  package var lineage: String

  package init(_ result: Result, lineage: String) {
    self.result = result
    self.lineage = lineage
  }
}
