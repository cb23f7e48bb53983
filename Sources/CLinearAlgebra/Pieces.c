#include <pthread.h>
#include <stdatomic.h>

#include "linear_algebra.h"

typedef struct {
  _Atomic ptrdiff_t next;
  ptrdiff_t count;
  void (*piece)(void *, ptrdiff_t);
  void *context;
} whom_pieces;

static void *take(void *argument) {
  whom_pieces *pieces = argument;
  for (;;) {
    ptrdiff_t index = atomic_fetch_add(&pieces->next, 1);
    if (index >= pieces->count) return NULL;
    pieces->piece(pieces->context, index);
  }
}

void whom_run_pieces(int threads, ptrdiff_t count, void (*piece)(void *, ptrdiff_t),
                     void *context) {
  enum { most = 64 };
  pthread_t started[most];
  int running = 0;
  whom_pieces pieces = {.next = 0, .count = count, .piece = piece, .context = context};
  while (running < threads - 1 && running < most && running < count - 1) {
    if (pthread_create(&started[running], NULL, take, &pieces) != 0) break;
    running++;
  }
  take(&pieces);
  for (int i = 0; i < running; i++) pthread_join(started[i], NULL);
}
