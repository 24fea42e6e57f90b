// What is told of sockets of the internet protocols: addresses, state, owner, and what the request asks for besides (`ext`).
// Each protocol knows where its sockets are (tcp_diag.cpp, udp_diag.cpp).
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/sock_diag.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/init/image.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

static Global<kptr<inet_diag_handler>[IPPROTO_MAX]> inet_diag_table { "inet_diag_table" };
static Global<sock_diag_handler> inet_handler{"inet_diag_handler"};

int inet_diag_register(const inet_diag_handler* handler) {
  KFUNC(inet_diag_register, handler);
  set(inet_diag_table[handler->idiag_type], handler);
  return call.result(0);
}
// Whoever tells of the protocol; nullptr: nobody does.
static const inet_diag_handler* inet_diag_lock_handler(int proto) {
  KFUNC(inet_diag_lock_handler, proto);
  const inet_diag_handler* handler =
      proto >= 0 && proto < IPPROTO_MAX ? inet_diag_table[static_cast<u32>(proto)].get() : nullptr;
  if (!handler) sock_load_diag_module(AF_INET, proto);
  return call.result(handler);
}

// ---- one socket
static u64 sock_i_ino(const sock* sk) {
  KFUNC(sock_i_ino, sk);
  return call.result(sk->sk_socket.get() ? u64(SOCK_INODE(sk->sk_socket)->i_ino) : u64(0));
}

void inet_diag_msg_common_fill(const inet_diag_msg* r, const sock* sk) {
  KFUNC(inet_diag_msg_common_fill, r, sk);
  set(r->idiag_family, sk->sk_family);
  set(r->id.idiag_sport, htons(sk->sk_num));
  set(r->id.idiag_dport, sk->sk_dport);
  set(r->id.idiag_if, sk->sk_bound_dev_if);
  set(r->id.idiag_src[0], sk->sk_rcv_saddr);
  set(r->id.idiag_dst[0], sk->sk_daddr);
  sock_diag_save_cookie(sk, reinterpret_cast<const u8*>(&r->id.idiag_cookie));
}

static bool asked(const inet_diag_req_v2* req, int extension) { return req->idiag_ext >> (extension - 1) & 1; }

static int putSwitches(const sock* sk, const sk_buff* skb) {
  const inet_sock* inet = inet_sk(sk);
  const u8 on[] = {inet->recverr, inet->is_icsk,     inet->freebind, inet->hdrincl,
                   inet->mc_loop, inet->transparent, inet->mc_all,   inet->nodefrag};
  u8 bits[2] = {};
  for (u32 i = 0; i < 8; ++i) bits[0] |= static_cast<u8>(on[i] << i);
  bits[1] = static_cast<u8>(inet->bind_address_no_port | inet->recverr_rfc4884 << 1 | inet->defer_connect << 2);
  return nla_put(skb, INET_DIAG_SOCKOPT, sizeof bits, bits);
}

static int inet_diag_msg_attrs_fill(const sock* sk, const sk_buff* skb, const inet_diag_msg* r,
                                    const inet_diag_req_v2* req, bool net_admin) {
  KFUNC(inet_diag_msg_attrs_fill, sk, skb, r, req, net_admin);
  SIMPLIFIED("all sockets are of one control group");
  int full = nla_put_u8(skb, INET_DIAG_SHUTDOWN, sk->sk_shutdown);
  if (asked(req, INET_DIAG_TOS)) full |= nla_put_u8(skb, INET_DIAG_TOS, inet_sk(sk)->tos);
  if (net_admin) full |= nla_put_u32(skb, INET_DIAG_MARK, sk->sk_mark);
  const bool priority = asked(req, INET_DIAG_TCLASS); // and INET_DIAG_CLASS_ID, for which `ext` has no bit
  if (priority) full |= nla_put_u32(skb, INET_DIAG_CLASS_ID, sk->sk_priority);
  full |= nla_put_value(skb, INET_DIAG_CGROUP_ID, u64(1));
  set(r->idiag_uid, sock_i_uid(sk));
  set(r->idiag_inode, sock_i_ino(sk));
  return call.result(full | putSwitches(sk, skb));
}

