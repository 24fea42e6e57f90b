// A session in which one UDP frame climbs as far as these tests need: real sk_buff functions, and short
// functions of the test's own in place of the protocol layers, so that the numbers are known by heart.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"
#include "tests/support/still_session.h"

namespace sockwalk::kernel {

inline const u8 helloFrame[47] = {
    0x52, 0x54, 0,    0x12, 0x34, 0x56, 2,    0,    0,    0,    0,    2,    8,  0,                     // Ethernet
    0x45, 0,    0,    0x21, 0,    0x2b, 0,    0,    0x40, 0x11, 0x62, 0xb0, 10, 0, 2, 2, 10, 0, 2, 15, // IPv4
    0x1e, 0x61, 0xd4, 0x31, 0,    13,   0x9a, 0x5c, 'h',  'e',  'l',  'l',  'o'};                      // UDP

inline void test_udp_rcv(const sk_buff* skb) {
  KFUNC(test_udp_rcv, skb);
  kfree_skb_reason(skb, SKB_DROP_REASON_NO_SOCKET);
}
inline void test_ip_rcv(const sk_buff* skb) {
  KFUNC(test_ip_rcv, skb);
  skb_set_transport_header(skb, 20);
  pskb_trim(skb, 33);
  __skb_pull(skb, 20);
  test_udp_rcv(skb);
}
inline void test_eth(const sk_buff* skb) {
  KFUNC(test_eth, skb);
  skb_reset_mac_header(skb);
  set(skb->protocol, 0x0008);
  skb_pull(skb, 14);
  skb_reset_network_header(skb);
}
inline void test_poll() {
  KFUNC(test_poll);
  const sk_buff* skb = alloc_skb(320, GFP_ATOMIC);
  skb_reserve(skb, 64);
  const u8* at = skb_put(skb, 60);
  fillBytes(at, 0, 60);
  setBytes(at, helloFrame, sizeof helloFrame);
  test_eth(skb);
  test_ip_rcv(skb);
}
inline void test_clone() {
  KFUNC(test_clone);
  const sk_buff* skb = alloc_skb_fclone(100, GFP_ATOMIC);
  skb_reserve(skb, 40);
  skb_put_data(skb, "payload", 7);
  const sk_buff* twin = skb_clone(skb, GFP_ATOMIC);
  skb_push(twin, 8);
  consume_skb(twin);
  consume_skb(skb);
}

} // namespace sockwalk::kernel

namespace sockwalk {

class PacketSession final : public tests::StillSession {
public:
  PacketSession() {
    machine().boot();
    ensureCaches();
    machine().interrupt("a frame arrives", [] { kernel::test_poll(); });
    machine().interrupt("a buffer is cloned", [] { kernel::test_clone(); });
  }
  void another() {
    machine().interrupt("another frame arrives", [] { kernel::test_poll(); });
  }

private:
  // A machine that has no network yet has no caches of sk_buffs either.
  void ensureCaches() {
    if (machine().slab().cacheNamed("skbuff_head_cache") == SlabAllocator::PageCache)
      machine().interrupt("skb_init", [] { kernel::skb_init(); });
  }
};

} // namespace sockwalk
