import Diagnostics
import Values

/// The rows of a histogram: how many values lie in each bin, worked out by the engine. Values
/// that are missing have a row of their own, without a bin.
///
///     amount_from  amount_to  count
///               0         20      7
///              20         40     12
///              40         60      3
///
/// A bin holds its lower end and not its upper one. Without `bins` its width is 2 IQR / n^(1/3)
/// (Freedman and Diaconis 1981), or range / (log2 n + 1) (Sturges 1926) where the middle half of the
/// values is one value, but at least a hundredth of the range; then the nearest of 1, 2 and 5 times
/// a power of ten, so that the ends are round numbers. With `bins = 40` the range is cut into 40
/// equal parts, and the last one holds its upper end.
struct Bins {
  let text: StageText
  /// One row a value: `value`, a float, and `group`, where there is a colour.
  let values: LogicalPlan
  let isWhole: Bool
  /// How many were asked for.
  let count: Int64?

  /// `start`, `until`, `count`, and `group`.
  func plan() -> LogicalPlan? {
    let summary = count.map { "summarize lo = min(value), hi = max(value) | " + equal($0) }
    guard let bins = text.apply(summary ?? fitting, to: values) else { return nil }
    var text = text
    text.bind("bins", bins)
    let last = count.map { " | derive bin = greatest(0, least(bin, \($0 - 1)))" } ?? ""
    let group = values.schema["group"] == nil ? "" : ", group"
    return text.apply(
      placed + last + " | derive start = \(edge("bin")), until = \(edge("bin + 1"))"
        + " | summarize count = count() by start, until\(group)",
      to: values)
  }

  /// The bin by division, set right where the division fell to the wrong side of an end.
  private var placed: String {
    "join cross bins | derive bin = floor((value - origin) * scale / step)"
      + " | derive bin = if value < \(edge("bin")) then bin - 1"
      + " else if value >= \(edge("bin + 1")) then bin + 1 else bin"
  }

  private func edge(_ bin: String) -> String { "origin + (\(bin)) * step / scale" }

  /// Steps of `step / scale` from `origin`: the end at three tenths is 3 / 10, which is 0.3.
  private func equal(_ count: Int64) -> String {
    "select origin = if hi > lo then lo else lo - 0.5,"
      + " step = if hi > lo then hi - lo else 1.0, scale = float(\(count))"
  }

  private var fitting: String {
    "summarize n = count(value), lo = min(value), hi = max(value),"
      + " q1 = quantile(value, 0.25), q3 = quantile(value, 0.75)"
      + " | derive spread = hi - lo, wanted = 2 * (q3 - q1) / n ^ (1 / 3)"
      + " | derive wanted = if wanted > 0 then wanted else spread / (log2(n) + 1)"
      + " | derive wanted = greatest(wanted, spread / 100, \(isWhole ? "1.0" : "0.0"),"
      + " greatest(abs(lo), abs(hi)) * 0.000000000001)"
      + " | derive wanted = if wanted > 0 then wanted else 1.0"
      + " | derive power = floor(log10(wanted))"
      + " | derive lead = wanted / 10 ^ power"
      + " | derive lead = if lead < 1.5 then 1.0 else if lead < 3.5 then 2.0"
      + " else if lead < 7.5 then 5.0 else 10.0"
      + " | select origin = 0.0, step = if power > 0 then lead * 10 ^ power else lead,"
      + " scale = if power < 0 then 10 ^ -power else 1.0"
  }
}
