// Netlink: sockets by which programs and the kernel send each other messages. Each protocol (rtnetlink, sock_diag ...) has a
// table of the sockets that are bound, by their port, and one socket of the kernel's own on port 0: what is sent to it is
// answered within the call. Source: include/linux/netlink.h, net/netlink/af_netlink.c.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/memory/constants/netlink.h"

namespace sockwalk::kernel {

// What a netlink message carries beside its bytes: who sent it, and to whom.
inline const netlink_skb_parms* NETLINK_CB(const sk_buff* skb) { return controlBlock<netlink_skb_parms>(skb); }

// ---- the kernel's own sockets
const sock* netlink_kernel_create(const net* net, int unit, const netlink_kernel_cfg* cfg); // nullptr: no memory
int netlink_has_listeners(const sock* sk, u32 group);  // sk: the kernel's own socket of the protocol
bool netlink_net_capable(const sk_buff* skb, int cap); // may the sender do this in its namespace?
bool netlink_strict_get_check(const sk_buff* skb);     // did it ask that its requests be read strictly?

// ---- sending. All take the buffer over.
int netlink_unicast(const sock* ssk, const sk_buff* skb, u32 portid, int nonblock); // bytes, or an error
// A copy to each member of the group but to `portid`, who knows; -ESRCH: there is none.
int netlink_broadcast(const sock* ssk, const sk_buff* skb, u32 portid, u32 group, u32 allocation);
int netlink_set_err(const sock* ssk, u32 portid, u32 group, int code); // members learn that they missed something
int nlmsg_notify(const sock* sk, const sk_buff* skb, u32 portid, u32 group, int report, u32 flags);

// ---- answering
using NetlinkInput = int (*)(const sk_buff* skb, const nlmsghdr* nlh, const netlink_ext_ack* extack);
int netlink_rcv_skb(const sk_buff* skb, NetlinkInput input); // each message of the buffer, one after the other
void netlink_ack(const sk_buff* in_skb, const nlmsghdr* nlh, int err, const netlink_ext_ack* extack);
// Begins to answer with all of a table, in as many buffers as it takes; the reader's next recvmsg() goes on with it.
int netlink_dump_start(const sock* ssk, const sk_buff* skb, const nlmsghdr* nlh, const netlink_dump_control* control);

} // namespace sockwalk::kernel
