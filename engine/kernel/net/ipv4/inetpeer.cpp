#include "engine/kernel/include/net/inetpeer.h"
#include "engine/kernel/include/net/icmp.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

// A peer's four words: its address (and that it is one), its tokens, when they were last counted, redirects sent to it.
enum { PEER_ADDRESS, PEER_TOKENS, PEER_LAST, PEER_REDIRECTS, PEER_WORDS = 4 };
static constexpr u32 Peers = 1024;
static constexpr u64 InUse = 1ull << 32;
static Global<u64[Peers * PEER_WORDS]> inet_peers{"inet_peers"};

static u32 slotOf(const net* net, u32 daddr) { return ((daddr ^ net->hash_mix) * 0x9e3779b1u) >> 22; }
static u64 keyOf(const net* net, u32 daddr) {
  return InUse | daddr | u64(net->hash_mix) << 33;
} // each namespace its own

static const u64* lookup(const net* net, u32 daddr) {
  KFUNC(lookup, daddr);
  const u64* place = &inet_peers[slotOf(net, daddr) * PEER_WORDS];
  return call.result<const u64*>(place[PEER_ADDRESS] == keyOf(net, daddr) ? place : nullptr);
}

const u64* inet_getpeer(const net* net, u32 daddr) {
  KFUNC(inet_getpeer, net, daddr);
  SIMPLIFIED("a table of fixed size; the kernel keeps a tree and forgets the oldest");
  if (const u64* known = lookup(net, daddr)) return call.result(known);
  lookup(net, daddr); // once more, now that nobody else can add it
  const u64* peer = &inet_peers[slotOf(net, daddr) * PEER_WORDS];
  set(peer[PEER_ADDRESS], keyOf(net, daddr));
  set(peer[PEER_TOKENS], 0);
  set(peer[PEER_LAST], machine().jiffies() - 60 * machine().options().hz);
  return call.result(peer);
}

// One token for each tick since the last time, up to a burst of six; an error costs `timeout` of them.
bool inet_peer_xrlim_allow(const u64* peer, int timeout) {
  KFUNC(inet_peer_xrlim_allow, peer, timeout);
  const u64 at = machine().jiffies();
  const u64 tokens = std::min<u64>(peer[PEER_TOKENS] + at - peer[PEER_LAST], XRLIM_BURST_FACTOR * timeout);
  set(peer[PEER_LAST], at);
  const bool allowed = tokens >= u64(timeout);
  set(peer[PEER_TOKENS], allowed ? tokens - timeout : tokens);
  return call.result(allowed);
}

bool inet_peer_allows_error(const u64* peer, u64 burst, u64 cost) {
  const u64 now = machine().jiffies(), tokens = std::min(peer[PEER_TOKENS] + now - peer[PEER_LAST], burst);
  set(peer[PEER_LAST], now);
  set(peer[PEER_TOKENS], tokens >= cost ? tokens - cost : tokens);
  return tokens >= cost;
}

void inet_peer_redirects(const u64* peer, u64* sent, u64* last) {
  *sent = peer[PEER_REDIRECTS];
  *last = peer[PEER_LAST];
}
void inet_peer_set_redirects(const u64* peer, u64 sent, u64 now, bool reset) {
  if (reset) set(peer[PEER_TOKENS], 0);
  set(peer[PEER_LAST], now);
  set(peer[PEER_REDIRECTS], sent);
}

} // namespace sockwalk::kernel
