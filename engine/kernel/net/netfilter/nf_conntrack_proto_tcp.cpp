// A TCP connection, guessed by one who stands beside the way: each segment that fits moves the entry's state on.
#include "engine/kernel/include/linux/skb_header.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/net/netfilter/nf_conntrack_tcp.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

void nf_conntrack_tcp_init_net(const net* net) {
  KFUNC(nf_conntrack_tcp_init_net, net);
  const nf_tcp_net* tcp = &net->ct.nf_ct_proto.tcp;
  const u32 second = machine().options().hz;
  const auto wait = [&](u32 state, u32 seconds) { set(tcp->timeouts[state], seconds * second); };
  wait(TCP_CONNTRACK_NONE, 120); // as SYN_SENT
  wait(TCP_CONNTRACK_SYN_SENT, 120);
  wait(TCP_CONNTRACK_SYN_RECV, 60);
  wait(TCP_CONNTRACK_ESTABLISHED, 5 * 24 * 3600);
  wait(TCP_CONNTRACK_FIN_WAIT, 120);
  wait(TCP_CONNTRACK_CLOSE_WAIT, 60);
  wait(TCP_CONNTRACK_LAST_ACK, 30);
  wait(TCP_CONNTRACK_TIME_WAIT, 120);
  wait(TCP_CONNTRACK_CLOSE, 10);
  wait(TCP_CONNTRACK_SYN_SENT2, 120);
  wait(TCP_CONNTRACK_RETRANS, 300);
  wait(TCP_CONNTRACK_UNACK, 300);
  set(tcp->tcp_loose, 1); // a connection may be met in the middle
  set(tcp->tcp_max_retrans, 3);
}

// ---- the states
// What follows, by direction, kind of segment (SYN, SYN/ACK, FIN, ACK, RST, none of them) and state (NONE, SYN_SENT,
// SYN_RECV, ESTABLISHED, FIN_WAIT, CLOSE_WAIT, LAST_ACK, TIME_WAIT, CLOSE, SYN_SENT2): the state's letter, '.' to let the
// segment pass and keep the state, '-' for what cannot be.
static constexpr const char* Follows[2][6] = {
    {"SS.....SS2", "--R------R", "--FFLLLTC-", "E-EEWWTTC-", "-CCCCCCCCC", "----------"},
    {"-2-----S-2", "-R.......R", "--FFLLLTC-", "-.REWWTTC.", "-CCCCCCCCC", "----------"}};

static u32 stateAfter(u32 dir, u32 kind, u32 state) {
  switch (Follows[dir][kind][state]) {
  case 'S': return TCP_CONNTRACK_SYN_SENT;
  case 'R': return TCP_CONNTRACK_SYN_RECV;
  case 'E': return TCP_CONNTRACK_ESTABLISHED;
  case 'F': return TCP_CONNTRACK_FIN_WAIT;
  case 'W': return TCP_CONNTRACK_CLOSE_WAIT;
  case 'L': return TCP_CONNTRACK_LAST_ACK;
  case 'T': return TCP_CONNTRACK_TIME_WAIT;
  case 'C': return TCP_CONNTRACK_CLOSE;
  case '2': return TCP_CONNTRACK_SYN_SENT2;
  case '.': return TCP_CONNTRACK_IGNORE;
  default: return TCP_CONNTRACK_MAX;
  }
}

static u8 kindOf(const tcphdr& th) {
  if (th.rst) return TCP_RST_SET;
  if (th.syn) return th.ack ? TCP_SYNACK_SET : TCP_SYN_SET;
  if (th.fin) return TCP_FIN_SET;
  return th.ack ? TCP_ACK_SET : TCP_NONE_SET;
}

// Which of FIN, SYN, RST, ACK and URG go together; PSH and ECN's bits go with everything.
static bool flagsFit(const tcphdr& th) {
  if (th.rst) return !th.syn && !th.fin && !th.urg;
  if (th.syn) return !th.fin && !(th.ack && th.urg);
  return th.ack != 0;
}

// ---- can it be a segment at all?
static bool tcp_error(const TcpSegment& s, const nf_hook_state* state) {
  const u32 length = s.skb->len - s.dataoff, header = s.th.doff * 4u;
  if (header < sizeof(tcphdr) || length < header) return true;
  const bool look = state->hook == NF_INET_PRE_ROUTING && state->net->ct.sysctl_checksum;
  if (look && nf_checksum(s.skb, state->hook, s.dataoff, IPPROTO_TCP, state->pf)) return true;
  return !flagsFit(s.th);
}

