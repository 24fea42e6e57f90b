#include "engine/tell/relive/compare.h"
#include "engine/feed/summary.h"
#include <algorithm>

namespace sockwalk::tell {

using scenario::HostFrame;

namespace {

constexpr s64 Millisecond = 1'000'000; // ns

class Comparer {
public:
  Comparer(const HostFrame& captured, const OurFrame& ours, bool partly)
      : m_captured(captured), m_ours(ours), m_partly(partly) {}
  Comparison all(std::optional<u16>& shift);

private:
  void differ(Verdict verdict, const char* field, std::string captured, std::string ours) {
    m_result.verdict = std::max(m_result.verdict, verdict);
    m_result.differences.push_back({field, std::move(captured), std::move(ours)});
  }
  template <class T> void number(Verdict verdict, const char* field, T captured, T ours) {
    if (captured != ours) differ(verdict, field, std::to_string(captured), std::to_string(ours));
  }
  void ipv4(std::optional<u16>& shift);
  void identification(std::optional<u16>& shift);
  void tcp();
  void tcpFlags();
  void tcpOptions();
  void stamps(const TcpOptions& captured);
  void payload();
  void icmp();
  void arp();

  const HostFrame& m_captured;
  const OurFrame& m_ours;
  const bool m_partly;
  Comparison m_result;
};

Comparison Comparer::all(std::optional<u16>& shift) {
  const FrameHeaders &c = m_captured.headers, &o = m_ours.frame.headers;
  const bool onLoopback = o.ethernet && o.ethernet->destination == MacAddress{}; // nobody has an address there
  if (c.ethernet && o.ethernet && !onLoopback && c.ethernet->destination != o.ethernet->destination)
    differ(Verdict::Different, "eth.dst", macText(c.ethernet->destination), macText(o.ethernet->destination));
  if (c.arp && o.arp) arp();
  if (c.ipv4 && o.ipv4) ipv4(shift);
  if (c.tcp && o.tcp) tcp();
  if (c.icmp && o.icmp) icmp();
  if (!c.arp && !m_partly) payload();
  return std::move(m_result);
}

void Comparer::arp() {
  const ArpHeader &c = *m_captured.headers.arp, &o = *m_ours.frame.headers.arp;
  number(Verdict::Different, "arp.op", c.operation, o.operation);
  if (c.target != o.target) differ(Verdict::Different, "arp.target", ipv4Text(c.target), ipv4Text(o.target));
  if (c.sender != o.sender) differ(Verdict::Different, "arp.sender", ipv4Text(c.sender), ipv4Text(o.sender));
}

void Comparer::ipv4(std::optional<u16>& shift) {
  const Ipv4Header &c = *m_captured.headers.ipv4, &o = *m_ours.frame.headers.ipv4;
  number(Verdict::Different, "ip.ttl", c.ttl, o.ttl);
  number(Verdict::Different, "ip.tos", c.tos, o.tos);
  number(Verdict::Different, "ip.df", int(c.dontFragment), int(o.dontFragment));
  number(Verdict::Different, "ip.mf", int(c.moreFragments), int(o.moreFragments));
  number(Verdict::Different, "ip.offset", c.fragmentOffset, o.fragmentOffset);
  if (c.source != o.source) differ(Verdict::Different, "ip.src", ipv4Text(c.source), ipv4Text(o.source));
  identification(shift);
}

// A frame more or less than there shifts all that follow it: that is told once.
void Comparer::identification(std::optional<u16>& shift) {
  const u16 c = m_captured.headers.ipv4->id, o = m_ours.frame.headers.ipv4->id;
  const u16 now = static_cast<u16>(o - c), usual = shift.value_or(0);
  const bool noneHere = !c != !o; // a host that does not count at all
  if (now != usual || noneHere) differ(Verdict::Equivalent, "ip.id", std::to_string(c), std::to_string(o));
  if (!noneHere) shift = now;
}

void Comparer::tcpFlags() {
  const TcpHeader &c = *m_captured.headers.tcp, &o = *m_ours.frame.headers.tcp;
  u8 of = c.flags, other = o.flags;
  if (m_partly)
    of &= static_cast<u8>(~(TcpPsh | TcpFin | TcpCwr)), other &= static_cast<u8>(~(TcpPsh | TcpFin | TcpCwr));
  if (of == other) return;
  const bool onlyPush = (of ^ other) == TcpPsh;
  differ(onlyPush ? Verdict::Equivalent : Verdict::Different, "tcp.flags", tcpFlagNames(of), tcpFlagNames(other));
}

void Comparer::tcp() {
  const TcpHeader &c = *m_captured.headers.tcp, &o = *m_ours.frame.headers.tcp;
  if (!m_partly) number(Verdict::Different, "tcp.seq", c.sequence, o.sequence);
  tcpFlags();
  number(Verdict::Equivalent, "tcp.ack", c.acknowledgement, o.acknowledgement);
  number(!c.window != !o.window && !(c.flags & TcpRst) ? Verdict::Different : Verdict::Equivalent, "tcp.window",
         c.window, o.window);
  number(Verdict::Different, "tcp.urgent", c.urgent, o.urgent);
  tcpOptions();
}

std::string kinds(const std::vector<u8>& order) {
  static constexpr const char* Names[] = {"", "", "mss", "ws", "sackOK", "sack", "", "", "ts"};
  std::string all;
  for (const u8 kind : order)
    all += (all.empty() ? "" : " ") + (kind < std::size(Names) && *Names[kind] ? Names[kind] : std::to_string(kind));
  return all.empty() ? "none" : all;
}

std::string blocks(const std::vector<std::pair<u32, u32>>& sacks) {
  std::string all;
  for (const auto& [from, to] : sacks)
    all += (all.empty() ? "" : " ") + std::to_string(from) + ":" + std::to_string(to);
  return all.empty() ? "none" : all;
}

// Every block lies in one of the others.
bool within(const std::vector<std::pair<u32, u32>>& blocks, const std::vector<std::pair<u32, u32>>& others) {
  return std::all_of(blocks.begin(), blocks.end(), [&](const auto& b) {
    return std::any_of(others.begin(), others.end(), [&](const auto& o) {
      return !scenario::before(b.first, o.first) && !scenario::after(b.second, o.second);
    });
  });
}

void Comparer::tcpOptions() {
  const TcpOptions c = tcpOptionsOf(m_captured.bytes, *m_captured.headers.tcp), &o = m_ours.options;
  const auto text = [](const auto& value) { return value ? std::to_string(*value) : std::string("none"); };
  if (c.mss != o.mss) differ(Verdict::Different, "tcp.mss", text(c.mss), text(o.mss));
  if (c.windowScale != o.windowScale)
    differ(Verdict::Different, "tcp.wscale", text(c.windowScale), text(o.windowScale));
  stamps(c);
  if (c.sacks != o.sacks) { // in another order, or of a moment later or earlier, they speak of the same losses
    const bool same = within(c.sacks, o.sacks) || within(o.sacks, c.sacks);
    differ(same ? Verdict::Equivalent : Verdict::Different, "tcp.sack", blocks(c.sacks), blocks(o.sacks));
  } else if (c.order != o.order) {
    differ(Verdict::Different, "tcp.options", kinds(c.order), kinds(o.order));
  }
}

// A time stamp belongs to the moment at which its frame left.
void Comparer::stamps(const TcpOptions& c) {
  const TcpOptions& o = m_ours.options;
  if (!c.stamps || !o.stamps) return;
  const s64 late = (m_ours.frame.time - m_captured.time) / Millisecond;
  const s64 off = static_cast<s32>(o.stamps->first - c.stamps->first) - late;
  if (std::abs(off) > 2) number(Verdict::Equivalent, "tcp.tsval", c.stamps->first, o.stamps->first);
  number(Verdict::Equivalent, "tcp.tsecr", c.stamps->second, o.stamps->second);
}

void Comparer::icmp() {
  const IcmpHeader &c = *m_captured.headers.icmp, &o = *m_ours.frame.headers.icmp;
  number(Verdict::Different, "icmp.type", c.type, o.type);
  number(Verdict::Different, "icmp.code", c.code, o.code);
  number(Verdict::Different, "icmp.rest", c.rest, o.rest);
}

void Comparer::payload() {
  const ByteView c = m_captured.payload(), o = m_ours.frame.payload();
  const size_t both = std::min(c.size(), o.size());
  number(Verdict::Different, "length", m_captured.headers.wirePayloadLength, m_ours.frame.headers.wirePayloadLength);
  if (!std::equal(c.begin(), c.begin() + static_cast<long>(both), o.begin()))
    differ(Verdict::Different, "payload", std::to_string(both) + " bytes", "other bytes");
}

} // namespace

Comparison compare(const HostFrame& captured, const OurFrame& ours, std::optional<u16>& shift, bool partly) {
  return Comparer(captured, ours, partly).all(shift);
}

} // namespace sockwalk::tell
