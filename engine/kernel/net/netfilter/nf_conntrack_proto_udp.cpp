// UDP has no connections: a flow is one as long as something passes, and longer once both sides have spoken for a while.
#include "engine/kernel/include/linux/skb_header.h"
#include "engine/kernel/net/netfilter/nf_conntrack_internal.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

void nf_conntrack_udp_init_net(const net* net) {
  KFUNC(nf_conntrack_udp_init_net, net);
  const u32 second = machine().options().hz;
  set(net->ct.nf_ct_proto.udp.timeouts[0], 30 * second);  // one side has spoken
  set(net->ct.nf_ct_proto.udp.timeouts[1], 120 * second); // both, for more than two seconds
}

static bool udp_error(const sk_buff* skb, u32 dataoff, const nf_hook_state* state) {
  KFUNC(udp_error, skb, dataoff, state);
  INLINED();
  u16 header[4]; // ports, length, checksum
  if (!skb_header_copy(skb, dataoff, header, sizeof header)) return call.result(true);
  const u32 there = skb->len - dataoff, says = ntohs(header[2]);
  if (says > there || says < sizeof header) return call.result(true);
  const bool look = header[3] && state->hook == NF_INET_PRE_ROUTING && state->net->ct.sysctl_checksum;
  return call.result(look && nf_checksum(skb, state->hook, dataoff, IPPROTO_UDP, state->pf));
}

int nf_conntrack_udp_packet(const nf_conn* ct, const sk_buff* skb, u32 dataoff, u32 ctinfo,
                            const nf_hook_state* state) {
  KFUNC(nf_conntrack_udp_packet, ct, skb, dataoff, ctinfo, state);
  if (udp_error(skb, dataoff, state)) return call.result(-NF_ACCEPT);
  const u32* timeouts = nf_ct_net(ct)->ct.nf_ct_proto.udp.timeouts;
  const u64 now = machine().jiffies();
  if (!nf_ct_is_confirmed(ct)) set(ct->proto.udp.stream_ts, now + 2ull * machine().options().hz);
  const bool answered = hasStatus(ct, IPS_SEEN_REPLY);
  const bool stream = answered && static_cast<s64>(now - ct->proto.udp.stream_ts) > 0;
  __nf_ct_refresh_acct(ct, ctinfo, skb, timeouts[stream]);
  if (stream && !hasStatus(ct, IPS_NAT_CLASH | IPS_ASSURED)) addStatus(ct, IPS_ASSURED);
  return call.result(NF_ACCEPT);
}

} // namespace sockwalk::kernel
