#ifndef WHOM_KERNEL_H
#define WHOM_KERNEL_H

// Compiled twice, for any machine and for those with 256-bit vectors; picked when loaded.
#if defined(__x86_64__) && defined(__linux__)
#define KERNEL __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define KERNEL
#endif
#define INLINE static inline __attribute__((always_inline))

#endif
