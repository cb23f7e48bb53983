package import Values

/// The chart as a Vega-Lite 5 specification with its rows inside, for other tools.
extension Chart {
  package var vegaLite: JSONValue {
    var members: [JSONValue.Member] = [
      .init("$schema", .string("https://vega.github.io/schema/vega-lite/v5.json")),
      .init("description", .string(summary)),
    ]
    if let title = spec.title { members.append(.init("title", .string(title))) }
    members += [
      .init("width", .int(640)),
      .init("data", ["values": .array(rows)]),
      .init("mark", mark),
      .init("encoding", .object(encoding)),
    ]
    return .object(members)
  }

  private var used: [ChannelData] {
    var names: [String] = []
    return [x, y, color, low, high].compactMap { channel in
      guard let channel, !names.contains(channel.column.name) else { return nil }
      names.append(channel.column.name)
      return channel
    }
  }

  private var rows: [JSONValue] {
    let channels = used
    return (0..<data.rowCount).map { row in
      .object(
        channels.map { channel in
          .init(
            channel.column.name,
            Exit.machine(channel.values[row], labels: channel.column.type.labels))
        })
    }
  }

  private var mark: JSONValue {
    switch spec.mark {
    case .line: ["type": .string("line"), "point": .bool(true), "tooltip": .bool(true)]
    case .bar: ["type": .string("bar"), "tooltip": .bool(true)]
    case .heatmap: ["type": .string("rect"), "tooltip": .bool(true)]
    }
  }

  private var encoding: [JSONValue.Member] {
    let isHeatmap = spec.mark == .heatmap
    var members: [JSONValue.Member] = []
    if let x { members.append(.init("x", field(x, isCategory: isHeatmap))) }
    if let y { members.append(.init("y", field(y, isCategory: isHeatmap))) }
    if let color {
      members.append(.init("color", field(color, isCategory: !isHeatmap)))
      if spec.mark == .bar && !spec.isStacked {
        members.append(.init("xOffset", field(color, isCategory: true)))
      }
    }
    return members
  }

  private func field(_ channel: ChannelData, isCategory: Bool) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("field", .string(Self.path(channel.column.name))),
      .init("type", .string(Self.type(of: channel, isCategory: isCategory))),
      .init("title", .string(channel.title)),
    ]
    if channel.kind == .category { members.append(.init("sort", .null)) }
    if channel.kind == .number && channel.column.type.labels.isPercent && !isCategory {
      members.append(.init("axis", ["format": .string(".0%")]))
    }
    return .object(members)
  }

  private static func type(of channel: ChannelData, isCategory: Bool) -> String {
    switch channel.kind {
    case .number: isCategory ? "ordinal" : "quantitative"
    case .time: isCategory ? "ordinal" : "temporal"
    case .category: "nominal"
    }
  }

  /// Points and brackets in a field's name would be read as a path.
  private static func path(_ name: String) -> String {
    var result = ""
    for character in name {
      if "\\.[]'\"".contains(character) { result += "\\" }
      result.append(character)
    }
    return result
  }
}
