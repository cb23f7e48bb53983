// LightGBM's C functions, taken from its library when that is first needed: the program starts
// and runs without it. Each function gives 0 for success, as the library's own do.
#ifndef WHOM_LIGHTGBM_SHIM_H
#define WHOM_LIGHTGBM_SHIM_H

#include <stdint.h>

#include "tree_contributions.h"
#include "tree_scores.h"

typedef struct whom_lightgbm whom_lightgbm;
typedef void *whom_lightgbm_dataset;
typedef void *whom_lightgbm_booster;

// The library of a file, loaded once and never unloaded; null with a reason if it cannot be.
// Its log goes nowhere: what it has to say comes as errors.
const whom_lightgbm *whom_lightgbm_open(const char *path, char *why, int why_size);

// What the last function that failed on this thread said.
const char *whom_lightgbm_error(const whom_lightgbm *library);

// An empty data set for `rows` rows. Its bins are found from the values of some of them, column
// by column without zeros, beside the places of the values among these rows. The values may be
// sorted in place.
int whom_lightgbm_dataset_of_samples(const whom_lightgbm *library, double **values,
                                     int32_t **places, int32_t columns, const int32_t *counts,
                                     int32_t sampled, int32_t rows, const char *parameters,
                                     whom_lightgbm_dataset *result);
// An empty data set for `rows` rows with the bins of another one.
int whom_lightgbm_dataset_like(const whom_lightgbm *library, whom_lightgbm_dataset other,
                               int32_t rows, whom_lightgbm_dataset *result);
// Fills in rows from `start` on, one after the other; the data set is complete with its last row.
int whom_lightgbm_dataset_push(const whom_lightgbm *library, whom_lightgbm_dataset dataset,
                               const double *values, int32_t rows, int32_t columns,
                               int32_t start);
int whom_lightgbm_dataset_set_floats(const whom_lightgbm *library, whom_lightgbm_dataset dataset,
                                     const char *field, const float *values, int count);
int whom_lightgbm_dataset_set_doubles(const whom_lightgbm *library,
                                      whom_lightgbm_dataset dataset, const char *field,
                                      const double *values, int count);
int whom_lightgbm_dataset_set_integers(const whom_lightgbm *library,
                                       whom_lightgbm_dataset dataset, const char *field,
                                       const int32_t *values, int count);
void whom_lightgbm_dataset_free(const whom_lightgbm *library, whom_lightgbm_dataset dataset);

int whom_lightgbm_booster_create(const whom_lightgbm *library, whom_lightgbm_dataset rows,
                                 const char *parameters, whom_lightgbm_booster *result);
int whom_lightgbm_booster_load(const whom_lightgbm *library, const char *text,
                               whom_lightgbm_booster *result);
void whom_lightgbm_booster_free(const whom_lightgbm *library, whom_lightgbm_booster booster);
int whom_lightgbm_booster_add_validation(const whom_lightgbm *library,
                                         whom_lightgbm_booster booster,
                                         whom_lightgbm_dataset rows);
int whom_lightgbm_booster_update(const whom_lightgbm *library, whom_lightgbm_booster booster,
                                 int *is_finished);
int whom_lightgbm_booster_metric_count(const whom_lightgbm *library,
                                       whom_lightgbm_booster booster, int *count);
// Of the training rows (0) or the validation rows (1).
int whom_lightgbm_booster_metrics(const whom_lightgbm *library, whom_lightgbm_booster booster,
                                  int rows, int *count, double *values);
// Writes at most `size` bytes with a closing zero; `length` is what it takes.
int whom_lightgbm_booster_text(const whom_lightgbm *library, whom_lightgbm_booster booster,
                               int iterations, int64_t size, int64_t *length, char *text);

enum {
  whom_lightgbm_response = 0,
  whom_lightgbm_raw = 1,
  whom_lightgbm_leaves = 2,
  whom_lightgbm_contributions = 3,
};

int whom_lightgbm_booster_predict(const whom_lightgbm *library, whom_lightgbm_booster booster,
                                  const double *values, int32_t rows, int32_t columns, int kind,
                                  const char *parameters, int64_t *length, double *result);

#endif
