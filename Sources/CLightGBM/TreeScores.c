#include "kernel.h"
#include "tree_scores.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { lanes = 16 };

// How many thresholds are below each value; several searches go side by side.
INLINE void rank_numbers(const whom_tree_feature *feature, const double *values, ptrdiff_t rows,
                         uint16_t *ranks) {
  const double *sorted = feature->thresholds;
  // 1e-35 as a 32-bit float is LightGBM's zero.
  const double zero = (double)1e-35f;
  for (ptrdiff_t start = 0; start < rows; start += lanes) {
    ptrdiff_t width = rows - start < lanes ? rows - start : lanes;
    double known[lanes];
    uint32_t at[lanes] = {0};
    for (ptrdiff_t i = 0; i < lanes; i++) {
      double value = i < width ? values[start + i] : 0;
      known[i] = value == value ? value : 0;
    }
    uint32_t left = (uint32_t)feature->count;
    while (left > 1) {
      uint32_t half = left / 2;
      for (ptrdiff_t i = 0; i < lanes; i++)
        at[i] += sorted[at[i] + half - 1] < known[i] ? half : 0;
      left -= half;
    }
    for (ptrdiff_t i = 0; i < width; i++) {
      double value = values[start + i];
      uint32_t rank = at[i] + (left == 1 && sorted[at[i]] < known[i]) + 1;
      int is_nan = value != value;
      int is_missing = (feature->missing == 2 && is_nan) ||
                       (feature->missing == 1 && (is_nan || (value <= zero && value >= -zero)));
      ranks[start + i] = is_missing ? 0 : (uint16_t)rank;
    }
  }
}

INLINE void rank_categories(const double *values, ptrdiff_t rows, uint16_t *ranks) {
  for (ptrdiff_t i = 0; i < rows; i++) {
    double value = values[i];
    ranks[i] = value > -1 && value < 65534 ? (uint16_t)((int32_t)value + 1) : 0;
  }
}

// Several rows go down a tree side by side, so that one waiting for memory does not hold up all.
INLINE void add_plain_tree(const whom_tree_node *nodes, const double *values,
                           const uint16_t *ranks, ptrdiff_t rows, double *result) {
  for (ptrdiff_t start = 0; start < rows; start += lanes) {
    ptrdiff_t width = rows - start < lanes ? rows - start : lanes;
    const uint16_t *mine = ranks + start;
    uint32_t at[lanes] = {0};
    uint32_t moved;
    do {
      moved = 0;
      for (ptrdiff_t i = 0; i < lanes; i++) {
        whom_tree_node node = nodes[at[i]];
        uint16_t rank = (uint16_t)(mine[node.feature * whom_tree_block + i] - node.low);
        uint32_t next = node.child + (uint32_t)(rank > node.span);
        moved |= next ^ at[i];
        at[i] = next;
      }
    } while (moved);
    for (ptrdiff_t i = 0; i < width; i++) result[start + i] += values[at[i]];
  }
}

#if defined(__x86_64__)
// The same for 32 rows by gathering; `ranks` may be read two bytes beyond its end.
__attribute__((target("avx2"))) static void add_plain_tree_wide(
    const whom_tree_node *nodes, const double *values, const uint16_t *ranks, ptrdiff_t rows,
    double *result) {
  enum { groups = 4, wide = 8 * groups };
  const __m256i low_half = _mm256_set1_epi32(0xffff);
  for (ptrdiff_t start = 0; start < rows; start += wide) {
    const int *mine = (const int *)(ranks + start);
    __m256i at[groups], moved;
    for (int g = 0; g < groups; g++) at[g] = _mm256_setzero_si256();
    do {
      moved = _mm256_setzero_si256();
#pragma clang loop unroll(full)
      for (int g = 0; g < groups; g++) {
        __m256i first = _mm256_i32gather_epi32((const int *)nodes, at[g], 8);
        __m256i second = _mm256_i32gather_epi32((const int *)nodes + 1, at[g], 8);
        __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
        lane = _mm256_add_epi32(lane, _mm256_set1_epi32(8 * g));
        __m256i feature = _mm256_and_si256(first, low_half);
        __m256i place = _mm256_add_epi32(_mm256_slli_epi32(feature, 8), lane);
        __m256i rank = _mm256_i32gather_epi32(mine, place, 2);
        __m256i above = _mm256_sub_epi32(rank, _mm256_srli_epi32(first, 16));
        above = _mm256_and_si256(above, low_half);
        __m256i span = _mm256_and_si256(second, low_half);
        __m256i is_right = _mm256_cmpgt_epi32(above, span);
        __m256i next = _mm256_sub_epi32(_mm256_srli_epi32(second, 16), is_right);
        moved = _mm256_or_si256(moved, _mm256_xor_si256(next, at[g]));
        at[g] = next;
      }
    } while (!_mm256_testz_si256(moved, moved));
    ptrdiff_t width = rows - start < wide ? rows - start : wide;
    uint32_t leaves[wide];
    for (int g = 0; g < groups; g++) _mm256_storeu_si256((__m256i *)(leaves + 8 * g), at[g]);
    for (ptrdiff_t i = 0; i < width; i++) result[start + i] += values[leaves[i]];
  }
}

