import Statistics
import Testing

@Suite("Special functions")
struct SpecialFunctionTests {
  /// The expected values are mpmath's, with 50 digits.
  private static let values: [(name: String, found: Double, expected: Double)] = [
    ("log_gamma 0.001", SpecialFunctions.logGamma(0.001), 6.907178885383853),
    ("log_gamma 0.5", SpecialFunctions.logGamma(0.5), 0.5723649429247001),
    ("log_gamma 4.0", SpecialFunctions.logGamma(4.0), 1.791759469228055),
    ("log_gamma 170.5", SpecialFunctions.logGamma(170.5), 704.0044277342047),
    ("log_gamma -2.5", SpecialFunctions.logGamma(-2.5), -0.056243716497674054),
    ("gamma 0.25", SpecialFunctions.gamma(0.25), 3.625609908221908),
    ("gamma 5.0", SpecialFunctions.gamma(5.0), 24.0),
    ("gamma -1.5", SpecialFunctions.gamma(-1.5), 2.363271801207355),
    ("digamma 0.1", SpecialFunctions.digamma(0.1), -10.423754940411076),
    ("trigamma 0.1", SpecialFunctions.trigamma(0.1), 101.43329915079275),
    ("digamma 1.0", SpecialFunctions.digamma(1.0), -0.5772156649015329),
    ("trigamma 1.0", SpecialFunctions.trigamma(1.0), 1.6449340668482264),
    ("digamma 12.5", SpecialFunctions.digamma(12.5), 2.4851956512749123),
    ("trigamma 12.5", SpecialFunctions.trigamma(12.5), 0.08328522460157838),
    ("digamma -0.5", SpecialFunctions.digamma(-0.5), 0.03648997397857652),
    ("trigamma -0.5", SpecialFunctions.trigamma(-0.5), 8.934802200544679),
    ("erf -2.0", SpecialFunctions.erf(-2.0), -0.9953222650189527),
    ("erf 1e-09", SpecialFunctions.erf(1e-09), 1.1283791670955127e-09),
    ("erf 0.7", SpecialFunctions.erf(0.7), 0.6778011938374184),
    ("erf 3.0", SpecialFunctions.erf(3.0), 0.9999779095030014),
    ("erfc -1.0", SpecialFunctions.erfc(-1.0), 1.8427007929497148),
    ("erfc 0.7", SpecialFunctions.erfc(0.7), 0.32219880616258156),
    ("erfc 5.0", SpecialFunctions.erfc(5.0), 1.537459794428035e-12),
    ("erfc 20.0", SpecialFunctions.erfc(20.0), 5.395865611607901e-176),
    ("inverse erf -0.9", SpecialFunctions.inverseErf(-0.9), -1.1630871536766743),
    ("inverse erf 0.01", SpecialFunctions.inverseErf(0.01), 0.008862501280950598),
    ("inverse erf 0.999", SpecialFunctions.inverseErf(0.999), 2.3267537655135246),
    ("inverse erfc 1e-12", SpecialFunctions.inverseErfc(1e-12), 5.042029745639059),
    ("beta 2.5 3", SpecialFunctions.beta(2.5, 3), 0.050793650793650794),
    ("gamma P 2.5 3", SpecialFunctions.gammaP(2.5, 3), 0.6937810815867216),
    ("gamma Q 2.5 30", SpecialFunctions.gammaQ(2.5, 30), 1.215456977718304e-11),
    ("inverse gamma P", SpecialFunctions.inverseGammaP(2.5, 0.3), 1.499954066379953),
    ("incomplete beta", SpecialFunctions.incompleteBeta(2, 3.5, 0.3), 0.4117025023425648),
    (
      "its complement", SpecialFunctions.incompleteBetaComplement(2, 3.5, 0.99),
      4.465000000000014e-07
    ),
    (
      "inverse incomplete beta", SpecialFunctions.inverseIncompleteBeta(2, 3.5, 0.3),
      0.24217846585635308
    ),
  ]

  @Test("Each gives what mpmath gives")
  func agrees() {
    for (name, found, expected) in Self.values {
      #expect(isClose(found, expected), "\(name): \(found), not \(expected)")
    }
  }

  @Test("Outside of the domain there is no number")
  func outside() {
    let values = [
      SpecialFunctions.inverseErf(1.5), SpecialFunctions.beta(-1, 2),
      SpecialFunctions.gammaP(-1, 2), SpecialFunctions.gammaQ(2, -1),
      SpecialFunctions.incompleteBeta(1, 1, 1.5), SpecialFunctions.inverseGammaP(2, 1.5),
      SpecialFunctions.gamma(-2), SpecialFunctions.digamma(0), SpecialFunctions.logGamma(.nan),
      SpecialFunctions.gamma(200), SpecialFunctions.logGamma(-1),
    ]
    for (place, value) in values.enumerated() { #expect(!value.isFinite, "\(place)") }
  }
}
