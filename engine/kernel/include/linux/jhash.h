// Bob Jenkins' hash of a few words, which spreads sockets and addresses over the buckets of hash tables.
// Source: include/linux/jhash.h, after http://burtleburtle.net/bob/c/lookup3.c (public domain).
#pragma once
#include "engine/kernel/include/linux/kernel.h"
#include <bit>

namespace sockwalk::kernel {

inline u32 jhash_3words(u32 a, u32 b, u32 c, u32 initval, u32 words = 3) {
  const u32 start = initval + 0xdeadbeef + (words << 2);
  a += start, b += start, c += start;
  c = (c ^ b) - std::rotl(b, 14);
  a = (a ^ c) - std::rotl(c, 11);
  b = (b ^ a) - std::rotl(a, 25);
  c = (c ^ b) - std::rotl(b, 16);
  a = (a ^ c) - std::rotl(c, 4);
  b = (b ^ a) - std::rotl(a, 14);
  return (c ^ b) - std::rotl(b, 24);
}
inline u32 jhash_1word(u32 a, u32 initval) { return jhash_3words(a, 0, 0, initval, 1); }

} // namespace sockwalk::kernel
