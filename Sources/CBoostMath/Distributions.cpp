#include "CBoostMath.h"
#include "Policy.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/distributions/weibull.hpp>
#include <cmath>

namespace {

using whom::guarded;
using whom::nothing;
using whom::Quiet;
namespace math = boost::math;

constexpr double infinity = std::numeric_limits<double>::infinity();

// Where a distribution lives; outside of it Boost calls an argument an error, where the
// probability is simply 0 or 1.
struct Support {
  double low;
  double high;
  bool isDiscrete;
};

// What is known without the distribution, or NaN.
double beyond(whom_measure what, double x, Support support) {
  bool below = x < support.low, above = x > support.high;
  if (!below && !above) return nothing;
  switch (what) {
  case whom_density: return 0;
  case whom_cumulative: return below ? 0 : 1;
  case whom_survival: return below ? 1 : 0;
  case whom_quantile: return nothing;
  }
  return nothing;
}

template <typename Distribution>
double quantile(const Distribution &distribution, double p, Support support) {
  if (!(p >= 0 && p <= 1)) return nothing;
  if (p == 0) return support.low;
  if (p == 1) return support.high;
  return math::quantile(distribution, p);
}

template <typename Distribution>
double measure(whom_measure what, double x, const Distribution &distribution, Support support) {
  if (what == whom_quantile) return quantile(distribution, x, support);
  if (std::isnan(x)) return nothing;
  double known = beyond(what, x, support);
  if (!std::isnan(known)) return known;
  if (support.isDiscrete && x != std::floor(x)) {
    if (what == whom_density) return 0;
    x = std::floor(x);
  }
  switch (what) {
  case whom_density: return math::pdf(distribution, x);
  case whom_cumulative: return math::cdf(distribution, x);
  case whom_survival: return math::cdf(math::complement(distribution, x));
  case whom_quantile: return nothing;
  }
  return nothing;
}

// How far Boost's quantiles are off at most; a bound, as found - 1 may be found where x is huge.
constexpr int neighbours = 16;

// Boost rounds a discrete quantile up with its own tolerance; this holds it to the definition.
template <typename Distribution>
double discrete(whom_measure what, double x, const Distribution &distribution, double high) {
  Support support{0, high, true};
  double found = measure(what, x, distribution, support);
  if (what != whom_quantile || !std::isfinite(found) || x <= 0 || x >= 1) return found;
  for (int i = 0; i < neighbours && found > 0; i++) {
    if (math::cdf(distribution, found - 1) < x) break;
    found -= 1;
  }
  for (int i = 0; i < neighbours && found < high; i++) {
    if (math::cdf(distribution, found) >= x) break;
    found += 1;
  }
  return found;
}

// All rows at zero: no spread is left, and Boost refuses the parameters.
double pointMass(whom_measure what, double x) {
  switch (what) {
  case whom_density: return x == 0;
  case whom_cumulative: return x >= 0;
  case whom_survival: return x < 0;
  case whom_quantile: return x >= 0 && x <= 1 ? 0 : nothing;
  }
  return nothing;
}

bool positive(double x) { return x > 0 && std::isfinite(x); }

// Beyond it Boost's search for a quantile of the beta function never ends.
bool tractable(whom_measure what, double x) {
  return positive(x) && (what != whom_quantile || x <= 1e18);
}

// Beyond it a float cannot tell a count from the next, and the search for one never ends.
bool countable(whom_measure what, double most) {
  return what != whom_quantile || most <= 9007199254740992.0;
}

constexpr Support everywhere{-infinity, infinity, false};
constexpr Support aboveZero{0, infinity, false};
constexpr Support unit{0, 1, false};

}  // namespace

double whom_normal(whom_measure what, double x, double mean, double deviation) {
  return guarded([&] {
    if (!positive(deviation) || !std::isfinite(mean)) return nothing;
    return measure(what, x, math::normal_distribution<double, Quiet>(mean, deviation), everywhere);
  });
}

