// The allocator: addresses as SLUB gives them out, and a census of what lives.
#include "engine/memory/slab.h"
#include "tests/engine/memory/write_log.h"
#include <gtest/gtest.h>

namespace sockwalk {
namespace {

struct Slab : testing::Test {
  WriteLog log;
  SlabAllocator slab{log.arena, log};
  const void* get(CacheId cache, bool zero = false) { return slab.allocate(cache, TypeNone, zero, 0); }
};

TEST_F(Slab, TheObjectFreedLastIsTheNextOneHandedOut) {
  const CacheId cache = slab.createCache("sock", 100, 64);
  const void *a = get(cache), *b = get(cache), *c = get(cache);
  EXPECT_EQ(Arena::offsetOf(b) - Arena::offsetOf(a), 128u) << "100 bytes, aligned to 64";
  EXPECT_EQ(Arena::offsetOf(c) - Arena::offsetOf(b), 128u);
  slab.free(a, 0);
  slab.free(c, 0);
  EXPECT_EQ(get(cache), c);
  EXPECT_EQ(get(cache), a);
}

TEST_F(Slab, ZeroMeansZeroEvenWhereSomebodyLivedBefore) {
  const CacheId cache = slab.createCache("file", 64);
  const void* before = get(cache);
  log.write(Arena::offsetOf(before), "leftover", 8, 0);
  slab.free(before, 0);
  const auto* now = static_cast<const u8*>(get(cache, true));
  ASSERT_EQ(now, before);
  EXPECT_EQ(now[0], 0);
}

TEST_F(Slab, KmallocTakesTheSmallestCacheThatFits) {
  for (const auto& [wanted, room] : std::map<u32, u32>{{1, 8}, {64, 64}, {65, 96}, {97, 128}, {193, 256}, {4097, 8192}})
    EXPECT_EQ(slab.ksize(slab.kmalloc(wanted, TypeNone, false, 0)), room) << wanted;
  EXPECT_EQ(slab.ksize(slab.kmalloc(8193, TypeNone, false, 0)), 4 * Arena::PageSize) << "whole pages, a power of two";
}

TEST_F(Slab, CountsWhatLives) {
  const CacheId cache = slab.createCache("TCP", 2280);
  const auto before = slab.census();
  const void* one = get(cache);
  get(cache);
  EXPECT_EQ(slab.census()["TCP"], 2u);
  slab.free(one, 0);
  EXPECT_EQ(slab.census()["TCP"], 1u);
  EXPECT_EQ(before.count("TCP"), 0u);
  EXPECT_EQ(slab.cacheNamed("TCP"), cache);
  EXPECT_EQ(slab.cacheNamed("no such cache"), SlabAllocator::PageCache);
}

TEST_F(Slab, WhatWasTakenInBulkGoesBackToItsOwnSlabs) {
  const CacheId cache = slab.createCache("skbuff_head_cache", 232);
  const void* bulk = slab.allocate(cache, TypeNone, false, 0, 0, true);
  slab.free(bulk, 0);
  EXPECT_NE(get(cache), bulk) << "a single allocation does not get it";
  EXPECT_EQ(slab.allocate(cache, TypeNone, false, 0, 0, true), bulk);
}

TEST_F(Slab, SaysThatMemoryIsOutInsteadOfLeavingTheHeap) {
  u32 got = 0;
  while (slab.allocatePages(11, TypeNone, 0)) ++got; // 8 MiB each
  EXPECT_EQ(got, (Arena::HeapEnd - Arena::HeapBegin - 0x2000) / (Arena::PageSize << 11));
  EXPECT_EQ(slab.allocatePages(12, TypeNone, 0), nullptr) << "a larger order than there is";
}

} // namespace
} // namespace sockwalk
