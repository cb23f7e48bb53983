#include "CBoostMath.h"
#include "Policy.hpp"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <boost/version.hpp>

using whom::guarded;
using whom::nothing;
namespace math = boost::math;

namespace {
const whom::Quiet quiet;

bool positive(double x) { return x > 0; }
bool isShare(double x) { return x >= 0 && x <= 1; }
}  // namespace

double whom_log_gamma(double x) {
  return guarded([&] { return math::lgamma(x, quiet); });
}

double whom_gamma(double x) {
  return guarded([&] { return math::tgamma(x, quiet); });
}

double whom_digamma(double x) {
  return guarded([&] { return math::digamma(x, quiet); });
}

double whom_trigamma(double x) {
  return guarded([&] { return math::trigamma(x, quiet); });
}

double whom_erf(double x) {
  return guarded([&] { return math::erf(x, quiet); });
}

double whom_erfc(double x) {
  return guarded([&] { return math::erfc(x, quiet); });
}

double whom_erf_inverse(double x) {
  return guarded([&] { return math::erf_inv(x, quiet); });
}

double whom_erfc_inverse(double x) {
  return guarded([&] { return math::erfc_inv(x, quiet); });
}

double whom_beta(double a, double b) {
  return guarded([&] { return positive(a) && positive(b) ? math::beta(a, b, quiet) : nothing; });
}

double whom_gamma_p(double a, double x) {
  return guarded([&] { return positive(a) && x >= 0 ? math::gamma_p(a, x, quiet) : nothing; });
}

double whom_gamma_q(double a, double x) {
  return guarded([&] { return positive(a) && x >= 0 ? math::gamma_q(a, x, quiet) : nothing; });
}

double whom_gamma_p_inverse(double a, double p) {
  return guarded(
      [&] { return positive(a) && isShare(p) ? math::gamma_p_inv(a, p, quiet) : nothing; });
}

double whom_incomplete_beta(double a, double b, double x) {
  return guarded([&] {
    return positive(a) && positive(b) && isShare(x) ? math::ibeta(a, b, x, quiet) : nothing;
  });
}

double whom_incomplete_beta_complement(double a, double b, double x) {
  return guarded([&] {
    return positive(a) && positive(b) && isShare(x) ? math::ibetac(a, b, x, quiet) : nothing;
  });
}

double whom_incomplete_beta_inverse(double a, double b, double p) {
  return guarded([&] {
    bool isTractable = positive(a) && positive(b) && a <= 1e18 && b <= 1e18;
    return isTractable && isShare(p) ? math::ibeta_inv(a, b, p, quiet) : nothing;
  });
}

// BOOST_LIB_VERSION is "1_74".
const char *whom_boost_version(void) { return BOOST_LIB_VERSION; }
