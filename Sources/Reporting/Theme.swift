import Charting

/// How a report looks: calm type, one accent, colours as variables for light, dark and paper.
/// Everything is inside the page; fonts are the reader's own.
package struct Theme: Sendable {
  package init() {}

  package var styleSheet: String {
    [
      colors, ThemeRules.page, ThemeRules.content, ThemeRules.cells, ThemeRules.findings,
      Palette.classRules, ThemeRules.print, printColors,
    ].joined(separator: "\n") + "\n"
  }

  private static let light =
    "--paper:#ffffff;--wash:#f6f7f9;--line:#e4e6ea;--ink:#1b1f24;--muted:#5c6470;"
    + "--accent:#2b66ad;--good:#1f7a4a;--good-wash:#e9f5ee;--bad:#b3261e;--bad-wash:#fcefee;"
    + "--warn:#805b00;--warn-wash:#fdf6e3;--mark:#ffe3df;"
    + "--h-keyword:#8747ab;--h-verb:#2b66ad;--h-function:#0b6f75;--h-text:#1f7a4a;"
    + "--h-number:#a8430f;--h-comment:#5c6470;--h-variable:#b5345a;"
  private static let dark =
    "--paper:#14171c;--wash:#1b1f26;--line:#2c323a;--ink:#e8eaed;--muted:#9aa3ae;"
    + "--accent:#7db3ec;--good:#6fd09a;--good-wash:#16281f;--bad:#ff9489;--bad-wash:#2f1a1a;"
    + "--warn:#e6bd5c;--warn-wash:#2b2416;--mark:#5a2724;"
    + "--h-keyword:#c99be6;--h-verb:#7db3ec;--h-function:#5cc9cd;--h-text:#7fd0a2;"
    + "--h-number:#f0a070;--h-comment:#9aa3ae;--h-variable:#ee8ca6;"

  private var colors: String {
    ":root{color-scheme:light dark;\(Self.light)\(Palette.light.variables)}\n"
      + "@media(prefers-color-scheme:dark){:root{\(Self.dark)\(Palette.dark.variables)}}"
  }

  /// Paper is white, whatever the screen was.
  private var printColors: String {
    "@media print{:root{color-scheme:light;\(Self.light)\(Palette.light.variables)}}"
  }
}
