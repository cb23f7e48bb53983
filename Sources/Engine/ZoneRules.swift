import Columnar
import Compiler
import Connectivity
package import Diagnostics
package import Values

extension Session {
  /// Days and hours are those of this zone from here on, where a call says no other. What the
  /// embedded engine knows of it is asked for once, so that constants are worked out by the same
  /// rules as columns.
  package func use(zone name: String, at span: Span?) throws(Diagnostic) {
    let zone = name == "UTC" ? nil : try rules(of: name, span)
    checker.constants.zone = zone
    catalog.zone = zone?.name
    if options.isStartOfDay {
      checker.constants.now = zone?.instant(ofClock: options.now) ?? options.now
    }
  }

  /// That of the run; UTC when nil.
  package var zone: Zone? { checker.constants.zone }

  private func rules(of name: String, _ span: Span?) throws(Diagnostic) -> Zone {
    let known: [[String]]
    var rows: [[String]] = []
    do throws(EngineError) {
      let database = try local.database()
      known = try database.texts("select name from pg_timezone_names()", columns: 1)
      if known.contains([name]) { rows = try database.texts(Self.shifts(of: name), columns: 2) }
    } catch {
      throw EngineWords.diagnostic(error, at: span)
    }
    guard !rows.isEmpty else { throw .unknownZone(name, known: known.map { $0[0] }, at: span) }
    let shifts = rows.compactMap { row -> Zone.Shift? in
      guard let start = Int64(row[0]), let ahead = Int64(row[1]) else { return nil }
      return Zone.Shift(start: start, ahead: ahead)
    }
    return Zone(name: name, shifts: shifts)
  }

  /// When clocks are moved, to a quarter of an hour, from 1900 to 2100: the days on which it
  /// happens, then the quarters of those days.
  private static func shifts(of name: String) -> String {
    let zone = ReaderSQL.quoted(name)
    func ahead(_ moment: String) -> String {
      "epoch_us(timezone(\(zone), timezone('UTC', \(moment)))) - epoch_us(\(moment))"
    }
    return """
      with days as (
        select day, \(ahead("day")) as ahead
        from range(timestamp '1900-01-01', timestamp '2101-01-01', interval 1 day) as r(day)
      ), moved as (
        select day - interval 1 day as day from days
        qualify ahead <> lag(ahead) over (order by day)
      ), quarters as (
        select distinct day + to_minutes(15 * quarter) as moment from moved, range(97) as r(quarter)
        union select timestamp '1900-01-01'
      ), shifts as (select moment, \(ahead("moment")) as ahead from quarters)
      select cast(epoch_us(moment) as varchar), cast(ahead as varchar) from shifts
      qualify ahead is distinct from lag(ahead) over (order by moment) order by moment
      """
  }
}

extension Diagnostic {
  static func unknownZone(_ name: String, known: [String], at span: Span?) -> Diagnostic {
    let place = known.first { $0.split(separator: "/").last?.lowercased() == name.lowercased() }
    let near = place ?? Suggestion.nearest(to: name, in: known)
    return Diagnostic(
      .badSetting, "there is no time zone `\(Exit.escape(name, for: .terminal))`", at: span,
      label: "not a zone",
      help: [
        near.map { "did you mean `\($0)`?" }
          ?? "a zone is named by its area and a city in it: `Europe/Zurich`, or `UTC`"
      ])
  }
}
