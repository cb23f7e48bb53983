#include "kernel.h"
#include "tree_contributions.h"

enum { lanes = whom_path_rows };

// weights[j]: the weight of all sets of j of the features that are known (the EXTEND of
// Lundberg, Erion and Lee 2018, algorithm 2); then each feature is taken out again (UNWIND), where
// a feature that stops the row needs no division by the part that passes.
KERNEL void whom_path_contributions(ptrdiff_t depth, const double *zeros, const double *ones,
                                    double leaf, double *scratch, double *sums) {
  double(*weights)[lanes] = (double(*)[lanes])scratch;
  for (int r = 0; r < lanes; r++) weights[0][r] = 1;
  for (ptrdiff_t i = 0; i < depth; i++) {
    const double *one = ones + i * lanes;
    double size = (double)(i + 2);
    for (int r = 0; r < lanes; r++) weights[i + 1][r] = 0;
    for (ptrdiff_t j = i; j >= 0; j--) {
      double up = (double)(j + 1) / size, stay = zeros[i] * (double)(i + 1 - j) / size;
      for (int r = 0; r < lanes; r++) {
        weights[j + 1][r] += one[r] * weights[j][r] * up;
        weights[j][r] *= stay;
      }
    }
  }
  double size = (double)(depth + 1);
  for (ptrdiff_t i = 0; i < depth; i++) {
    const double *one = ones + i * lanes;
    double next[lanes], passing[lanes] = {0}, stopped[lanes] = {0};
    for (int r = 0; r < lanes; r++) next[r] = weights[depth][r];
    for (ptrdiff_t j = depth - 1; j >= 0; j--) {
      double grow = size / (double)(j + 1), left = size / (double)(depth - j);
      double back = zeros[i] / left;
      for (int r = 0; r < lanes; r++) {
        double part = next[r] * grow;
        passing[r] += part;
        next[r] = weights[j][r] - part * back;
        stopped[r] += weights[j][r] * left;
      }
    }
    for (int r = 0; r < lanes; r++)
      sums[i * lanes + r] +=
          leaf * (one[r] * (1 - zeros[i]) * passing[r] - (1 - one[r]) * stopped[r]);
  }
}
