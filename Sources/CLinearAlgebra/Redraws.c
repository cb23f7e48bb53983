#include "redraws.h"

#include "kernel.h"

// The cumulative Poisson distribution with mean 1, times 65,536.
static const uint16_t limits[8] = {24109, 48219, 60273, 64292, 65296, 65497, 65531, 65535};

// SplitMix64's finish (Steele, Lea and Flood 2014): 64 bits for four rows.
INLINE uint64_t mix(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

KERNEL void whom_draw_counts(uint64_t seed, ptrdiff_t rows, uint8_t *counts) {
  enum { size = 1024 };
  union {
    uint64_t words[size / 4];
    uint16_t parts[size];
  } block;
  for (ptrdiff_t start = 0; start < rows; start += size) {
    for (ptrdiff_t i = 0; i < size / 4; i++)
      block.words[i] = mix(seed + (uint64_t)(start / 4 + i + 1) * 0x9E3779B97F4A7C15u);
    ptrdiff_t count = rows - start < size ? rows - start : size;
    for (ptrdiff_t i = 0; i < count; i++) {
      uint16_t part = block.parts[i];
      uint8_t drawn = 0;
      for (int k = 0; k < 8; k++) drawn += part >= limits[k];
      counts[start + i] = drawn;
    }
  }
}

INLINE double drawn_sum(const uint8_t *counts, const double *values, ptrdiff_t rows) {
#pragma clang fp reassociate(on) contract(fast)
  double sum = 0;
  for (ptrdiff_t i = 0; i < rows; i++) sum += counts[i] * values[i];
  return sum;
}

KERNEL void whom_drawn_sums(const uint8_t *counts, const double *values, ptrdiff_t rows,
                            ptrdiff_t columns, double *sums) {
  for (ptrdiff_t j = 0; j < columns; j++) sums[j] = drawn_sum(counts, values + j * rows, rows);
}

typedef struct {
  int64_t rows, hits;
} tally;

INLINE tally count(const whom_scored *scored, const uint8_t *counts, ptrdiff_t from,
                   ptrdiff_t to) {
  tally all = {0, 0};
  for (ptrdiff_t i = from; i < to; i++) {
    all.rows += counts[i];
    all.hits += counts[i] & -scored->hits[i];
  }
  return all;
}

// The places on the curve at the ends of some scores: rows and hits so far, before them those at
// the end of the score before.
enum { curve_size = 1024 };
typedef struct {
  double rows[curve_size + 4], hits[curve_size + 5];
  ptrdiff_t count;
} curve;

typedef double lanes __attribute__((vector_size(32), aligned(8)));
#define LANES(p) (*(const lanes *)(p))

// Adds up precision times new hits.
INLINE void walk(curve *points, lanes *precision) {
  // To a whole number of lanes, by places that add nothing.
  for (int extra = 0; extra < 3; extra++) {
    points->rows[points->count + extra] = points->rows[points->count - 1];
    points->hits[points->count + extra + 1] = points->hits[points->count];
  }
  for (ptrdiff_t i = 0; i < points->count; i += 4) {
    lanes rows = LANES(points->rows + i), hits = LANES(points->hits + i + 1);
    lanes one = rows - rows + 1;
    *precision += (hits - LANES(points->hits + i)) * hits / __builtin_elementwise_max(rows, one);
  }
}

// The hits among the first `wanted` rows, those of one score in the part that fits.
static double hits_within(const curve *points, double rows_before, double wanted) {
  for (ptrdiff_t i = 0; i < points->count; i++) {
    double rows = points->rows[i], step = points->hits[i + 1] - points->hits[i];
    if (rows >= wanted && rows > rows_before)
      return points->hits[i] + step * (wanted - rows_before) / (rows - rows_before);
    rows_before = rows;
  }
  return -1;
}

KERNEL whom_scored_metrics whom_drawn_metrics(const whom_scored *scored, const uint8_t *counts) {
  tally before = count(scored, counts, 0, scored->cut);
  tally tied = count(scored, counts, scored->cut, scored->cut_end);
  tally rest = count(scored, counts, scored->cut_end, scored->rows);
  double total = (double)(before.rows + tied.rows + rest.rows);
  double positives = (double)(before.hits + tied.hits + rest.hits);
  double wanted = scored->share * total, gain = -1, rows_before = 0;
  lanes sums = {0};
  curve points;
  points.hits[0] = 0;
  int64_t rows = 0, hits = 0;
  for (ptrdiff_t start = 0; start < scored->rows; start += curve_size) {
    ptrdiff_t end = scored->rows - start < curve_size ? scored->rows : start + curve_size;
    points.count = 0;
    for (ptrdiff_t i = start; i < end; i++) {
      rows += counts[i];
      hits += counts[i] & -scored->hits[i];
      points.rows[points.count] = (double)rows;
      points.hits[points.count + 1] = (double)hits;
      points.count += scored->ends[i];
    }
    if (points.count == 0) continue;
    walk(&points, &sums);
    double reached = points.rows[points.count - 1];
    if (gain < 0 && reached >= wanted) gain = hits_within(&points, rows_before, wanted);
    rows_before = reached;
    points.hits[0] = points.hits[points.count];
  }
  double precision = 0;
  for (int i = 0; i < 4; i++) precision += sums[i];
  return (whom_scored_metrics){
      .total = total,
      .positives = positives,
      .average_precision = precision / positives,
      .gain = gain / positives,
      .taken = (double)before.rows + scored->cut_part * (double)tied.rows,
      .taken_positives = (double)before.hits + scored->cut_part * (double)tied.hits,
  };
}
