// set() and its siblings: the only way to write, and each write is heard of once, at its true size.
#include "engine/memory/set.h"
#include "engine/memory/structures.h"
#include "tests/engine/memory/write_log.h"
#include <gtest/gtest.h>

namespace sockwalk::kernel {
namespace {

using Lines = std::vector<std::string>;

struct Set : testing::Test {
  WriteLog log;
  const sk_buff* skb = log.arena.object<sk_buff>(Arena::HeapBegin + 0x3000);
};

TEST_F(Set, AMemberIsOneWriteOfItsOwnSize) {
  set(skb->len, 1500);
  set(skb->protocol, 0x0008);
  EXPECT_EQ(skb->len, 1500u);
  EXPECT_EQ(log.lines, (Lines{"write 4", "write 2"}));
}

TEST_F(Set, APointerHoldsTheKernelAddressAndFindsItsTarget) {
  const sock* sk = log.arena.object<sock>(Arena::HeapBegin + 0x5000);
  set(skb->sk, sk);
  EXPECT_EQ(skb->sk.value, 0xffff888001005000ull);
  EXPECT_EQ(skb->sk.get(), sk);
  set(skb->sk, nullptr);
  EXPECT_EQ(skb->sk.get(), nullptr);
}

TEST_F(Set, ABitFieldLeavesItsNeighboursAlone) {
  set(skb, sk_buff::bit::pkt_type, 7);
  set(skb, sk_buff::bit::ip_summed, 3);
  set(skb, sk_buff::bit::pkt_type, 2);
  EXPECT_EQ(skb->pkt_type, 2);
  EXPECT_EQ(skb->ip_summed, 3);
}

TEST_F(Set, AddAndSubGiveTheNewValue) {
  EXPECT_EQ(add(skb->len, 100), 100u);
  EXPECT_EQ(sub(skb->len, 40), 60u);
  set(skb->data, log.arena.at(Arena::HeapBegin + 0x6000));
  EXPECT_EQ(advance(skb->data, -14), log.arena.at(Arena::HeapBegin + 0x6000 - 14));
}

TEST_F(Set, NoBytesAreNoWrite) {
  setBytes(skb->cb, "", 0);
  fillBytes(skb->cb, 0, 0);
  EXPECT_TRUE(log.lines.empty());
}

TEST_F(Set, AMemberOfNothingIsAnOops) {
  const auto* lenOfNothing = reinterpret_cast<const u32*>(u64{112}); // where a null sk_buff would have its len
  EXPECT_THROW(set(*lenOfNothing, 1u), NullDereference);
  EXPECT_THROW((void)skb->sk->__sk_common.skc_family, NullDereference) << "reading through a null pointer";
  EXPECT_TRUE(log.lines.empty());
}

TEST(SilentSet, ChangesMemoryWithoutTellingAnybody) {
  Arena arena(nullptr, true);
  const sk_buff* skb = arena.object<sk_buff>(Arena::HeapBegin + 0x3000);
  set(skb->len, 7);
  EXPECT_EQ(skb->len, 7u);
}

} // namespace
} // namespace sockwalk::kernel
