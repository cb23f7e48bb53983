// Kernels over tall matrices stored by columns: the loops that must run at the speed of the machine.
//
// Each works on a block of rows that the caller picks, one after the other and always in the same
// way, so a result depends neither on the number of threads nor on what else runs. `redraws.h` has
// those over rows that are drawn again.
#ifndef WHOM_LINEAR_ALGEBRA_H
#define WHOM_LINEAR_ALGEBRA_H

#include <stddef.h>

// A block of rows of a matrix: column j starts at values + j * stride.
typedef struct {
  const double *values;
  ptrdiff_t rows;
  ptrdiff_t columns;
  ptrdiff_t stride;
} whom_block;

// Takes rows into the triangle of a QR decomposition (one step of a sequential TSQR: Demmel,
// Grigori, Hoemmen, Langou 2012, section 2). Each row is first multiplied by the root of its
// weight; `target` may be null, else it is the last column. `triangle` is upper, by columns, of
// order columns + (target ? 1 : 0), and starts as zeros. `scratch` holds rows * (order + 1)
// values.
void whom_absorb_rows(whom_block block, const double *weights, const double *target,
                      double *triangle, double *scratch);

// result = block * vector (+ start, where it is not null).
void whom_multiply(whom_block block, const double *vector, const double *start, double *result);

// result += transposed block * vector.
void whom_multiply_transposed(whom_block block, const double *vector, double *result);

// gram += transposed block * diagonal of weights * block; the whole symmetric matrix.
void whom_weighted_gram(whom_block block, const double *weights, double *gram, double *scratch);

// result[i] = the squared length of row i of block * factor; factor is square, by columns.
void whom_row_lengths(whom_block block, const double *factor, double *result, double *scratch);

// Writes the block row after row behind the first `start` rows of `rows`.
void whom_rows_of_columns(whom_block block, double *rows, ptrdiff_t start);

// Calls piece(context, 0) to piece(context, count - 1), on this thread and up to threads - 1 more.
void whom_run_pieces(int threads, ptrdiff_t count, void (*piece)(void *, ptrdiff_t), void *context);

#endif
