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
    ]
    return .object(members + VegaLayers(chart: self).members)
  }

  private var rows: [JSONValue] {
    var names: Set<String> = []
    let channels = ChartChannel.allCases.compactMap { self[$0] }
      .filter { names.insert($0.column.name).inserted }
    return (0..<data.rowCount).map { row in
      .object(
        channels.map { channel in
          .init(
            channel.column.name,
            Exit.machine(channel.values[row], labels: channel.column.type.labels))
        })
    }
  }
}

/// The marks of a chart with their encodings: one layer, or several over one encoding.
private struct VegaLayers {
  let chart: Chart

  var members: [JSONValue.Member] {
    let layers = background + [mark] + foreground
    guard layers.count > 1 else { return flat(mark) }
    return [
      .init("encoding", .object(shared)),
      .init("layer", .array(layers.map { .object(flat($0)) })),
    ]
  }

  private struct Layer {
    var mark: JSONValue
    var encoding: [JSONValue.Member]
    var data: JSONValue?
  }

  private func flat(_ layer: Layer) -> [JSONValue.Member] {
    let encoding = isLayered ? layer.encoding : shared + layer.encoding
    return (layer.data.map { [JSONValue.Member("data", $0)] } ?? [])
      + [.init("mark", layer.mark), .init("encoding", .object(encoding))]
  }

  private var isLayered: Bool { !background.isEmpty || !foreground.isEmpty }

  // MARK: Marks

  private var mark: Layer {
    switch chart.spec.mark {
    case .line: Layer(mark: named("line", ["point": .bool(true)]), encoding: [])
    case .bar, .funnel: Layer(mark: named("bar"), encoding: offset)
    case .area: Layer(mark: named("area", ["line": .bool(true)]), encoding: [])
    case .point: Layer(mark: named("point", ["filled": .bool(true)]), encoding: [])
    case .heatmap: Layer(mark: named("rect"), encoding: [])
    case .histogram: Layer(mark: named("bar"), encoding: [])
    case .box:
      Layer(mark: named("bar", ["size": .int(14)]), encoding: ends(.q1, .q3))
    }
  }

  private func named(_ name: String, _ more: JSONValue? = nil) -> JSONValue {
    var members = [JSONValue.Member("type", .string(name))]
    if case .object(let own)? = more { members += own }
    return .object(members + [.init("tooltip", .bool(true))])
  }

  /// What lies behind the marks: bands, whiskers.
  private var background: [Layer] {
    switch chart.spec.mark {
    case .line where chart.low != nil:
      [Layer(mark: named("area", ["opacity": .number("0.16")]), encoding: ends(.low, .high))]
    case .box: [Layer(mark: named("rule"), encoding: ends(.low, .high))]
    case .line, .bar, .area, .point, .histogram, .funnel, .heatmap: []
    }
  }

  /// What lies over them: whiskers of bars and points, medians, the line of reference.
  private var foreground: [Layer] {
    var layers: [Layer] = []
    switch chart.spec.mark {
    case .bar where chart.low != nil:
      layers.append(
        Layer(mark: named("rule"), encoding: ends(.low, .high) + offset + Self.grey))
    case .point where chart.low != nil:
      layers.append(Layer(mark: named("rule"), encoding: ends(.low, .high)))
    case .box:
      layers.append(
        Layer(
          mark: named("tick", ["color": .string("white"), "size": .int(14)]), encoding: []))
    case .line, .bar, .area, .point, .histogram, .funnel, .heatmap: break
    }
    return layers + reference
  }

  private static let grey = [JSONValue.Member("color", ["value": .string("#5c6470")])]
  private static let dash = JSONValue.array([.int(4), .int(3)])

