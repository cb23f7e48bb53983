/// The colours behind the paints of a scene, for a light and a dark page. Categorical colours have a
/// contrast of at least 4.5 on the page, inks on the steps of the ramps as well (a test computes
/// it, WCAG 2.2 relative luminance); the ramps were interpolated in OKLab.
package struct Palette: Hashable, Sendable {
  package var ink: String
  package var muted: String
  package var grid: String
  package var axis: String
  package var surface: String
  package var series: [String]
  package var ramp: [String]
  package var rampInk: [String]
  package var split: [String]
  package var splitInk: [String]

  package static let light = Palette(
    ink: "#1b1f24", muted: "#5c6470", grid: "#e4e6ea", axis: "#a3a9b3", surface: "#ffffff",
    series: [
      "#2b66ad", "#bf4d12", "#1f7a4a", "#8747ab", "#8c6900", "#b5345a", "#0b7a80", "#63676e",
    ],
    ramp: [
      "#eaf2f8", "#cce2ee", "#aed3e4", "#8fc3d9", "#6fb3cf", "#5797b6", "#407b9e", "#296186",
      "#12476f",
    ],
    rampInk: [
      "#14181f", "#14181f", "#14181f", "#14181f", "#14181f", "#14181f", "#ffffff", "#ffffff",
      "#ffffff",
    ],
    split: [
      "#9a4a12", "#c1773f", "#e8a567", "#efcbab", "#f3f1ec", "#afcedd", "#67abcc", "#3b79a1",
      "#0e4a78",
    ],
    splitInk: [
      "#ffffff", "#14181f", "#14181f", "#14181f", "#14181f", "#14181f", "#14181f", "#ffffff",
      "#ffffff",
    ])

  package static let dark = Palette(
    ink: "#e8eaed", muted: "#9aa3ae", grid: "#2c323a", axis: "#5d6672", surface: "#14171c",
    series: [
      "#6ea8e6", "#f08c55", "#5dc48b", "#c08be0", "#e0b341", "#ee7f9d", "#4cc5c9", "#a6abb3",
    ],
    ramp: [
      "#1d2c3a", "#223e52", "#26516b", "#296486", "#2b78a1", "#5694b7", "#7cb1cd", "#a2cee4",
      "#c9ecfa",
    ],
    rampInk: [
      "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#14181f", "#14181f", "#14181f",
      "#14181f",
    ],
    split: [
      "#f0a868", "#c48048", "#9a5a28", "#614432", "#2a2d32", "#314f63", "#2f7398", "#5fa0c2",
      "#8fd0ee",
    ],
    splitInk: [
      "#14181f", "#14181f", "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#14181f",
      "#14181f",
    ])

  /// Declarations for a style sheet: `--chart-ink:#1b1f24;--series-0:#2b66ad;...`
  package var variables: String {
    let named = [
      ("chart-ink", ink), ("chart-muted", muted), ("chart-grid", grid), ("chart-axis", axis),
      ("chart-surface", surface),
    ]
    let lists = [
      ("series", series), ("ramp", ramp), ("ramp-ink", rampInk), ("split", split),
      ("split-ink", splitInk),
    ]
    return
      (named
      + lists.flatMap { name, colors in
        colors.enumerated().map { ("\(name)-\($0)", $1) }
      }).map { "--\($0):\($1);" }.joined()
  }
}

extension Palette {
  /// The class of a paint, without the `f-` of fills and the `k-` of strokes.
  static func name(of paint: Paint) -> String {
    switch paint {
    case .ink: "ink"
    case .muted: "muted"
    case .grid: "grid"
    case .axis: "axis"
    case .surface, .hatch: "surface"
    case .series(let index): "series-\(index % light.series.count)"
    case .band(let index): "band-\(index % light.series.count)"
    case .layer(let index): "layer-\(index % light.series.count)"
    case .ramp(let step): "ramp-\(step)"
    case .rampInk(let step): "ramp-ink-\(step)"
    case .split(let step): "split-\(step)"
    case .splitInk(let step): "split-ink-\(step)"
    }
  }

  /// The rules that give each class its variable; the page or the picture gives the variables.
  package static let classRules: String = {
    var rules =
      ".chart{font-family:system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,"
      + "sans-serif;font-variant-numeric:tabular-nums}"
      + ".chart text{unicode-bidi:isolate}"
      + ".chart .quiet{opacity:0}.chart .quiet:hover{opacity:1}"
      + ".chart .dot{stroke:var(--chart-surface);stroke-width:1}"
    for name in ["ink", "muted", "grid", "axis", "surface"] {
      rules += rule(for: name, variable: "chart-\(name)")
    }
    for index in light.series.indices {
      rules += rule(for: "series-\(index)", variable: "series-\(index)")
      rules += ".f-band-\(index){fill:var(--series-\(index));opacity:.16}"
      rules += ".f-layer-\(index){fill:var(--series-\(index));fill-opacity:.6}"
    }
    for name in ["ramp", "ramp-ink", "split", "split-ink"] {
      for step in light.ramp.indices {
        rules += ".f-\(name)-\(step){fill:var(--\(name)-\(step))}"
      }
    }
    return rules
  }()

  private static func rule(for name: String, variable: String) -> String {
    ".f-\(name){fill:var(--\(variable))}.k-\(name){stroke:var(--\(variable))}"
  }

  /// What a picture outside a page carries: light, and dark where the reader asks for it.
  static let standaloneStyle =
    ".chart{\(light.variables)}" + "@media(prefers-color-scheme:dark){.chart{\(dark.variables)"
    + "background:\(dark.surface)}}" + classRules
}
