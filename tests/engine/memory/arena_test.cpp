// The arena: a place, its kernel address and its host address are one number seen three ways.
#include "tests/engine/memory/write_log.h"
#include <gtest/gtest.h>
#include <thread>

namespace sockwalk {
namespace {

TEST(ArenaMemory, IsAlignedSoThatAnyPointerFindsItsArena) {
  Arena one, other;
  EXPECT_EQ(reinterpret_cast<u64>(one.base()) % Arena::Size, 0u);
  const u8* deepInside = one.at(Arena::UserBegin + 12345);
  EXPECT_EQ(Arena::baseOf(deepInside), one.base());
  EXPECT_EQ(Arena::offsetOf(deepInside), Arena::UserBegin + 12345);
  EXPECT_TRUE(one.contains(deepInside));
  EXPECT_FALSE(other.contains(deepInside));
}

TEST(ArenaMemory, GivesEachRegionTheKernelsAddresses) {
  EXPECT_EQ(Arena::addressOf(0x40), 0xffffea0000000040ull) << "struct page array";
  EXPECT_EQ(Arena::addressOf(Arena::HeapBegin), 0xffff888001000000ull) << "direct map";
  EXPECT_EQ(Arena::addressOf(Arena::StackBegin), 0xffffc90030000000ull) << "kernel stacks";
  EXPECT_EQ(Arena::addressOf(Arena::TextBegin), 0xffffffff81000000ull) << "text";
  EXPECT_EQ(Arena::addressOf(Arena::UserBegin), 0x00007f00c0000000ull) << "user memory";
  EXPECT_EQ(Arena::address(nullptr), 0u);
}

TEST(ArenaMemory, FindsAnObjectAgainFromItsKernelAddress) {
  Arena arena;
  const u32 place = Arena::HeapBegin + 0x5000;
  EXPECT_EQ(arena.object<u8>(Arena::addressOf(place)), arena.at(place));
  EXPECT_EQ(arena.object<u8>(0), nullptr);
}

TEST(ArenaMemory, KnowsTheLiveObjectAroundAByte) {
  WriteLog log;
  const u32 slab = Arena::HeapBegin + 0x4000;
  log.newSlab({slab, 192, 7, 2, 0});
  log.born(slab + 192, 3, 7, 192, 0);
  EXPECT_EQ(log.arena.objectAround(slab + 192 + 100), slab + 192);
  EXPECT_EQ(log.arena.objectAround(slab + 191), 0u) << "nothing lives in the slab's first place";
  EXPECT_EQ(log.arena.objectAround(slab + 2 * Arena::PageSize), 0u) << "behind the slab";
  EXPECT_EQ(log.arena.objectAround(Arena::UserBegin), 0u) << "no heap";
}

// Which machine a host thread works for is a matter of that thread alone.
TEST(ArenaMemory, IsEnteredByOneThreadWithoutTheOthers) {
  Arena mine, theirs;
  EnterArena enter(&mine);
  Arena* seen = &mine;
  std::thread([&] {
    seen = t_arena;
    EnterArena inner(&theirs);
    EXPECT_EQ(t_arena, &theirs);
  }).join();
  EXPECT_EQ(seen, nullptr) << "a fresh thread works for no machine";
  EXPECT_EQ(t_arena, &mine);
  {
    EnterArena inner(&theirs);
    EXPECT_EQ(t_arena, &theirs);
  }
  EXPECT_EQ(t_arena, &mine) << "leaving gives back what was before";
}

} // namespace
} // namespace sockwalk