  private var reference: [Layer] {
    switch chart.spec.reference {
    case nil: return []
    case .level(let level)?:
      let axis = isAlongX ? "x" : "y"
      let other = isAlongX ? "y" : "x"
      let across: [JSONValue.Member] = [
        .init(other, ["value": .int(0)]),
        .init(other + "2", ["value": .string(isAlongX ? "height" : "width")]),
      ]
      return [
        Layer(
          mark: ["type": .string("rule"), "strokeDash": Self.dash],
          encoding: [.init(axis, ["datum": .double(level)])] + across + Self.grey,
          data: ["values": .array([["a": .int(0)]])])
      ]
    case .diagonal?:
      let numbers = (chart.x?.numbers ?? []) + (chart.y?.numbers ?? [])
      let ends = [numbers.min() ?? 0, numbers.max() ?? 1]
      let points = ends.map { JSONValue.object([.init("a", .double($0))]) }
      let own: [JSONValue.Member] = ["x", "y"].map {
        .init($0, ["field": .string("a"), "type": .string("quantitative")])
      }
      return [
        Layer(
          mark: ["type": .string("line"), "strokeDash": Self.dash],
          encoding: own + Self.grey, data: ["values": .array(points)])
      ]
    }
  }

  // MARK: Encodings

  /// Whether the numbers lie along x.
  private var isAlongX: Bool { chart.measure?.column.name == chart.x?.column.name }

  private var shared: [JSONValue.Member] {
    let isHeatmap = chart.spec.mark == .heatmap
    var members: [JSONValue.Member] = []
    // The steps of a funnel go down, whichever channel has them.
    let isDown = chart.spec.mark == .funnel && !isAlongX
    for (channel, name) in [(ChartChannel.x, isDown ? "y" : "x"), (.y, isDown ? "x" : "y")] {
      guard let data = chart[channel] else { continue }
      members.append(
        .init(name, field(data, channel, isCategory: isHeatmap || isBand(data))))
    }
    if chart.spec.mark == .histogram, let until = chart[.until] {
      members.append(.init("x2", ["field": .string(Self.path(until.column.name))]))
    }
    if let color = chart.color {
      let isScale = isHeatmap || (color.kind == .number && color.categories.count > 8)
      members.append(.init("color", field(color, .color, isCategory: !isScale)))
    }
    if let size = chart[.size] { members.append(.init("size", field(size, .size))) }
    return members
  }

  /// The channel that names the bars.
  private func isBand(_ data: ChannelData) -> Bool {
    switch chart.spec.mark {
    case .bar, .funnel, .box: data.column.name != chart.measure?.column.name
    case .line, .area, .point, .histogram, .heatmap: false
    }
  }

  /// Bars of one place side by side.
  private var offset: [JSONValue.Member] {
    guard chart.spec.mark == .bar, !chart.spec.isStacked, let color = chart.color else { return [] }
    return [.init(isAlongX ? "yOffset" : "xOffset", field(color, .color, isCategory: true))]
  }

  private func ends(_ from: ChartChannel, _ to: ChartChannel) -> [JSONValue.Member] {
    guard let low = chart[from], let high = chart[to], let measure = chart.measure else {
      return []
    }
    let axis: ChartChannel = isAlongX ? .x : .y
    var first = field(low, axis)
    if case .object(let members) = first {
      first = .object(
        members.map { $0.name == "title" ? .init("title", .string(measure.title)) : $0 })
    }
    return [
      .init(axis.rawValue, first),
      .init(axis.rawValue + "2", ["field": .string(Self.path(high.column.name))]),
    ]
  }

  private func field(
    _ data: ChannelData, _ channel: ChartChannel, isCategory: Bool = false
  ) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("field", .string(Self.path(data.column.name))),
      .init("type", .string(Self.type(of: data, isCategory: isCategory))),
      .init("title", .string(data.title)),
    ]
    if data.kind == .category { members.append(.init("sort", .null)) }
    if chart.spec.mark == .histogram && channel == .x {
      members.append(.init("bin", .string("binned")))
    }
    if chart.spec.mark == .funnel && data.column.name == chart.measure?.column.name {
      members.append(.init("stack", .string("center")))
    }
    if chart.spec.logAxes.contains(channel) {
      members.append(.init("scale", ["type": .string("log")]))
    } else if chart.spec.mark == .point && (channel == .x || channel == .y) && data.kind == .number
    {
      members.append(.init("scale", ["zero": .bool(false)]))
    }
    if data.kind == .number && data.column.type.labels.isPercent && !isCategory {
      members.append(.init(channel == .color ? "legend" : "axis", ["format": .string(".0%")]))
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