static int can_gather(void) { return __builtin_cpu_supports("avx2") != 0; }
#else
#define add_plain_tree_wide add_plain_tree
static int can_gather(void) { return 0; }
#endif

static int is_in_set(const whom_trees *trees, int32_t set, uint16_t rank) {
  if (rank == 0) return 0;
  int32_t code = rank - 1;
  int32_t word = trees->bounds[set] + code / 32;
  return word < trees->bounds[set + 1] && (trees->words[word] >> (code % 32) & 1);
}

typedef uint16_t shorts __attribute__((vector_size(64)));
typedef uint16_t shorts_in_memory __attribute__((vector_size(64), aligned(2)));
enum { together = 32 };
typedef uint32_t codes __attribute__((vector_size(together * 4)));
typedef int32_t code_signs __attribute__((vector_size(together * 4)));

// All ones for the rows whose category is not in a set: small sets word by word for all rows.
INLINE void find_outside(const whom_trees *trees, int32_t set, const uint16_t *ranks,
                         code_signs *result) {
  int32_t first = trees->bounds[set], end = trees->bounds[set + 1];
  if (end - first > 16) {
    int32_t found[together];
    for (ptrdiff_t i = 0; i < together; i++) found[i] = is_in_set(trees, set, ranks[i]) - 1;
    memcpy(result, found, sizeof found);
    return;
  }
  // Rank 0, a missing value, becomes a code that no set has.
  codes code = __builtin_convertvector(*(const shorts_in_memory *)ranks, codes) - 1;
  codes found = {0};
  for (int32_t w = first; w < end; w++) {
    codes bit = (trees->words[w] >> (code & 31)) & 1;
    found |= bit & (codes)((code >> 5) == (uint32_t)(w - first));
  }
  *result = (code_signs)(found - 1);
}

