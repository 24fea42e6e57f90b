// Of which flow a packet is. Source: net/core/flow_dissector.c.
#include "engine/kernel/include/net/flow_dissector.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/linux/ip.h"
#include "engine/kernel/include/linux/siphash.h"
#include "engine/memory/constants/inet.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::kernel {

// The two ports stand in front in all protocols that have any.
static void __skb_flow_get_ports(const sk_buff* skb, int thoff, u8 ip_proto, const flow_keys* keys) {
  KFUNC(__skb_flow_get_ports, skb, thoff, ip_proto);
  u16 ports[2];
  const bool has = ip_proto == IPPROTO_UDP || ip_proto == IPPROTO_TCP || ip_proto == IPPROTO_UDPLITE;
  const u32 end = static_cast<u32>(thoff) + u32{sizeof ports};
  if (!has || end > skb->len) return;
  if (end <= skb_headlen(skb)) std::memcpy(ports, skb->data + thoff, sizeof ports);
  else skb_copy_bits(skb, thoff, ports, sizeof ports);
  set(keys->ports.src, ports[0]);
  set(keys->ports.dst, ports[1]);
}

static void takeAddresses(const sk_buff* skb, const iphdr* ip, const flow_keys* keys) {
  constexpr u16 FLOW_DISSECTOR_KEY_IPV4_ADDRS = 2;
  set(keys->control.addr_type, FLOW_DISSECTOR_KEY_IPV4_ADDRS);
  set(keys->basic.n_proto, skb->protocol);
  set(keys->basic.ip_proto, ip->protocol);
  set(keys->addrs.v4addrs.src, ip->saddr);
  set(keys->addrs.v4addrs.dst, ip->daddr);
  if (!ip_is_fragment(ip)) __skb_flow_get_ports(skb, keys->control.thoff, ip->protocol, keys); // else the flow has no ports
}

bool __skb_flow_dissect(const sk_buff* skb, const flow_keys* keys, bool withPorts) {
  KFUNC(__skb_flow_dissect, skb, keys, withPorts);
  SIMPLIFIED("only IPv4 and ARP are looked into, and no tunnels");
  const int nhoff = skb_network_offset(skb);
  set(keys->control.thoff, static_cast<u16>(nhoff));
  if (skb->protocol == htons(ETH_P_ARP)) return call.result(true);
  if (skb->protocol != htons(ETH_P_IP)) return call.result(false);
  if (skb_headlen(skb) < static_cast<u32>(nhoff) + sizeof(iphdr)) return call.result(false);
  const auto* ip = reinterpret_cast<const iphdr*>(skb->data + nhoff);
  const u32 header = ip_hdr_length(ip);
  if (header < sizeof(iphdr)) return call.result(false);
  set(keys->control.thoff, static_cast<u16>(std::min(static_cast<u32>(nhoff) + header, u32{skb->len})));
  if (withPorts) takeAddresses(skb, ip, keys);
  return call.result(true);
}

// Both directions of a connection are one flow: the lower address and the lower port stand first.
template <class T> static void inOrder(const T& first, const T& second) {
  const T lower = std::min(first, second), higher = std::max(first, second);
  set(first, lower), set(second, higher);
}
static void consistentify(const flow_keys* keys) {
  inOrder(keys->addrs.v4addrs.src, keys->addrs.v4addrs.dst);
  inOrder(keys->ports.src, keys->ports.dst);
}

static Global<siphash_key_t> hashrnd{"hashrnd"};
static const siphash_key_t* secret() { // drawn for the first hash: on most machines that is of a frame of the boot
  if (!hashrnd->key[0])
    for (const u64& word : hashrnd->key) set(word, machine().random());
  return hashrnd;
}

static u32 hashOf(const sk_buff* skb, const flow_keys* keys) {
  __skb_flow_dissect(skb, keys, true);
  consistentify(keys);
  constexpr u32 Begin = offsetof(flow_keys, basic), End = offsetof(flow_keys, addrs) + sizeof(flow_dissector_key_ipv4_addrs);
  const auto hash = static_cast<u32>(siphash(reinterpret_cast<const u8*>(keys) + Begin, End - Begin, secret()));
  return hash ? hash : 1; // 0 means that there is none
}
void __skb_get_hash_net(const net* net, const sk_buff* skb) {
  KFUNC(__skb_get_hash_net, net, skb);
  OnStack<flow_keys> keys;
  set(skb->hash, hashOf(skb, keys));
  set(skb, sk_buff::bit::sw_hash, 1);
  set(skb, sk_buff::bit::l4_hash, keys->ports.ports != 0);
}
u32 __skb_get_hash_symmetric(const sk_buff* skb) {
  KFUNC(__skb_get_hash_symmetric, skb);
  OnStack<flow_keys> keys;
  return call.result(hashOf(skb, keys));
}

} // namespace sockwalk::kernel
