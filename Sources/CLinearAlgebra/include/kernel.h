#ifndef WHOM_KERNEL_H
#define WHOM_KERNEL_H

// Compiled twice, for any machine and for those with 256-bit vectors; picked when loaded. The wide
// ones also for 512 bits: only where the width of vectors decides no order of additions.
#if defined(__x86_64__) && defined(__linux__)
#define KERNEL __attribute__((target_clones("arch=x86-64-v3", "default")))
#define WIDE_KERNEL __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define KERNEL
#define WIDE_KERNEL
#endif
#define INLINE static inline __attribute__((always_inline))

#endif
