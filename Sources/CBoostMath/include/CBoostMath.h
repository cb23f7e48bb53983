// Boost.Math's distributions and special functions as plain C functions of doubles. Outside its
// domain each gives NaN, past the largest double an infinity; none sets errno or throws.
#ifndef WHOM_CBOOSTMATH_H
#define WHOM_CBOOSTMATH_H

#ifdef __cplusplus
extern "C" {
#endif

// What is asked of a distribution.
typedef enum {
  // The density at x; of a discrete distribution the probability of x.
  whom_density = 0,
  // P(X <= x)
  whom_cumulative,
  // P(X > x), without the loss of digits of 1 - P(X <= x)
  whom_survival,
  // The x with P(X <= x) = p; of a discrete distribution the smallest with P(X <= x) >= p.
  whom_quantile,
} whom_measure;

double whom_normal(whom_measure what, double x, double mean, double deviation);
double whom_student_t(whom_measure what, double x, double freedom);
double whom_chi_squared(whom_measure what, double x, double freedom);
double whom_fisher_f(whom_measure what, double x, double freedom1, double freedom2);
double whom_beta_distribution(whom_measure what, double x, double a, double b);
double whom_gamma_distribution(whom_measure what, double x, double shape, double scale);
double whom_exponential(whom_measure what, double x, double rate);
double whom_weibull(whom_measure what, double x, double shape, double scale);
double whom_lognormal(whom_measure what, double x, double location, double scale);
double whom_binomial(whom_measure what, double x, double trials, double probability);
double whom_poisson(whom_measure what, double x, double mean);
// Failures before the given number of successes.
double whom_negative_binomial(
    whom_measure what, double x, double successes, double probability);

double whom_log_gamma(double x);
double whom_gamma(double x);
double whom_digamma(double x);
double whom_trigamma(double x);
double whom_erf(double x);
double whom_erfc(double x);
double whom_erf_inverse(double x);
double whom_erfc_inverse(double x);
double whom_beta(double a, double b);
// Regularised: P(a, x), Q(a, x) and the x of a P.
double whom_gamma_p(double a, double x);
double whom_gamma_q(double a, double x);
double whom_gamma_p_inverse(double a, double p);
// Regularised: I_x(a, b), its complement, and the x of an I.
double whom_incomplete_beta(double a, double b, double x);
double whom_incomplete_beta_complement(double a, double b, double x);
double whom_incomplete_beta_inverse(double a, double b, double p);

// "1_74"
const char *whom_boost_version(void);

#ifdef __cplusplus
}
#endif
#endif
