// IGMPv3 (RFC 3376): the reports by which a host tells the routers of a link which groups it joined or left. They go
// to 224.0.0.22, the first at once and a second some time within a second, since nobody acknowledges them.
#include "engine/kernel/include/linux/igmp.h"
#include "engine/kernel/include/linux/jiffies.h"
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/linux/random.h"
#include "engine/kernel/include/linux/timer.h"
#include "engine/kernel/include/net/checksum.h"
#include "engine/kernel/include/net/flow.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/net/ipv4/igmp_internal.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

// What the device was set up with; afterwards the routers' questions would say (RFC 3376 4.1.6).
u8 robustnessOf(const in_device* in_dev) {
  const u64 own = in_dev->mr_qrv;
  return static_cast<u8>(own ? own : dev_net(in_dev->dev)->ipv4.sysctl_igmp_qrv);
}

// ---- when
static void igmp_ifc_start_timer(const in_device* in_dev, int delay) {
  KFUNC(igmp_ifc_start_timer, in_dev, delay);
  const u32 spread = __get_random_u32_below(static_cast<u32>(delay));
  if (!mod_timer(&in_dev->mr_ifc_timer, machine().jiffies() + spread + 2)) refcount_inc(&in_dev->refcnt);
}
void igmp_ifc_event(const in_device* in_dev) {
  KFUNC(igmp_ifc_event, in_dev);
  set(in_dev->mr_ifc_count, robustnessOf(in_dev));
  igmp_ifc_start_timer(in_dev, 1);
}

// ---- what
static const igmpv3_report* igmpv3_report_hdr(const sk_buff* skb) {
  return reinterpret_cast<const igmpv3_report*>(skb_transport_header(skb));
}
// The packet's header: for all routers that understand version 3, over this link only, and marked so that each of them
// looks into it ("router alert", RFC 2113).
static void writeReportHeader(const iphdr* iph, const flowi4* flow) {
  fillBytes(iph, 0, sizeof(iphdr) + 4);
  set(iph, iphdr::bit::version, 4);
  set(iph, iphdr::bit::ihl, 6);
  set(iph->tos, 0xc0);
  set(iph->frag_off, htons(IP_DF));
  set(iph->ttl, 1);
  set(iph->daddr, flow->daddr);
  set(iph->saddr, flow->saddr);
  set(iph->protocol, IPPROTO_IGMP);
  const u8 alert[4] = {IPOPT_RA, 4, 0, 0};
  setBytes(iph + 1, alert, 4);
}

static const sk_buff* igmpv3_newpack(const net_device* dev, u32 mtu) {
  KFUNC(igmpv3_newpack, dev, mtu);
  const u32 linkRoom = LL_RESERVED_SPACE(dev);
  const sk_buff* skb = alloc_skb(std::min(mtu, IP_MAX_MTU) + linkRoom + dev->needed_tailroom, GFP_ATOMIC);
  if (!skb) return call.result(skb);
  set(skb->priority, 7 /* TC_PRIO_CONTROL */);
  OnStack<flowi4> flow;
  flowi4_init_output(flow, dev->ifindex, 0, 0, RT_SCOPE_UNIVERSE, IPPROTO_IGMP, 0, IGMPV3_ALL_MCR, 0, 0, 0, 0);
  const rtable* rt = ip_route_output_flow(dev_net(dev), flow, nullptr);
  if (IS_ERR(rt)) {
    kfree_skb(skb);
    return call.result<const sk_buff*>(nullptr);
  }
  skb_dst_set(skb, &rt->dst);
  set(skb->dev, dev);
  skb_reserve(skb, static_cast<int>(linkRoom));
  skb_reset_network_header(skb);
  writeReportHeader(reinterpret_cast<const iphdr*>(skb_put(skb, sizeof(iphdr) + 4)), flow);
  set(skb->transport_header, skb->network_header + sizeof(iphdr) + 4);
  fillBytes(skb_put(skb, sizeof(igmpv3_report)), 0, sizeof(igmpv3_report));
  set(igmpv3_report_hdr(skb)->type, IGMPV3_HOST_MEMBERSHIP_REPORT);
  return call.result(skb);
}
static int igmpv3_sendpack(const sk_buff* skb) {
  KFUNC(igmpv3_sendpack, skb);
  const igmpv3_report* report = igmpv3_report_hdr(skb);
  set(report->csum, ip_compute_csum(report, static_cast<int>(skb_tail_pointer(skb) - skb_transport_header(skb))));
  return call.result(ip_local_out(dev_net(skb->dev), skb->sk, skb));
}
// One record more: this group is now wanted (or not) from everybody.
static const sk_buff* add_grec(const sk_buff* skb, const ip_mc_list* pmc, int type) {
  KFUNC(add_grec, skb, pmc, type);
  const net_device* dev = pmc->interface->dev;
  if (!skb) skb = igmpv3_newpack(dev, dev->mtu);
  if (!skb || skb_tailroom(skb) < sizeof(igmpv3_grec)) return call.result(skb);
  const auto* record = reinterpret_cast<const igmpv3_grec*>(skb_put(skb, sizeof(igmpv3_grec)));
  fillBytes(record, 0, sizeof *record);
  set(record->grec_type, type);
  set(record->grec_mca, pmc->multiaddr);
  const igmpv3_report* report = igmpv3_report_hdr(skb);
  set(report->ngrec, htons(static_cast<u16>(ntohs(report->ngrec) + 1)));
  return call.result(skb);
}

