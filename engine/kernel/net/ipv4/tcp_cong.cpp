// Congestion control is pluggable: a table of functions in each socket, taken from the network's default or chosen with
// TCP_CONGESTION. Here are the list of algorithms, and Reno, whose parts the others use too (RFC 5681).
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/init/image.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

Global<tcp_congestion_ops> tcp_reno{"tcp_reno"};
static Global<list_head> tcp_cong_list{"tcp_cong_list"};

static std::string_view nameOf(const tcp_congestion_ops* ca) {
  return {reinterpret_cast<const char*>(ca->name), strnlen(reinterpret_cast<const char*>(ca->name), TCP_CA_NAME_MAX)};
}

void image_tcp_cong() {
  INIT_LIST_HEAD(tcp_cong_list);
  setBytes(tcp_reno->name, "reno", 4);
  set(tcp_reno->flags, TCP_CONG_NON_RESTRICTED);
  set(tcp_reno->ssthresh, fn<tcp_reno_ssthresh>);
  set(tcp_reno->cong_avoid, fn<tcp_reno_cong_avoid>);
  set(tcp_reno->undo_cwnd, fn<tcp_reno_undo_cwnd>);
  image_tcp_cubic();
  set(init_net->ipv4.tcp_congestion_control, tcp_reno); // until the module of the default is there
}

// ---- the list
const tcp_congestion_ops* tcp_ca_find(const char* name) {
  KFUNC(tcp_ca_find);
  for (const tcp_congestion_ops* each : list_for_each_entry(tcp_congestion_ops, list, tcp_cong_list))
    if (nameOf(each) == name) return call.result(each);
  return call.result<const tcp_congestion_ops*>(nullptr);
}

// The same for a program that may have a module loaded; none is here.
static const tcp_congestion_ops* tcp_ca_find_autoload(const net* net, const char* name) {
  KFUNC(tcp_ca_find_autoload, net);
  for (const tcp_congestion_ops* each : list_for_each_entry(tcp_congestion_ops, list, tcp_cong_list))
    if (nameOf(each) == name) return call.result(each);
  if (machine().current()) capable(CAP_NET_ADMIN); // a setting from outside has no task that could be asked
  return call.result<const tcp_congestion_ops*>(nullptr);
}

int tcp_register_congestion_control(const tcp_congestion_ops* ca) {
  KFUNC(tcp_register_congestion_control, ca);
  const bool grows = ca->cong_control || ca->cong_avoid; // the least that an algorithm must have
  if (!grows || !ca->ssthresh || !ca->undo_cwnd) return call.result(-EINVAL);
  u32 key = 0;
  for (const char c : nameOf(ca)) key = key * 31 + static_cast<u8>(c);
  set(ca->key, key);
  list_add_tail(&ca->list, tcp_cong_list);
  return call.result(0);
}

static void markable(const sock* sk, const tcp_congestion_ops* ca) { // INET_ECN_xmit(), INET_ECN_dontxmit()
  const u8 tos = inet_sk(sk)->tos & ~INET_ECN_MASK;
  set(inet_sk(sk)->tos, ca->flags & TCP_CONG_NEEDS_ECN ? tos | INET_ECN_ECT_0 : tos);
}

static void startClean(const sock* sk, const tcp_congestion_ops* algorithm) { // none of the last one's numbers stay
  fillBytes(inet_csk(sk)->icsk_ca_priv, 0, sizeof inet_csk(sk)->icsk_ca_priv);
  markable(sk, algorithm);
}

void tcp_assign_congestion_control(const sock* sk) {
  KFUNC(tcp_assign_congestion_control, sk);
  const tcp_congestion_ops* usual = sock_net(sk)->ipv4.tcp_congestion_control;
  set(inet_csk(sk)->icsk_ca_ops, usual);
  startClean(sk, usual); // no ECN until it is agreed on
  NOTE("tcp.congestion_control", usual);
}

