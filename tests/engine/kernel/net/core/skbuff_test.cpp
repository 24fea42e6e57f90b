// The sk_buff: sizes, room, clones, queues, ends; and what happens when it is used wrongly.
#include "engine/kernel/include/linux/skbuff.h"
#include "tests/engine/kernel/kernel_machine.h"
#include <gtest/gtest.h>

namespace sockwalk::kernel {
namespace {

class Skbuff : public testing::Test {
protected:
  KernelMachine m;
  // Runs inside the kernel, outside of any task; false if the kernel stopped.
  bool inside(const std::function<void()>& body) {
    m.machine.interrupt("test", body);
    return !m.machine.panicked();
  }
  static const sk_buff* filled(u32 size, u32 headroom, u32 bytes) {
    const sk_buff* skb = alloc_skb(size, GFP_KERNEL);
    skb_reserve(skb, static_cast<int>(headroom));
    const u8* at = skb_put(skb, bytes);
    for (u32 i = 0; i < bytes; ++i) set(at[i], i);
    return skb;
  }
};

static_assert(sizeof(sk_buff) == 232 && offsetof(sk_buff, head) == 200 && sizeof(skb_shared_info) == 320);

struct Size {
  u32 asked, end, truesize;
};
class Sizes : public Skbuff, public testing::WithParamInterface<Size> {};
INSTANTIATE_TEST_SUITE_P(Skbuff, Sizes,
                         testing::Values(Size{1, 192, 768}, Size{33, 192, 768}, Size{192, 192, 768},
                                         Size{193, 704, 1280}, Size{704, 704, 1280}, Size{705, 1728, 2304},
                                         Size{3776, 3776, 4352}, Size{3777, 7872, 8448}));
// What is asked for and the shared info share one slab object, and the whole of it is used.
TEST_P(Sizes, FollowTheSlab) {
  const auto before = m.census();
  EXPECT_TRUE(inside([] {
    const sk_buff* skb = alloc_skb(GetParam().asked, GFP_KERNEL);
    EXPECT_EQ(skb->end, GetParam().end);
    EXPECT_EQ(skb->truesize, GetParam().truesize);
    EXPECT_EQ(skb_tailroom(skb), GetParam().end);
    EXPECT_EQ(refcount_read(&skb->users), 1);
    EXPECT_EQ(atomic_read(&skb_shinfo(skb)->dataref), 1);
    EXPECT_FALSE(skb_mac_header_was_set(skb));
    kfree_skb(skb);
  }));
  EXPECT_EQ(m.census(), before);
}

TEST_F(Skbuff, ReservePutPushPullTrim) {
  EXPECT_TRUE(inside([] {
    const sk_buff* skb = filled(100, 64, 40);
    EXPECT_EQ(skb_headroom(skb), 64u);
    EXPECT_EQ(skb->len, 40u);
    EXPECT_EQ(skb->tail, 104u);
    EXPECT_EQ(skb_push(skb, 20) - skb->head, 44);
    EXPECT_EQ(skb->len, 60u);
    EXPECT_EQ(skb_pull(skb, 30) - skb->head, 74);
    EXPECT_EQ(skb->data[0], 10);
    EXPECT_EQ(skb_pull(skb, 31), nullptr);
    skb_trim(skb, 100);
    EXPECT_EQ(skb->len, 30u);
    skb_trim(skb, 5);
    EXPECT_EQ(skb->tail, 79u);
    kfree_skb(skb);
  }));
}

TEST_F(Skbuff, PutPastTheEndStopsTheKernel) {
  EXPECT_FALSE(inside([] {
    const sk_buff* skb = filled(100, 64, 0);
    skb_put(skb, 128);
    skb_put(skb, 1);
  }));
  EXPECT_NE(m.machine.panicText().find("skb_over_panic"), std::string::npos) << m.machine.panicText();
  const Event& last = m.machine.journal()[m.machine.journal().size() - 1];
  EXPECT_TRUE(last.type == EventType::Panic || last.type == EventType::Context);
}
TEST_F(Skbuff, PushBeforeTheHeadStopsTheKernel) {
  EXPECT_FALSE(inside([] { skb_push(filled(100, 10, 5), 11); }));
  EXPECT_NE(m.machine.panicText().find("skb_under_panic"), std::string::npos) << m.machine.panicText();
}
TEST_F(Skbuff, ReferenceBelowZeroStopsTheKernel) {
  EXPECT_FALSE(inside([] {
    const sk_buff* skb = filled(100, 0, 5);
    atomic_set(&skb->users.refs, 0);
    kfree_skb(skb);
  }));
}

TEST_F(Skbuff, ClonesShareTheBytes) {
  const auto before = m.census();
  EXPECT_TRUE(inside([] {
    const sk_buff* skb = filled(100, 16, 50);
    const sk_buff* clone = skb_clone(skb, GFP_ATOMIC);
    EXPECT_EQ(clone->head.get(), skb->head.get());
    EXPECT_EQ(atomic_read(&skb_shinfo(skb)->dataref), 2);
    EXPECT_TRUE(skb_cloned(skb) && skb_cloned(clone));
    EXPECT_EQ(pskb_expand_head(clone, 64, 0, GFP_ATOMIC), 0); // its own bytes from here on
    EXPECT_NE(clone->head.get(), skb->head.get());
    EXPECT_FALSE(skb_cloned(skb));
    EXPECT_EQ(skb_headroom(clone), 80u);
    EXPECT_EQ(std::memcmp(clone->data, skb->data, 50), 0);
    kfree_skb(skb);
    consume_skb(clone);
  }));
  EXPECT_EQ(m.census(), before);
}

TEST_F(Skbuff, FclonePairIsOneObject) {
  const auto before = m.census();
  EXPECT_TRUE(inside([] {
    const sk_buff* skb = alloc_skb_fclone(100, GFP_KERNEL);
    const sk_buff* twin = skb_clone(skb, GFP_ATOMIC);
    EXPECT_EQ(twin, skb + 1);
    const sk_buff* third = skb_clone(skb, GFP_ATOMIC); // the twin is taken
    EXPECT_NE(third, skb + 1);
    kfree_skb(skb);
    kfree_skb(third);
    kfree_skb(twin);
  }));
  EXPECT_EQ(m.census(), before);
}

TEST_F(Skbuff, CopyIsPrivateAndLinear) {
  const auto before = m.census();
  EXPECT_TRUE(inside([] {
    const sk_buff* skb = filled(100, 8, 20);
    const page* page = alloc_pages(GFP_ATOMIC, 0);
    fillBytes(page_address(page), 0x5a, 300);
    skb_add_rx_frag(skb, 0, page, 100, 200, PAGE_SIZE);
    EXPECT_EQ(skb->len, 220u);
    EXPECT_EQ(skb->data_len, 200u);
    const sk_buff* copy = skb_copy(skb, GFP_ATOMIC);
    EXPECT_EQ(copy->len, 220u);
    EXPECT_EQ(copy->data_len, 0u);
    EXPECT_EQ(copy->data[219], 0x5a);
    EXPECT_TRUE(pskb_may_pull(skb, 60));
    EXPECT_EQ(skb_headlen(skb), 60u);
    EXPECT_EQ(skb->data[59], 0x5a);
    EXPECT_FALSE(pskb_may_pull(skb, 221));
    EXPECT_EQ(__skb_checksum(skb, 0, 220, 0), __skb_checksum(copy, 0, 220, 0));
    EXPECT_EQ(___pskb_trim(skb, 70), 0);
    EXPECT_EQ(skb->len, 70u);
    EXPECT_EQ(skb_linearize(skb), 0);
    EXPECT_EQ(std::memcmp(skb->data, copy->data, 70), 0);
    kfree_skb(skb);
    kfree_skb(copy);
  }));
  EXPECT_EQ(m.census(), before);
}

TEST_F(Skbuff, QueuesKeepOrderAndCount) {
  const auto before = m.census();
  EXPECT_TRUE(inside([] {
    OnStack<sk_buff_head> list, other;
    skb_queue_head_init(list);
    skb_queue_head_init(other);
    const sk_buff *a = filled(10, 0, 1), *b = filled(10, 0, 2), *c = filled(10, 0, 3);
    skb_queue_tail(list, b);
    skb_queue_tail(list, c);
    skb_queue_head(list, a);
    EXPECT_EQ(skb_queue_len(list), 3u);
    skb_unlink(b, list);
    EXPECT_EQ(skb_dequeue(list), a);
    skb_queue_tail(other, a);
    skb_queue_splice_tail_init(list, other);
    EXPECT_TRUE(skb_queue_empty(list));
    EXPECT_EQ(skb_peek_tail(other), c);
    EXPECT_EQ(skb_queue_len(other), 2u);
    skb_queue_purge(other);
    EXPECT_EQ(skb_dequeue(other), nullptr);
    kfree_skb(b);
  }));
  EXPECT_EQ(m.census(), before);
}

TEST_F(Skbuff, NoMemoryGivesNothing) {
  const auto before = m.census();
  EXPECT_TRUE(inside([&] {
    for (u32 nth : {1u, 2u}) {
      m.machine.failAllocation("alloc_skb", nth);
      EXPECT_EQ(alloc_skb(100, GFP_KERNEL), nullptr) << nth;
      m.machine.failAllocation("alloc_skb_fclone", nth);
      EXPECT_EQ(alloc_skb_fclone(100, GFP_KERNEL), nullptr) << nth;
    }
    const sk_buff* skb = filled(100, 0, 5);
    m.machine.failAllocation("skb_clone");
    EXPECT_EQ(skb_clone(skb, GFP_ATOMIC), nullptr);
    m.machine.failAllocation("pskb_expand_head");
    EXPECT_EQ(pskb_expand_head(skb, 8, 0, GFP_ATOMIC), -ENOMEM);
    kfree_skb(skb);
  }));
  EXPECT_EQ(m.census(), before);
}

TEST_F(Skbuff, ChecksumOfPartsIsChecksumOfTheWhole) {
  EXPECT_TRUE(inside([] {
    const sk_buff* skb = filled(200, 0, 101);
    const u16 whole = csum_fold(__skb_checksum(skb, 0, 101, 0));
    const u32 front = __skb_checksum(skb, 0, 33, 0), back = __skb_checksum(skb, 33, 68, 0);
    EXPECT_EQ(csum_fold(csum_block_add(front, back, 33)), whole);
    EXPECT_EQ(csum_fold(csum_block_sub(__skb_checksum(skb, 0, 101, 0), back, 33)), csum_fold(front));
    kfree_skb(skb);
  }));
}

} // namespace
} // namespace sockwalk::kernel
