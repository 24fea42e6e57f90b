// Does a segment fit? Each side is known by four numbers: the end of what it has sent (td_end), how far the other lets it
// send (td_maxend), the largest window that it has offered (td_maxwin), and the last that it has acknowledged (td_maxack).
// A segment fits if it begins before the end of what may be sent, does not lie a whole window in the past, and acknowledges
// what was sent, and not too long ago. (After G. van Rooij, "Real Stateful TCP Packet Filtering in IP Filter", 2000.)
#include "engine/kernel/include/linux/skb_header.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/net/netfilter/nf_conntrack_tcp.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

void TcpSegment::read(const sk_buff* packet, u32 headerAt, u32 direction, u8 isKind) {
  skb = packet, dataoff = headerAt, dir = direction, kind = isKind;
  seq = ntohl(th.seq), ack = ntohl(th.ack_seq), window = ntohs(th.window);
  end = seq + packet->len - headerAt - th.doff * 4u + th.syn + th.fin;
}

// Each option by its number, its value and the value's length; what is cut off or senseless ends the list.
template <class Each> static void eachOption(const TcpSegment& s, Each&& each) {
  u8 options[40];
  const int length = s.th.doff * 4 - static_cast<int>(sizeof(tcphdr));
  if (length <= 0 || !skb_header_copy(s.skb, s.dataoff + u32(sizeof(tcphdr)), options, u32(length))) return;
  for (int at = 0; at < length && options[at] != TCPOPT_EOL;) {
    if (options[at] == TCPOPT_NOP) {
      ++at;
      continue;
    }
    if (at + 1 >= length) return;
    const int size = options[at + 1];
    if (size < 2 || at + size > length) return;
    each(options[at], options + at + 2, size - 2);
    at += size;
  }
}

void readTcpOptions(const TcpSegment& s, const ip_ct_tcp_state* side) {
  KFUNC(tcp_options, side);
  if (s.th.doff * 4u <= sizeof(tcphdr)) return;
  u8 scale = 0, flags = side->flags & IP_CT_TCP_FLAG_BE_LIBERAL;
  eachOption(s, [&](u8 number, const u8* value, int length) {
    if (number == TCPOPT_SACK_PERM && !length) flags |= IP_CT_TCP_FLAG_SACK_PERM;
    if (number != TCPOPT_WINDOW || length != 1) return;
    scale = std::min<u8>(*value, TCP_MAX_WSCALE);
    flags |= IP_CT_TCP_FLAG_WINDOW_SCALE;
  });
  set(side->td_scale, scale);
  set(side->flags, flags);
}

// The furthest that the segment acknowledges, selectively or not.
static u32 furthestAck(const TcpSegment& s) {
  u32 furthest = s.ack;
  eachOption(s, [&](u8 number, const u8* value, int length) {
    if (number != TCPOPT_SACK || length % 8) return;
    for (int at = 4; at < length; at += 8) { // of each block the right edge
      u32 edge;
      std::memcpy(&edge, value + at, 4);
      if (after(ntohl(edge), furthest)) furthest = ntohl(edge);
    }
  });
  return furthest;
}

namespace {
// The segment against what is known of both sides; its numbers, put right where it says nothing of its own.
struct Fit {
  const ip_ct_tcp* tcp;
  const ip_ct_tcp_state *sender, *receiver;
  const TcpSegment& s;
  u32 seq, end, ack, sack;
};
} // namespace

static void beginSide(const Fit& f) {
  set(f.sender->td_end, f.s.end);
  set(f.sender->td_maxend, f.s.end);
  set(f.sender->td_maxwin, std::max<u32>(f.s.window, 1));
  readTcpOptions(f.s, f.sender);
  const bool bothScale = f.sender->flags & f.receiver->flags & IP_CT_TCP_FLAG_WINDOW_SCALE;
  if (f.s.dir != IP_CT_DIR_REPLY || bothScale) return; // RFC 7323 1.3: both or none
  set(f.sender->td_scale, 0);
  set(f.receiver->td_scale, 0);
}

// Nothing is known of the sender, and its SYN was not seen.
static void beginMidway(const Fit& f) {
  const u32 window = std::max<u32>(u32(f.s.window) << f.sender->td_scale, 1);
  set(f.sender->td_end, f.end);
  set(f.sender->td_maxwin, window);
  set(f.sender->td_maxend, f.end + window);
  if (!f.receiver->td_maxwin) {
    set(f.receiver->td_end, f.sack);
    set(f.receiver->td_maxend, f.sack);
  } else if (f.sack == f.receiver->td_end + 1) { // the answer to a keepalive
    add(f.receiver->td_end, 1);
  }
}

// True: a SYN without ACK in answer to one, which there is nothing to hold against.
static bool learn(const Fit& f) {
  const TcpSegment& s = f.s;
  if (!f.sender->td_maxwin) {
    if (!s.th.syn) return beginMidway(f), false;
    beginSide(f);
    return !s.th.ack;
  }
  const bool opening = f.tcp->state == TCP_CONNTRACK_SYN_SENT || f.tcp->state == TCP_CONNTRACK_SYN_RECV;
  if (!s.th.syn || !opening || !after(f.end, f.sender->td_end)) return false;
  beginSide(f); // it begins anew
  return s.dir == IP_CT_DIR_REPLY && !s.th.ack;
}

static u32 oldestAck(const Fit& f) { return f.receiver->td_end - std::max<u32>(f.sender->td_maxwin, 66000); }

