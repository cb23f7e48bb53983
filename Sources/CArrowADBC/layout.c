// The structs cross library boundaries: a wrong layout must not compile.

#include "CArrowADBC.h"

#if UINTPTR_MAX == UINT64_MAX
_Static_assert(sizeof(struct ArrowSchema) == 72, "Arrow C data interface");
_Static_assert(sizeof(struct ArrowArray) == 80, "Arrow C data interface");
_Static_assert(sizeof(struct ArrowArrayStream) == 40, "Arrow C stream interface");
_Static_assert(sizeof(struct AdbcError) == 48, "ADBC 1.1 error");
_Static_assert(offsetof(struct AdbcDriver, ErrorGetDetailCount) == 29 * 8, "ADBC 1.0 driver");
_Static_assert(sizeof(struct AdbcDriver) == 58 * 8, "ADBC 1.1 driver");
#endif