static void igmpv3_send_cr(const in_device* in_dev) {
  const sk_buff* skb = nullptr;
  const kptr<ip_mc_list>* link = &in_dev->mc_tomb;
  while (const ip_mc_list* group = *link) { // groups that were left
    skb = add_grec(skb, group, IGMPV3_CHANGE_TO_INCLUDE);
    sub(group->crcount, 1);
    if (group->crcount) {
      link = &group->next_rcu;
    } else {
      set(*link, group->next_rcu);
      kfree(group);
    }
  }
  for (const ip_mc_list* group = in_dev->mc_list; group; group = group->next_rcu) {
    if (!group->crcount) continue;
    skb = add_grec(skb, group, group->sfmode == MCAST_EXCLUDE ? IGMPV3_CHANGE_TO_EXCLUDE : IGMPV3_CHANGE_TO_INCLUDE);
    sub(group->crcount, 1);
  }
  if (skb) igmpv3_sendpack(skb);
}
static void igmp_ifc_timer_expire(const timer_list* t) {
  KFUNC(igmp_ifc_timer_expire, t);
  const in_device* in_dev = container_of(t, in_device, mr_ifc_timer);
  igmpv3_send_cr(in_dev);
  if (in_dev->mr_ifc_count) {
    sub(in_dev->mr_ifc_count, 1);
    igmp_ifc_start_timer(in_dev, static_cast<int>(machine().options().hz)); // unsolicited reports: within a second
  }
  refcount_dec_and_test(&in_dev->refcnt);
}
void ip_mc_init_dev(const in_device* in_dev) {
  KFUNC(ip_mc_init_dev, in_dev);
  SIMPLIFIED("224.0.0.1, all hosts, is not on the list: every interface is in it");
  set(in_dev->mr_qrv, dev_net(in_dev->dev)->ipv4.sysctl_igmp_qrv);
  timer_setup(&in_dev->mr_ifc_timer, fn<igmp_ifc_timer_expire>);
}

// ---- sources. No socket names any, so a group is wanted from everybody or by nobody.
static void sf_markstate(const ip_mc_list* pmc) { KFUNC(sf_markstate, pmc); }
static int sf_setstate(const ip_mc_list* pmc) {
  KFUNC(sf_setstate, pmc);
  return call.result(0);
}
int ip_mc_add_src(const in_device* in_dev, u32 addr, u32 sfmode) {
  KFUNC(ip_mc_add_src, in_dev, addr, sfmode);
  SIMPLIFIED("groups are joined for all sources");
  const ip_mc_list* group = groupOf(in_dev, addr);
  if (!group) return call.result(-ESRCH);
  sf_markstate(group);
  add(group->sfcount[sfmode], 1);
  sf_setstate(group);
  return call.result(0);
}
int ip_mc_del_src(const in_device* in_dev, u32 addr, u32 sfmode) {
  KFUNC(ip_mc_del_src, in_dev, addr, sfmode);
  SIMPLIFIED("groups are left for all sources");
  if (!in_dev) return call.result(-ENODEV);
  const ip_mc_list* group = groupOf(in_dev, addr);
  if (!group) return call.result(-ESRCH);
  sf_markstate(group);
  if (!group->sfcount[sfmode]) return call.result(-EINVAL);
  sub(group->sfcount[sfmode], 1);
  sf_setstate(group);
  return call.result(0);
}

} // namespace sockwalk::kernel
