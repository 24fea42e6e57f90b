// Numbers that an outsider must not guess. An initial sequence number is a keyed hash of the connection's two ends plus
// a clock: two connections tell nothing about each other, and one that comes again begins after its forerunner.
#include "engine/kernel/include/net/secure_seq.h"
#include "engine/kernel/include/linux/module.h"
#include "engine/kernel/include/linux/net.h"
#include "engine/kernel/include/linux/siphash.h"
#include <bit>

namespace sockwalk::kernel {

static Global<siphash_key_t> net_secret{"net_secret"};
static Global<u32> net_secret_done{"net_secret_done"};

namespace {
// SipHash's state, four words that each round mixes.
struct SipState {
  u64 v0, v1, v2, v3;
  void round() {
    v0 += v1, v1 = std::rotl(v1, 13) ^ v0, v0 = std::rotl(v0, 32);
    v2 += v3, v3 = std::rotl(v3, 16) ^ v2;
    v0 += v3, v3 = std::rotl(v3, 21) ^ v0;
    v2 += v1, v1 = std::rotl(v1, 17) ^ v2, v2 = std::rotl(v2, 32);
  }
  void take(u64 word) {
    v3 ^= word;
    round(), round();
    v0 ^= word;
  }
};
} // namespace

u64 siphash(const void* data, u32 len, const siphash_key_t* key) {
  const u64 k0 = key->key[0], k1 = key->key[1];
  SipState s{k0 ^ 0x736f6d6570736575ull, k1 ^ 0x646f72616e646f6dull, k0 ^ 0x6c7967656e657261ull,
             k1 ^ 0x7465646279746573ull};
  const auto* bytes = static_cast<const u8*>(data);
  u32 at = 0;
  for (; at + 8 <= len; at += 8) {
    u64 word;
    std::memcpy(&word, bytes + at, 8);
    s.take(word);
  }
  u64 last = u64(len) << 56;
  for (u32 i = 0; at + i < len; ++i) last |= u64(bytes[at + i]) << (8 * i);
  s.take(last);
  s.v2 ^= 0xff;
  for (int i = 0; i < 4; ++i) s.round();
  return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

bool net_get_random_once(const void* at, u32 size, const u32& done) {
  if (done) return false;
  set(done, 1);
  for (u32 i = 0; i < size; i += 8) {
    const u64 word = machine().random();
    setBytes(static_cast<const u8*>(at) + i, &word, std::min(8u, size - i));
  }
  __module_get(nullptr); // the branch that led here is patched away, and its code must stay meanwhile
  return true;
}
static void net_secret_init() { net_get_random_once(net_secret, sizeof(siphash_key_t), *net_secret_done); }

// The clock of initial sequence numbers: 64 ns a step, so that it goes round once in 274 s. RFC 6528 section 3.
static u32 seq_scale(u32 seq) { return seq + static_cast<u32>(machine().now() >> 6); }

u32 secure_tcp_seq_and_ts_off(const net* net, u32 saddr, u32 daddr, u16 sport, u16 dport, u32* tsoff) {
  KFUNC(secure_tcp_seq_and_ts_off, net, saddr, daddr, sport, dport);
  net_secret_init();
  const u32 words[3] = {saddr, daddr, u32(sport) << 16 | dport};
  const u64 hash = siphash(words, sizeof words, net_secret);
  const ConnectionWish* wish = machine().wishes.of({saddr, daddr, sport, dport});
  if (wish) {
    NOTE("tcp.relived_sequence", wish->sequence);
    *tsoff = wish->timeStampOffset.value_or(0);
    return call.result(wish->sequence);
  }
  *tsoff = net->ipv4.sysctl_tcp_timestamps == 1 ? static_cast<u32>(hash >> 32) : 0;
  return call.result(seq_scale(static_cast<u32>(hash)));
}

// From where connect() looks for a free port. It changes every ten seconds. RFC 6056 section 3.3.4.
u64 secure_ipv4_port_ephemeral(u32 saddr, u32 daddr, u16 dport) {
  KFUNC(secure_ipv4_port_ephemeral, saddr, daddr, dport);
  net_secret_init();
  const u32 period = static_cast<u32>(machine().jiffies() / (10 * machine().options().hz));
  const u32 words[4] = {saddr, daddr, dport, period};
  return call.result(siphash(words, sizeof words, net_secret));
}

} // namespace sockwalk::kernel
