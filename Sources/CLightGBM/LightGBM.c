#include "lightgbm_shim.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

// The signatures of LightGBM 4's c_api.h; its handles are plain pointers.
struct whom_lightgbm {
  const char *(*GetLastError)(void);
  int (*RegisterLogCallback)(void (*)(const char *));
  int (*DatasetCreateFromSampledColumn)(double **, int **, int32_t, const int *, int32_t, int32_t,
                                        int64_t, const char *, void **);
  int (*DatasetCreateByReference)(void *, int64_t, void **);
  int (*DatasetPushRows)(void *, const void *, int, int32_t, int32_t, int32_t);
  int (*DatasetSetField)(void *, const char *, const void *, int, int);
  int (*DatasetFree)(void *);
  int (*BoosterCreate)(void *, const char *, void **);
  int (*BoosterLoadModelFromString)(const char *, int *, void **);
  int (*BoosterFree)(void *);
  int (*BoosterAddValidData)(void *, void *);
  int (*BoosterUpdateOneIter)(void *, int *);
  int (*BoosterGetEvalCounts)(void *, int *);
  int (*BoosterGetEval)(void *, int, int *, double *);
  int (*BoosterSaveModelToString)(void *, int, int, int, int64_t, int64_t *, char *);
  int (*BoosterPredictForMat)(void *, const void *, int, int32_t, int32_t, int, int, int, int,
                              const char *, int64_t *, double *);
};

enum { type_float32 = 0, type_float64 = 1, type_int32 = 2 };

static void silence(const char *message) { (void)message; }

static const struct {
  const char *name;
  size_t place;
} functions[] = {
#define FUNCTION(name) {"LGBM_" #name, offsetof(struct whom_lightgbm, name)}
    FUNCTION(GetLastError),
    FUNCTION(RegisterLogCallback),
    FUNCTION(DatasetCreateFromSampledColumn),
    FUNCTION(DatasetCreateByReference),
    FUNCTION(DatasetPushRows),
    FUNCTION(DatasetSetField),
    FUNCTION(DatasetFree),
    FUNCTION(BoosterCreate),
    FUNCTION(BoosterLoadModelFromString),
    FUNCTION(BoosterFree),
    FUNCTION(BoosterAddValidData),
    FUNCTION(BoosterUpdateOneIter),
    FUNCTION(BoosterGetEvalCounts),
    FUNCTION(BoosterGetEval),
    FUNCTION(BoosterSaveModelToString),
    FUNCTION(BoosterPredictForMat),
#undef FUNCTION
};

const whom_lightgbm *whom_lightgbm_open(const char *path, char *why, int why_size) {
  // Its threads shall sleep while they wait for each other: ones that spin for long, with other
  // programs on the same cores, take eight times as long (20 rounds on a million rows 15 s instead
  // of 1.8 s). A few microseconds they may, else small data spend a quarter of the time in the
  // kernel, falling asleep and waking up.
  setenv("OMP_WAIT_POLICY", "passive", 0);
  setenv("GOMP_SPINCOUNT", "1000", 0);
  void *file = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!file) {
    snprintf(why, (size_t)why_size, "%s", dlerror());
    return NULL;
  }
  struct whom_lightgbm *library = calloc(1, sizeof *library);
  for (size_t i = 0; library && i < sizeof functions / sizeof *functions; i++) {
    void *function = dlsym(file, functions[i].name);
    if (!function) {
      snprintf(why, (size_t)why_size, "it has no %s", functions[i].name);
      free(library);
      return NULL;
    }
    *(void **)((char *)library + functions[i].place) = function;
  }
  if (library) library->RegisterLogCallback(silence);
  return library;
}

const char *whom_lightgbm_error(const whom_lightgbm *library) { return library->GetLastError(); }

int whom_lightgbm_dataset_of_samples(const whom_lightgbm *library, double **values,
                                     int32_t **places, int32_t columns, const int32_t *counts,
                                     int32_t sampled, int32_t rows, const char *parameters,
                                     whom_lightgbm_dataset *result) {
  return library->DatasetCreateFromSampledColumn(values, places, columns, counts, sampled, rows,
                                                 rows, parameters, result);
}

int whom_lightgbm_dataset_like(const whom_lightgbm *library, whom_lightgbm_dataset other,
                               int32_t rows, whom_lightgbm_dataset *result) {
  return library->DatasetCreateByReference(other, rows, result);
}

int whom_lightgbm_dataset_push(const whom_lightgbm *library, whom_lightgbm_dataset dataset,
                               const double *values, int32_t rows, int32_t columns,
                               int32_t start) {
  return library->DatasetPushRows(dataset, values, type_float64, rows, columns, start);
}

int whom_lightgbm_dataset_set_floats(const whom_lightgbm *library, whom_lightgbm_dataset dataset,
                                     const char *field, const float *values, int count) {
  return library->DatasetSetField(dataset, field, values, count, type_float32);
}

int whom_lightgbm_dataset_set_doubles(const whom_lightgbm *library,
                                      whom_lightgbm_dataset dataset, const char *field,
                                      const double *values, int count) {
  return library->DatasetSetField(dataset, field, values, count, type_float64);
}

int whom_lightgbm_dataset_set_integers(const whom_lightgbm *library,
                                       whom_lightgbm_dataset dataset, const char *field,
                                       const int32_t *values, int count) {
  return library->DatasetSetField(dataset, field, values, count, type_int32);
}

void whom_lightgbm_dataset_free(const whom_lightgbm *library, whom_lightgbm_dataset dataset) {
  library->DatasetFree(dataset);
}

int whom_lightgbm_booster_create(const whom_lightgbm *library, whom_lightgbm_dataset rows,
                                 const char *parameters, whom_lightgbm_booster *result) {
  return library->BoosterCreate(rows, parameters, result);
}

int whom_lightgbm_booster_load(const whom_lightgbm *library, const char *text,
                               whom_lightgbm_booster *result) {
  int iterations = 0;
  return library->BoosterLoadModelFromString(text, &iterations, result);
}

void whom_lightgbm_booster_free(const whom_lightgbm *library, whom_lightgbm_booster booster) {
  library->BoosterFree(booster);
}

int whom_lightgbm_booster_add_validation(const whom_lightgbm *library,
                                         whom_lightgbm_booster booster,
                                         whom_lightgbm_dataset rows) {
  return library->BoosterAddValidData(booster, rows);
}

int whom_lightgbm_booster_update(const whom_lightgbm *library, whom_lightgbm_booster booster,
                                 int *is_finished) {
  return library->BoosterUpdateOneIter(booster, is_finished);
}

int whom_lightgbm_booster_metric_count(const whom_lightgbm *library,
                                       whom_lightgbm_booster booster, int *count) {
  return library->BoosterGetEvalCounts(booster, count);
}

int whom_lightgbm_booster_metrics(const whom_lightgbm *library, whom_lightgbm_booster booster,
                                  int rows, int *count, double *values) {
  return library->BoosterGetEval(booster, rows, count, values);
}

int whom_lightgbm_booster_text(const whom_lightgbm *library, whom_lightgbm_booster booster,
                               int iterations, int64_t size, int64_t *length, char *text) {
  return library->BoosterSaveModelToString(booster, 0, iterations, 0, size, length, text);
}

int whom_lightgbm_booster_predict(const whom_lightgbm *library, whom_lightgbm_booster booster,
                                  const double *values, int32_t rows, int32_t columns, int kind,
                                  const char *parameters, int64_t *length, double *result) {
  return library->BoosterPredictForMat(booster, values, type_float64, rows, columns, 0, kind, 0,
                                       -1, parameters, length, result);
}
