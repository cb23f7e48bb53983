#include "linear_algebra.h"

#include <math.h>
#include <string.h>

#include "kernel.h"

INLINE double dot(const double *restrict a, const double *restrict b, ptrdiff_t count) {
#pragma clang fp reassociate(on) contract(fast)
  double sum = 0;
  for (ptrdiff_t i = 0; i < count; i++) sum += a[i] * b[i];
  return sum;
}

// Four dots with one vector, which is read once.
INLINE void dot4(const double *restrict a, const double *restrict b, ptrdiff_t stride,
                 ptrdiff_t count, double *restrict sums) {
#pragma clang fp reassociate(on) contract(fast)
  const double *restrict b0 = b, *restrict b1 = b + stride;
  const double *restrict b2 = b + 2 * stride, *restrict b3 = b + 3 * stride;
  double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    s0 += a[i] * b0[i];
    s1 += a[i] * b1[i];
    s2 += a[i] * b2[i];
    s3 += a[i] * b3[i];
  }
  sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3;
}

INLINE void subtract(double *restrict a, const double *restrict v, double factor,
                     ptrdiff_t count) {
#pragma clang fp contract(fast)
  for (ptrdiff_t i = 0; i < count; i++) a[i] -= factor * v[i];
}

INLINE void subtract4(double *restrict a, ptrdiff_t stride, const double *restrict v,
                      const double *restrict factors, ptrdiff_t count) {
#pragma clang fp contract(fast)
  double *restrict a0 = a, *restrict a1 = a + stride;
  double *restrict a2 = a + 2 * stride, *restrict a3 = a + 3 * stride;
  double f0 = factors[0], f1 = factors[1], f2 = factors[2], f3 = factors[3];
  for (ptrdiff_t i = 0; i < count; i++) {
    a0[i] -= f0 * v[i];
    a1[i] -= f1 * v[i];
    a2[i] -= f2 * v[i];
    a3[i] -= f3 * v[i];
  }
}

// Copies the rows, weighted, with the target behind them.
INLINE void gather(whom_block block, const double *weights, const double *target,
                   double *restrict scratch) {
  ptrdiff_t rows = block.rows, order = block.columns + (target ? 1 : 0);
  double *restrict roots = scratch + rows * order;
  if (weights)
    for (ptrdiff_t i = 0; i < rows; i++) roots[i] = sqrt(weights[i]);
  for (ptrdiff_t j = 0; j < order; j++) {
    const double *column = j < block.columns ? block.values + j * block.stride : target;
    double *to = scratch + j * rows;
    if (weights)
      for (ptrdiff_t i = 0; i < rows; i++) to[i] = column[i] * roots[i];
    else
      memcpy(to, column, (size_t)rows * sizeof(double));
  }
}

// One reflection: column j of the rows becomes zero, the triangle takes it in.
INLINE void reflect(double *restrict rows, ptrdiff_t count, ptrdiff_t order, ptrdiff_t j,
                    double *restrict triangle) {
  double *v = rows + j * count;
  double squares = dot(v, v, count);
  if (squares == 0) return;
  double head = triangle[j + j * order];
  double diagonal = -copysign(hypot(head, sqrt(squares)), head);
  double scale = 1 / (head - diagonal), tau = (diagonal - head) / diagonal;
  triangle[j + j * order] = diagonal;
  ptrdiff_t k = j + 1;
  double sums[4];
  for (; k + 4 <= order; k += 4) {
    dot4(v, rows + k * count, count, count, sums);
    for (int m = 0; m < 4; m++) {
      double *entry = &triangle[j + (k + m) * order];
      double step = tau * (*entry + scale * sums[m]);
      *entry -= step;
      sums[m] = step * scale;
    }
    subtract4(rows + k * count, count, v, sums, count);
  }
  for (; k < order; k++) {
    double *entry = &triangle[j + k * order];
    double step = tau * (*entry + scale * dot(v, rows + k * count, count));
    *entry -= step;
    subtract(rows + k * count, v, step * scale, count);
  }
}

KERNEL void whom_absorb_rows(whom_block block, const double *weights, const double *target,
                             double *triangle, double *scratch) {
  ptrdiff_t order = block.columns + (target ? 1 : 0);
  gather(block, weights, target, scratch);
  for (ptrdiff_t j = 0; j < order; j++) reflect(scratch, block.rows, order, j, triangle);
}

KERNEL void whom_multiply(whom_block block, const double *vector, const double *start,
                          double *result) {
// Each product is rounded before it is added, as engines do: a score has the same bits in SQL.
#pragma clang fp contract(off)
  for (ptrdiff_t i = 0; i < block.rows; i++) result[i] = start ? start[i] : 0;
  for (ptrdiff_t j = 0; j < block.columns; j++) {
    const double *restrict column = block.values + j * block.stride;
    double factor = vector[j];
    if (factor == 0) continue;
    for (ptrdiff_t i = 0; i < block.rows; i++) result[i] += factor * column[i];
  }
}

KERNEL void whom_multiply_transposed(whom_block block, const double *vector, double *result) {
  for (ptrdiff_t j = 0; j < block.columns; j++)
    result[j] += dot(block.values + j * block.stride, vector, block.rows);
}

KERNEL void whom_weighted_gram(whom_block block, const double *weights, double *gram,
                               double *scratch) {
  ptrdiff_t rows = block.rows, p = block.columns;
  for (ptrdiff_t j = 0; j < p; j++) {
    const double *column = block.values + j * block.stride;
    for (ptrdiff_t i = 0; i < rows; i++) scratch[i] = column[i] * (weights ? weights[i] : 1);
    for (ptrdiff_t k = j; k < p; k++) {
      double sum = dot(scratch, block.values + k * block.stride, rows);
      gram[j + k * p] += sum;
      if (k != j) gram[k + j * p] += sum;
    }
  }
}

KERNEL void whom_row_lengths(whom_block block, const double *factor, double *result,
                             double *scratch) {
#pragma clang fp contract(fast)
  ptrdiff_t rows = block.rows, p = block.columns;
  memset(result, 0, (size_t)rows * sizeof(double));
  for (ptrdiff_t k = 0; k < p; k++) {
    memset(scratch, 0, (size_t)rows * sizeof(double));
    for (ptrdiff_t j = 0; j < p; j++) {
      const double *restrict column = block.values + j * block.stride;
      double entry = factor[j + k * p];
      if (entry == 0) continue;
      for (ptrdiff_t i = 0; i < rows; i++) scratch[i] += entry * column[i];
    }
    for (ptrdiff_t i = 0; i < rows; i++) result[i] += scratch[i] * scratch[i];
  }
}

void whom_rows_of_columns(whom_block block, double *rows, ptrdiff_t start) {
  double *restrict to = rows + start * block.columns;
  for (ptrdiff_t j = 0; j < block.columns; j++) {
    const double *restrict column = block.values + j * block.stride;
    for (ptrdiff_t i = 0; i < block.rows; i++) to[i * block.columns + j] = column[i];
  }
}