static void fillTimer(const inet_connection_sock* icsk, const inet_diag_msg* r) {
  const u64 now = machine().jiffies(), hz = machine().options().hz;
  const auto left = [&](u64 when) { return static_cast<u32>((when > now ? when - now : 0) * 1000 / hz); };
  const u8 pending = icsk->icsk_pending;
  const bool again =
      pending == ICSK_TIME_RETRANS || pending == ICSK_TIME_REO_TIMEOUT || pending == ICSK_TIME_LOSS_PROBE;
  if (!again && pending != ICSK_TIME_PROBE0) return;
  set(r->idiag_timer, again ? 1 : 4);
  set(r->idiag_retrans, again ? icsk->icsk_retransmits : icsk->icsk_probes_out);
  set(r->idiag_expires, left(icsk->icsk_timeout));
}

static int fillConnection(const sock* sk, const sk_buff* skb, const inet_diag_handler* handler, const inet_diag_msg* r,
                          const inet_diag_req_v2* req, bool net_admin) {
  fillTimer(inet_csk(sk), r);
  const nlattr* info = nullptr;
  if (asked(req, INET_DIAG_INFO) && !(info = nla_reserve(skb, INET_DIAG_INFO, handler->idiag_info_size)))
    return -EMSGSIZE;
  const tcp_congestion_ops* algorithm = inet_csk(sk)->icsk_ca_ops;
  if (asked(req, INET_DIAG_CONG) && algorithm &&
      nla_put_string(skb, INET_DIAG_CONG, reinterpret_cast<const char*>(&algorithm->name[0])))
    return -EMSGSIZE;
  handler->idiag_get_info(sk, r, info ? nla_data(info) : nullptr);
  if (info && handler->idiag_get_aux) return handler->idiag_get_aux(sk, net_admin, skb);
  return 0;
}

int inet_sk_diag_fill(const sock* sk, bool tcp, const sk_buff* skb, const netlink_callback* cb,
                      const inet_diag_req_v2* req, u32 nlmsg_flags, bool net_admin) {
  KFUNC(inet_sk_diag_fill, sk, skb, cb, req, nlmsg_flags, net_admin);
  const inet_diag_handler* handler = inet_diag_table[req->sdiag_protocol];
  const nlmsghdr* nlh = nlmsg_put(skb, NETLINK_CB(cb->skb)->portid, cb->nlh->nlmsg_seq, cb->nlh->nlmsg_type,
                                  sizeof(inet_diag_msg), static_cast<int>(nlmsg_flags));
  if (!nlh) return call.result(-EMSGSIZE);
  const auto* r = nlmsg_data<inet_diag_msg>(nlh);
  inet_diag_msg_common_fill(r, sk);
  set(r->idiag_state, sk->sk_state);
  int full = inet_diag_msg_attrs_fill(sk, skb, r, req, net_admin);
  if (asked(req, INET_DIAG_MEMINFO)) {
    const s32 memory[4] = {sk_rmem_alloc_get(sk), sk->sk_wmem_queued, sk->sk_forward_alloc, sk_wmem_alloc_get(sk)};
    full |= nla_put(skb, INET_DIAG_MEMINFO, sizeof memory, memory);
  }
  if (asked(req, INET_DIAG_SKMEMINFO)) full |= sock_diag_put_meminfo(sk, skb, INET_DIAG_SKMEMINFO);
  if (!full && tcp) full |= fillConnection(sk, skb, handler, r, req, net_admin);
  else if (!full) handler->idiag_get_info(sk, r, nullptr);
  if (full) return nlmsg_cancel(skb, nlh), call.result(-EMSGSIZE);
  nlmsg_end(skb, nlh);
  return call.result(0);
}

u32 inet_diag_msg_size(bool tcp) {
  const u32 attributes = nla_total_size(1) + nla_total_size(1) + nla_total_size(1) + nla_total_size(1) +
                         nla_total_size(4) + nla_total_size(4) + nla_total_size(8) + nla_total_size(2);
  const u32 base = nla_total_size(sizeof(inet_diag_msg)) + attributes + nla_total_size(sizeof(inet_diag_meminfo)) + 64;
  const u32 algorithm = nla_total_size(16) + nla_total_size(16); // its name, and what it may tell of itself
  return tcp ? base + nla_total_size(sizeof(tcp_info)) + nla_total_size(SK_MEMINFO_VARS * 4) + algorithm : base;
}

bool diagMeans(const inet_diag_req_v2* req, const sock* sk, const net* net) {
  const auto fits = [](u16 asked, u16 is) { return !asked || asked == is; };
  if (sock_net(sk) != net) return false;
  if (req->sdiag_family != AF_UNSPEC && req->sdiag_family != sk->sk_family) return false;
  return fits(req->id.idiag_sport, htons(sk->sk_num)) && fits(req->id.idiag_dport, sk->sk_dport);
}
bool inet_diag_bc_sk(const sock* sk) {
  KFUNC(inet_diag_bc_sk, sk);
  return call.result(true); // a request with conditions was refused before
}

