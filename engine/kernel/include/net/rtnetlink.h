// Routing netlink: what programs ask and change of devices, addresses, routes and neighbours. Each part of the network registers
// its functions for kinds of messages. And what an administrator asks by `ip`, without a message: making devices, moving them
// to another namespace; each of these runs inside a stimulus of its own. 0 or a negative error number.
// Source: include/net/rtnetlink.h, net/core/rtnetlink.c, net/core/dev.c.
#pragma once
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/memory/constants/netlink.h"

namespace sockwalk::kernel {

// ---- net/core/rtnetlink_messages.cpp
using RtnlDoit = s32(const sk_buff* skb, const nlmsghdr* nlh, const netlink_ext_ack* extack);
using RtnlDumpit = s32(const sk_buff* skb, const netlink_callback* cb);
void rtnetlink_init();
// Who answers messages of this kind for the family; either function may be missing.
void rtnl_register(int protocol, int msgtype, const TypedSymbol<RtnlDoit>* doit, const TypedSymbol<RtnlDumpit>* dumpit,
                   u32 flags = 0);
int rtnl_unicast(const sk_buff* skb, const net* net, u32 pid);
// To the group, and to who caused it if it said NLM_F_ECHO (`nlh`: its request, or nullptr).
void rtnl_notify(const sk_buff* skb, const net* net, u32 pid, u32 group, const nlmsghdr* nlh, u32 flags);
// While no program runs (the kernel boots, `ip` works for the script) and nobody listens, messages are not even written.
bool rtnl_may_be_heard(const net* net, u32 group);
void rtnl_set_sk_err(const net* net, u32 group, int error); // nothing could be told: members learn at least that
int rtnl_put_cacheinfo(const sk_buff* skb, const dst_entry* dst, u32 id, s64 expires, u32 error);
int rtnetlink_put_metrics(const sk_buff* skb, const u32* metrics);

// ---- net/core/rtnetlink_links.cpp
void rtnl_links_init();
void rtmsg_ifinfo(int type, const net_device* dev, u32 change, u32 flags);
u32 dev_get_flags(const net_device* dev); // as a program sees them

int rtnl_add_veth(const net* net, const char* name, const char* peer); // ip link add NAME type veth peer name PEER

// ---- drivers/net/veth.cpp
const net_device* rtnl_create_link(const net* net, const char* ifname, void (*setup)(const net_device*), u32 priv_size);
int rtnl_configure_link(const net_device* dev);

} // namespace sockwalk::kernel
