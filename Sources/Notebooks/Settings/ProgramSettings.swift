package import Diagnostics
package import Values

/// What a project, a notebook, the environment or a flag says of how programs run. What is nil
/// follows the one before: default < `whom.toml` < front matter < environment < flags.
package struct ProgramSettings: Hashable, Sendable {
  /// The folder that paths in programs start from, instead of that of the file that says them.
  package var root: Said<String>?
  /// `postgresql://user@host/database`, or `duckdb`: the embedded one.
  package var engine: Said<String>?
  /// Whose clocks tell days and hours.
  package var zone: Said<String>?
  package var weekStart: Said<Weekday>?
  /// Groups of fewer people do not leave.
  package var minGroup: Said<Int>?
  package var threads: Said<Int>?
  package var memory: Said<String>?

  package init() {}

  /// These, and those of `other` where it says something.
  package func overridden(by other: ProgramSettings) -> ProgramSettings {
    var result = self
    result.root = other.root ?? root
    result.engine = other.engine ?? engine
    result.zone = other.zone ?? zone
    result.weekStart = other.weekStart ?? weekStart
    result.minGroup = other.minGroup ?? minGroup
    result.threads = other.threads ?? threads
    result.memory = other.memory ?? memory
    return result
  }
}

/// A setting with the place where it was made.
package struct Said<Value: Hashable & Sendable>: Hashable, Sendable {
  package var value: Value
  package var place: SettingPlace
  package init(_ value: Value, _ place: SettingPlace) {
    self.value = value
    self.place = place
  }
}

package enum SettingPlace: Hashable, Sendable {
  case file(Span)
  /// `WHOM_ZONE`
  case environment(String)
  /// `--zone`
  case flag(String)

  /// Where it stands in a file.
  package var span: Span? { if case .file(let span) = self { span } else { nil } }
}

// MARK: Reading

extension ProgramSettings {
  /// The names, as files have them; `WHOM_WEEK_START` and `--week-start` are made of them.
  package static var names: [String] { keys(within: \ProgramSettings.self).map(\.name) }

  /// The keys in a file, as part of its settings.
  static func keys<Owner>(
    within owner: WritableKeyPath<Owner, ProgramSettings>
  ) -> [OptionKey<Owner>] {
    [
      OptionKey("root", said: owner.appending(path: \.root), .folder),
      OptionKey("engine", said: owner.appending(path: \.engine), .engine),
      OptionKey("zone", said: owner.appending(path: \.zone), .zone),
      OptionKey("week_start", said: owner.appending(path: \.weekStart), .weekday),
      OptionKey("min_group", said: owner.appending(path: \.minGroup), .people),
      OptionKey("threads", said: owner.appending(path: \.threads), .threads),
      OptionKey("memory", said: owner.appending(path: \.memory), .memory),
    ]
  }

  /// Takes a setting that stands in no file; gives what the name takes where the text is not it.
  package mutating func take(
    _ text: String, as name: String, from place: SettingPlace
  ) -> String? {
    switch name {
    case "root": set(\.root, .folder, text, place)
    case "engine": set(\.engine, .engine, text, place)
    case "zone": set(\.zone, .zone, text, place)
    case "week_start": set(\.weekStart, .weekday, text, place)
    case "min_group": set(\.minGroup, .people, text, place)
    case "threads": set(\.threads, .threads, text, place)
    case "memory": set(\.memory, .memory, text, place)
    default: "no setting of this name"
    }
  }

  private mutating func set<Value>(
    _ target: WritableKeyPath<ProgramSettings, Said<Value>?>, _ type: OptionType<Value>,
    _ text: String, _ place: SettingPlace
  ) -> String? {
    let written = YAMLValue(
      kind: .scalar(text, isPlain: true), span: Span(file: FileID(-1), start: 0, end: 0))
    guard let value = type.read(written) else { return type.words }
    self[keyPath: target] = Said(value, place)
    return nil
  }
}

extension OptionKey {
  /// The value with the place where it stands.
  fileprivate init<Value>(
    _ name: String, said target: WritableKeyPath<Options, Said<Value>?>, _ type: OptionType<Value>
  ) {
    let said = OptionType<Said<Value>>(words: type.words) { written in
      type.read(written).map { Said($0, .file(written.span)) }
    }
    self.init(name, target, said)
  }
}

extension OptionType<String> {
  fileprivate static var folder: Self {
    Self(words: "a folder") { text.read($0).flatMap { $0.isEmpty ? nil : $0 } }
  }

  fileprivate static var zone: Self {
    Self(words: "a time zone such as Europe/Zurich, or UTC") {
      text.read($0).flatMap { $0.isEmpty ? nil : $0 }
    }
  }

  fileprivate static var engine: Self {
    Self(words: "duckdb, or an address as postgresql://user@host/database") { written in
      text.read(written).flatMap { address in
        let isKnown =
          address == "duckdb" || address.hasPrefix("postgresql://")
          || address.hasPrefix("postgres://")
        return isKnown ? address : nil
      }
    }
  }

  /// A number and a unit, as the embedded engine reads them.
  fileprivate static var memory: Self {
    Self(words: "an amount such as 4GB or 500MB") { written in
      guard let amount = text.read(written) else { return nil }
      let number = amount.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      let unit = amount.dropFirst(number.count).drop { $0 == " " }.uppercased()
      let units = ["B", "KB", "MB", "GB", "TB", "KIB", "MIB", "GIB", "TIB"]
      guard let size = Double(number), size > 0, units.contains(unit) else { return nil }
      return amount
    }
  }
}

extension OptionType<Int> {
  fileprivate static var people: Self {
    Self(words: "a number of people from 1 to 1000") { written in
      count.read(written).flatMap { (1...1000).contains($0) ? $0 : nil }
    }
  }

  fileprivate static var threads: Self {
    Self(words: "a whole number from 1 to 1024") { written in
      count.read(written).flatMap { (1...1024).contains($0) ? $0 : nil }
    }
  }
}

extension OptionType<Weekday> {
  fileprivate static var weekday: Self { choice() }
}
