// A capture may have one packet several times: a port of a switch that mirrors both ways, a router that sees it come and go,
// a bridge and the interfaces behind it. The host had it once.
#include "engine/scenario/relive_plan.h"
#include <algorithm>
#include <deque>

namespace sockwalk::scenario {

namespace {

constexpr s64 SoonAfter = 2'000'000; // ns. No kernel sends again so soon what it has sent
constexpr size_t MostRecent = 256;   // frames between a packet and its copy
constexpr u32 Few = 2;               // so many that are alike may be chance

using OneWay = std::tuple<u32, u32, u8>; // from, to, protocol

OneWay wayOf(const Ipv4Header& ip) { return {ip.source, ip.destination, ip.protocol}; }

// All that a packet keeps on its way: not how many routers it may still pass, nor sums, which a card may complete.
bool samePacket(const HostFrame& a, const HostFrame& b) {
  const size_t at = a.headers.ipv4->offset, other = b.headers.ipv4->offset;
  const size_t tcpSum = a.headers.tcp ? a.headers.tcp->offset + 16 - at : 0;
  const size_t udpSum = a.headers.udp ? a.headers.ipv4->length + 6u : 0;
  const size_t length = a.headers.ipv4->totalLength;
  if (length != b.headers.ipv4->totalLength) return false;
  const size_t both = std::min({a.bytes.size() - at, b.bytes.size() - other, length});
  for (size_t i = 0; i < both; ++i) {
    const bool changes = i == 8 || i == 10 || i == 11 || (tcpSum && (i == tcpSum || i == tcpSum + 1)) ||
                         (udpSum && (i == udpSum || i == udpSum + 1));
    if (!changes && a.bytes[at + i] != b.bytes[other + i]) return false;
  }
  return true;
}

class Copies {
public:
  explicit Copies(RelivePlan& plan) : m_plan(plan) {}
  u32 leaveOut();

private:
  struct Seen {
    u32 incoming = 0, outgoing = 0; // at whoever captured
    u32 originals = 0;
    std::vector<u32> copies;
    std::deque<u32> recent;
  };
  void forwarded();
  void alike();
  void leave(HostFrame& f) {
    f.way = Way::Others;
    f.leftOut = LeftOut::Copy;
    ++m_left;
  }

  RelivePlan& m_plan;
  std::map<OneWay, Seen> m_seen;
  u32 m_left = 0;
};

// Whoever captured sees what it forwards come and go. Nearer to our host is what came from it, and what went to it.
void Copies::forwarded() {
  for (const HostFrame& f : m_plan.frames) {
    if (f.way == Way::Others || !f.headers.ipv4) continue;
    Seen& s = m_seen[wayOf(*f.headers.ipv4)];
    const FrameDirection direction = m_plan.capture.file.frame(f.number).direction;
    s.incoming += direction == FrameDirection::In;
    s.outgoing += direction == FrameDirection::Out;
  }
  for (HostFrame& f : m_plan.frames) {
    if (f.way == Way::Others || !f.headers.ipv4) continue;
    const Seen& s = m_seen[wayOf(*f.headers.ipv4)];
    if (s.incoming < Few || s.outgoing < Few) continue;
    const FrameDirection direction = m_plan.capture.file.frame(f.number).direction;
    const auto further = f.way == Way::Out ? FrameDirection::Out : FrameDirection::In;
    if (direction == further) leave(f);
  }
}

// Where at least every other packet comes again at once, they were captured twice.
void Copies::alike() {
  for (const HostFrame& f : m_plan.frames) {
    if (f.way == Way::Others || !f.headers.ipv4) continue;
    Seen& s = m_seen[wayOf(*f.headers.ipv4)];
    while (!s.recent.empty() && m_plan.frames[s.recent.front()].time < f.time - SoonAfter) s.recent.pop_front();
    if (s.recent.size() > MostRecent) s.recent.pop_front();
    const bool copy = std::ranges::any_of(s.recent, [&](u32 n) {
      return m_plan.frames[n].headers.ipv4->id == f.headers.ipv4->id && samePacket(m_plan.frames[n], f);
    });
    if (copy) {
      s.copies.push_back(f.number);
    } else {
      ++s.originals;
      s.recent.push_back(f.number);
    }
  }
  for (const auto& [way, s] : m_seen)
    if (s.copies.size() >= Few && s.copies.size() * 2 >= s.originals)
      for (const u32 n : s.copies) leave(m_plan.frames[n]);
}

u32 Copies::leaveOut() {
  forwarded();
  alike();
  return m_left;
}

} // namespace

void leaveOutCopies(RelivePlan& plan) {
  if (const u32 left = Copies(plan).leaveOut())
    plan.capture.notices.push_back(plan.capture.file.path() +
                                   ": frames that show a packet again, further on its way: " + std::to_string(left) +
                                   ". The host had it once, so they are not played");
}

} // namespace sockwalk::scenario
