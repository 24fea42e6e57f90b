// IPv6 is not simulated. What it would say of a device whose settings nobody has changed, and which has not carried a packet
// of it yet, is said all the same: programs that ask for devices (`ip link`) get it, and it is half of each answer.
#include "engine/kernel/include/net/addrconf.h"
#include "engine/kernel/include/net/netlink.h"
#include "engine/memory/constants/netlink.h"

namespace sockwalk::kernel {

namespace {
constexpr u32 Settings = 59, Counters = 37, IcmpCounters = 7; // of net.ipv6.conf.DEVICE; IPSTATS_MIB_; ICMP6_MIB_
struct Setting {
  u32 number;
  s32 value;
};
// Where the default is not 0.
constexpr Setting Defaults[] = {{1, 64},     {3, 1},     {4, 1},       {5, 1},      {6, 1},      {7, -1},
                                {8, 4000},   {9, 1000},  {11, 604800}, {12, 86400}, {13, 3},     {14, 600},
                                {15, 16},    {17, 1},    {18, 1},      {19, 1},     {20, 60000}, {28, -1},
                                {32, 10000}, {33, 1000}, {34, 1},      {39, 1},     {43, 1},     {55, 3600000}};
void putCounters(const sk_buff* skb, int type, u32 howMany) {
  const nlattr* room = nla_reserve(skb, type, static_cast<int>(howMany) * 8);
  if (!room) return;
  const u64 first = howMany; // the first says how many there are
  fillBytes(nla_data(room), 0, howMany * 8);
  setBytes(nla_data(room), &first, sizeof first);
}
} // namespace

u32 inet6_get_link_af_size(const net_device* dev) {
  KFUNC(inet6_get_link_af_size, dev);
  return call.result(nla_total_size(4) + nla_total_size(16) + nla_total_size(Settings * 4) +
                     nla_total_size(Counters * 8) + nla_total_size(IcmpCounters * 8) + nla_total_size(16) +
                     nla_total_size(1));
}

static int inet6_fill_ifla6_attrs(const sk_buff* skb, const net_device* dev) {
  KFUNC(inet6_fill_ifla6_attrs, skb, dev);
  SIMPLIFIED("no IPv6: its settings are the defaults, its counters are 0");
  const s32 times[4] = {65535, 0, 37584,
                        1000}; // the longest packet, when it began, and how long a neighbour is believed
  s32 settings[Settings] = {};
  for (const Setting& s : Defaults) settings[s.number - 1] = s.value;
  settings[1] = static_cast<s32>(dev->mtu);
  const u8 token[16] = {}, generated = 0;
  int full = nla_put_u32(skb, IFLA_INET6_FLAGS, 0) | nla_put(skb, IFLA_INET6_CACHEINFO, sizeof times, times) |
             nla_put(skb, IFLA_INET6_CONF, sizeof settings, settings);
  putCounters(skb, IFLA_INET6_STATS, Counters);
  putCounters(skb, IFLA_INET6_ICMP6STATS, IcmpCounters);
  full |= nla_put(skb, IFLA_INET6_TOKEN, sizeof token, token) | nla_put_u8(skb, IFLA_INET6_ADDR_GEN_MODE, generated);
  return call.result(full ? -EMSGSIZE : 0);
}

int inet6_fill_link_af(const sk_buff* skb, const net_device* dev, u32 ext_filter_mask) {
  KFUNC(inet6_fill_link_af, skb, dev, ext_filter_mask);
  return call.result(inet6_fill_ifla6_attrs(skb, dev));
}

} // namespace sockwalk::kernel
