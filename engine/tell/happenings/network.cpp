// What the network says: ICMP, the size that a path takes, fragments, neighbours that do not answer.
#include "engine/feed/summary.h"
#include "engine/tell/happenings/reader.h"
#include "engine/tell/values.h"
#include <cstring>

namespace sockwalk::tell::happenings {

namespace {

using enum HappeningKind;
using enum HappeningLevel;

constexpr u64 Unreachable = 3, PortCode = 3, TimeExceeded = 11, BadParameter = 12;

// ---- ICMP
void errorSent(Reader& r, const Moment& m) { // type, code, to
  const FrameHeaders about = r.headersOf(r.arrivalAround(m.event));
  const std::string message = icmpName(static_cast<u8>(m.values[0]), static_cast<u8>(m.values[1]));
  const bool closedPort = m.values[0] == Unreachable && m.values[1] == PortCode && about.udp;
  const std::string flow = about.ipv4 ? flowName(about) : ipv4(static_cast<u32>(m.values[2]));
  Happening& h = r.tellFlow(closedPort ? PortUnreachable : IcmpSent, Warning, m, flow, About::Arrival,
                            m.values[0] << 8 | m.values[1]);
  if (closedPort)
    h.words = onceOrMore(h, say("a datagram for UDP port %1, which nobody has", about.udp->destination),
                         "%1 datagrams within %2 for a UDP port that nobody has");
  else h.words = onceOrMore(h, say("a packet goes no further"), "%1 packets within %2 go no further");
  h.words = say("%1: the sender is told by ICMP, %2", h.words, message);
}

// The packet that an error quotes, which was ours: its IP header and eight bytes, in which TCP and UDP have their ports.
std::string quotedFlow(const Reader& r, int frame) {
  const FrameHeaders h = r.headersOf(frame);
  if (!h.icmp) return {};
  const Journal& j = r.journal();
  const ByteView bytes = j.frame(j[r.arrivalEvent(frame)]);
  FrameHeaders quoted;
  parseIpv4(bytes, h.payloadOffset, quoted);
  const size_t ports = quoted.payloadOffset;
  const bool cutShort = quoted.ipv4 && !quoted.tcp && !quoted.udp && !quoted.ipv4->fragmentOffset;
  const bool hasPorts = cutShort && (quoted.ipv4->protocol == IpTcp || quoted.ipv4->protocol == IpUdp);
  if (!hasPorts || ports + 4 > bytes.size()) return flowName(quoted);
  return flowName(quoted.ipv4->source, loadBe16(bytes, ports), quoted.ipv4->destination, loadBe16(bytes, ports + 2));
}

void icmpCame(Reader& r, const Moment& m) { // type, code
  const u64 type = m.values[0], code = m.values[1];
  if (type != Unreachable && type != TimeExceeded && type != BadParameter) return;
  const int frame = r.arrivalAround(m.event);
  const FrameHeaders h = r.headersOf(frame);
  if (!h.ipv4) return;
  Happening& told = r.tellFlow(IcmpReceived, Warning, m, quotedFlow(r, frame), About::Arrival, type << 8 | code);
  const std::string message = icmpName(static_cast<u8>(type), static_cast<u8>(code));
  told.words = onceOrMore(told, say("an ICMP error comes"), "%1 ICMP errors come within %2");
  told.words = say("%1 from %2: %3", told.words, ipv4(__builtin_bswap32(h.ipv4->source)), message);
}

// The connection that the message is about believes it.
void errorBelieved(Reader& r, const Moment& m) { // socket, type, code, errno
  if (Happening* h = r.toldOfFrame(IcmpReceived, m.event))
    h->words = say("%1; for the connection that is %2", h->words, constantName("errno", m.values[3]));
}
void errorNotBelieved(Reader& r, const Moment& m) { // socket, type, code
  if (Happening* h = r.toldOfFrame(IcmpReceived, m.event))
    h->words = say("%1; it quotes nothing that is in flight, and is not believed", h->words);
}

// ---- the size that a path takes
// What the message was told as becomes this, which says more.
Happening& pathTold(Reader& r, const Moment& m, Happening* known, const std::string& flow) {
  if (!known) return r.tellFlow(PathMtu, Notice, m, flow, About::Arrival);
  known->kind = PathMtu;
  known->level = Notice;
  known->last = m.event;
  known->lastTime = m.time;
  if (known->count > 1) return *known;
  known->function = r.functionAround(m.event);
  known->event = m.event;
  known->time = m.time;
  return *known;
}

void routeLearnt(Reader& r, const Moment& m) { // address, mtu, gateway
  if (!m.values[1]) return;
  Happening* known = r.toldOfFrame(IcmpReceived, m.event);
  const std::string to = ipv4(static_cast<u32>(m.values[0]));
  pathTold(r, m, known, to).words =
      say("a router says that the way to %1 takes %2 at most: it is kept as an exception of the route", to,
          bytes(s64(m.values[1])));
}

void mtuReduced(Reader& r, const Moment& m) { // socket, mtu
  const u32 before = r.object<kernel::tcp_sock>(m.values[0], m.event).inet_conn.icsk_pmtu_cookie;
  Happening* known = r.toldOfFrame(PathMtu, m.event);
  if (!known) known = r.toldOfFrame(IcmpReceived, m.event);
  const std::string flow = r.flowOf(m.values[0], m.event);
  pathTold(r, m, known, flow).words = say(
      "a router cannot pass on what is so large: path MTU %1 → %2, and what was lost goes again in smaller segments",
      before, m.values[1]);
}

// ---- fragments
void fragmentsMissing(Reader& r, const Moment& m) { // source, id, have
  Happening& h = r.tellFlow(FragmentsMissing, Warning, m, ipv4(static_cast<u32>(m.values[0])), About::Nothing);
  h.words =
      onceOrMore(h,
                 say("a datagram never became whole: the rest of its fragments did not come, and %1 are thrown away",
                     bytes(s64(m.values[2]))),
                 "%1 datagrams within %2 never became whole: their fragments are thrown away");
}

// ---- neighbours
u64 keyOf(Reader& r, u64 neighbour, EventIndex event) {
  u32 key;
  std::memcpy(&key, r.object<kernel::neighbour>(neighbour, event).primary_key, 4);
  return key;
}

void noAnswer(Reader& r, const Moment& m) { // neighbour
  const std::string address = ipv4(static_cast<u32>(keyOf(r, m.values[0], m.event)));
  Happening& h = r.tellFlow(NoNeighbour, Bad, m, address, About::Nothing);
  const u32 waiting = r.object<kernel::neighbour>(m.values[0], m.event).arp_queue.qlen;
  h.words = onceOrMore(h, say("nobody on the link answers for %1 (ARP)", address),
                       "nobody on the link answers (ARP), %1 times within %2");
  if (waiting)
    h.words =
        say("%1: %2 that waited for it is lost", h.words, waiting == 1 ? say("1 packet") : say("%1 packets", waiting));
}

} // namespace

std::span<const Rule> networkRules() {
  static constexpr Rule rules[] = {
      {Rule::Note, "icmp.error", errorSent},
      {Rule::Note, "icmp.type", icmpCame},
      {Rule::Note, "tcp.icmp_error", errorBelieved},
      {Rule::Note, "tcp.icmp_out_of_window", errorNotBelieved},
      {Rule::Note, "route.exception_learnt", routeLearnt},
      {Rule::Note, "tcp.mtu_reduced", mtuReduced},
      {Rule::Note, "ip.reassembly_timeout", fragmentsMissing},
      {Rule::Call, "neigh_invalidate", noAnswer},
  };
  return rules;
}

} // namespace sockwalk::tell::happenings
