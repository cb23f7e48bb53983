import Statistics

// Worked out by mpmath with 50 digits from the definitions (densities by their formula, sums of
// probabilities, incomplete gamma and beta integrals; quantiles by bisection of those).
struct Case: Sendable {
  var distribution: Distribution
  var x: Double
  var density: Double
  var cumulative: Double
  var survival: Double

  init(
    _ distribution: Distribution, _ x: Double, _ density: Double, _ cumulative: Double,
    _ survival: Double
  ) {
    self.distribution = distribution
    self.x = x
    self.density = density
    self.cumulative = cumulative
    self.survival = survival
  }

  static let all: [Case] = [
    Case(.normal(mean: 0, deviation: 1), -9.5, 1.007793539430001e-20, 1.0494515075362608e-21, 1.0),
    Case(
      .normal(mean: 0, deviation: 1), -1.96, 0.05844094433345146, 0.024997895148220435,
      0.9750021048517795),
    Case(
      .normal(mean: 0, deviation: 1), -0.1, 0.39695254747701175, 0.460172162722971,
      0.539827837277029),
    Case(
      .normal(mean: 0, deviation: 1), 0.3, 0.3813878154605241, 0.6179114221889527,
      0.3820885778110474),
    Case(
      .normal(mean: 0, deviation: 1), 2.5, 0.017528300493568537, 0.9937903346742238,
      0.006209665325776135),
    Case(
      .normal(mean: 0, deviation: 1), 8.25, 6.627137455968751e-16, 0.9999999999999999,
      7.919726314642477e-17),
    Case(
      .normal(mean: 0, deviation: 1), 37.0, 2.1200065515246056e-298, 1.0, 5.725571222524577e-300),
    Case(
      .normal(mean: 100, deviation: 15), 55.0, 0.00029545656079586714, 0.0013498980316300946,
      0.9986501019683699),
    Case(.normal(mean: 100, deviation: 15), 100.0, 0.026596152026762177, 0.5, 0.5),
    Case(
      .normal(mean: 100, deviation: 15), 131.4, 0.002973513714671542, 0.9818402954788483,
      0.01815970452115166),
    Case(
      .studentT(freedom: 1), -40.0, 0.00019881941672941327, 0.007956089912025814, 0.9920439100879742
    ),
    Case(.studentT(freedom: 1), -0.5, 0.25464790894703254, 0.35241638234956674, 0.6475836176504333),
    Case(.studentT(freedom: 1), 1.0, 0.15915494309189535, 0.75, 0.25),
    Case(
      .studentT(freedom: 1), 12.7, 0.0019613647555843904, 0.9749878361553279, 0.02501216384467208),
    Case(
      .studentT(freedom: 2.5), -3.0, 0.0250410669313931, 0.03628804777451592, 0.9637119522254841),
    Case(
      .studentT(freedom: 2.5), 0.25, 0.34650720549341596, 0.5891596994373484, 0.4108403005626516),
    Case(
      .studentT(freedom: 2.5), 4.5, 0.0075885115226817035, 0.985052970495633, 0.014947029504366997),
    Case(
      .studentT(freedom: 30), -8.0, 8.113146755218015e-09, 3.1329112378503795e-09,
      0.9999999968670887),
    Case(
      .studentT(freedom: 30), -2.042, 0.05262842630071695, 0.02501433532809895, 0.9749856646719011),
    Case(.studentT(freedom: 30), 0.1, 0.3935936956326793, 0.5394951941048645, 0.4605048058951356),
    Case(
      .studentT(freedom: 30), 2.75, 0.012133231326559937, 0.9950000527365344, 0.004999947263465592),
    Case(
      .chiSquared(freedom: 1), 0.001, 12.609356355490782, 0.025227120630039613, 0.9747728793699604),
    Case(
      .chiSquared(freedom: 1), 0.455, 0.47108835930383586, 0.500029951850663, 0.49997004814933704),
    Case(
      .chiSquared(freedom: 1), 3.84, 0.02984688748306056, 0.9499564787512949, 0.050043521248705106),
    Case(
      .chiSquared(freedom: 1), 60.0, 4.819477793496812e-15, 0.9999999999999906,
      9.485737571073848e-15),
    Case(
      .chiSquared(freedom: 10), 0.5, 6.337896997651407e-05, 6.611710561034247e-06, 0.999993388289439
    ),
    Case(
      .chiSquared(freedom: 10), 9.3, 0.09313249404899676, 0.49611114537188505, 0.503888854628115),
    Case(
      .chiSquared(freedom: 10), 18.3, 0.015511315428409549, 0.9498909385885376, 0.05010906141146245),
    Case(
      .chiSquared(freedom: 10), 90.0, 2.445440677992783e-15, 0.9999999999999947,
      5.35592612458162e-15),
    Case(
      .fisherF(freedom1: 3, freedom2: 20), 0.01, 0.2112850917759195, 0.0014183239808989647,
      0.9985816760191011),
    Case(
      .fisherF(freedom1: 3, freedom2: 20), 0.8, 0.5222669622504246, 0.4915953539561087,
      0.5084046460438912),
    Case(
      .fisherF(freedom1: 3, freedom2: 20), 3.1, 0.046870866690154674, 0.9500754669543212,
      0.04992453304567878),
    Case(
      .fisherF(freedom1: 3, freedom2: 20), 25.0, 1.7756129950807554e-07, 0.9999994309805694,
      5.690194306141032e-07),
    Case(
      .fisherF(freedom1: 12.5, freedom2: 4), 0.2, 0.21872472179377145, 0.012354175665455092,
      0.987645824334545),
    Case(
      .fisherF(freedom1: 12.5, freedom2: 4), 1.5, 0.27887407303600487, 0.6267814995826035,
      0.3732185004173964),
    Case(
      .fisherF(freedom1: 12.5, freedom2: 4), 30.0, 0.00015744855996806812, 0.9975680155063746,
      0.00243198449362541),
    Case(
      .beta(a: 0.5, b: 0.5), 0.001, 10.070879119947094, 0.020135041633377492, 0.9798649583666225),
    Case(.beta(a: 0.5, b: 0.5), 0.3, 0.6946091180428566, 0.36901011956554536, 0.6309898804344546),
    Case(.beta(a: 0.5, b: 0.5), 0.999, 10.07087911994709, 0.9798649583666225, 0.0201350416333775),
    Case(
      .beta(a: 20, b: 80), 0.05, 2.843584892308402e-05, 8.834574890339164e-08, 0.9999999116542511),
    Case(.beta(a: 20, b: 80), 0.2, 9.930021480882468, 0.5199785869736623, 0.4800214130263377),
    Case(.beta(a: 20, b: 80), 0.31, 0.34531993388476745, 0.9941251985309538, 0.005874801469046123),
    Case(
      .beta(a: 20, b: 80), 0.5, 2.7060244912650122e-08, 0.9999999997802986, 2.1970139145447105e-10),
    Case(
      .gamma(shape: 0.3, scale: 2), 0.0001, 171.30508872489307, 0.05710389250846186,
      0.9428961074915382),
    Case(
      .gamma(shape: 0.3, scale: 2), 0.7, 0.24559543052684676, 0.7535253040939079, 0.246474695906092),
    Case(
      .gamma(shape: 0.3, scale: 2), 15.0, 2.2558981248975594e-05, 0.9999583748825053,
      4.1625117494715335e-05),
    Case(
      .gamma(shape: 45, scale: 0.5), 10.0, 2.728103353770147e-06, 1.0602631299402716e-06,
      0.99999893973687),
    Case(
      .gamma(shape: 45, scale: 0.5), 22.0, 0.12005802920305926, 0.4600209917001805,
      0.5399790082998195),
    Case(
      .gamma(shape: 45, scale: 0.5), 40.0, 7.393184148935028e-06, 0.9999920288495943,
      7.971150405777297e-06),
    Case(
      .exponential(rate: 0.25), 0.001, 0.249937507811849, 0.0002499687526040039, 0.999750031247396),
    Case(
      .exponential(rate: 0.25), 3.0, 0.11809163818525367, 0.5276334472589853, 0.4723665527410147),
    Case(
      .exponential(rate: 0.25), 120.0, 2.3394057422100437e-14, 0.9999999999999064,
      9.357622968840175e-14),
    Case(
      .weibull(shape: 1.5, scale: 3), 0.01, 0.028861958438475024, 0.0001924315723992631,
      0.9998075684276008),
    Case(
      .weibull(shape: 1.5, scale: 3), 2.0, 0.2368778222828562, 0.41977020402532716,
      0.5802297959746728),
    Case(
      .weibull(shape: 1.5, scale: 3), 14.0, 4.521521749200342e-05, 0.9999581388428304,
      4.1861157169684214e-05),
    Case(
      .lognormal(location: 1, scale: 0.75), 0.05, 7.301619958980102e-06, 4.9747711039578634e-08,
      0.9999999502522889),
    Case(
      .lognormal(location: 1, scale: 0.75), 2.5, 0.21144806804581112, 0.4555653866900255,
      0.5444346133099746),
    Case(
      .lognormal(location: 1, scale: 0.75), 60.0, 1.7839439732606997e-06, 0.9999815270062765,
      1.84729937235184e-05),
    Case(
      .binomial(trials: 10, probability: 0.3), 0.0, 0.028247524900000005, 0.028247524900000005,
      0.9717524751),
    Case(
      .binomial(trials: 10, probability: 0.3), 3.0, 0.266827932, 0.6496107184000001, 0.3503892816),
    Case(
      .binomial(trials: 10, probability: 0.3), 9.0, 0.00013778099999999996, 0.9999940951,
      5.9048999999999975e-06),
    Case(.binomial(trials: 10, probability: 0.3), 10.0, 5.9048999999999975e-06, 1.0, 0.0),
    Case(
      .binomial(trials: 1000, probability: 0.02), 3.0, 2.377016692419856e-06,
      2.7631676295533944e-06, 0.9999972368323704),
    Case(
      .binomial(trials: 1000, probability: 0.02), 20.0, 0.08973706929554053, 0.5590956057638878,
      0.44090439423611216),
    Case(
      .binomial(trials: 1000, probability: 0.02), 45.0, 4.4974390956277144e-07, 0.9999996779629375,
      3.2203706250003603e-07),
    Case(.poisson(mean: 0.4), 0.0, 0.6703200460356393, 0.6703200460356393, 0.32967995396436073),
    Case(.poisson(mean: 0.4), 1.0, 0.2681280184142557, 0.938448064449895, 0.061551935550104984),
    Case(
      .poisson(mean: 0.4), 6.0, 3.813376261891638e-06, 0.999999770693088, 2.2930691206757902e-07),
    Case(
      .poisson(mean: 130), 85.0, 5.9854857438660134e-06, 1.6663714383703712e-05, 0.9999833362856163),
    Case(.poisson(mean: 130), 128.0, 0.034698152729652855, 0.4533691952750317, 0.5466308047249683),
    Case(
      .poisson(mean: 130), 190.0, 1.6034833581686248e-07, 0.9999996689953062, 3.310046937357545e-07),
    Case(
      .negativeBinomial(successes: 2.5, probability: 0.4), 0.0, 0.10119288512538815,
      0.10119288512538815, 0.8988071148746118),
    Case(
      .negativeBinomial(successes: 2.5, probability: 0.4), 3.0, 0.1434409146652377,
      0.5558019215511943, 0.4441980784488056),
    Case(
      .negativeBinomial(successes: 2.5, probability: 0.4), 30.0, 2.939622611307507e-06,
      0.9999950449323622, 4.9550676377896825e-06),
  ]
}

