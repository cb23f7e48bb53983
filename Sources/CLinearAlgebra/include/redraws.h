// Rows drawn again: how often each, and what the curves of a score are then.
#ifndef WHOM_REDRAWS_H
#define WHOM_REDRAWS_H

#include <stddef.h>
#include <stdint.h>

// How often each row is drawn: a Poisson number with mean 1, from the seed and the row's place
// alone. The distribution is cut into 65,536 parts, so that no row is drawn more than 8 times.
void whom_draw_counts(uint64_t seed, ptrdiff_t rows, uint8_t *counts);

// sums[j] = the sum of counts[i] * values[i + j * rows].
void whom_drawn_sums(const uint8_t *counts, const double *values, ptrdiff_t rows, ptrdiff_t columns,
                     double *sums);

// Rows with yes or no, from the highest score down.
typedef struct {
  ptrdiff_t rows;
  const uint8_t *hits;
  // 1 for the last row of each score.
  const uint8_t *ends;
  // The part of the rows that gain is measured at.
  double share;
  // The rows before `cut` are taken, and of those up to `cut_end`, which are tied, this part.
  ptrdiff_t cut, cut_end;
  double cut_part;
} whom_scored;

typedef struct {
  double total, positives;
  double average_precision, gain;
  // Of the rows that are taken: all, and those with a yes.
  double taken, taken_positives;
} whom_scored_metrics;

// The metrics of rows that count as often as `counts` says. Meaningless where a class is missing.
whom_scored_metrics whom_drawn_metrics(const whom_scored *scored, const uint8_t *counts);

#endif
