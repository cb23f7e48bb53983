internal import CYAML
internal import Diagnostics

/// Builds a `YAMLValue` from libyaml's events. Aliases, anchors, tags and further documents are
/// refused: settings need none, and aliases can blow up a small file.
struct YAMLReader {
  /// Deeper nesting is no setting of ours.
  private static let depthLimit = 16

  private let reader: OpaquePointer
  private let positions: ScalarOffsets
  private let place: Span

  /// Nil for a text without content.
  static func read(_ bytes: ArraySlice<UInt8>, of file: FileID) throws(Diagnostic) -> YAMLValue? {
    let positions = ScalarOffsets(bytes)
    let place = Span(file: file, start: bytes.startIndex, end: bytes.endIndex)
    let result = bytes.withUnsafeBufferPointer { buffer in
      Result { () throws(Diagnostic) in
        guard let reader = whom_yaml_open(buffer.baseAddress, buffer.count) else {
          throw Diagnostic.badYAML("no memory to read it", at: place)
        }
        defer { whom_yaml_close(reader) }
        let yaml = YAMLReader(reader: reader, positions: positions, place: place)
        return try yaml.document()
      }
    }
    return try result.get()
  }

  private func document() throws(Diagnostic) -> YAMLValue? {
    let first = try next()
    if first.kind == whom_yaml_end { return nil }
    let value = try value(from: first, depth: 0)
    _ = try next()
    return value
  }

  private func next() throws(Diagnostic) -> whom_yaml_event {
    let event = whom_yaml_next(reader)
    if event.kind == whom_yaml_error { throw Diagnostic.badYAML(text(event), at: point(event)) }
    if event.kind == whom_yaml_unsupported {
      throw Diagnostic.badYAML("anchors, aliases and tags are not settings", at: span(event))
    }
    if event.kind == whom_yaml_second_document {
      throw Diagnostic.badYAML("a second document starts here", at: point(event))
    }
    return event
  }

  private func value(from event: whom_yaml_event, depth: Int) throws(Diagnostic) -> YAMLValue {
    guard depth < Self.depthLimit else {
      throw Diagnostic.badYAML("nested too deeply", at: point(event))
    }
    let start = span(event)
    if event.kind == whom_yaml_list_start { return try list(from: start, depth: depth) }
    if event.kind == whom_yaml_map_start { return try map(from: start, depth: depth) }
    return YAMLValue(kind: .scalar(text(event), isPlain: event.is_plain != 0), span: start)
  }

  private func list(from start: Span, depth: Int) throws(Diagnostic) -> YAMLValue {
    var items: [YAMLValue] = []
    while true {
      let event = try next()
      guard event.kind != whom_yaml_list_end else {
        return YAMLValue(kind: .list(items), span: start.union(span(event)))
      }
      items.append(try value(from: event, depth: depth + 1))
    }
  }

  private func map(from start: Span, depth: Int) throws(Diagnostic) -> YAMLValue {
    var entries: [YAMLEntry] = []
    while true {
      let event = try next()
      guard event.kind != whom_yaml_map_end else {
        return YAMLValue(kind: .map(entries), span: start.union(span(event)))
      }
      guard event.kind == whom_yaml_scalar else {
        throw Diagnostic.badYAML("a name must stand here", at: point(event))
      }
      let (key, keySpan) = (text(event), span(event))
      if let first = entries.first(where: { $0.key == key }) {
        throw Diagnostic.repeatedOption(key, at: keySpan, first: first.keySpan)
      }
      let value = try value(from: try next(), depth: depth + 1)
      entries.append(YAMLEntry(key: key, keySpan: keySpan, value: value))
    }
  }

  private func text(_ event: whom_yaml_event) -> String {
    let bytes = UnsafeBufferPointer(start: event.text, count: event.length)
    return String(decoding: bytes.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private func span(_ event: whom_yaml_event) -> Span {
    Span(file: place.file, start: positions[event.start], end: positions[event.end])
  }

  /// The one character at which something was noticed.
  private func point(_ event: whom_yaml_event) -> Span {
    let start = min(positions[event.start], max(place.start, place.end - 1))
    return Span(file: place.file, start: start, end: start + 1)
  }
}

/// Byte offsets of Unicode scalars: libyaml counts scalars, spans count bytes.
private struct ScalarOffsets {
  private let offsets: [Int]
  private let end: Int

  init(_ bytes: ArraySlice<UInt8>) {
    offsets = bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 }
    end = bytes.endIndex
  }

  subscript(scalar: Int) -> Int { offsets.indices.contains(scalar) ? offsets[scalar] : end }
}