// 32 rows through all nodes of a tree at once, without a branch or a look at memory that depends
// on where a row goes: three to ten times as fast as walking.
#define MASKED(name, word, number, signed_number, count_zeros)                                     \
  typedef number word##s __attribute__((vector_size(together * sizeof(number))));                  \
  typedef signed_number word##_signs __attribute__((vector_size(together * sizeof(number))));      \
  INLINE void name(const whom_trees *trees, const whom_tree *tree, const uint16_t *ranks,          \
                   ptrdiff_t rows, double *result) {                                               \
    const whom_mask_node *nodes = trees->masks + tree->first;                                      \
    const double *leaves = trees->values + tree->first_value;                                      \
    for (ptrdiff_t start = 0; start < rows; start += together) {                                   \
      word##s left = ~(word##s){0};                                                                \
      for (int32_t n = 0; n < tree->node_count; n++) {                                             \
        const whom_mask_node node = nodes[n];                                                      \
        const uint16_t *mine =                                                                     \
            ranks + (ptrdiff_t)(node.feature & 0x7fff) * whom_tree_block + start;                  \
        number kept = (number)node.kept;                                                           \
        word##_signs is_right;                                                                     \
        if (node.feature & whom_tree_category) {                                                   \
          code_signs outside;                                                                      \
          find_outside(trees, tree->first_set + node.low, mine, &outside);                         \
          is_right = __builtin_convertvector(outside, word##_signs);                               \
        } else {                                                                                   \
          shorts rank = *(const shorts_in_memory *)mine;                                           \
          is_right = __builtin_convertvector((shorts)(rank - node.low) > node.span, word##_signs); \
        }                                                                                          \
        left &= kept | ~(word##s)is_right;                                                         \
      }                                                                                            \
      number found[together];                                                                      \
      memcpy(found, &left, sizeof found);                                                          \
      ptrdiff_t width = rows - start < together ? rows - start : together;                         \
      for (ptrdiff_t i = 0; i < width; i++) result[start + i] += leaves[count_zeros(found[i])];    \
    }                                                                                              \
  }

MASKED(add_tree_of_32, word32, uint32_t, int32_t, __builtin_ctz)
MASKED(add_tree_of_64, word64, uint64_t, int64_t, __builtin_ctzll)

INLINE void add_tree(const whom_trees *trees, const whom_tree *tree, const uint16_t *ranks,
                     ptrdiff_t rows, double *result) {
  const whom_tree_node *nodes = trees->nodes + tree->first;
  for (ptrdiff_t start = 0; start < rows; start += lanes) {
    ptrdiff_t width = rows - start < lanes ? rows - start : lanes;
    const uint16_t *mine = ranks + start;
    uint32_t at[lanes] = {0};
    uint32_t moved;
    do {
      moved = 0;
      for (ptrdiff_t i = 0; i < width; i++) {
        whom_tree_node node = nodes[at[i]];
        uint32_t next;
        if (node.feature & whom_tree_category) {
          uint16_t rank = mine[(node.feature & 0x7fff) * whom_tree_block + i];
          next = node.child + (uint32_t)!is_in_set(trees, tree->first_set + node.low, rank);
        } else {
          uint16_t rank = (uint16_t)(mine[node.feature * whom_tree_block + i] - node.low);
          next = node.child + (uint32_t)(rank > node.span);
        }
        moved |= next ^ at[i];
        at[i] = next;
      }
    } while (moved);
    for (ptrdiff_t i = 0; i < width; i++) result[start + i] += trees->values[tree->first_value + at[i]];
  }
}

WIDE_KERNEL void whom_trees_sum(const whom_trees *trees, ptrdiff_t outputs, const double *values,
                           ptrdiff_t stride, ptrdiff_t rows, uint16_t *ranks, double *result) {
  for (ptrdiff_t j = 0; j < trees->feature_count; j++) {
    const whom_tree_feature *feature = &trees->features[j];
    uint16_t *to = ranks + j * whom_tree_block;
    if (feature->is_category)
      rank_categories(values + j * stride, rows, to);
    else
      rank_numbers(feature, values + j * stride, rows, to);
    // Rows beyond the last one go somewhere too.
    if (rows < whom_tree_block) memset(to + rows, 0, (size_t)(whom_tree_block - rows) * 2);
  }
  memset(result, 0, (size_t)(rows * outputs) * sizeof(double));
  int is_wide = can_gather();
  for (ptrdiff_t i = 0; i < trees->count; i++) {
    const whom_tree *tree = &trees->trees[i];
    double *to = result + (i % outputs) * rows;
    const whom_tree_node *nodes = trees->nodes + tree->first;
    const double *leaves = trees->values + tree->first_value;
    switch (tree->kind) {
      case whom_tree_masked:
        if (tree->node_count < 32)
          add_tree_of_32(trees, tree, ranks, rows, to);
        else
          add_tree_of_64(trees, tree, ranks, rows, to);
        break;
      case whom_tree_walked_by_category: add_tree(trees, tree, ranks, rows, to); break;
      case whom_tree_walked:
        if (is_wide)
          add_plain_tree_wide(nodes, leaves, ranks, rows, to);
        else
          add_plain_tree(nodes, leaves, ranks, rows, to);
    }
  }
}
