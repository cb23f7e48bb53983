#include "tree_scores.h"

#include <math.h>

enum { block = 64, lanes = 8 };

static int goes_left_by_category(const whom_trees *trees, const whom_tree_node *node,
                                 double value) {
  if (!(value > -1 && value < 2147483648.0)) return 0;
  int64_t code = (int64_t)value;
  int32_t set = (int32_t)node->threshold;
  int64_t word = trees->bounds[set] + code / 32;
  return word < trees->bounds[set + 1] && (trees->words[word] >> (code % 32) & 1);
}

// LightGBM's rules: what is missing goes the default way, the rest by comparison.
static inline int goes_left(const whom_trees *trees, const whom_tree_node *node, double value) {
  int decision = node->decision;
  if (decision & 1) return goes_left_by_category(trees, node, value);
  int is_nan = value != value;
  int kind = decision >> 2;
  // 1e-35 as a 32-bit float is LightGBM's zero.
  int is_missing = (kind == 2 && is_nan) ||
                   (kind == 1 && (is_nan || (value <= (double)1e-35f && value >= -(double)1e-35f)));
  double known = is_nan ? 0 : value;
  return is_missing ? (decision & 2) != 0 : known <= node->threshold;
}

// Several rows go down a tree side by side, so that one waiting for memory does not hold up all.
static void add_tree(const whom_trees *trees, int32_t root, const double *rows, ptrdiff_t count,
                     ptrdiff_t features, double *result) {
  for (ptrdiff_t start = 0; start < count; start += lanes) {
    ptrdiff_t width = count - start < lanes ? count - start : lanes;
    int32_t at[lanes];
    for (ptrdiff_t i = 0; i < width; i++) at[i] = root;
    int moving = root >= 0;
    while (moving) {
      moving = 0;
      for (ptrdiff_t i = 0; i < width; i++) {
        if (at[i] < 0) continue;
        const whom_tree_node *node = &trees->nodes[at[i]];
        double value = rows[(start + i) * features + node->feature];
        at[i] = goes_left(trees, node, value) ? node->left : node->right;
        moving |= at[i] >= 0;
      }
    }
    for (ptrdiff_t i = 0; i < width; i++) result[start + i] += trees->leaves[~at[i]];
  }
}

void whom_trees_add(const whom_trees *trees, ptrdiff_t first, ptrdiff_t step,
                    const double *values, ptrdiff_t stride, ptrdiff_t rows, ptrdiff_t features,
                    double *scratch, double *result) {
  for (ptrdiff_t start = 0; start < rows; start += block) {
    ptrdiff_t count = rows - start < block ? rows - start : block;
    for (ptrdiff_t j = 0; j < features; j++)
      for (ptrdiff_t i = 0; i < count; i++)
        scratch[i * features + j] = values[start + i + j * stride];
    for (ptrdiff_t tree = first; tree < trees->trees; tree += step)
      add_tree(trees, trees->roots[tree], scratch, count, features, result + start);
  }
}
