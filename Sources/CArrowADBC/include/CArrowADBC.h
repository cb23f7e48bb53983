// The two published C interfaces through which Whom talks to every engine: Arrow's C data and
// stream interfaces (arrow.apache.org/docs/format/CDataInterface.html) and ADBC 1.1
// (arrow.apache.org/adbc). Layouts only; the code behind them is in the engines' libraries.

#ifndef WHOM_CARROWADBC_H
#define WHOM_CARROWADBC_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// --- Arrow ---------------------------------------------------------------------------------

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

#endif

// --- ADBC ----------------------------------------------------------------------------------

typedef uint8_t AdbcStatusCode;

#define ADBC_VERSION_1_1_0 1001000

enum {
  ADBC_STATUS_OK = 0,
  ADBC_STATUS_UNKNOWN = 1,
  ADBC_STATUS_NOT_IMPLEMENTED = 2,
  ADBC_STATUS_NOT_FOUND = 3,
  ADBC_STATUS_ALREADY_EXISTS = 4,
  ADBC_STATUS_INVALID_ARGUMENT = 5,
  ADBC_STATUS_INVALID_STATE = 6,
  ADBC_STATUS_INVALID_DATA = 7,
  ADBC_STATUS_INTEGRITY = 8,
  ADBC_STATUS_INTERNAL = 9,
  ADBC_STATUS_IO = 10,
  ADBC_STATUS_CANCELLED = 11,
  ADBC_STATUS_TIMEOUT = 12,
  ADBC_STATUS_UNAUTHENTICATED = 13,
  ADBC_STATUS_UNAUTHORIZED = 14
};

struct AdbcDriver;

struct AdbcError {
  char *message;
  int32_t vendor_code;
  char sqlstate[5];
  void (*release)(struct AdbcError *);
  // Since 1.1, and only when vendor_code is INT32_MIN.
  void *private_data;
  struct AdbcDriver *private_driver;
};

struct AdbcErrorDetail {
  const char *key;
  const uint8_t *value;
  size_t value_length;
};

struct AdbcDatabase {
  void *private_data;
  struct AdbcDriver *private_driver;
};

struct AdbcConnection {
  void *private_data;
  struct AdbcDriver *private_driver;
};

struct AdbcStatement {
  void *private_data;
  struct AdbcDriver *private_driver;
};

struct AdbcPartitions {
  size_t num_partitions;
  const uint8_t **partitions;
  const size_t *partition_lengths;
  void *private_data;
  void (*release)(struct AdbcPartitions *);
};

