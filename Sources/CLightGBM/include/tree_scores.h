// Scores of trees, for many rows at once.
#ifndef WHOM_TREE_SCORES_H
#define WHOM_TREE_SCORES_H

#include <stddef.h>
#include <stdint.h>

// A node in 8 bytes. What a row goes by is not a value but its rank among all thresholds of the
// feature, so that a comparison of ranks is the comparison of values to the last bit.
typedef struct {
  uint16_t feature;
  // Goes to `child` where rank - low <= span (without sign), else to the node behind it. A leaf
  // goes to itself, always.
  uint16_t low;
  uint16_t span;
  uint16_t child;
} whom_tree_node;

// The feature's highest bit marks a split on categories; `low` is then the number of its set.
enum { whom_tree_category = 0x8000 };

// A node of a small tree in 16 bytes. The leaves of such a tree are numbered from the left, a bit
// each; a row that goes right at a node loses the leaves on its left, and comes to the first one
// that is left to it when all nodes are done (Lucchese et al. 2015, QuickScorer).
typedef struct {
  uint16_t feature;
  uint16_t low;
  uint16_t span;
  uint16_t unused;
  uint64_t kept;
} whom_mask_node;

enum whom_tree_kind { whom_tree_walked, whom_tree_walked_by_category, whom_tree_masked };
enum { whom_tree_masked_leaves = 64 };

typedef struct {
  enum whom_tree_kind kind;
  // Where its nodes, of the one kind or the other, and its values begin.
  int32_t first;
  int32_t first_value;
  int32_t node_count;
  // How many sets of categories come before its own.
  int32_t first_set;
} whom_tree;

// How a feature's values become ranks from 1 on; 0 is missing.
typedef struct {
  // Sorted and different from each other; a value's rank counts those below it. The rank of a
  // category is its code.
  const double *thresholds;
  int32_t count;
  int32_t is_category;
  // LightGBM's: 0 NaN counts as zero, 1 zero and NaN are missing, 2 NaN is missing.
  int32_t missing;
} whom_tree_feature;

typedef struct {
  const whom_tree_node *nodes;
  const whom_mask_node *masks;
  // The value of a leaf: of a masked tree at its number, else at its node.
  const double *values;
  const whom_tree *trees;
  ptrdiff_t count;
  const whom_tree_feature *features;
  ptrdiff_t feature_count;
  // Bits of the categories that go to `child`, and where the bits of each set begin.
  const uint32_t *words;
  const int32_t *bounds;
} whom_trees;

// For each output the sum of its trees in their order (output, output + outputs, ...), for at
// most `whom_tree_block` rows. Column j of the rows starts at values + j * stride, output k of the
// result at result + k * rows. `ranks` holds whom_tree_block * features + 1 values.
enum { whom_tree_block = 256 };
void whom_trees_sum(const whom_trees *trees, ptrdiff_t outputs, const double *values,
                    ptrdiff_t stride, ptrdiff_t rows, uint16_t *ranks, double *result);

#endif
