// Scores of trees, for many rows at once.
#ifndef WHOM_TREE_SCORES_H
#define WHOM_TREE_SCORES_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  // What a value is compared with, or the number of a set of categories.
  double threshold;
  int32_t feature;
  // Inner nodes, or the leaf `~child` where below 0.
  int32_t left;
  int32_t right;
  // LightGBM's: 1 a category, 2 missing goes left, from 4 on what counts as missing.
  int32_t decision;
} whom_tree_node;

// All trees in one; numbers of nodes and leaves count through.
typedef struct {
  const whom_tree_node *nodes;
  const double *leaves;
  // A node or, below 0, a leaf for each tree.
  const int32_t *roots;
  ptrdiff_t trees;
  // Bits of the categories that go left, and where the bits of each set begin.
  const uint32_t *words;
  const int32_t *bounds;
} whom_trees;

// result[i] += what the trees first, first + step, ... say about row i, in this order. Column j
// of the rows starts at values + j * stride; `scratch` holds 64 * features values.
void whom_trees_add(const whom_trees *trees, ptrdiff_t first, ptrdiff_t step,
                    const double *values, ptrdiff_t stride, ptrdiff_t rows, ptrdiff_t features,
                    double *scratch, double *result);

#endif
