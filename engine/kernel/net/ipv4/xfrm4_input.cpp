// IPsec inside UDP (RFC 3948): on one port come encrypted packets (ESP), those of the key exchange (IKE), and single bytes
// that keep a NAT's mapping alive. Only the key exchange is for the program.
#include "engine/kernel/include/linux/udp.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/net/ipv4/udp_impl.h"
#include "engine/memory/constants/udp.h"

namespace sockwalk::kernel {

namespace {
constexpr u32 EspHeader = 8, Marker = 4; // bytes; key exchange begins with a marker of zeros

enum class Inside { KeyExchange, Encrypted, KeepAlive };
Inside whatIsIn(const sk_buff* skb, u8 type, u32 length) {
  const u8* data = skb_transport_header(skb) + sizeof(udphdr);
  if (length == 1 && data[0] == 0xff) return Inside::KeepAlive;
  const bool old =
      type == UDP_ENCAP_ESPINUDP_NON_IKE; // an early draft marked the encrypted ones instead, by eight zeros
  u32 first[2] = {};
  std::memcpy(first, data, std::min<u32>(length, sizeof first));
  if (old) return length > 2 * Marker + EspHeader && !first[0] && !first[1] ? Inside::Encrypted : Inside::KeyExchange;
  return length > EspHeader && first[0] ? Inside::Encrypted : Inside::KeyExchange;
}
} // namespace

// 1: it is for the program after all.
s32 xfrm4_udp_encap_rcv(const sock* sk, const sk_buff* skb) {
  KFUNC(xfrm4_udp_encap_rcv, sk, skb);
  SIMPLIFIED("there are no security associations: no encrypted packet is for any of them");
  const u8 type = udp_sk(sk)->encap_type;
  const u32 length = skb->len - u32{sizeof(udphdr)};
  const bool readable = type && pskb_may_pull(skb, sizeof(udphdr) + std::min(length, 2 * Marker));
  if (!readable || whatIsIn(skb, type, length) == Inside::KeyExchange) return call.result(1);
  kfree_skb(skb);
  return call.result(0);
}

} // namespace sockwalk::kernel