// Every call returns a status and fills in an error; these shorten the table below.
#define WHOM_CALL(name, ...) AdbcStatusCode (*name)(__VA_ARGS__, struct AdbcError *)
#define WHOM_OPTIONS_GET(kind, handle)                        \
  WHOM_CALL(kind##GetOption, handle, const char *, char *, size_t *);       \
  WHOM_CALL(kind##GetOptionBytes, handle, const char *, uint8_t *, size_t *); \
  WHOM_CALL(kind##GetOptionDouble, handle, const char *, double *);         \
  WHOM_CALL(kind##GetOptionInt, handle, const char *, int64_t *)
#define WHOM_OPTIONS_SET(kind, handle)                        \
  WHOM_CALL(kind##SetOptionBytes, handle, const char *, const uint8_t *, size_t); \
  WHOM_CALL(kind##SetOptionDouble, handle, const char *, double);           \
  WHOM_CALL(kind##SetOptionInt, handle, const char *, int64_t)

// The order of the members is the interface.
struct AdbcDriver {
  void *private_data;
  void *private_manager;
  WHOM_CALL(release, struct AdbcDriver *);

  WHOM_CALL(DatabaseInit, struct AdbcDatabase *);
  WHOM_CALL(DatabaseNew, struct AdbcDatabase *);
  WHOM_CALL(DatabaseSetOption, struct AdbcDatabase *, const char *, const char *);
  WHOM_CALL(DatabaseRelease, struct AdbcDatabase *);

  WHOM_CALL(ConnectionCommit, struct AdbcConnection *);
  WHOM_CALL(ConnectionGetInfo, struct AdbcConnection *, const uint32_t *, size_t,
            struct ArrowArrayStream *);
  WHOM_CALL(ConnectionGetObjects, struct AdbcConnection *, int, const char *, const char *,
            const char *, const char **, const char *, struct ArrowArrayStream *);
  WHOM_CALL(ConnectionGetTableSchema, struct AdbcConnection *, const char *, const char *,
            const char *, struct ArrowSchema *);
  WHOM_CALL(ConnectionGetTableTypes, struct AdbcConnection *, struct ArrowArrayStream *);
  WHOM_CALL(ConnectionInit, struct AdbcConnection *, struct AdbcDatabase *);
  WHOM_CALL(ConnectionNew, struct AdbcConnection *);
  WHOM_CALL(ConnectionSetOption, struct AdbcConnection *, const char *, const char *);
  WHOM_CALL(ConnectionReadPartition, struct AdbcConnection *, const uint8_t *, size_t,
            struct ArrowArrayStream *);
  WHOM_CALL(ConnectionRelease, struct AdbcConnection *);
  WHOM_CALL(ConnectionRollback, struct AdbcConnection *);

  WHOM_CALL(StatementBind, struct AdbcStatement *, struct ArrowArray *, struct ArrowSchema *);
  WHOM_CALL(StatementBindStream, struct AdbcStatement *, struct ArrowArrayStream *);
  WHOM_CALL(StatementExecuteQuery, struct AdbcStatement *, struct ArrowArrayStream *,
            int64_t *);
  WHOM_CALL(StatementExecutePartitions, struct AdbcStatement *, struct ArrowSchema *,
            struct AdbcPartitions *, int64_t *);
  WHOM_CALL(StatementGetParameterSchema, struct AdbcStatement *, struct ArrowSchema *);
  WHOM_CALL(StatementNew, struct AdbcConnection *, struct AdbcStatement *);
  WHOM_CALL(StatementPrepare, struct AdbcStatement *);
  WHOM_CALL(StatementRelease, struct AdbcStatement *);
  WHOM_CALL(StatementSetOption, struct AdbcStatement *, const char *, const char *);
  WHOM_CALL(StatementSetSqlQuery, struct AdbcStatement *, const char *);
  WHOM_CALL(StatementSetSubstraitPlan, struct AdbcStatement *, const uint8_t *, size_t);

  // Since 1.1.
  int (*ErrorGetDetailCount)(const struct AdbcError *);
  struct AdbcErrorDetail (*ErrorGetDetail)(const struct AdbcError *, int);
  const struct AdbcError *(*ErrorFromArrayStream)(struct ArrowArrayStream *, AdbcStatusCode *);

  WHOM_OPTIONS_GET(Database, struct AdbcDatabase *);
  WHOM_OPTIONS_SET(Database, struct AdbcDatabase *);

  WHOM_CALL(ConnectionCancel, struct AdbcConnection *);
  WHOM_OPTIONS_GET(Connection, struct AdbcConnection *);
  WHOM_CALL(ConnectionGetStatistics, struct AdbcConnection *, const char *, const char *,
            const char *, char, struct ArrowArrayStream *);
  WHOM_CALL(ConnectionGetStatisticNames, struct AdbcConnection *, struct ArrowArrayStream *);
  WHOM_OPTIONS_SET(Connection, struct AdbcConnection *);

  WHOM_CALL(StatementCancel, struct AdbcStatement *);
  WHOM_CALL(StatementExecuteSchema, struct AdbcStatement *, struct ArrowSchema *);
  WHOM_OPTIONS_GET(Statement, struct AdbcStatement *);
  WHOM_OPTIONS_SET(Statement, struct AdbcStatement *);
};

#undef WHOM_CALL
#undef WHOM_OPTIONS_GET
#undef WHOM_OPTIONS_SET

// What a driver library exports: fills in `driver`, a zeroed struct AdbcDriver.
typedef AdbcStatusCode (*AdbcDriverInitFunc)(int version, void *driver, struct AdbcError *error);

// Gives memory that an engine has freed, and the allocator kept, back to the system.
void whom_give_memory_back(void);

#ifdef __cplusplus
}
#endif

#endif
