#include "engine/kernel/include/linux/igmp.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/route.h"
#include "engine/kernel/net/ipv4/igmp_internal.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

// May this socket have what was sent to that group by that source? A packet to one address always; a group's if the
// socket joined it on that interface, or if it takes all that the host gets (IP_MULTICAST_ALL, the default).
bool ip_mc_sf_allow(const sock* sk, u32 loc_addr, u32 rmt_addr, int dif, int sdif) {
  KFUNC(ip_mc_sf_allow, sk, loc_addr, rmt_addr, dif, sdif);
  if (!ipv4_is_multicast(loc_addr)) return call.result(true);
  const inet_sock* inet = inet_sk(sk);
  const ip_mc_socklist* joined = inet->mc_list;
  while (joined && !(joined->multi.imr_ifindex == dif && joined->multi.imr_multiaddr.s_addr == loc_addr))
    joined = joined->next_rcu;
  return call.result(joined ? joined->sfmode == MCAST_EXCLUDE : inet->mc_all != 0);
}

int ip_check_mc_rcu(const in_device* in_dev, u32 mc_addr, u32 src_addr, u8 proto) {
  KFUNC(ip_check_mc_rcu, in_dev, mc_addr, src_addr, proto);
  if (mc_addr == IGMP_ALL_HOSTS) return call.result(1);
  const ip_mc_list* group = groupOf(in_dev, mc_addr);
  return call.result(group && (proto == IPPROTO_IGMP || !src_addr || group->sfcount[MCAST_EXCLUDE]) ? 1 : 0);
}

// ---- what routers and neighbours say of groups
static bool igmp_heard_query(const in_device* in_dev, const sk_buff* skb, int len) {
  KFUNC(igmp_heard_query, in_dev, skb, len);
  INLINED();
  SIMPLIFIED("a router's question is not answered: groups are reported when they are joined and left");
  return call.result(false);
}
static bool igmp_heard_report(const in_device* in_dev, u32 group) {
  KFUNC(igmp_heard_report, in_dev, group);
  INLINED();
  SIMPLIFIED("a report that waits for its moment is not left out because a neighbour was first");
  return call.result(false);
}

// Reports go to all hosts of the group, their sender's own copy among them.
static bool isNeighboursReport(const sk_buff* skb) {
  const u32 to = skb->pkt_type;
  return !rt_is_output_route(skb_rtable(skb)) && (to == PACKET_MULTICAST || to == PACKET_BROADCAST);
}

// A message of IGMP (RFC 1112, 2236, 3376). Only questions and reports are for hosts; the rest is dropped in silence.
int igmp_rcv(const sk_buff* skb) {
  KFUNC(igmp_rcv, skb);
  const in_device* in_dev = __in_dev_get_rcu(skb->dev);
  const int len = static_cast<int>(skb->len);
  bool heeded = false;
  if (in_dev && pskb_may_pull(skb, sizeof(igmphdr)) && !__skb_checksum_validate(skb, IPPROTO_IGMP, true, false, 0, 0)) {
    const auto* ih = reinterpret_cast<const igmphdr*>(skb_transport_header(skb));
    if (ih->type == IGMP_HOST_MEMBERSHIP_QUERY) heeded = !igmp_heard_query(in_dev, skb, len);
    else if (ih->type == IGMP_HOST_MEMBERSHIP_REPORT || ih->type == IGMPV2_HOST_MEMBERSHIP_REPORT)
      heeded = isNeighboursReport(skb) && !igmp_heard_report(in_dev, ih->group);
  }
  if (heeded) consume_skb(skb);
  else kfree_skb(skb);
  return call.result(0);
}

} // namespace sockwalk::kernel
