// Neighbours over rtnetlink: what `ip neigh` asks, adds, changes and deletes.
#include "engine/kernel/include/linux/rtnetlink.h"
#include "engine/kernel/include/net/netlink.h"
#include "engine/kernel/include/net/rtnetlink.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/net/core/neighbour_internal.h"
#include "engine/memory/constants/neighbour.h"

namespace sockwalk::kernel {

static constexpr AttributeRule NeighbourRules[] = {{NDA_DST, 1}, {NDA_LLADDR, 1}};

namespace {
// What a request names: a neighbour, whether or not the table knows it.
struct Named {
  Attributes tb;
  const net_device* dev = nullptr;
  u32 key = 0; // as it is on the wire
};
} // namespace

static int readNeighbour(const net* net, const nlmsghdr* nlh, Named& named, const netlink_ext_ack* extack) {
  const AttributeRules rules{NDA_MAX, NeighbourRules, false};
  if (const int bad = nlmsg_parse(nlh, sizeof(ndmsg), named.tb, rules, extack)) return bad;
  const nlattr* dst = named.tb[NDA_DST];
  if (!dst) return NL_SET_ERR_MSG(extack, "Network address not specified"), -EINVAL;
  const auto* head = nlmsg_data<ndmsg>(nlh);
  if (head->ndm_ifindex) {
    named.dev = __dev_get_by_index(net, head->ndm_ifindex);
    if (!named.dev) return -ENODEV;
  }
  const nlattr* address = named.tb[NDA_LLADDR];
  if (address && named.dev && nla_len(address) < named.dev->addr_len)
    return NL_SET_ERR_MSG(extack, "Invalid link address"), -EINVAL;
  if (head->ndm_family != AF_INET) { // whose table it would be
    NOTE("netlink.not_built", nlh->nlmsg_type, head->ndm_family);
    return -EAFNOSUPPORT;
  }
  if (nla_len(dst) < sizeof named.key) return NL_SET_ERR_MSG(extack, "Invalid network address"), -EINVAL;
  std::memcpy(&named.key, nla_data(dst), sizeof named.key);
  if (!(head->ndm_flags & NTF_PROXY)) return 0;
  NOTE("netlink.not_built", nlh->nlmsg_type, AF_INET);
  return -EOPNOTSUPP;
}

// One that is there is replaced only if the request says so; one that is not is made only if it says so.
static int neigh_add(const sk_buff* skb, const nlmsghdr* nlh, const netlink_ext_ack* extack) {
  KFUNC(neigh_add, skb, nlh, extack);
  SIMPLIFIED("no proxies, and no entries that the kernel keeps fresh by itself");
  rtnl_is_locked();
  Named named;
  if (const int bad = readNeighbour(sock_net(skb->sk), nlh, named, extack)) return call.result(bad);
  if (!named.dev) return call.result(-EINVAL);
  const auto* head = nlmsg_data<ndmsg>(nlh);
  u32 flags = NEIGH_UPDATE_F_ADMIN | NEIGH_UPDATE_F_OVERRIDE | NEIGH_UPDATE_F_OVERRIDE_ISROUTER;
  const neighbour* n = neigh_lookup(arp_tbl, &named.key, named.dev);
  if (!n) {
    if (!(nlh->nlmsg_flags & NLM_F_CREATE)) return call.result(-ENOENT);
    n = ___neigh_create(arp_tbl, &named.key, named.dev, true);
    if (IS_ERR(n)) return call.result(static_cast<int>(PTR_ERR(n)));
  } else {
    if (nlh->nlmsg_flags & NLM_F_EXCL) return neigh_release(n), call.result(-EEXIST);
    if (!(nlh->nlmsg_flags & NLM_F_REPLACE)) flags &= ~(NEIGH_UPDATE_F_OVERRIDE | NEIGH_UPDATE_F_OVERRIDE_ISROUTER);
  }
  int result = 0;
  const nlattr* address = named.tb[NDA_LLADDR];
  if (head->ndm_flags & NTF_USE) neigh_event_send(n, nullptr);
  else
    result = __neigh_update(n, address ? nla_data(address) : nullptr, static_cast<u8>(head->ndm_state), flags,
                            NETLINK_CB(skb)->portid);
  neigh_release(n);
  return call.result(result);
}

static int neigh_delete(const sk_buff* skb, const nlmsghdr* nlh, const netlink_ext_ack* extack) {
  KFUNC(neigh_delete, skb, nlh, extack);
  rtnl_is_locked();
  Named named;
  if (const int bad = readNeighbour(sock_net(skb->sk), nlh, named, extack)) return call.result(bad);
  if (!named.dev) return call.result(-EINVAL);
  const neighbour* n = neigh_lookup(arp_tbl, &named.key, named.dev);
  if (!n) return call.result(-ENOENT);
  const int result =
      __neigh_update(n, nullptr, NUD_FAILED, NEIGH_UPDATE_F_OVERRIDE | NEIGH_UPDATE_F_ADMIN, NETLINK_CB(skb)->portid);
  neigh_release(n);
  neigh_remove_one(n);
  return call.result(result);
}

// ---- asking
static int neigh_valid_get_req(const nlmsghdr* nlh, Attributes& tb, const netlink_ext_ack* extack) {
  KFUNC(neigh_valid_get_req, nlh, extack);
  const AttributeRules rules{NDA_MAX, NeighbourRules, true};
  if (const int bad = nlmsg_parse(nlh, sizeof(ndmsg), tb, rules, extack)) return call.result(bad);
  const auto* head = nlmsg_data<ndmsg>(nlh);
  const bool clean = !head->ndm_state && !head->ndm_type && !(head->ndm_flags & ~u8(NTF_PROXY));
  if (!clean) NL_SET_ERR_MSG(extack, "Invalid values in header for neighbor get request");
  return call.result(clean ? 0 : -EINVAL);
}

static int neigh_get(const sk_buff* skb, const nlmsghdr* nlh, const netlink_ext_ack* extack) {
  KFUNC(neigh_get, skb, nlh, extack);
  Attributes strict;
  if (const int bad = neigh_valid_get_req(nlh, strict, extack)) return call.result(bad);
  Named named;
  const net* net = sock_net(skb->sk);
  if (const int bad = readNeighbour(net, nlh, named, extack)) return call.result(bad);
  if (!named.dev) return call.result(-EINVAL);
  const neighbour* n = neigh_lookup(arp_tbl, &named.key, named.dev);
  if (!n) return NL_SET_ERR_MSG(extack, "Neighbour entry not found"), call.result(-ENOENT);
  const sk_buff* answer = alloc_skb(NeighbourMessage, GFP_KERNEL);
  const u32 asker = NETLINK_CB(skb)->portid;
  const int full = answer ? neigh_fill_info(answer, n, asker, nlh->nlmsg_seq, RTM_NEWNEIGH, 0) : -ENOBUFS;
  neigh_release(n);
  if (full) return kfree_skb(answer), call.result(full);
  return call.result(rtnl_unicast(answer, net, asker));
}

static int neigh_valid_dump_req(const netlink_callback* cb, Attributes& tb) {
  KFUNC(neigh_valid_dump_req, cb);
  const AttributeRules rules{NDA_MAX, {}, cb->strict_check};
  const int bad = nlmsg_parse(cb->nlh, sizeof(ndmsg), tb, rules, cb->extack);
  if (!cb->strict_check) return call.result(0);
  const auto* head = nlmsg_data<ndmsg>(cb->nlh);
  const bool clean = !bad && !head->ndm_ifindex && !head->ndm_state && !head->ndm_type;
  if (!bad && !clean) NL_SET_ERR_MSG(cb->extack, "Invalid values in header for neighbor dump request");
  return call.result(clean ? 0 : -EINVAL);
}

static int neigh_dump_info(const sk_buff* skb, const netlink_callback* cb) {
  KFUNC(neigh_dump_info, skb, cb);
  SIMPLIFIED("of the tables only ARP's is there, and entries are not chosen by device or bridge");
  Attributes tb;
  if (const int bad = neigh_valid_dump_req(cb, tb)) return call.result(bad);
  const u32 family = nlmsg_data<rtgenmsg>(cb->nlh)->rtgen_family;
  const bool wanted = family == AF_UNSPEC || family == AF_INET;
  const net* net = sock_net(skb->sk);
  s64 bucket = cb->args[1], place = cb->args[2];
  bool full = false;
  for (; wanted && bucket < neigh_buckets(arp_tbl) && !full; ++bucket, place = 0) {
    s64 at = 0;
    for (const neighbour* n = neigh_bucket(arp_tbl, static_cast<u32>(bucket)); n; n = n->next) {
      if (dev_net(n->dev) != net || at++ < place) continue;
      full = neigh_fill_info(skb, n, NETLINK_CB(cb->skb)->portid, cb->nlh->nlmsg_seq, RTM_NEWNEIGH, NLM_F_MULTI) < 0;
      if (full) {
        set(cb->args[1], bucket);
        set(cb->args[2], at - 1);
        return call.result(static_cast<int>(skb->len));
      }
    }
  }
  set(cb->args[1], bucket);
  set(cb->args[2], 0);
  return call.result(static_cast<int>(skb->len));
}

void neigh_init() {
  rtnl_register(PF_UNSPEC, RTM_NEWNEIGH, &fn<neigh_add>, nullptr);
  rtnl_register(PF_UNSPEC, RTM_DELNEIGH, &fn<neigh_delete>, nullptr);
  rtnl_register(PF_UNSPEC, RTM_GETNEIGH, &fn<neigh_get>, &fn<neigh_dump_info>);
}

} // namespace sockwalk::kernel
