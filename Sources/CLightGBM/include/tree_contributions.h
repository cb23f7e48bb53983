// What each feature on the way to a leaf adds, for several rows at once.
#ifndef WHOM_TREE_CONTRIBUTIONS_H
#define WHOM_TREE_CONTRIBUTIONS_H

#include <stddef.h>

enum { whom_path_rows = 8 };

// A way to a leaf over `depth` different features, for whom_path_rows rows. Feature i lets the part
// zeros[i] of the training rows pass, and row r where ones[i * whom_path_rows + r] is 1 (else 0).
// Adds to sums[i * whom_path_rows + r] what feature i adds to the row's score by this leaf.
// `scratch` holds (depth + 1) * whom_path_rows values.
void whom_path_contributions(ptrdiff_t depth, const double *zeros, const double *ones,
                             double leaf, double *scratch, double *sums);

#endif
