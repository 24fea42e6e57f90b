// Addresses over rtnetlink: what `ip addr` asks, adds and deletes, and what `ip monitor` hears of it.
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/linux/rtnetlink.h"
#include "engine/kernel/include/net/netlink.h"
#include "engine/kernel/include/net/rtnetlink.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/net/ipv4/devinet_internal.h"

namespace sockwalk::kernel {

static constexpr u32 Forever = 0xffffffff; // seconds
static constexpr AttributeRule AddressRules[] = {{IFA_LOCAL, 4},      {IFA_ADDRESS, 4}, {IFA_BROADCAST, 4},
                                                 {IFA_CACHEINFO, 16}, {IFA_FLAGS, 4},   {IFA_RT_PRIORITY, 4},
                                                 {IFA_PROTO, 1}};
static int parseAddress(const nlmsghdr* nlh, Attributes& tb, bool strict, const netlink_ext_ack* extack) {
  return nlmsg_parse(nlh, sizeof(ifaddrmsg), tb, {IFA_MAX, AddressRules, strict}, extack);
}

// ---- an address as a message
namespace {
struct AddressMessage {
  u32 portid, seq;
  int event;
  u32 flags;
};
} // namespace

static int inet_fill_ifaddr(const sk_buff* skb, const in_ifaddr* ifa, const AddressMessage& m) {
  KFUNC(inet_fill_ifaddr, skb, ifa);
  const nlmsghdr* nlh = nlmsg_put(skb, m.portid, m.seq, m.event, sizeof(ifaddrmsg), static_cast<int>(m.flags));
  if (!nlh) return call.result(-EMSGSIZE);
  const auto* head = nlmsg_data<ifaddrmsg>(nlh);
  set(head->ifa_family, AF_INET);
  set(head->ifa_prefixlen, ifa->ifa_prefixlen);
  set(head->ifa_flags, ifa->ifa_flags);
  set(head->ifa_scope, ifa->ifa_scope);
  set(head->ifa_index, ifa->ifa_dev->dev->ifindex);
  const auto given = [&](int type, u32 value) { return value ? nla_put_u32(skb, type, value) : 0; };
  int full = given(IFA_ADDRESS, ifa->ifa_address) | given(IFA_LOCAL, ifa->ifa_local) |
             given(IFA_BROADCAST, ifa->ifa_broadcast);
  if (ifa->ifa_label[0]) full |= nla_put_string(skb, IFA_LABEL, reinterpret_cast<const char*>(&ifa->ifa_label[0]));
  if (ifa->ifa_proto) full |= nla_put_u8(skb, IFA_PROTO, ifa->ifa_proto);
  full |= nla_put_u32(skb, IFA_FLAGS, ifa->ifa_flags) | given(IFA_RT_PRIORITY, ifa->ifa_rt_priority);
  const u64 hz = machine().options().hz;
  const auto hundredths = [hz](u64 jiffies) { return static_cast<u32>(jiffies * 100 / hz); };
  const u32 times[4] = {Forever, Forever, hundredths(ifa->ifa_cstamp), hundredths(ifa->ifa_tstamp)};
  full |= nla_put(skb, IFA_CACHEINFO, sizeof times, times);
  if (full) return nlmsg_cancel(skb, nlh), call.result(-EMSGSIZE);
  nlmsg_end(skb, nlh);
  return call.result(0);
}

static u32 inet_nlmsg_size() {
  return NLMSG_ALIGN(sizeof(ifaddrmsg)) + 3 * nla_total_size(4) + nla_total_size(16) + nla_total_size(4) +
         nla_total_size(1) + nla_total_size(4) + nla_total_size(16);
}

void rtmsg_ifa(int event, const in_ifaddr* ifa, const nlmsghdr* nlh, u32 portid) {
  const net* net = dev_net(ifa->ifa_dev->dev);
  if (!nlh && !rtnl_may_be_heard(net, RTNLGRP_IPV4_IFADDR)) return;
  KFUNC(rtmsg_ifa, event, ifa, nlh, portid);
  const sk_buff* skb = nlmsg_new(inet_nlmsg_size(), GFP_KERNEL);
  const int failed = skb ? inet_fill_ifaddr(skb, ifa, {portid, nlh ? nlh->nlmsg_seq : 0, event, 0}) : -ENOBUFS;
  if (failed) return kfree_skb(skb), rtnl_set_sk_err(net, RTNLGRP_IPV4_IFADDR, failed);
  rtnl_notify(skb, net, portid, RTNLGRP_IPV4_IFADDR, nlh, GFP_KERNEL);
}

// ---- new
static void set_ifa_lifetime(const in_ifaddr* ifa) {
  KFUNC(set_ifa_lifetime, ifa);
  set(ifa->ifa_flags, ifa->ifa_flags | IFA_F_PERMANENT);
  set(ifa->ifa_tstamp, machine().jiffies());
  if (!ifa->ifa_cstamp) set(ifa->ifa_cstamp, ifa->ifa_tstamp);
}

static void takeAttributes(const in_ifaddr* ifa, const Attributes& tb, const net_device* dev) {
  set(ifa->ifa_local, nla_get<u32>(tb[IFA_LOCAL]));
  set(ifa->ifa_address,
      nla_get<u32>(tb[IFA_ADDRESS] ? tb[IFA_ADDRESS] : tb[IFA_LOCAL])); // the peer's, on a link of two
  if (tb[IFA_BROADCAST]) set(ifa->ifa_broadcast, nla_get<u32>(tb[IFA_BROADCAST]));
  if (tb[IFA_RT_PRIORITY]) set(ifa->ifa_rt_priority, nla_get<u32>(tb[IFA_RT_PRIORITY]));
  if (tb[IFA_PROTO]) set(ifa->ifa_proto, nla_get<u8>(tb[IFA_PROTO]));
  if (tb[IFA_FLAGS]) set(ifa->ifa_flags, nla_get<u32>(tb[IFA_FLAGS]));
  const nlattr* label = tb[IFA_LABEL];
  if (label) setBytes(ifa->ifa_label, nla_data(label), std::min<u32>(nla_len(label), 15));
  else setBytes(ifa->ifa_label, dev->name, sizeof dev->name);
}

// The address that the request describes; an ERR_PTR if it describes none.
static const in_ifaddr* rtm_to_ifaddr(const net* net, const nlmsghdr* nlh, const netlink_ext_ack* extack) {
  KFUNC(rtm_to_ifaddr, net, nlh, extack);
  SIMPLIFIED("lifetimes of addresses are not kept");
  const auto refuse = [&](int why) { return call.result(ERR_PTR<in_ifaddr>(why)); };
  Attributes tb;
  if (const int bad = parseAddress(nlh, tb, false, extack)) return refuse(bad);
  const auto* head = nlmsg_data<ifaddrmsg>(nlh);
  if (head->ifa_prefixlen > 32 || !tb[IFA_LOCAL]) return refuse(-EINVAL);
  const net_device* dev = __dev_get_by_index(net, static_cast<int>(head->ifa_index));
  if (!dev) return refuse(-ENODEV);
  if (const nlattr* times = tb[IFA_CACHEINFO]; times && nla_get<std::array<u32, 2>>(times)[1] != Forever) {
    NOTE("netlink.lifetime_not_built", dev);
    return refuse(-EOPNOTSUPP);
  }
  const in_device* in_dev = __in_dev_get_rtnl(dev);
  const in_ifaddr* ifa = in_dev ? inet_alloc_ifa() : nullptr;
  if (!ifa) return refuse(-ENOBUFS);
  refcount_inc(&in_dev->refcnt);
  set(ifa->ifa_prefixlen, head->ifa_prefixlen);
  set(ifa->ifa_mask, inet_make_mask(head->ifa_prefixlen));
  set(ifa->ifa_flags, head->ifa_flags);
  set(ifa->ifa_scope, head->ifa_scope);
  set(ifa->ifa_dev, in_dev);
  takeAttributes(ifa, tb, dev);
  return call.result(ifa);
}

static const in_ifaddr* find_matching_ifa(const in_ifaddr* ifa) {
  for (const in_ifaddr* there = ifa->ifa_dev->ifa_list; there; there = there->ifa_next)
    if (there->ifa_mask == ifa->ifa_mask && inet_ifa_match(there->ifa_address, ifa) &&
        there->ifa_local == ifa->ifa_local)
      return there;
  return nullptr;
}

static int inet_rtm_newaddr(const sk_buff* skb, const nlmsghdr* nlh, const netlink_ext_ack* extack) {
  KFUNC(inet_rtm_newaddr, skb, nlh, extack);
  rtnl_is_locked();
  const in_ifaddr* ifa = rtm_to_ifaddr(sock_net(skb->sk), nlh, extack);
  if (IS_ERR(ifa)) return call.result(static_cast<int>(PTR_ERR(ifa)));
  const u32 asker = NETLINK_CB(skb)->portid;
  const in_ifaddr* there = find_matching_ifa(ifa);
  if (!there) {
    set_ifa_lifetime(ifa);
    return call.result(__inet_insert_ifa(ifa, nlh, asker));
  }
  freeAddress(ifa);
  const bool replaces = nlh->nlmsg_flags & NLM_F_REPLACE && !(nlh->nlmsg_flags & NLM_F_EXCL);
  if (!replaces) return call.result(-EEXIST);
  set_ifa_lifetime(there);
  rtmsg_ifa(RTM_NEWADDR, there, nlh, asker);
  return call.result(0);
}

// ---- delete: the first address that is as the request says, as far as it says anything
static bool meant(const in_ifaddr* ifa, const ifaddrmsg* head, const Attributes& tb) {
  if (tb[IFA_LOCAL] && ifa->ifa_local != nla_get<u32>(tb[IFA_LOCAL])) return false;
  const nlattr* label = tb[IFA_LABEL];
  if (label && std::strncmp(nla_data<char>(label), reinterpret_cast<const char*>(&ifa->ifa_label[0]), nla_len(label)))
    return false;
  if (!tb[IFA_ADDRESS]) return true;
  return head->ifa_prefixlen == ifa->ifa_prefixlen && inet_ifa_match(nla_get<u32>(tb[IFA_ADDRESS]), ifa);
}

static int inet_rtm_deladdr(const sk_buff* skb, const nlmsghdr* nlh, const netlink_ext_ack* extack) {
  KFUNC(inet_rtm_deladdr, skb, nlh, extack);
  rtnl_is_locked();
  Attributes tb;
  if (const int bad = parseAddress(nlh, tb, false, extack)) return call.result(bad);
  const auto* head = nlmsg_data<ifaddrmsg>(nlh);
  const net_device* dev = dev_get_by_index_rcu(sock_net(skb->sk), static_cast<int>(head->ifa_index));
  const in_device* in_dev = dev ? __in_dev_get_rtnl(dev) : nullptr;
  if (!in_dev) return call.result(-ENODEV);
  for (const kptr<in_ifaddr>* slot = &in_dev->ifa_list; *slot; slot = &(*slot)->ifa_next) {
    if (!meant(*slot, head, tb)) continue;
    __inet_del_ifa(in_dev, slot, nlh, NETLINK_CB(skb)->portid);
    return call.result(0);
  }
  return call.result(-EADDRNOTAVAIL);
}

// ---- asking for all
static int inet_valid_dump_ifaddr_req(const netlink_callback* cb, int* ifindex) {
  KFUNC(inet_valid_dump_ifaddr_req, cb);
  const auto* head = nlmsg_data<ifaddrmsg>(cb->nlh);
  Attributes tb;
  if (const int bad = parseAddress(cb->nlh, tb, true, cb->extack)) return call.result(bad);
  const bool clean = !head->ifa_prefixlen && !head->ifa_flags && !head->ifa_scope;
  if (!clean) NL_SET_ERR_MSG(cb->extack, "ipv4: Invalid values in header for address dump request");
  for (const nlattr* a : tb)
    if (clean && a)
      return NL_SET_ERR_MSG(cb->extack, "ipv4: Unsupported attribute in dump request"), call.result(-EINVAL);
  *ifindex = static_cast<int>(head->ifa_index);
  if (*ifindex) set(cb->answer_flags, cb->answer_flags | NLM_F_DUMP_FILTERED);
  return call.result(clean ? 0 : -EINVAL);
}

// The addresses of one device, from the place on where the last buffer stopped.
static int in_dev_dump_addr(const in_device* in_dev, const sk_buff* skb, const netlink_callback* cb,
                            const AddressMessage& m) {
  KFUNC(in_dev_dump_addr, in_dev, skb, cb);
  s64 place = 0;
  for (const in_ifaddr* ifa = in_dev->ifa_list; ifa; ifa = ifa->ifa_next, ++place) {
    if (place < cb->args[2]) continue;
    if (inet_fill_ifaddr(skb, ifa, m) < 0) return set(cb->args[2], place), call.result(-EMSGSIZE);
  }
  set(cb->args[2], 0);
  return call.result(0);
}

static int inet_dump_ifaddr(const sk_buff* skb, const netlink_callback* cb) {
  KFUNC(inet_dump_ifaddr, skb, cb);
  const net* net = sock_net(skb->sk);
  int only = 0;
  if (const int bad = cb->strict_check ? inet_valid_dump_ifaddr_req(cb, &only) : 0) return call.result(bad);
  AddressMessage m{NETLINK_CB(cb->skb)->portid, cb->nlh->nlmsg_seq, RTM_NEWADDR, NLM_F_MULTI};
  if (only) {
    const net_device* dev = __dev_get_by_index(net, only);
    if (!dev) return call.result(-ENODEV);
    m.flags |= NLM_F_DUMP_FILTERED;
    const in_device* in_dev = __in_dev_get_rtnl(dev);
    const int full = in_dev && !cb->args[0] ? in_dev_dump_addr(in_dev, skb, cb, m) : 0;
    set(cb->args[0], full ? 0 : 1);
    return call.result(skb->len ? static_cast<int>(skb->len) : full);
  }
  s64 bucket = cb->args[0], place = cb->args[1];
  for (bool full = false; bucket < NETDEV_HASHENTRIES && !full; full ? bucket : ++bucket) {
    set(cb->seq, atomic_read(&net->ipv4.dev_addr_genid) ^ net->dev_base_seq);
    s64 at = 0;
    for (const hlist_node* n = net->dev_index_head.get()[bucket].first; n && !full; n = n->next, ++at) {
      const in_device* in_dev = __in_dev_get_rcu(container_of(n, net_device, index_hlist));
      if (at < place || !in_dev) continue;
      full = in_dev_dump_addr(in_dev, skb, cb, m) < 0;
      place = full ? at : place;
    }
    if (!full) place = 0;
  }
  set(cb->args[0], bucket);
  set(cb->args[1], place);
  return call.result(static_cast<int>(skb->len));
}

void devinet_netlink_init() {
  rtnl_register(PF_INET, RTM_NEWADDR, &fn<inet_rtm_newaddr>, nullptr);
  rtnl_register(PF_INET, RTM_DELADDR, &fn<inet_rtm_deladdr>, nullptr);
  rtnl_register(PF_INET, RTM_GETADDR, nullptr, &fn<inet_dump_ifaddr>);
}

} // namespace sockwalk::kernel
