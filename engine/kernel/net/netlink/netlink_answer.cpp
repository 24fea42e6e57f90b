// What the kernel's side of netlink does with a buffer: each message of it goes to its part of the kernel, and what comes
// of it is told by NLMSG_ERROR: an error, or the 0 of an acknowledgement that was asked for.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/net/netlink.h"
#include "engine/kernel/net/netlink/af_netlink.h"

namespace sockwalk::kernel {

// Both the sender of the message and who opened its socket must be allowed to: else a program could let another, that is
// mightier, write to a socket of its own. Who says in the call where it sends to does so knowingly.
static bool file_ns_capable(const file* file, const user_namespace* ns, int cap) {
  KFUNC(file_ns_capable, file, ns, cap);
  return call.result(security_capable(file->f_cred, ns, cap, 0) == 0);
}
bool netlink_net_capable(const sk_buff* skb, int cap) {
  KFUNC(netlink_net_capable, skb, cap);
  const user_namespace* ns = sock_net(skb->sk)->user_ns;
  const bool opener =
      NETLINK_CB(skb)->flags & NETLINK_SKB_DST || file_ns_capable(NETLINK_CB(skb)->sk->sk_socket->file, ns, cap);
  return call.result(opener && ns_capable(ns, cap));
}

bool netlink_strict_get_check(const sk_buff* skb) {
  KFUNC(netlink_strict_get_check, skb);
  return call.result(nlk_test_bit(NETLINK_F_STRICT_CHK, NETLINK_CB(skb)->sk));
}

// ---- explanations beside an error, for who asked for them (NETLINK_EXT_ACK)
static bool wantsExplanation(const sock* sk, const netlink_ext_ack* extack) {
  return extack && nlk_test_bit(NETLINK_F_EXT_ACK, sk);
}
static u32 netlink_ack_tlv_len(const sock* sk, int err, const netlink_ext_ack* extack) {
  if (!wantsExplanation(sk, extack)) return 0;
  u32 bytes = 0;
  if (const char* text = extack->_msg) bytes += nla_total_size(static_cast<u32>(std::strlen(text)) + 1);
  if (err && extack->bad_attr) bytes += nla_total_size(sizeof(u32));
  if (err && extack->miss_type) bytes += nla_total_size(sizeof(u32));
  return bytes;
}
static void netlink_ack_tlv_fill(const sk_buff* skb, const nlmsghdr* nlh, int err, const netlink_ext_ack* extack) {
  if (const char* text = extack->_msg) nla_put_string(skb, NLMSGERR_ATTR_MSG, text);
  if (!err) return;
  if (const nlattr* bad = extack->bad_attr) // where in the request the attribute stands that is wrong
    nla_put_u32(skb, NLMSGERR_ATTR_OFFS, Arena::offsetOf(bad) - Arena::offsetOf(nlh));
  if (extack->miss_type) nla_put_u32(skb, NLMSGERR_ATTR_MISS_TYPE, extack->miss_type);
}

// With an error goes the request that it is about, whole, unless the program has enough with its header.
void netlink_ack(const sk_buff* in_skb, const nlmsghdr* nlh, int err, const netlink_ext_ack* extack) {
  KFUNC(netlink_ack, in_skb, nlh, err, extack);
  const sock* asker = NETLINK_CB(in_skb)->sk;
  const bool whole = err && !nlk_test_bit(NETLINK_F_CAP_ACK, asker);
  const u32 explanation = netlink_ack_tlv_len(asker, err, extack);
  const u32 body = whole ? nlmsg_len(nlh) : 0;
  const int flags = (whole ? 0 : NLM_F_CAPPED) | (explanation ? NLM_F_ACK_TLVS : 0);
  const sk_buff* skb = nlmsg_new(static_cast<u32>(sizeof(nlmsgerr)) + body + explanation, GFP_KERNEL);
  if (!skb) {
    set(asker->sk_err, ENOBUFS);
    return sk_error_report(asker);
  }
  const u32 portid = NETLINK_CB(in_skb)->portid;
  const nlmsghdr* rep = nlmsg_put_inlined(skb, portid, nlh->nlmsg_seq, NLMSG_ERROR, sizeof(nlmsgerr), flags);
  const auto* error = nlmsg_data<nlmsgerr>(rep);
  set(error->error, err);
  copy(&error->msg, nlh);
  if (whole) {
    const u8* rest = skb_tail_pointer(skb);
    add(skb->tail, NLMSG_ALIGN(body));
    add(skb->len, NLMSG_ALIGN(body));
    setBytes(rest, nlmsg_data(nlh), body);
    fillBytes(rest + body, 0, NLMSG_ALIGN(body) - body);
  }
  if (explanation) netlink_ack_tlv_fill(skb, nlh, err, extack);
  nlmsg_end(skb, rep);
  NOTE("netlink.answered", asker, err);
  netlink_unicast(in_skb->sk, skb, portid, MSG_DONTWAIT);
}

// A message that is no request, or that is a control message, is none of the kernel's business; an acknowledgement that
// it asks for it gets all the same.
int netlink_rcv_skb(const sk_buff* skb, NetlinkInput input) {
  KFUNC(netlink_rcv_skb, skb);
  while (skb->len >= nlmsg_total_size(0)) {
    const nlmsghdr* nlh = nlmsg_hdr(skb);
    if (nlh->nlmsg_len < NLMSG_HDRLEN || skb->len < nlh->nlmsg_len) break; // it says that it is longer than it is
    OnStack<netlink_ext_ack> extack;
    const bool concernsUs = nlh->nlmsg_flags & NLM_F_REQUEST && nlh->nlmsg_type >= NLMSG_MIN_TYPE;
    const int err = concernsUs ? input(skb, nlh, extack) : 0;
    const bool answer = nlh->nlmsg_flags & NLM_F_ACK || err;
    if (answer && err != -EINTR) netlink_ack(skb, nlh, err, extack);
    skb_pull(skb, std::min<u32>(NLMSG_ALIGN(nlh->nlmsg_len), skb->len));
  }
  return call.result(0);
}

// What happened goes to the group, and, if it was asked to (NLM_F_ECHO), to whom who caused it.
int nlmsg_notify(const sock* sk, const sk_buff* skb, u32 portid, u32 group, int report, u32 flags) {
  KFUNC(nlmsg_notify, sk, skb, portid, group, report, flags);
  int err = 0;
  if (group) {
    if (report) skb_get(skb);
    err = netlink_broadcast(sk, skb, report ? portid : 0, group, flags);
    if (err == -ESRCH) err = 0; // nobody listens
  }
  if (report) {
    const int told = netlink_unicast(sk, skb, portid, MSG_DONTWAIT);
    if (!err) err = told > 0 ? 0 : told;
  }
  return call.result(err);
}

} // namespace sockwalk::kernel