// The first segment that is seen: a SYN, or one from the middle of a connection whose beginning nobody saw.
static bool tcp_new(const nf_conn* ct, const TcpSegment& s) {
  KFUNC(tcp_new, ct);
  const u32 begins = stateAfter(IP_CT_DIR_ORIGINAL, s.kind, TCP_CONNTRACK_NONE);
  if (begins >= u32(TCP_CONNTRACK_MAX)) return call.result(false);
  const bool midway = begins != u32(TCP_CONNTRACK_SYN_SENT);
  if (midway && !nf_ct_net(ct)->ct.nf_ct_proto.tcp.tcp_loose) return call.result(false);
  const ip_ct_tcp* tcp = &ct->proto.tcp;
  const ip_ct_tcp_state* sender = &tcp->seen[0];
  fillBytes(tcp, 0, sizeof *tcp);
  set(sender->td_end, s.end);
  set(sender->td_maxwin, std::max<u32>(s.window, 1));
  set(sender->td_maxend, s.end + (midway ? u32(sender->td_maxwin) : 0));
  if (midway) { // how the windows are scaled is not known
    for (const ip_ct_tcp_state& side : tcp->seen) set(side.flags, IP_CT_TCP_FLAG_SACK_PERM | IP_CT_TCP_FLAG_BE_LIBERAL);
  } else {
    readTcpOptions(s, sender);
  }
  set(tcp->last_index, TCP_NONE_SET);
  return call.result(true);
}

// ---- segments that the table alone cannot judge
enum class Next { Window, Fits, Pass, Invalid, Repeat, Drop };

static void addFlags(const u8& flags, u32 more) { set(flags, static_cast<u8>(flags | more)); }

static void rememberIgnored(const ip_ct_tcp* tcp, const TcpSegment& s, u32 old) {
  set(tcp->last_index, s.kind);
  set(tcp->last_dir, s.dir);
  set(tcp->last_seq, s.seq);
  set(tcp->last_end, s.end);
  set(tcp->last_win, s.window);
  if (s.kind == TCP_SYN_SET && s.dir == IP_CT_DIR_ORIGINAL) { // the two ends may know better: its options are kept
    OnStack<ip_ct_tcp_state> seen;
    readTcpOptions(s, seen);
    set(tcp->last_wscale, seen->td_scale);
    set(tcp->last_flags, seen->flags & (IP_CT_TCP_FLAG_WINDOW_SCALE | IP_CT_TCP_FLAG_SACK_PERM));
    if (old == u32(TCP_CONNTRACK_LAST_ACK)) addFlags(tcp->last_flags, IP_CT_EXP_CHALLENGE_ACK);
  }
  if (old == u32(TCP_CONNTRACK_SYN_SENT) && s.kind == TCP_ACK_SET && s.dir == IP_CT_DIR_REPLY)
    set(tcp->last_ack, s.ack);
}

// A SYN/ACK to a SYN that was let pass unbelieved: both ends are in step, and so is the entry from now on.
static bool getInStep(const ip_ct_tcp* tcp, const TcpSegment& s) {
  const bool answers =
      s.kind == TCP_SYNACK_SET && tcp->last_index == TCP_SYN_SET && tcp->last_dir != s.dir && s.ack == tcp->last_end;
  if (!answers) return false;
  const ip_ct_tcp_state *asker = &tcp->seen[tcp->last_dir], *answerer = &tcp->seen[s.dir];
  set(asker->td_end, tcp->last_end);
  set(asker->td_maxend, tcp->last_end);
  set(asker->td_maxwin, std::max<u32>(tcp->last_win, 1));
  set(asker->td_scale, tcp->last_wscale);
  set(tcp->last_flags, static_cast<u8>(tcp->last_flags & ~IP_CT_EXP_CHALLENGE_ACK));
  set(asker->flags, tcp->last_flags);
  const u8 liberal = answerer->flags & IP_CT_TCP_FLAG_BE_LIBERAL;
  fillBytes(answerer, 0, sizeof *answerer);
  set(answerer->flags, liberal);
  return true;
}

static Next ignored(const ip_ct_tcp* tcp, const TcpSegment& s, u32& old, u32& next) {
  if (getInStep(tcp, s)) {
    old = TCP_CONNTRACK_SYN_SENT;
    next = TCP_CONNTRACK_SYN_RECV;
    return Next::Window;
  }
  rememberIgnored(tcp, s, old);
  return Next::Pass;
}

// A SYN where a connection has ended: a new one with the same ports (RFC 1122 4.2.2.13).
static Next reopened(const nf_conn* ct, const TcpSegment& s, u32& old, u32& next) {
  const ip_ct_tcp* tcp = &ct->proto.tcp;
  if (old < u32(TCP_CONNTRACK_TIME_WAIT)) return Next::Window;
  const bool closed = (tcp->seen[0].flags | tcp->seen[1].flags) & IP_CT_TCP_FLAG_CLOSE_INIT;
  const bool aborted = tcp->last_dir == s.dir && tcp->last_index == TCP_RST_SET;
  if (closed || aborted) return nf_ct_kill(ct) ? Next::Repeat : Next::Drop;
  return ignored(tcp, s, old, next);
}