// ---- requests
// Behind the request may stand conditions, in a little language of its own; programs that can do without them do so.
static int inet_diag_parse_attrs(const nlmsghdr* nlh) {
  KFUNC(inet_diag_parse_attrs, nlh);
  Attributes tb;
  OnStack<netlink_ext_ack> unused;
  constexpr u32 Conditions = 1; // INET_DIAG_REQ_BYTECODE
  const int bad = nlmsg_parse(nlh, sizeof(inet_diag_req_v2), tb, {3, {}, false}, unused);
  return call.result(bad ? bad : tb[Conditions] ? -EOPNOTSUPP : 0);
}

static int __inet_diag_dump_start(const netlink_callback* cb) {
  KFUNC(__inet_diag_dump_start, cb);
  const int bad = inet_diag_parse_attrs(cb->nlh);
  if (bad == -EOPNOTSUPP) NOTE("netlink.diag_filter_not_built", static_cast<const sock*>(NETLINK_CB(cb->skb)->sk));
  return call.result(bad);
}
static s32 inet_diag_dump_start(const netlink_callback* cb) {
  KFUNC(inet_diag_dump_start, cb);
  return call.result(__inet_diag_dump_start(cb));
}
static s32 inet_diag_dump_done(const netlink_callback* cb) {
  KFUNC(inet_diag_dump_done, cb);
  return call.result(0);
}

static int __inet_diag_dump(const sk_buff* skb, const netlink_callback* cb, const inet_diag_req_v2* r) {
  KFUNC(__inet_diag_dump, skb, cb, r);
  const inet_diag_handler* handler = inet_diag_lock_handler(r->sdiag_protocol);
  if (handler) handler->dump(skb, cb, r);
  return call.result(handler ? static_cast<int>(skb->len) : -ENOENT);
}
static s32 inet_diag_dump(const sk_buff* skb, const netlink_callback* cb) {
  KFUNC(inet_diag_dump, skb, cb);
  return call.result(__inet_diag_dump(skb, cb, nlmsg_data<inet_diag_req_v2>(cb->nlh)));
}

static int inet_diag_cmd_exact(const sk_buff* in_skb, const nlmsghdr* nlh) {
  KFUNC(inet_diag_cmd_exact, in_skb, nlh);
  if (const int bad = inet_diag_parse_attrs(nlh)) return call.result(bad);
  const auto* req = nlmsg_data<inet_diag_req_v2>(nlh);
  const inet_diag_handler* handler = inet_diag_lock_handler(req->sdiag_protocol);
  if (!handler) return call.result(-ENOENT);
  const bool destroys = nlh->nlmsg_type == DestroyRequest;
  if (destroys && !handler->destroy) NOTE("netlink.not_simulated", NETLINK_SOCK_DIAG, nlh->nlmsg_type);
  if (destroys) return call.result(handler->destroy ? handler->destroy(in_skb, req) : -EOPNOTSUPP);
  OnStack<netlink_callback> cb;
  set(cb->nlh, nlh);
  set(cb->skb, in_skb);
  return call.result(handler->dump_one(cb, req));
}

static s32 inet_diag_handler_cmd(const sk_buff* skb, const nlmsghdr* h) {
  KFUNC(inet_diag_handler_cmd, skb, h);
  if (nlmsg_len(h) < sizeof(inet_diag_req_v2)) return call.result(-EINVAL);
  if (h->nlmsg_type != SOCK_DIAG_BY_FAMILY || !(h->nlmsg_flags & NLM_F_DUMP))
    return call.result(inet_diag_cmd_exact(skb, h));
  OnStack<netlink_dump_control> control;
  set(control->start, fn<inet_diag_dump_start>);
  set(control->dump, fn<inet_diag_dump>);
  set(control->done, fn<inet_diag_dump_done>);
  return call.result(netlink_dump_start(sock_net(skb->sk)->diag_nlsk, skb, h, control));
}

int inet_diag_init() {
  KFUNC(inet_diag_init);
  SIMPLIFIED("tells of TCP and UDP; in Linux it is a module");
  set(inet_handler->family, AF_INET);
  set(inet_handler->dump, fn<inet_diag_handler_cmd>);
  set(inet_handler->destroy, fn<inet_diag_handler_cmd>);
  tcp_diag_init();
  udp_diag_init();
  return call.result(sock_diag_register(inet_handler));
}

} // namespace sockwalk::kernel
