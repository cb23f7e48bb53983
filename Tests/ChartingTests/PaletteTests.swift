import Charting
import Glibc
import Testing

@Suite("Colours")
struct PaletteTests {
  /// Relative luminance, WCAG 2.2.
  private func luminance(_ color: String) -> Double {
    let number = Int(color.dropFirst(), radix: 16) ?? 0
    let parts = [16, 8, 0].map { shift -> Double in
      let part = Double((number >> shift) & 255) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  private func contrast(_ a: String, _ b: String) -> Double {
    let (low, high) = (min(luminance(a), luminance(b)), max(luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)
  }

  @Test("text and series stand out from the page by 4.5, in light and dark")
  func series() {
    for palette in [Palette.light, Palette.dark] {
      for color in palette.series + [palette.ink, palette.muted] {
        #expect(contrast(color, palette.surface) >= 4.5, "\(color)")
      }
    }
  }

  @Test("numbers in heatmap cells stand out from every step by 4.5")
  func ramps() {
    for palette in [Palette.light, Palette.dark] {
      let pairs = Array(zip(palette.ramp, palette.rampInk)) + zip(palette.split, palette.splitInk)
      for (step, ink) in pairs { #expect(contrast(step, ink) >= 4.5, "\(step) \(ink)") }
      #expect(palette.ramp.count == 9 && palette.split.count == 9)
    }
  }
}