static bool ending(u32 state) { return (state >= u32(TCP_CONNTRACK_FIN_WAIT) && state <= u32(TCP_CONNTRACK_CLOSE)); }

// A RST must fit closely (RFC 5961 3.2): anybody can send one.
static Next reset(const nf_conn* ct, const TcpSegment& s, u32 old, u32& next) {
  const ip_ct_tcp* tcp = &ct->proto.tcp;
  const ip_ct_tcp_state* peer = &tcp->seen[!s.dir];
  if (ending(old)) return Next::Fits;
  if (peer->flags & IP_CT_TCP_FLAG_MAXACK_SET && tcp->last_index != TCP_SYN_SET) {
    const bool established = old == u32(TCP_CONNTRACK_ESTABLISHED);
    if (!s.seq && !established) return Next::Window;
    const bool stale = before(s.seq, peer->td_maxack);
    if (stale && !nf_ct_net(ct)->ct.nf_ct_proto.tcp.tcp_ignore_invalid_rst) return Next::Invalid;
    if (!established || s.seq == peer->td_maxack) return Next::Window;
    if (tcp->last_index == TCP_ACK_SET && tcp->last_dir == s.dir && s.seq == tcp->last_end) return Next::Window;
    next = old; // not quite where it should be: the other end will ask
  }
  const bool toIgnoredSyn = hasStatus(ct, IPS_SEEN_REPLY) && tcp->last_index == TCP_SYN_SET && tcp->last_dir != s.dir;
  const bool toHalfOpen = !hasStatus(ct, IPS_ASSURED) && tcp->last_index == TCP_ACK_SET;
  if ((toIgnoredSyn || toHalfOpen) && s.ack == tcp->last_end) return Next::Fits;
  const bool toChallenge = old == u32(TCP_CONNTRACK_SYN_SENT) && tcp->last_index == TCP_ACK_SET &&
                           tcp->last_dir == IP_CT_DIR_REPLY && s.seq == tcp->last_ack;
  return toChallenge ? Next::Fits : Next::Window;
}

static Next firstLook(const nf_conn* ct, const TcpSegment& s, u32& old, u32& next) {
  const ip_ct_tcp* tcp = &ct->proto.tcp;
  switch (next) {
  case TCP_CONNTRACK_SYN_SENT: return reopened(ct, s, old, next);
  case TCP_CONNTRACK_IGNORE: return ignored(tcp, s, old, next);
  case TCP_CONNTRACK_MAX: return Next::Invalid;
  case TCP_CONNTRACK_TIME_WAIT: { // an ACK that asks for proof is not the last one
    const bool challenge = old == u32(TCP_CONNTRACK_LAST_ACK) && s.kind == TCP_ACK_SET && tcp->last_dir != s.dir &&
                           tcp->last_index == TCP_SYN_SET && tcp->last_flags & IP_CT_EXP_CHALLENGE_ACK;
    if (!challenge) return Next::Window;
    set(tcp->last_flags, static_cast<u8>(tcp->last_flags & ~IP_CT_EXP_CHALLENGE_ACK));
    return Next::Pass;
  }
  case TCP_CONNTRACK_SYN_SENT2: addFlags(tcp->last_flags, IP_CT_TCP_SIMULTANEOUS_OPEN); return Next::Window;
  case TCP_CONNTRACK_SYN_RECV:
    if (s.dir == IP_CT_DIR_REPLY && s.kind == TCP_ACK_SET && tcp->last_flags & IP_CT_TCP_SIMULTANEOUS_OPEN)
      next = TCP_CONNTRACK_ESTABLISHED;
    return Next::Window;
  case TCP_CONNTRACK_CLOSE: return s.kind == TCP_RST_SET ? reset(ct, s, old, next) : Next::Window;
  default: return Next::Window;
  }
}

// ---- how long the entry may live without another segment
static u32 timeoutFor(const nf_conn* ct, const TcpSegment& s, u32 state) {
  const nf_tcp_net* tn = &nf_ct_net(ct)->ct.nf_ct_proto.tcp;
  const ip_ct_tcp* tcp = &ct->proto.tcp;
  const u32 usual = tn->timeouts[state], repeated = tn->timeouts[TCP_CONNTRACK_RETRANS];
  if (tcp->retrans >= tn->tcp_max_retrans && usual > repeated) return repeated;
  if (s.kind == TCP_RST_SET) return tn->timeouts[TCP_CONNTRACK_CLOSE];
  const bool open = (tcp->seen[0].flags | tcp->seen[1].flags) & IP_CT_TCP_FLAG_DATA_UNACKNOWLEDGED;
  if (open && usual > tn->timeouts[TCP_CONNTRACK_UNACK]) return tn->timeouts[TCP_CONNTRACK_UNACK];
  return tcp->last_win == 0 && usual > repeated ? repeated : usual;
}