static TcpFit outside(const Fit& f, TcpFit says) {
  NOTE("conntrack.tcp_window", f.seq, f.end, f.sender->td_maxend, f.sack, f.receiver->td_end);
  return f.sender->flags & IP_CT_TCP_FLAG_BE_LIBERAL ? TcpFit::Accept : says;
}

// Its number is beyond what the other side lets be sent. Slightly more than that is let pass, and believed.
static TcpFit tooFar(const Fit& f) {
  const u32 over = f.end - f.sender->td_maxend + 1;
  const bool recent = f.receiver->td_maxwin && after(f.end, f.sender->td_end - f.receiver->td_maxwin - 1);
  const bool acks = after(f.sack, oldestAck(f) - 1) && before(f.sack, f.receiver->td_end + 1);
  if (!recent || !acks || over > f.receiver->td_maxwin) return outside(f, TcpFit::Invalid);
  set(f.sender->td_end, f.end);
  set(f.sender->flags, f.sender->flags | IP_CT_TCP_FLAG_DATA_UNACKNOWLEDGED);
  return outside(f, TcpFit::Ignore);
}

static TcpFit check(const Fit& f, bool& decided) {
  decided = true;
  if (!before(f.seq, f.sender->td_maxend + 1)) return tooFar(f);
  if (!before(f.sack, f.receiver->td_end + 1)) return outside(f, TcpFit::Invalid); // of what was never sent
  const bool recent = !f.receiver->td_maxwin || after(f.end, f.sender->td_end - f.receiver->td_maxwin - 1);
  if (!recent || !after(f.sack, oldestAck(f) - 1)) return outside(f, TcpFit::Ignore);
  decided = false;
  return TcpFit::Accept;
}

static void updateSender(const Fit& f, u32 window) {
  const ip_ct_tcp_state* me = f.sender;
  if (const u32 offers = window + (f.sack - f.ack); me->td_maxwin < offers) set(me->td_maxwin, offers);
  if (after(f.end, me->td_end)) {
    set(me->td_end, f.end);
    set(me->flags, me->flags | IP_CT_TCP_FLAG_DATA_UNACKNOWLEDGED);
  }
  if (!f.s.th.ack) return;
  const bool first = !(me->flags & IP_CT_TCP_FLAG_MAXACK_SET);
  if (first || after(f.ack, me->td_maxack)) set(me->td_maxack, f.ack);
  if (first) set(me->flags, me->flags | IP_CT_TCP_FLAG_MAXACK_SET);
}

static void updateReceiver(const Fit& f, u32 window) {
  const ip_ct_tcp_state* peer = f.receiver;
  if (peer->td_maxwin && after(f.end, f.sender->td_maxend)) add(peer->td_maxwin, f.end - f.sender->td_maxend);
  if (after(f.sack + window, peer->td_maxend - 1)) set(peer->td_maxend, f.sack + window + (window == 0));
  if (f.ack == peer->td_end) set(peer->flags, peer->flags & ~IP_CT_TCP_FLAG_DATA_UNACKNOWLEDGED);
}

// The same ACK again and again: whoever sends it waits for something.
static void countRepeats(const Fit& f) {
  const ip_ct_tcp* tcp = f.tcp;
  const bool same = tcp->last_dir == f.s.dir && tcp->last_seq == f.seq && tcp->last_ack == f.ack &&
                    tcp->last_end == f.end && tcp->last_win == f.s.window;
  if (same) return void(add(tcp->retrans, 1));
  set(tcp->last_dir, f.s.dir);
  set(tcp->last_seq, f.seq);
  set(tcp->last_ack, f.ack);
  set(tcp->last_end, f.end);
  set(tcp->last_win, f.s.window);
  set(tcp->retrans, 0);
}

// How far a NAT helper has moved the numbers by changing what the connection carries.
static s32 nf_ct_seq_offset(const nf_conn* ct, u32 dir, u32 seq) {
  KFUNC(nf_ct_seq_offset, ct, dir, seq);
  SIMPLIFIED("no helpers: nothing is moved");
  return call.result(0);
}

TcpFit tcp_in_window(const nf_conn* ct, const TcpSegment& s) {
  KFUNC(tcp_in_window, ct);
  INLINED();
  const ip_ct_tcp* tcp = &ct->proto.tcp;
  Fit f{tcp, &tcp->seen[s.dir], &tcp->seen[!s.dir], s, s.seq, s.end, s.ack, s.ack};
  if (f.receiver->flags & IP_CT_TCP_FLAG_SACK_PERM) f.sack = furthestAck(s);
  nf_ct_seq_offset(ct, !s.dir, f.ack - 1);
  if (learn(f)) return TcpFit::Accept;
  const bool emptyReset = s.th.rst && s.th.ack && !f.ack;
  if (!s.th.ack || emptyReset) f.ack = f.sack = f.receiver->td_end; // it says nothing: taken as right
  if (s.th.rst && !f.seq && tcp->state == TCP_CONNTRACK_SYN_SENT) f.seq = f.end = f.sender->td_end;
  bool decided;
  if (const TcpFit fit = check(f, decided); decided) return fit;
  const u32 window = s.th.syn ? u32(s.window) : u32(s.window) << f.sender->td_scale;
  updateSender(f, window);
  updateReceiver(f, window);
  if (s.kind == TCP_ACK_SET) countRepeats(f);
  return TcpFit::Accept;
}

} // namespace sockwalk::kernel
