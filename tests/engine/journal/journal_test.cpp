// The journal's promises: every write is on it, any position can be reached from any other, and the memory there is
// what it was. The recorder is driven directly, with the structures of the kernel but none of its code.
#include "engine/journal/queries.h"
#include "engine/journal/recorder.h"
#include "engine/journal/reflection.h"
#include "engine/memory/slab.h"
#include "engine/memory/structures.h"
#include <gtest/gtest.h>
#include <random>

using namespace sockwalk;
using namespace sockwalk::kernel;

namespace {

struct Fixture : ::testing::Test {
  Recorder recorder;
  SlabAllocator slab{recorder.arena(), recorder};
  CacheId tcp = slab.createCache("TCP", sizeof(tcp_sock));
  const Journal& journal = recorder.journal();
  template <class T> const T* make(CacheId cache) {
    return static_cast<const T*>(slab.allocate(cache, TypeName<T>::index, true, __LINE__));
  }
};

TEST_F(Fixture, AWriteIsOnTheJournalWithOldAndNewBytes) {
  auto* sk = make<tcp_sock>(tcp);
  const sock* s = reinterpret_cast<const sock*>(sk);
  set(s->sk_type, 1);
  set(s->sk_type, 2);
  const auto history = fieldHistory(journal, Arena::offsetOf(&s->sk_type), 2, 1);
  ASSERT_GE(history.size(), 2u);
  EXPECT_EQ(history.back().before[0], 1);
  EXPECT_EQ(history.back().after[0], 2);
}

TEST_F(Fixture, PointersHoldKernelAddressesAndFindTheirTargets) {
  auto* sk = make<tcp_sock>(tcp);
  auto* sock = static_cast<const socket*>(slab.kmalloc(sizeof(socket), TypeName<socket>::index, true, 0));
  set(sock->sk, reinterpret_cast<const kernel::sock*>(sk));
  EXPECT_EQ(sock->sk.value >> 32, 0xffff8880u);
  EXPECT_EQ(static_cast<const void*>(sock->sk.get()), static_cast<const void*>(sk));
}

TEST_F(Fixture, EveryBitFieldDescriptorMeetsItsMember) {
  auto* skb = static_cast<const sk_buff*>(slab.kmalloc(sizeof(sk_buff), TypeName<sk_buff>::index, true, 0));
  set(skb, sk_buff::bit::cloned, 1);
  set(skb, sk_buff::bit::ip_summed, 3);
  set(skb, sk_buff::bit::pkt_type, 4);
  set(skb, sk_buff::bit::slow_gro, 1);
  EXPECT_EQ(skb->cloned, 1);
  EXPECT_EQ(skb->ip_summed, 3);
  EXPECT_EQ(skb->pkt_type, 4);
  EXPECT_EQ(skb->slow_gro, 1);
  EXPECT_EQ(skb->nohdr, 0);
  auto* sk = make<tcp_sock>(tcp);
  auto* s = reinterpret_cast<const kernel::sock*>(sk);
  set(s, kernel::sock::bit::sk_userlocks, 5);
  EXPECT_EQ(s->sk_userlocks, 5);
}

TEST_F(Fixture, FreedObjectsComeBackFirst) {
  auto* a = make<tcp_sock>(tcp);
  make<tcp_sock>(tcp);
  slab.free(a, 0);
  EXPECT_EQ(make<tcp_sock>(tcp), a);
  EXPECT_EQ(slab.census().at("TCP"), 2u);
}

TEST_F(Fixture, AddressesHaveNames) {
  auto* sk = make<tcp_sock>(tcp);
  auto* s = reinterpret_cast<const kernel::sock*>(sk);
  Playhead p(journal);
  p.seek(journal.size());
  EXPECT_EQ(describe(p, Arena::address(&s->sk_receive_queue.qlen), 4), "sk_receive_queue.qlen of tcp_sock #1");
  EXPECT_EQ(pointerText(p, Arena::address(&s->sk_receive_queue)), "sk_receive_queue of tcp_sock #1");
  EXPECT_EQ(pointerText(p, Arena::address(s)), "tcp_sock #1");
  p.seek(0);
  EXPECT_EQ(objectAt(p, Arena::address(sk)).size, 0u) << "nothing lives there before its allocation";
}

// A few hundred thousand random writes, allocations and frees; then jumps, each held against a copy of the truth.
TEST_F(Fixture, AnyPositionIsReachedFromAnyOther) {
  std::mt19937 random(7);
  std::vector<const u8*> live;
  std::vector<std::pair<EventIndex, std::vector<u8>>> truth;
  constexpr u32 Watched = 64 * 1024;
  for (int i = 0; i < 300000; ++i) {
    const auto what = random() % 100;
    if (live.size() < 20 || what < 2)
      live.push_back(static_cast<const u8*>(slab.kmalloc(8 << random() % 7, TypeBuffer, random() % 2, 1)));
    else if (what < 4) {
      std::swap(live[random() % live.size()], live.back());
      slab.free(live.back(), 2);
      live.pop_back();
    } else {
      const u64 v = random();
      setBytes(live[random() % live.size()], &v, 1 + random() % 8);
    }
    if (i % 20011 == 0) {
      const u8* heap = recorder.arena().at(Arena::HeapBegin + 0x2000);
      truth.push_back({journal.size(), {heap, heap + Watched}});
    }
  }
  Playhead p(journal);
  for (int i = 0; i < 300; ++i) {
    auto& [position, bytes] = truth[random() % truth.size()];
    if (i % 3 == 0) p.seek(static_cast<EventIndex>(random() % journal.size()));
    p.seek(position);
    ASSERT_EQ(0, std::memcmp(p.memory().at(Arena::HeapBegin + 0x2000), bytes.data(), Watched))
        << "at event " << position;
  }
}

// Two objects on pages of their own: one written all the time, one now and then, so that whole stretches between
// keyframes do not touch it. Whoever asks for its writes finds just those that a look at every event finds.
TEST_F(Fixture, WritesAreFoundBehindStretchesThatAreLeftOut) {
  const auto page = [&] {
    return static_cast<const sock*>(slab.kmalloc(Arena::PageSize, TypeName<sock>::index, true, 0));
  };
  const sock *busy = page(), *calm = page();
  std::vector<EventIndex> written;
  for (u32 i = 0; i < 5 * Journal::KeyframeEvery; ++i) {
    set(busy->sk_rcvbuf, static_cast<int>(i));
    if (i % (2 * Journal::KeyframeEvery + 17) != 5) continue;
    set(calm->sk_rcvbuf, static_cast<int>(i));
    written.push_back(journal.size());
  }
  const u32 at = Arena::offsetOf(&calm->sk_rcvbuf);
  const EventIndex begin = written.front() - 1;
  std::vector<EventIndex> forward, backward;
  for (EventIndex p = begin, next; (next = nextWrite(journal, p, at, 4, true)) != p; p = next) forward.push_back(next);
  for (EventIndex p = journal.size(), next; (next = nextWrite(journal, p, at, 4, false)) != p && next > begin; p = next)
    backward.insert(backward.begin(), next);
  EXPECT_EQ(forward, written);
  EXPECT_EQ(backward, written);
  u32 quiet = 0;
  for (EventIndex p = 0; p < journal.size(); p = stretchAt(journal, p, at, 4).to)
    quiet += stretchAt(journal, p, at, 4).quiet;
  EXPECT_GE(quiet, 2u) << "else nothing was left out";
}

TEST(Repeatable, TheSameDeedsGiveTheSameHash) {
  const auto deeds = [] {
    Recorder r;
    SlabAllocator slab(r.arena(), r);
    for (int i = 0; i < 1000; ++i) set(static_cast<const socket*>(slab.kmalloc(128, TypeNone, true, 0))->flags, i);
    return r.journal().hash();
  };
  EXPECT_EQ(deeds(), deeds());
}

} // namespace
