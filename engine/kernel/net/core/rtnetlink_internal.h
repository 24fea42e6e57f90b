// What the parts of rtnetlink.c share.
// Source: net/core/rtnetlink.c.
#pragma once
#include "engine/kernel/include/linux/rtnetlink.h"
#include "engine/kernel/include/net/netlink.h"
#include "engine/kernel/include/net/rtnetlink.h"
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

// In their own file the compiler inlines rtnl_lock() and rtnl_unlock().
void takeRtnl();
void letRtnlGo();

// ---- rtnetlink_fill.cpp: a device as a message
struct LinkMessage { // what is to stand in it besides the device
  int type;
  u32 pid, seq, change, flags;
  u32 filter; // RTEXT_FILTER_...
  u32 event = 0;
};
u32 if_nlmsg_size(const net_device* dev, u32 ext_filter_mask);
int rtnl_fill_ifinfo(const sk_buff* skb, const net_device* dev, const LinkMessage& message);

// ---- rtnetlink_links.cpp
u32 rtnl_calcit(const sk_buff* skb, const nlmsghdr* nlh); // what a dump of devices needs for the largest of them

} // namespace sockwalk::kernel
