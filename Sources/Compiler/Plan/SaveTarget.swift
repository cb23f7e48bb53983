package import Diagnostics

/// `save "out/top.parquet"`
package struct SaveTarget: Hashable, Sendable {
  package enum Format: String, CaseIterable, Hashable, Sendable {
    case csv, tsv, parquet, json, ndjson
  }

  package enum Packing: String, Hashable, Sendable {
    case none, gzip, zstd
  }

  package enum Mode: Hashable, Sendable {
    /// The file has these rows and no others.
    case replace
    /// The rows come behind those that are there; of these, the ones with the same key go.
    case append(key: [String])
  }

  package var path: String
  package var format: Format
  package var packing = Packing.none
  package var mode = Mode.replace
  package var span: Span

  /// Format and packing by the ending: `orders.csv.gz`; nil where they are not known.
  package init?(path: String, span: Span) {
    var parts = (path.split(separator: "/").last ?? "").split(separator: ".").dropFirst()
      .map { $0.lowercased() }
    switch parts.last {
    case "gz": packing = .gzip
    case "zst", "zstd": packing = .zstd
    default: break
    }
    if packing != .none { parts.removeLast() }
    switch parts.last {
    case "csv": format = .csv
    case "tsv": format = .tsv
    case "json": format = .json
    case "ndjson", "jsonl": format = .ndjson
    case "parquet" where packing == .none: format = .parquet
    default: return nil
    }
    self.path = path
    self.span = span
  }
}
