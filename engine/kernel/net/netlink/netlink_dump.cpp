// Answering with all of a table. The first part is written within the request; each recvmsg() of the reader calls for the
// next. What stands where in the table is remembered in the netlink_callback; a table that changed meanwhile is told by a
// flag (NLM_F_DUMP_INTR). The end is a message of its own, NLMSG_DONE.
#include "engine/kernel/include/linux/filter.h"
#include "engine/kernel/include/net/netlink.h"
#include "engine/kernel/net/netlink/af_netlink.h"
#include <climits>

namespace sockwalk::kernel {

// The table's number of changes is another than when the dump began: what was told may not fit together.
static void nl_dump_check_consistent(const netlink_callback* cb, const nlmsghdr* nlh) {
  if (cb->prev_seq && cb->seq != cb->prev_seq) set(nlh->nlmsg_flags, nlh->nlmsg_flags | NLM_F_DUMP_INTR);
  set(cb->prev_seq, cb->seq);
}

static int netlink_dump_done(const netlink_sock* nlk, const sk_buff* skb, const netlink_callback* cb,
                             const netlink_ext_ack* extack) {
  KFUNC(netlink_dump_done, nlk, skb, cb, extack);
  const s32 result = nlk->dump_done_errno;
  const u32 seq = cb->nlh->nlmsg_seq, portid = NETLINK_CB(cb->skb)->portid;
  const nlmsghdr* done =
      nlmsg_put_inlined(skb, portid, seq, NLMSG_DONE, sizeof result, NLM_F_MULTI | static_cast<int>(cb->answer_flags));
  if (!done) return call.result(-ENOBUFS);
  nl_dump_check_consistent(cb, done);
  setBytes(nlmsg_data(done), &result, sizeof result);
  if (extack->_msg && nlk_test_bit(NETLINK_F_EXT_ACK, &nlk->sk)) {
    set(done->nlmsg_flags, done->nlmsg_flags | NLM_F_ACK_TLVS);
    if (!nla_put_string(skb, NLMSGERR_ATTR_MSG, extack->_msg.get())) nlmsg_end(skb, done);
  }
  return call.result(0);
}

// As large as the reader's room, if that is more than what a message needs.
static const sk_buff* roomForDump(const netlink_sock* nlk, u32* size) {
  const u32 least = std::max<u32>(nlk->cb.min_dump_alloc, NLMSG_GOODSIZE);
  const u32 readers = static_cast<u32>(nlk->max_recvmsg_len);
  const sk_buff* skb = nullptr;
  if (least < readers) skb = alloc_skb(*size = readers, GFP_KERNEL);
  return skb ? skb : alloc_skb(*size = least, GFP_KERNEL);
}

// The buffer is the reader's from the beginning. What its slab gave beyond what was asked for is not used: a reader that
// learnt the size of its buffer from the first answer could not read a larger one.
static bool giveToReader(const sock* sk, const sk_buff* skb, u32 size) {
  const int held = atomic_add_return(static_cast<int>(skb->truesize), &sk->sk_backlog.rmem_alloc);
  if (held != static_cast<int>(skb->truesize) && held >= sk->sk_rcvbuf) {
    atomic_add_return(-static_cast<int>(skb->truesize), &sk->sk_backlog.rmem_alloc);
    return false;
  }
  skb_reserve(skb, static_cast<int>(skb_tailroom(skb) - size));
  skb_reset_network_header(skb);
  skb_reset_mac_header(skb);
  netlink_skb_set_owner_r(skb, sk);
  return true;
}

static void sendPart(const sock* sk, const sk_buff* skb) {
  if (sk_filter_trim_cap(sk, skb, 1)) kfree_skb(skb);
  else __netlink_sendskb(sk, skb);
}

int netlink_dump(const sock* sk, bool lock_taken) {
  KFUNC(netlink_dump, sk, lock_taken);
  const netlink_sock* nlk = nlk_sk(sk);
  const netlink_callback* cb = &nlk->cb;
  if (!nlk->cb_running) return kfree_skb(nullptr), call.result(-EINVAL);
  u32 size = 0;
  const sk_buff* skb = roomForDump(nlk, &size);
  if (!skb || !giveToReader(sk, skb, size)) return kfree_skb(skb), call.result(-ENOBUFS);
  OnStack<netlink_ext_ack> extack;
  if (nlk->dump_done_errno > 0) { // there is more of the table: bytes written, or 0 at its end, or an error
    set(cb->extack, extack.get());
    const int written = cb->dump(skb, cb);
    set(nlk->dump_done_errno, written);
    set(cb->extack, nullptr);
  }
  const bool more = nlk->dump_done_errno > 0 || skb_tailroom(skb) < nlmsg_total_size(sizeof(s32));
  NOTE("netlink.dump_part", sk, skb->len, more);
  if (!more && netlink_dump_done(nlk, skb, cb, extack)) return kfree_skb(skb), call.result(-ENOBUFS);
  sendPart(sk, skb);
  if (more) return call.result(0);
  if (cb->done) cb->done(cb);
  set(nlk->cb_running, false);
  consume_skb(cb->skb); // the request
  return call.result(0);
}

static void beginCallback(const netlink_sock* nlk, const sk_buff* skb, const nlmsghdr* nlh,
                          const netlink_dump_control* control) {
  const netlink_callback* cb = &nlk->cb;
  fillBytes(cb, 0, sizeof *cb);
  set(cb->dump, control->dump);
  set(cb->done, control->done);
  set(cb->nlh, nlh);
  set(cb->data, control->data.get());
  set(cb->min_dump_alloc, control->min_dump_alloc);
  set(cb->skb, skb);
  set(cb->strict_check, nlk_test_bit(NETLINK_F_STRICT_CHK, NETLINK_CB(skb)->sk));
}

static int __netlink_dump_start(const sock* ssk, const sk_buff* skb, const nlmsghdr* nlh,
                                const netlink_dump_control* control) {
  KFUNC(__netlink_dump_start, ssk, skb, nlh, control);
  const auto refuse = [&](const sock* sk, int why) {
    if (sk) sock_put(sk);
    kfree_skb(skb);
    return why;
  };
  skb_get(skb); // the request is needed until the dump is over
  const sock* sk = netlink_lookup(sock_net(ssk), ssk->sk_protocol, NETLINK_CB(skb)->portid);
  if (!sk) return call.result(refuse(nullptr, -ECONNREFUSED));
  const netlink_sock* nlk = nlk_sk(sk);
  if (nlk->cb_running) return call.result(refuse(sk, -EBUSY));
  beginCallback(nlk, skb, nlh, control);
  const int refused = control->start ? control->start(&nlk->cb) : 0;
  if (refused) return call.result(refuse(sk, refused));
  set(nlk->cb_running, true);
  set(nlk->dump_done_errno, INT_MAX);
  const int failed = netlink_dump(sk, true);
  sock_put(sk);
  return call.result(failed ? failed : -EINTR); // -EINTR: the request is answered, it needs no acknowledgement
}

int netlink_dump_start(const sock* ssk, const sk_buff* skb, const nlmsghdr* nlh, const netlink_dump_control* control) {
  return __netlink_dump_start(ssk, skb, nlh, control);
}

} // namespace sockwalk::kernel