// The segment fits: the entry moves on.
static int moveOn(const nf_conn* ct, const TcpSegment& s, u32 ctinfo, u32 old, u32 next) {
  const ip_ct_tcp* tcp = &ct->proto.tcp;
  set(tcp->last_index, s.kind);
  set(tcp->last_dir, s.dir);
  set(tcp->state, next);
  if (old != next) NOTE("conntrack.tcp_state", ct, old, next);
  if (old != next && next == u32(TCP_CONNTRACK_FIN_WAIT)) addFlags(tcp->seen[s.dir].flags, IP_CT_TCP_FLAG_CLOSE_INIT);
  u32 timeout = timeoutFor(ct, s, next);
  const bool wasOpen = old == u32(TCP_CONNTRACK_SYN_RECV) || old == u32(TCP_CONNTRACK_ESTABLISHED);
  if (hasStatus(ct, IPS_SEEN_REPLY)) {
    if (!hasStatus(ct, IPS_ASSURED) && wasOpen && next == u32(TCP_CONNTRACK_ESTABLISHED)) addStatus(ct, IPS_ASSURED);
  } else {
    if (s.th.rst) return nf_ct_kill_acct(ct, ctinfo, s.skb), NF_ACCEPT; // refused: there was no connection
    if (s.kind == TCP_SYN_SET && old == u32(TCP_CONNTRACK_SYN_SENT)) return NF_ACCEPT; // a SYN again
    if (next == u32(TCP_CONNTRACK_ESTABLISHED))
      timeout = std::min<u32>(timeout, nf_ct_net(ct)->ct.nf_ct_proto.tcp.timeouts[TCP_CONNTRACK_UNACK]);
  }
  __nf_ct_refresh_acct(ct, ctinfo, s.skb, timeout);
  return NF_ACCEPT;
}

int nf_conntrack_tcp_packet(const nf_conn* ct, const sk_buff* skb, u32 dataoff, u32 ctinfo,
                            const nf_hook_state* state) {
  KFUNC(nf_conntrack_tcp_packet, ct, skb, dataoff, ctinfo, state);
  SIMPLIFIED("no SYN proxy; a FIN or RST outside of the window does not shorten the entry's life");
  TcpSegment s;
  if (!skb_header_copy(skb, dataoff, &s.th, sizeof s.th)) return call.result(-NF_ACCEPT);
  s.read(skb, dataoff, CTINFO2DIR(ctinfo), kindOf(s.th));
  if (tcp_error(s, state)) return call.result(-NF_ACCEPT);
  if (!nf_ct_is_confirmed(ct) && !tcp_new(ct, s)) return call.result(-NF_ACCEPT);
  u32 old = ct->proto.tcp.state, next = stateAfter(s.dir, s.kind, old);
  switch (firstLook(ct, s, old, next)) {
  case Next::Pass: return call.result(NF_ACCEPT);
  case Next::Invalid: return call.result(-NF_ACCEPT);
  case Next::Repeat: return call.result(-NF_REPEAT);
  case Next::Drop: return call.result(NF_DROP);
  case Next::Fits: break;
  case Next::Window:
    switch (tcp_in_window(ct, s)) {
    case TcpFit::Ignore: return call.result(NF_ACCEPT);
    case TcpFit::Invalid: return call.result(-NF_ACCEPT);
    case TcpFit::Accept: break;
    }
  }
  return call.result(moveOn(ct, s, ctinfo, old, next));
}

// REJECT has sent a RST: the connection is over.
void nf_conntrack_tcp_set_closing(const nf_conn* ct) {
  KFUNC(nf_conntrack_tcp_set_closing, ct);
  if (!nf_ct_is_confirmed(ct)) return;
  const u8 old = ct->proto.tcp.state;
  set(ct->proto.tcp.state, TCP_CONNTRACK_CLOSE);
  if (old == TCP_CONNTRACK_CLOSE || hasStatus(ct, IPS_FIXED_TIMEOUT)) return;
  set(ct->timeout, nf_ct_net(ct)->ct.nf_ct_proto.tcp.timeouts[TCP_CONNTRACK_CLOSE] + nfct_time_stamp());
}

} // namespace sockwalk::kernel
