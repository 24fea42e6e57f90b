// Multicast groups that sockets join: the interface counts who wants a group, lets its packets in, and says so to the
// routers of the link (IGMPv3, RFC 3376; igmp_report.cpp).
#include "engine/kernel/include/linux/igmp.h"
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/linux/rtnetlink.h"
#include "engine/kernel/include/net/arp.h"
#include "engine/kernel/include/net/flow.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/net/ipv4/igmp_internal.h"

namespace sockwalk::kernel {

const ip_mc_list* groupOf(const in_device* in_dev, u32 addr) {
  const ip_mc_list* im = in_dev->mc_list;
  while (im && im->multiaddr != addr) im = im->next_rcu;
  return im;
}

// ---- the interface's groups
// All hosts are in the first group. What stays on the link (224.0.0.x) no router forwards; switches that listen to the
// reports (IGMP snooping) may want to know all the same, so it is a setting.
static bool isReported(const ip_mc_list* im) {
  if (im->multiaddr == IGMP_ALL_HOSTS) return false;
  return !ipv4_is_local_multicast(im->multiaddr) || dev_net(im->interface->dev)->ipv4.sysctl_igmp_llm_reports;
}

void igmp_group_added(const ip_mc_list* im) {
  KFUNC(igmp_group_added, im);
  const in_device* in_dev = im->interface;
  u8 mac[32] = {};
  if (!im->loaded) {
    set(im->loaded, 1);
    if (!arp_mc_map(im->multiaddr, mac, in_dev->dev, 0)) dev_mc_add(in_dev->dev, mac);
  }
  if (!isReported(im)) return;
  if (im->sfmode == MCAST_EXCLUDE) set(im->crcount, robustnessOf(in_dev));
  igmp_ifc_event(in_dev);
}

static void ip_rt_multicast_event(const in_device* in_dev) {
  KFUNC(ip_rt_multicast_event, in_dev);
  atomic_inc(&dev_net(in_dev->dev)->ipv4.rt_genid); // rt_cache_flush(), inlined
}

// A record of a group that was left is still to be reported; joined again, it is not.
static void igmpv3_del_delrec(const in_device* in_dev, const ip_mc_list* im) {
  KFUNC(igmpv3_del_delrec, in_dev, im);
  const kptr<ip_mc_list>* link = &in_dev->mc_tomb;
  while (*link && (*link)->multiaddr != im->multiaddr) link = &(*link)->next_rcu;
  const ip_mc_list* leaving = *link;
  if (!leaving) return;
  set(*link, leaving->next_rcu);
  set(im->crcount, robustnessOf(in_dev));
  kfree(leaving);
}
static void igmpv3_add_delrec(const in_device* in_dev, const ip_mc_list* im) {
  const auto* leaving = kzalloc<ip_mc_list>(GFP_KERNEL);
  if (!leaving) return;
  set(leaving->interface, in_dev);
  set(leaving->multiaddr, im->multiaddr);
  set(leaving->crcount, robustnessOf(in_dev));
  set(leaving->sfmode, im->sfmode);
  set(leaving->next_rcu, in_dev->mc_tomb);
  set(in_dev->mc_tomb, leaving);
}

static const ip_mc_list* newGroup(const in_device* in_dev, u32 addr, u32 mode) {
  const auto* made = kzalloc<ip_mc_list>(GFP_KERNEL);
  if (!made) return nullptr;
  set(made->users, 1);
  set(made->interface, in_dev);
  set(made->multiaddr, addr);
  set(made->sfmode, mode);
  set(made->sfcount[mode], 1);
  refcount_set(&made->refcnt, 1);
  set(made->next_rcu, in_dev->mc_list);
  set(in_dev->mc_list, made);
  add(in_dev->mc_count, 1);
  return made;
}

// One more socket wants the group on this interface; only the first one makes a difference to the link.
static void ____ip_mc_inc_group(const in_device* in_dev, u32 addr, u32 mode) {
  KFUNC(____ip_mc_inc_group, in_dev, addr, mode);
  rtnl_is_locked();
  if (const ip_mc_list* joined = groupOf(in_dev, addr)) {
    add(joined->users, 1);
    ip_mc_add_src(in_dev, addr, mode);
    return;
  }
  const ip_mc_list* made = newGroup(in_dev, addr, mode);
  if (!made) return;
  NOTE("igmp.joined", in_dev->dev, addr);
  igmpv3_del_delrec(in_dev, made);
  igmp_group_added(made);
  ip_rt_multicast_event(in_dev);
}

static void __igmp_group_dropped(const ip_mc_list* im) {
  KFUNC(__igmp_group_dropped, im);
  const in_device* in_dev = im->interface;
  u8 mac[32] = {};
  if (im->loaded) {
    set(im->loaded, 0);
    if (!arp_mc_map(im->multiaddr, mac, in_dev->dev, 0)) dev_mc_del(in_dev->dev, mac);
  }
  if (!isReported(im)) return;
  igmpv3_add_delrec(in_dev, im);
  igmp_ifc_event(in_dev);
}
static void ip_mc_clear_src(const ip_mc_list* pmc) {
  KFUNC(ip_mc_clear_src, pmc);
  set(pmc->sfmode, MCAST_EXCLUDE);
  set(pmc->sfcount[MCAST_INCLUDE], 0);
  set(pmc->sfcount[MCAST_EXCLUDE], 1);
}
static void ip_ma_put(const ip_mc_list* im) {
  KFUNC(ip_ma_put, im);
  if (refcount_dec_and_test(&im->refcnt)) kfree(im);
}
static void __ip_mc_dec_group(const in_device* in_dev, u32 addr) {
  KFUNC(__ip_mc_dec_group, in_dev, addr);
  rtnl_is_locked();
  const kptr<ip_mc_list>* link = &in_dev->mc_list;
  while (*link && (*link)->multiaddr != addr) link = &(*link)->next_rcu;
  const ip_mc_list* im = *link;
  if (!im) return;
  sub(im->users, 1);
  if (im->users) return;
  set(*link, im->next_rcu);
  sub(in_dev->mc_count, 1);
  NOTE("igmp.left", in_dev->dev, addr);
  __igmp_group_dropped(im);
  ip_mc_clear_src(im);
  ip_rt_multicast_event(in_dev);
  ip_ma_put(im);
}

// ---- the socket's groups
// The interface that the group's route leads to: nobody said which.
static const net_device* deviceTowards(const net* net, u32 group) {
  OnStack<flowi4> flow;
  flowi4_init_output(flow, 0, 0, 0, 0, 0, 0, group, 0, 0, 0, 0);
  const rtable* rt = ip_route_output_key(net, flow);
  if (IS_ERR(rt)) return nullptr;
  const net_device* leavesBy = rt->dst.dev;
  ip_rt_put(rt);
  return leavesBy;
}

// The interface: by its number, by an address of it, or the one that the group's route leads to. The request notes its
// number, so that leaving finds the same again.
static const in_device* ip_mc_find_dev(const net* net, const ip_mreqn* imr) {
  KFUNC(ip_mc_find_dev, net, imr);
  if (imr->imr_ifindex) return call.result(inetdev_by_index(net, imr->imr_ifindex));
  const u32 address = imr->imr_address.s_addr;
  const net_device* found =
      address ? __ip_dev_find(net, address, false) : deviceTowards(net, imr->imr_multiaddr.s_addr);
  if (!found) return call.result<const in_device*>(nullptr);
  set(imr->imr_ifindex, found->ifindex);
  return call.result(__in_dev_get_rcu(found));
}

static int __ip_mc_join_group(const sock* sk, const ip_mreqn* imr, u32 mode) {
  KFUNC(__ip_mc_join_group, sk, imr, mode);
  const u32 wanted = imr->imr_multiaddr.s_addr;
  rtnl_is_locked();
  if (!ipv4_is_multicast(wanted)) return call.result(-EINVAL);
  const in_device* in_dev = ip_mc_find_dev(sock_net(sk), imr);
  if (!in_dev) return call.result(-ENODEV);
  int joined = 0;
  for (const ip_mc_socklist* i = inet_sk(sk)->mc_list; i; i = i->next_rcu, ++joined)
    if (i->multi.imr_multiaddr.s_addr == wanted && i->multi.imr_ifindex == imr->imr_ifindex)
      return call.result(-EADDRINUSE);
  if (joined >= s32(sock_net(sk)->ipv4.sysctl_igmp_max_memberships)) return call.result(-ENOBUFS);
  const auto* membership = skCast<ip_mc_socklist>(sock_kmalloc(sk, sizeof(ip_mc_socklist)));
  if (!membership) return call.result(-ENOBUFS);
  copy(&membership->multi, imr);
  set(membership->next_rcu, inet_sk(sk)->mc_list);
  set(membership->sflist, nullptr);
  set(membership->sfmode, mode);
  set(inet_sk(sk)->mc_list, membership);
  ____ip_mc_inc_group(in_dev, wanted, mode);
  return call.result(0);
}
int ip_mc_join_group(const sock* sk, const ip_mreqn* imr) {
  KFUNC(ip_mc_join_group, sk, imr);
  return call.result(__ip_mc_join_group(sk, imr, MCAST_EXCLUDE));
}

static int ip_mc_leave_src(const sock* sk, const ip_mc_socklist* iml, const in_device* in_dev) {
  KFUNC(ip_mc_leave_src, sk, iml, in_dev);
  return call.result(ip_mc_del_src(in_dev, iml->multi.imr_multiaddr.s_addr, iml->sfmode));
}
static void forget(const sock* sk, const ip_mc_socklist* iml) {
  sub(sk->sk_omem_alloc.counter, int(sizeof *iml));
  kfree(iml);
}

// Is it the membership that is to end? Of the interface the number counts if it is given, else the address, else none.
static bool isMeant(const ip_mreqn& own, const ip_mreqn* imr) {
  if (own.imr_multiaddr.s_addr != imr->imr_multiaddr.s_addr) return false;
  if (imr->imr_ifindex) return own.imr_ifindex == imr->imr_ifindex;
  const u32 address = imr->imr_address.s_addr;
  return !address || own.imr_address.s_addr == address;
}

// The membership ends: it is out of the socket's list, and the interface has one listener fewer.
static void endMembership(const sock* sk, const kptr<ip_mc_socklist>& link, const in_device* in_dev) {
  const ip_mc_socklist* membership = link;
  ip_mc_leave_src(sk, membership, in_dev);
  set(link, membership->next_rcu);
  if (in_dev) __ip_mc_dec_group(in_dev, membership->multi.imr_multiaddr.s_addr);
  forget(sk, membership);
}

int ip_mc_leave_group(const sock* sk, const ip_mreqn* imr) {
  KFUNC(ip_mc_leave_group, sk, imr);
  rtnl_is_locked();
  const in_device* in_dev = ip_mc_find_dev(sock_net(sk), imr);
  const bool unknownInterface = !in_dev && !imr->imr_ifindex && !imr->imr_address.s_addr;
  if (unknownInterface) return call.result(-ENODEV);
  const kptr<ip_mc_socklist>* link = &inet_sk(sk)->mc_list;
  while (*link && !isMeant((*link)->multi, imr)) link = &(*link)->next_rcu;
  if (!*link) return call.result(-EADDRNOTAVAIL);
  endMembership(sk, *link, in_dev);
  return call.result(0);
}

// The socket is closed: it leaves all its groups, on interfaces that may be gone already.
void ip_mc_drop_socket(const sock* sk) {
  KFUNC(ip_mc_drop_socket, sk);
  const kptr<ip_mc_socklist>& first = inet_sk(sk)->mc_list;
  if (!first) return;
  rtnl_lock();
  while (const ip_mc_socklist* membership = first) {
    set(first, membership->next_rcu);
    const in_device* in_dev = inetdev_by_index(sock_net(sk), membership->multi.imr_ifindex);
    ip_mc_leave_src(sk, membership, in_dev);
    if (in_dev) __ip_mc_dec_group(in_dev, membership->multi.imr_multiaddr.s_addr);
    forget(sk, membership);
  }
  rtnl_unlock();
}

} // namespace sockwalk::kernel
