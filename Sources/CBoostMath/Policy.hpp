// How Boost.Math reports: by NaN and infinities, never by an exception or errno.
#ifndef WHOM_POLICY_HPP
#define WHOM_POLICY_HPP

// A doubt of Boost about its own sums is a missing value, not the end of the process.
#define BOOST_DISABLE_ASSERTS

#include <boost/math/policies/policy.hpp>
#include <limits>

namespace whom {

namespace policies = boost::math::policies;

using Quiet = policies::policy<
    policies::domain_error<policies::ignore_error>,
    policies::pole_error<policies::ignore_error>,
    policies::overflow_error<policies::ignore_error>,
    policies::underflow_error<policies::ignore_error>,
    policies::denorm_error<policies::ignore_error>,
    policies::evaluation_error<policies::ignore_error>,
    policies::rounding_error<policies::ignore_error>,
    policies::indeterminate_result_error<policies::ignore_error>,
    policies::discrete_quantile<policies::integer_round_up>>;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

// An exception that left for Swift would end the process.
template <typename Body> double guarded(Body body) noexcept {
  try {
    return body();
  } catch (...) {
    return nothing;
  }
}

}  // namespace whom

#endif