struct Quantile: Sendable {
  var distribution: Distribution
  var share: Double
  var value: Double

  init(_ distribution: Distribution, _ share: Double, _ value: Double) {
    self.distribution = distribution
    self.share = share
    self.value = value
  }

  static let all: [Quantile] = [
    Quantile(.normal(mean: 0, deviation: 1), 1e-09, -5.9978070150076865),
    Quantile(.normal(mean: 0, deviation: 1), 0.025, -1.9599639845400543),
    Quantile(.normal(mean: 0, deviation: 1), 0.5, 0),
    Quantile(.normal(mean: 0, deviation: 1), 0.9, 1.2815515655446006),
    Quantile(.normal(mean: 0, deviation: 1), 0.999999, 4.753424308817087),
    Quantile(.normal(mean: 100, deviation: 15), 1e-09, 10.032894774884697),
    Quantile(.normal(mean: 100, deviation: 15), 0.025, 70.60054023189919),
    Quantile(.normal(mean: 100, deviation: 15), 0.5, 100.0),
    Quantile(.normal(mean: 100, deviation: 15), 0.9, 119.22327348316901),
    Quantile(.normal(mean: 100, deviation: 15), 0.999999, 171.3013646322563),
    Quantile(.studentT(freedom: 1), 1e-09, -318309886.1837906),
    Quantile(.studentT(freedom: 1), 0.025, -12.706204736174705),
    Quantile(.studentT(freedom: 1), 0.5, 0),
    Quantile(.studentT(freedom: 1), 0.9, 3.077683537175254),
    Quantile(.studentT(freedom: 1), 0.999999, 318309.88617359026),
    Quantile(.studentT(freedom: 2.5), 1e-09, -3489.5833953699816),
    Quantile(.studentT(freedom: 2.5), 0.025, -3.574654842003683),
    Quantile(.studentT(freedom: 2.5), 0.5, 0),
    Quantile(.studentT(freedom: 2.5), 0.9, 1.7302509288071768),
    Quantile(.studentT(freedom: 2.5), 0.999999, 220.17342917570426),
    Quantile(.studentT(freedom: 30), 1e-09, -8.445862796274243),
    Quantile(.studentT(freedom: 30), 0.025, -2.042272456301238),
    Quantile(.studentT(freedom: 30), 0.5, 0),
    Quantile(.studentT(freedom: 30), 0.9, 1.3104150253913958),
    Quantile(.studentT(freedom: 30), 0.999999, 5.871117120408623),
    Quantile(.chiSquared(freedom: 1), 1e-09, 1.5707963267948968e-18),
    Quantile(.chiSquared(freedom: 1), 0.025, 0.000982069117175256),
    Quantile(.chiSquared(freedom: 1), 0.5, 0.4549364231195728),
    Quantile(.chiSquared(freedom: 1), 0.9, 2.705543454095415),
    Quantile(.chiSquared(freedom: 1), 0.999999, 23.92812697687947),
    Quantile(.chiSquared(freedom: 10), 1e-09, 0.08315227448553096),
    Quantile(.chiSquared(freedom: 10), 0.025, 3.2469727802368413),
    Quantile(.chiSquared(freedom: 10), 0.5, 9.341817765591967),
    Quantile(.chiSquared(freedom: 10), 0.9, 15.987179172105261),
    Quantile(.chiSquared(freedom: 10), 0.999999, 46.86304684671568),
    Quantile(.fisherF(freedom1: 3, freedom2: 20), 1e-09, 7.867278559927806e-07),
    Quantile(.fisherF(freedom1: 3, freedom2: 20), 0.025, 0.07058467426541319),
    Quantile(.fisherF(freedom1: 3, freedom2: 20), 0.5, 0.8162127084336454),
    Quantile(.fisherF(freedom1: 3, freedom2: 20), 0.9, 2.3800870510696073),
    Quantile(.fisherF(freedom1: 3, freedom2: 20), 0.999999, 23.242935374286215),
    Quantile(.fisherF(freedom1: 12.5, freedom2: 4), 1e-09, 0.00872544794114535),
    Quantile(.fisherF(freedom1: 12.5, freedom2: 4), 0.025, 0.2465786907157873),
    Quantile(.fisherF(freedom1: 12.5, freedom2: 4), 0.5, 1.1281200419478357),
    Quantile(.fisherF(freedom1: 12.5, freedom2: 4), 0.9, 3.8905600912627687),
    Quantile(.fisherF(freedom1: 12.5, freedom2: 4), 0.999999, 1522.274499762524),
    Quantile(.beta(a: 0.5, b: 0.5), 1e-09, 2.46740110027234e-18),
    Quantile(.beta(a: 0.5, b: 0.5), 0.025, 0.001541333133436012),
    Quantile(.beta(a: 0.5, b: 0.5), 0.5, 0.5),
    Quantile(.beta(a: 0.5, b: 0.5), 0.9, 0.9755282581475768),
    Quantile(.beta(a: 0.5, b: 0.5), 0.999999, 0.9999999999975326),
    Quantile(.beta(a: 20, b: 80), 1e-09, 0.03816521037616382),
    Quantile(.beta(a: 20, b: 80), 0.025, 0.12798473260926366),
    Quantile(.beta(a: 20, b: 80), 0.5, 0.19799480854694862),
    Quantile(.beta(a: 20, b: 80), 0.9, 0.2523094841833732),
    Quantile(.beta(a: 20, b: 80), 0.999999, 0.4226760578631492),
    Quantile(.gamma(shape: 0.3, scale: 2), 1e-09, 1.394539819281869e-30),
    Quantile(.gamma(shape: 0.3, scale: 2), 0.025, 6.371358063478332e-06),
    Quantile(.gamma(shape: 0.3, scale: 2), 0.5, 0.1462622717339038),
    Quantile(.gamma(shape: 0.3, scale: 2), 0.9, 1.769621546720488),
    Quantile(.gamma(shape: 0.3, scale: 2), 0.999999, 21.969671264217254),
    Quantile(.gamma(shape: 45, scale: 0.5), 1e-09, 7.790770442352188),
    Quantile(.gamma(shape: 45, scale: 0.5), 0.025, 16.41165439411723),
    Quantile(.gamma(shape: 45, scale: 0.5), 0.5, 22.333554596103603),
    Quantile(.gamma(shape: 45, scale: 0.5), 0.9, 26.891252134848198),
    Quantile(.gamma(shape: 45, scale: 0.5), 0.999999, 42.17513672566429),
    Quantile(.exponential(rate: 0.25), 1e-09, 4.0000000020000005e-09),
    Quantile(.exponential(rate: 0.25), 0.025, 0.1012712319371595),
    Quantile(.exponential(rate: 0.25), 0.5, 2.772588722239781),
    Quantile(.exponential(rate: 0.25), 0.9, 9.210340371976184),
    Quantile(.exponential(rate: 0.25), 0.999999, 55.26204223174207),
    Quantile(.weibull(shape: 1.5, scale: 3), 1e-09, 3.000000001e-06),
    Quantile(.weibull(shape: 1.5, scale: 3), 0.025, 0.25866558824421676),
    Quantile(.weibull(shape: 1.5, scale: 3), 0.5, 2.349659306323954),
    Quantile(.weibull(shape: 1.5, scale: 3), 0.9, 5.231164540789235),
    Quantile(.weibull(shape: 1.5, scale: 3), 0.999999, 17.272924740659352),
    Quantile(.lognormal(location: 1, scale: 0.75), 1e-09, 0.030247091095670205),
    Quantile(.lognormal(location: 1, scale: 0.75), 0.025, 0.6250191508188314),
    Quantile(.lognormal(location: 1, scale: 0.75), 0.5, 2.718281828459045),
    Quantile(.lognormal(location: 1, scale: 0.75), 0.9, 7.107593177202445),
    Quantile(.lognormal(location: 1, scale: 0.75), 0.999999, 96.06914874586698),
    Quantile(.binomial(trials: 10, probability: 0.3), 1e-09, 0.0),
    Quantile(.binomial(trials: 10, probability: 0.3), 0.025, 0.0),
    Quantile(.binomial(trials: 10, probability: 0.3), 0.5, 3.0),
    Quantile(.binomial(trials: 10, probability: 0.3), 0.9, 5.0),
    Quantile(.binomial(trials: 10, probability: 0.3), 0.999999, 10.0),
    Quantile(.binomial(trials: 1000, probability: 0.02), 1e-09, 0.0),
    Quantile(.binomial(trials: 1000, probability: 0.02), 0.025, 12.0),
    Quantile(.binomial(trials: 1000, probability: 0.02), 0.5, 20.0),
    Quantile(.binomial(trials: 1000, probability: 0.02), 0.9, 26.0),
    Quantile(.binomial(trials: 1000, probability: 0.02), 0.999999, 44.0),
    Quantile(.poisson(mean: 0.4), 1e-09, 0.0),
    Quantile(.poisson(mean: 0.4), 0.025, 0.0),
    Quantile(.poisson(mean: 0.4), 0.5, 0.0),
    Quantile(.poisson(mean: 0.4), 0.9, 1.0),
    Quantile(.poisson(mean: 0.4), 0.999999, 6.0),
    Quantile(.poisson(mean: 130), 1e-09, 68.0),
    Quantile(.poisson(mean: 130), 0.025, 108.0),
    Quantile(.poisson(mean: 130), 0.5, 130.0),
    Quantile(.poisson(mean: 130), 0.9, 145.0),
    Quantile(.poisson(mean: 130), 0.999999, 188.0),
    Quantile(.negativeBinomial(successes: 2.5, probability: 0.4), 1e-09, 0.0),
    Quantile(.negativeBinomial(successes: 2.5, probability: 0.4), 0.025, 0.0),
    Quantile(.negativeBinomial(successes: 2.5, probability: 0.4), 0.5, 3.0),
    Quantile(.negativeBinomial(successes: 2.5, probability: 0.4), 0.9, 8.0),
    Quantile(.negativeBinomial(successes: 2.5, probability: 0.4), 0.999999, 34.0),
  ]
}