// The connection is there: the algorithm prepares its private numbers.
void tcp_init_congestion_control(const sock* sk) {
  KFUNC(tcp_init_congestion_control, sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  const tcp_congestion_ops* algorithm = icsk->icsk_ca_ops;
  set(tcp_sk(sk)->prior_ssthresh, 0);
  if (algorithm->init) algorithm->init(sk);
  markable(sk, algorithm);
  set(icsk, inet_connection_sock::bit::icsk_ca_initialized, 1);
}

void tcp_cleanup_congestion_control(const sock* sk) {
  KFUNC(tcp_cleanup_congestion_control, sk);
  const tcp_congestion_ops* ca = inet_csk(sk)->icsk_ca_ops;
  if (ca->release) ca->release(sk);
}

static void tcp_reinit_congestion_control(const sock* sk, const tcp_congestion_ops* ca) {
  KFUNC(tcp_reinit_congestion_control, sk, ca);
  INLINED();
  tcp_cleanup_congestion_control(sk);
  set(inet_csk(sk)->icsk_ca_ops, ca);
  set(inet_csk(sk), inet_connection_sock::bit::icsk_ca_setsockopt, 1);
  startClean(sk, ca);
  constexpr int Unconnected = TCPF_LISTEN | TCPF_CLOSE;
  const bool running = !(Unconnected >> sk->sk_state & 1);
  if (running) tcp_init_congestion_control(sk);
}

// setsockopt(TCP_CONGESTION): 0, -ENOENT or -EPERM.
int tcp_set_congestion_control(const sock* sk, const char* name, bool load, bool cap_net_admin) {
  KFUNC(tcp_set_congestion_control, sk, load, cap_net_admin);
  SIMPLIFIED("algorithms are not loaded as modules: cubic and reno are there");
  const inet_connection_sock* icsk = inet_csk(sk);
  if (icsk->icsk_ca_dst_locked) return call.result(-EPERM);
  const tcp_congestion_ops* chosen = load ? tcp_ca_find_autoload(sock_net(sk), name) : tcp_ca_find(name);
  if (!chosen) return call.result(-ENOENT);
  if (chosen == icsk->icsk_ca_ops) {
    set(icsk, inet_connection_sock::bit::icsk_ca_setsockopt, 1);
    return call.result(0);
  }
  const bool forAll = chosen->flags & TCP_CONG_NON_RESTRICTED;
  if (!forAll && !cap_net_admin) return call.result(-EPERM);
  tcp_reinit_congestion_control(sk, chosen);
  return call.result(0);
}

void tcp_set_ca_state(const sock* sk, u8 ca_state) {
  KFUNC(tcp_set_ca_state, sk, ca_state);
  const inet_connection_sock* icsk = inet_csk(sk);
  if (icsk->icsk_ca_ops->set_state) icsk->icsk_ca_ops->set_state(sk, ca_state);
  if (icsk->icsk_ca_state != ca_state) NOTE("tcp.ca_state", sk, icsk->icsk_ca_state, ca_state);
  set(icsk, inet_connection_sock::bit::icsk_ca_state, ca_state);
}

// ---- Reno
// Slow start: one more packet for each that is acknowledged, so twice as many a round trip, up to the threshold.
// Gives the acknowledgements that are left when it is reached.
u32 tcp_slow_start(const tcp_sock* tp, u32 acked) {
  KFUNC(tcp_slow_start, tp, acked);
  const u32 now = tp->snd_cwnd, grown = std::min<u32>(tp->snd_ssthresh, now + acked);
  const u32 used = grown - now;
  tcp_snd_cwnd_set(tp, std::min<u32>(tp->snd_cwnd_clamp, grown));
  return call.result(acked - used);
}

// Congestion avoidance: one more packet for every `w` that are acknowledged. They are counted in snd_cwnd_cnt; a count
// that was reached already when `w` became smaller gives one packet, not many.
void tcp_cong_avoid_ai(const tcp_sock* tp, u32 w, u32 acked) {
  KFUNC(tcp_cong_avoid_ai, tp, w, acked);
  const auto grow = [tp](u32 packets) { tcp_snd_cwnd_set(tp, tp->snd_cwnd + packets); };
  const bool overdue = tp->snd_cwnd_cnt >= w;
  if (overdue) {
    set(tp->snd_cwnd_cnt, 0);
    grow(1);
  }
  add(tp->snd_cwnd_cnt, acked);
  if (const u32 earned = tp->snd_cwnd_cnt / w; earned > 0) {
    sub(tp->snd_cwnd_cnt, w * earned);
    grow(earned);
  }
  tcp_snd_cwnd_set(tp, std::min<u32>(tp->snd_cwnd_clamp, tp->snd_cwnd));
}

void tcp_reno_cong_avoid(const sock* sk, u32 ack, u32 acked) {
  KFUNC(tcp_reno_cong_avoid, sk, ack, acked);
  const tcp_sock* tp = tcp_sk(sk);
  const bool isTheLimit = tcp_is_cwnd_limited(sk); // a window that was not used up proved nothing
  if (!isTheLimit) return;
  const bool slowStart = tcp_in_slow_start(tp);
  const u32 left = slowStart ? tcp_slow_start(tp, acked) : acked;
  const bool usedUp = slowStart && left == 0;
  if (!usedUp) tcp_cong_avoid_ai(tp, tp->snd_cwnd, left);
}

u32 tcp_reno_ssthresh(const sock* sk) {
  KFUNC(tcp_reno_ssthresh, sk);
  return call.result(std::max(tcp_sk(sk)->snd_cwnd >> 1, 2u));
}

// The loss was none (segments were only late): back to what it was.
u32 tcp_reno_undo_cwnd(const sock* sk) {
  KFUNC(tcp_reno_undo_cwnd, sk);
  return call.result(std::max<u32>(tcp_sk(sk)->snd_cwnd, tcp_sk(sk)->prior_cwnd));
}

// ---- boot: the default of Debian's configuration is cubic
// The default of a namespace (net.ipv4.tcp_congestion_control): of sockets that are still to be made. What is good enough
// as a default, anybody may choose for a socket from then on.
int tcp_set_default_congestion_control(const net* net, const char* name) {
  KFUNC(tcp_set_default_congestion_control, net);
  const tcp_congestion_ops* wanted = tcp_ca_find_autoload(net, name);
  if (!wanted) return call.result(-ENOENT);
  const bool forAll = wanted->flags & TCP_CONG_NON_RESTRICTED;
  if (net != init_net && !forAll) return call.result(-EPERM);
  set(net->ipv4.tcp_congestion_control, wanted);
  if (!forAll) set(wanted->flags, wanted->flags | TCP_CONG_NON_RESTRICTED);
  return call.result(0);
}

void tcp_congestion_default() {
  KFUNC(tcp_congestion_default);
  tcp_set_default_congestion_control(init_net, "cubic");
}

} // namespace sockwalk::kernel
