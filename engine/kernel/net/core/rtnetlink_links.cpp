// Devices over rtnetlink: asking for one or all, changing them, and telling whoever listens that they changed.
#include "engine/kernel/drivers/net/veth.h"
#include "engine/kernel/include/linux/dcache.h"
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/net/core/dev.h"
#include "engine/kernel/net/core/rtnetlink_internal.h"
#include <string>

namespace sockwalk::kernel {

static constexpr AttributeRule LinkRules[] = {{IFLA_IFNAME, 1},    {IFLA_MTU, 4},      {IFLA_LINK, 4},
                                              {IFLA_TXQLEN, 4},    {IFLA_EXT_MASK, 4}, {IFLA_NET_NS_PID, 4},
                                              {IFLA_NET_NS_FD, 4}, {IFLA_MASTER, 4},   {IFLA_CARRIER, 1}};
static int parseLink(const nlmsghdr* nlh, Attributes& tb, bool strict, const netlink_ext_ack* extack) {
  return nlmsg_parse(nlh, sizeof(ifinfomsg), tb, {IFLA_MAX, LinkRules, strict}, extack);
}
static std::string nameIn(const nlattr* a) {
  if (!a) return {};
  const auto* text = nla_data<char>(a);
  return std::string(text, strnlen(text, nla_len(a)));
}

// A request may name the namespace in one way only.
static int rtnl_ensure_unique_netns(const Attributes& tb, const netlink_ext_ack* extack) {
  KFUNC(rtnl_ensure_unique_netns, extack);
  const bool byPid = tb[IFLA_NET_NS_PID], byFile = tb[IFLA_NET_NS_FD], byId = tb[IFLA_TARGET_NETNSID];
  if (byPid + byFile + byId <= 1) return call.result(0);
  NL_SET_ERR_MSG(extack, "multiple netns identifying attributes specified");
  return call.result(-EINVAL);
}

static const net_device* netdev_name_node_lookup(const net* net, const std::string& name) {
  KFUNC(netdev_name_node_lookup, net);
  SIMPLIFIED("the devices are few: the list of them is gone through, not a hash table");
  full_name_hash(name.c_str());
  return call.result(__dev_get_by_name(net, name.c_str()));
}
static const net_device* byName(const net* net, const std::string& name) {
  KFUNC(__dev_get_by_name, net);
  return call.result(netdev_name_node_lookup(net, name));
}

// What every request for one device begins with.
static int readLink(const nlmsghdr* nlh, Attributes& tb, bool strict, const netlink_ext_ack* extack) {
  if (const int bad = parseLink(nlh, tb, strict, extack)) return bad;
  return rtnl_ensure_unique_netns(tb, extack);
}
static const nlattr* nameOf(const Attributes& tb) { return tb[IFLA_IFNAME] ? tb[IFLA_IFNAME] : tb[IFLA_ALT_IFNAME]; }

// The device of a request, by its number or its name; an ERR_PTR if it names none, or one that is not there.
static const net_device* deviceOf(const net* net, const nlmsghdr* nlh, const Attributes& tb) {
  const int index = nlmsg_data<ifinfomsg>(nlh)->ifi_index;
  const nlattr* name = nameOf(tb);
  if (index <= 0 && !name) return ERR_PTR<net_device>(-EINVAL);
  const net_device* dev = index > 0 ? __dev_get_by_index(net, index) : byName(net, nameIn(name));
  return dev ? dev : ERR_PTR<net_device>(-ENODEV);
}

// ---- asking
static int rtnl_getlink(const sk_buff* skb, const nlmsghdr* nlh, const netlink_ext_ack* extack) {
  KFUNC(rtnl_getlink, skb, nlh, extack);
  const net* net = sock_net(skb->sk);
  Attributes tb;
  if (const int bad = readLink(nlh, tb, netlink_strict_get_check(skb), extack)) return call.result(bad);
  const net_device* dev = deviceOf(net, nlh, tb);
  if (IS_ERR(dev)) return call.result(static_cast<int>(PTR_ERR(dev)));
  const u32 filter = tb[IFLA_EXT_MASK] ? nla_get<u32>(tb[IFLA_EXT_MASK]) : 0, asker = NETLINK_CB(skb)->portid;
  const sk_buff* answer = nlmsg_new(if_nlmsg_size(dev, filter), GFP_KERNEL);
  if (!answer) return call.result(-ENOBUFS);
  if (const int full = rtnl_fill_ifinfo(answer, dev, {RTM_NEWLINK, asker, nlh->nlmsg_seq, 0, 0, filter}))
    return kfree_skb(answer), call.result(full);
  const int sent = netlink_unicast(net->rtnl, answer, asker, MSG_DONTWAIT);
  return call.result(sent > 0 ? 0 : sent);
}

// The largest device decides how large the buffers of the dump are at least; only who asks for more than the usual must
// be careful.
u32 rtnl_calcit(const sk_buff* skb, const nlmsghdr* nlh) {
  KFUNC(rtnl_calcit, skb, nlh);
  Attributes tb;
  u32 filter = 0, most = 0;
  OnStack<netlink_ext_ack> unused;
  const bool readable = nlmsg_len(nlh) >= sizeof(ifinfomsg) && !parseLink(nlh, tb, false, unused);
  if (readable && tb[IFLA_EXT_MASK]) filter = nla_get<u32>(tb[IFLA_EXT_MASK]);
  if (!filter) return call.result(u32(NLMSG_GOODSIZE));
  for (const net_device* dev : list_for_each_entry(net_device, dev_list, &sock_net(skb->sk)->dev_base_head))
    most = std::max(most, if_nlmsg_size(dev, filter));
  return call.result(nlmsg_total_size(most));
}

// Strictly read, a dump is of all devices, and a request that names one is a mistake.
static int checkDumpRequest(const netlink_callback* cb, Attributes& tb) {
  const nlmsghdr* nlh = cb->nlh;
  const int bad = parseLink(nlh, tb, cb->strict_check, cb->extack);
  if (bad || !cb->strict_check) return cb->strict_check ? bad : 0;
  const auto* head = nlmsg_data<ifinfomsg>(nlh);
  if (head->__ifi_pad || head->ifi_type || head->ifi_flags || head->ifi_change)
    return NL_SET_ERR_MSG(cb->extack, "Invalid values in header for link dump request"), -EINVAL;
  if (head->ifi_index)
    return NL_SET_ERR_MSG(cb->extack, "Filter by device index not supported for link dumps"), -EINVAL;
  return 0;
}

// The devices stand in a hash table by their numbers; where the last buffer stopped, this one goes on.
static int rtnl_dump_ifinfo(const sk_buff* skb, const netlink_callback* cb) {
  KFUNC(rtnl_dump_ifinfo, skb, cb);
  const net* net = sock_net(skb->sk);
  Attributes tb;
  if (const int bad = checkDumpRequest(cb, tb)) return call.result(bad);
  const u32 filter = tb[IFLA_EXT_MASK] ? nla_get<u32>(tb[IFLA_EXT_MASK]) : 0;
  s64 bucket = cb->args[0], place = cb->args[1];
  bool full = false;
  for (; bucket < NETDEV_HASHENTRIES; ++bucket, place = 0) {
    s64 at = 0;
    for (const hlist_node* n = net->dev_index_head.get()[bucket].first; n && !full; n = n->next, ++at) {
      if (at < place) continue;
      const LinkMessage m{RTM_NEWLINK, NETLINK_CB(cb->skb)->portid, cb->nlh->nlmsg_seq, 0, NLM_F_MULTI, filter};
      full = rtnl_fill_ifinfo(skb, container_of(n, net_device, index_hlist), m) < 0;
      if (full) place = at;
    }
    if (full) break;
  }
  set(cb->args[0], bucket);
  set(cb->args[1], place);
  set(cb->seq, net->dev_base_seq);
  return call.result(full && !skb->len ? -EMSGSIZE : static_cast<int>(skb->len));
}

// ---- telling
static const sk_buff* rtmsg_ifinfo_build_skb(int type, const net_device* dev, u32 change) {
  KFUNC(rtmsg_ifinfo_build_skb, type, dev, change);
  const sk_buff* skb = nlmsg_new(if_nlmsg_size(dev, 0), GFP_KERNEL);
  if (skb && !rtnl_fill_ifinfo(skb, dev, {type, 0, 0, change, 0, 0})) return call.result(skb);
  kfree_skb(skb);
  rtnl_set_sk_err(dev_net(dev), RTNLGRP_LINK, -ENOBUFS);
  return call.result<const sk_buff*>(nullptr);
}
static void tellOfLink(int type, const net_device* dev, u32 change, u32 flags) {
  if (const sk_buff* skb = rtmsg_ifinfo_build_skb(type, dev, change))
    nlmsg_notify(dev_net(dev)->rtnl, skb, 0, RTNLGRP_LINK, 0, flags);
}
void rtmsg_ifinfo(int type, const net_device* dev, u32 change, u32 flags) {
  if (!rtnl_may_be_heard(dev_net(dev), RTNLGRP_LINK)) return;
  KFUNC(rtmsg_ifinfo, type, dev, change, flags);
  if (dev->reg_state == NETREG_REGISTERED) tellOfLink(type, dev, change, flags);
}
// What is not told where it happens is told because of the event.
void rtnetlink_event(u64 event, const net_device* dev) {
  KFUNC(rtnetlink_event, event, dev);
  if (!rtnl_may_be_heard(dev_net(dev), RTNLGRP_LINK)) return;
  if (event == NETDEV_CHANGEMTU || event == NETDEV_CHANGENAME) tellOfLink(RTM_NEWLINK, dev, 0, GFP_KERNEL);
}

// ---- changing
static int validate_linkmsg(const net_device* dev, const netlink_ext_ack* extack) {
  KFUNC(validate_linkmsg, dev, extack);
  return call.result(0);
}

static int rename(const net_device* dev, const std::string& name) {
  char bytes[16] = {};
  if (dev->flags & IFF_UP) return -EBUSY;
  if (name.empty() || name.size() >= sizeof bytes) return -EINVAL;
  if (const net_device* other = __dev_get_by_name(dev_net(dev), name.c_str())) return other == dev ? 0 : -EEXIST;
  std::memcpy(bytes, name.c_str(), name.size());
  setBytes(dev->name, bytes, sizeof bytes);
  tellDevice(NETDEV_CHANGENAME, dev);
  return 0;
}

// What a request wants changed and Sockwalk cannot change is refused before anything is.
static int refuseUnbuilt(const nlmsghdr* nlh, const Attributes& tb) {
  for (const int kind : {IFLA_NET_NS_PID, IFLA_NET_NS_FD, IFLA_MASTER, IFLA_LINKMODE, IFLA_OPERSTATE, IFLA_CARRIER,
                         IFLA_IFALIAS, IFLA_AF_SPEC, IFLA_XDP, IFLA_VFINFO_LIST})
    if (tb[static_cast<u32>(kind)]) {
      NOTE("netlink.attribute_not_built", nlh->nlmsg_type, kind);
      return -EOPNOTSUPP;
    }
  return 0;
}

static int do_setlink(const net_device* dev, const nlmsghdr* nlh, const Attributes& tb, const netlink_ext_ack* extack) {
  KFUNC(do_setlink, dev, nlh, extack);
  SIMPLIFIED("of a device its name, MTU, queue length, hardware address and whether it is up can be changed");
  validate_linkmsg(dev, extack);
  if (const int lacking = refuseUnbuilt(nlh, tb)) return call.result(lacking);
  const auto* head = nlmsg_data<ifinfomsg>(nlh);
  if (const nlattr* address = tb[IFLA_ADDRESS]) {
    if (nla_len(address) < dev->addr_len) return call.result(-EINVAL);
    if (dev->type != ARPHRD_ETHER) return call.result(-EOPNOTSUPP); // lo's and a tun's are nobody's
    setBytes(dev->dev_addr, nla_data(address), dev->addr_len);
  }
  if (const nlattr* mtu = tb[IFLA_MTU])
    if (const int bad = dev_set_mtu_ext(dev, nla_get<u32>(mtu), extack)) return call.result(bad);
  if (const nlattr* name = head->ifi_index > 0 ? tb[IFLA_IFNAME] : nullptr)
    if (const int bad = rename(dev, nameIn(name))) return call.result(bad);
  if (const nlattr* length = tb[IFLA_TXQLEN]) set(dev->tx_queue_len, nla_get<u32>(length));
  const u32 asked = head->ifi_flags, which = head->ifi_change;
  if (!asked && !which) return call.result(0);
  const u32 wanted = which ? (asked & which) | (dev->flags & ~which) : asked;
  return call.result(dev_change_flags(dev, wanted, extack));
}

static int rtnl_setlink(const sk_buff* skb, const nlmsghdr* nlh, const netlink_ext_ack* extack) {
  KFUNC(rtnl_setlink, skb, nlh, extack);
  Attributes tb;
  if (const int bad = readLink(nlh, tb, false, extack)) return call.result(bad);
  const net_device* dev = deviceOf(sock_net(skb->sk), nlh, tb);
  if (IS_ERR(dev)) return call.result(static_cast<int>(PTR_ERR(dev)));
  return call.result(do_setlink(dev, nlh, tb, extack));
}

// ---- making and unmaking
// A veth pair: the request for the other end stands inside the request, with the same head.
static int makePair(const net* net, const std::string& name, const nlattr* data) {
  std::string peer = "veth%d";
  Attributes inner;
  OnStack<netlink_ext_ack> unused;
  constexpr u32 PeerInfo = 1; // VETH_INFO_PEER
  if (data && !nla_parse_nested(data, inner, {PeerInfo, {}, false}, unused) && inner[PeerInfo]) {
    const nlattr* other = inner[PeerInfo];
    const u32 whole = nla_len(other), head = sizeof(ifinfomsg);
    if (whole < head) return -EINVAL;
    const auto* first = reinterpret_cast<const nlattr*>(nla_data(other) + head);
    if (whole > head + NLA_HDRLEN && nla_type(first) == IFLA_IFNAME) peer = nameIn(first);
  }
  return rtnl_add_veth(net, name.empty() ? "veth%d" : name.c_str(), peer.c_str());
}

static int newDevice(const net* net, const nlmsghdr* nlh, const Attributes& tb, const netlink_ext_ack* extack) {
  Attributes info;
  const nlattr* about = tb[IFLA_LINKINFO];
  const bool readable = about && !nla_parse_nested(about, info, {IFLA_INFO_DATA, {}, false}, extack);
  const std::string kind = readable ? nameIn(info[IFLA_INFO_KIND]) : "";
  if (kind == "veth") return makePair(net, nameIn(tb[IFLA_IFNAME]), info[IFLA_INFO_DATA]);
  if (!kind.empty()) NOTE("netlink.attribute_not_built", nlh->nlmsg_type, IFLA_LINKINFO);
  NL_SET_ERR_MSG(extack, "Unknown device type");
  return -EOPNOTSUPP;
}

static const net_device* netdev_master_upper_dev_get(const net_device* dev) {
  KFUNC(netdev_master_upper_dev_get, dev);
  rtnl_is_locked();
  return call.result<const net_device*>(nullptr);
}
static const net_device* rtnl_dev_get(const net* net, const std::string& name) {
  KFUNC(rtnl_dev_get, net);
  return call.result(byName(net, name));
}

static int __rtnl_newlink(const sk_buff* skb, const nlmsghdr* nlh, const netlink_ext_ack* extack) {
  KFUNC(__rtnl_newlink, skb, nlh, extack);
  const net* net = sock_net(skb->sk);
  Attributes tb;
  if (const int bad = readLink(nlh, tb, false, extack)) return call.result(bad);
  const int index = nlmsg_data<ifinfomsg>(nlh)->ifi_index;
  const nlattr* name = nameOf(tb);
  const bool named = index > 0 || name;
  const net_device* dev = index > 0 ? __dev_get_by_index(net, index) : name ? rtnl_dev_get(net, nameIn(name)) : nullptr;
  if (dev) netdev_master_upper_dev_get(dev);
  if (dev || named) validate_linkmsg(dev, extack);
  if (dev && nlh->nlmsg_flags & NLM_F_EXCL) return call.result(-EEXIST);
  if (dev) return call.result(nlh->nlmsg_flags & NLM_F_REPLACE ? -EOPNOTSUPP : do_setlink(dev, nlh, tb, extack));
  if (!(nlh->nlmsg_flags & NLM_F_CREATE)) return call.result(named ? -ENODEV : -EINVAL);
  return call.result(newDevice(net, nlh, tb, extack));
}
static int rtnl_newlink(const sk_buff* skb, const nlmsghdr* nlh, const netlink_ext_ack* extack) {
  KFUNC(rtnl_newlink, skb, nlh, extack);
  return call.result(__rtnl_newlink(skb, nlh, extack));
}

static int rtnl_dellink(const sk_buff* skb, const nlmsghdr* nlh, const netlink_ext_ack* extack) {
  KFUNC(rtnl_dellink, skb, nlh, extack);
  SIMPLIFIED("devices live as long as the machine");
  Attributes tb;
  if (const int bad = readLink(nlh, tb, false, extack)) return call.result(bad);
  const net_device* dev = deviceOf(sock_net(skb->sk), nlh, tb);
  if (IS_ERR(dev)) return call.result(static_cast<int>(PTR_ERR(dev)));
  const rtnl_link_ops* ops = dev->rtnl_link_ops; // lo and eth0 have none: they cannot be deleted at all
  if (ops) NOTE("netlink.not_built", nlh->nlmsg_type, AF_UNSPEC);
  return call.result(-EOPNOTSUPP);
}

void rtnl_links_init() {
  rtnl_register(PF_UNSPEC, RTM_GETLINK, &fn<rtnl_getlink>, &fn<rtnl_dump_ifinfo>);
  rtnl_register(PF_UNSPEC, RTM_SETLINK, &fn<rtnl_setlink>, nullptr);
  rtnl_register(PF_UNSPEC, RTM_NEWLINK, &fn<rtnl_newlink>, nullptr);
  rtnl_register(PF_UNSPEC, RTM_DELLINK, &fn<rtnl_dellink>, nullptr);
}

} // namespace sockwalk::kernel