double whom_student_t(whom_measure what, double x, double freedom) {
  return guarded([&] {
    if (!positive(freedom)) return nothing;
    return measure(what, x, math::students_t_distribution<double, Quiet>(freedom), everywhere);
  });
}

double whom_chi_squared(whom_measure what, double x, double freedom) {
  return guarded([&] {
    if (!positive(freedom)) return nothing;
    return measure(what, x, math::chi_squared_distribution<double, Quiet>(freedom), aboveZero);
  });
}

double whom_fisher_f(whom_measure what, double x, double freedom1, double freedom2) {
  return guarded([&] {
    if (!tractable(what, freedom1) || !tractable(what, freedom2)) return nothing;
    return measure(
        what, x, math::fisher_f_distribution<double, Quiet>(freedom1, freedom2), aboveZero);
  });
}

double whom_beta_distribution(whom_measure what, double x, double a, double b) {
  return guarded([&] {
    if (!tractable(what, a) || !tractable(what, b)) return nothing;
    return measure(what, x, math::beta_distribution<double, Quiet>(a, b), unit);
  });
}

double whom_gamma_distribution(whom_measure what, double x, double shape, double scale) {
  return guarded([&] {
    if (!positive(shape) || !positive(scale)) return nothing;
    return measure(what, x, math::gamma_distribution<double, Quiet>(shape, scale), aboveZero);
  });
}

double whom_exponential(whom_measure what, double x, double rate) {
  return guarded([&] {
    if (!positive(rate)) return nothing;
    return measure(what, x, math::exponential_distribution<double, Quiet>(rate), aboveZero);
  });
}

double whom_weibull(whom_measure what, double x, double shape, double scale) {
  return guarded([&] {
    if (!positive(shape) || !positive(scale)) return nothing;
    return measure(what, x, math::weibull_distribution<double, Quiet>(shape, scale), aboveZero);
  });
}

double whom_lognormal(whom_measure what, double x, double location, double scale) {
  return guarded([&] {
    if (!std::isfinite(location) || !positive(scale)) return nothing;
    return measure(
        what, x, math::lognormal_distribution<double, Quiet>(location, scale), aboveZero);
  });
}

double whom_binomial(whom_measure what, double x, double trials, double probability) {
  return guarded([&] {
    bool isCount = trials >= 0 && std::isfinite(trials) && trials == std::floor(trials);
    if (!isCount || !(probability >= 0 && probability <= 1)) return nothing;
    if (trials == 0) return pointMass(what, x);
    if (!countable(what, trials)) return nothing;
    math::binomial_distribution<double, Quiet> binomial(trials, probability);
    return discrete(what, x, binomial, trials);
  });
}

// Boost's search for a quantile far from a large mean goes count by count; halving takes 40 steps.
// No float is a probability of what lies 40 deviations off.
static double halved(double p, double mean) {
  math::poisson_distribution<double, Quiet> poisson(mean);
  double low = std::floor(mean - 40 * std::sqrt(mean)), high = std::ceil(mean + 40 * std::sqrt(mean));
  while (low < high) {
    double middle = low + std::floor((high - low) / 2);
    if (math::cdf(poisson, middle) >= p) high = middle;
    else low = middle + 1;
  }
  return low;
}

double whom_poisson(whom_measure what, double x, double mean) {
  return guarded([&] {
    if (mean == 0) return pointMass(what, x);
    if (!positive(mean) || !countable(what, mean)) return nothing;
    if (what == whom_quantile && mean > 1e9 && x > 0 && x < 1) return halved(x, mean);
    return discrete(what, x, math::poisson_distribution<double, Quiet>(mean), infinity);
  });
}

double whom_negative_binomial(
    whom_measure what, double x, double successes, double probability) {
  return guarded([&] {
    if (!positive(successes) || !(probability > 0 && probability <= 1)) return nothing;
    if (probability == 1) return pointMass(what, x);
    if (!countable(what, successes / probability)) return nothing;
    math::negative_binomial_distribution<double, Quiet> distribution(successes, probability);
    return discrete(what, x, distribution, infinity);
  });
}
