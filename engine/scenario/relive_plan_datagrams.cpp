// What the host's programs did besides TCP: datagrams and echo requests that it began, and what its kernel must know of its
// neighbours so that it asks for addresses exactly where the captured one did.
#include "engine/scenario/relive_plan.h"
#include <algorithm>
#include <set>

namespace sockwalk::scenario {

namespace {

constexpr u8 EchoRequest = 8;

// A datagram whose fragments are put together; the first fragment's frame is where it was sent.
struct Pieces {
  u32 frame;
  std::vector<u8> payload; // of IP
  size_t have = 0;
};

class Datagrams {
public:
  explicit Datagrams(RelivePlan& plan) : m_plan(plan) {}
  void out(const HostFrame& f);

private:
  void sent(const HostFrame& first, ByteView payload, size_t wireLength);
  RelivePlan& m_plan;
  std::map<std::tuple<u32, u32, u8, u16>, Pieces> m_pieces;
};

void Datagrams::out(const HostFrame& f) {
  const Ipv4Header& ip = *f.headers.ipv4;
  const size_t begin = ip.offset + ip.length;
  const size_t length = ip.totalLength > ip.length ? size_t(ip.totalLength - ip.length) : 0;
  const ByteView here =
      begin < f.bytes.size() ? f.bytes.subspan(begin, std::min(length, f.bytes.size() - begin)) : ByteView();
  if (!ip.isFragment()) return sent(f, here, length);
  Pieces& p = m_pieces.try_emplace({ip.source, ip.destination, ip.protocol, ip.id}, Pieces{f.number, {}}).first->second;
  const size_t end = ip.fragmentOffset + length;
  if (p.payload.size() < end) p.payload.resize(end);
  std::copy(here.begin(), here.end(), p.payload.begin() + ip.fragmentOffset);
  if (ip.fragmentOffset == 0) p.frame = f.number;
  if (ip.moreFragments) return;
  sent(m_plan.frames[p.frame], p.payload, p.payload.size());
  m_pieces.erase({ip.source, ip.destination, ip.protocol, ip.id});
}

void Datagrams::sent(const HostFrame& first, ByteView payload, size_t wireLength) {
  const Ipv4Header& ip = *first.headers.ipv4;
  if (ip.protocol != IpUdp && ip.protocol != IpIcmp) return;
  if (ip.id) m_plan.identifications[{__builtin_bswap32(ip.destination), ip.protocol}].push_back(ip.id);
  const auto own = [&](const HostAddress& a) { return a.address == ip.source; };
  const auto& addresses = m_plan.capture.host.addresses;
  const bool loopback = m_plan.capture.host.loopback;
  if (payload.size() < 8 || (loopback ? !isOwn(m_plan, ip.source) || !isOwn(m_plan, ip.destination)
                                      : std::none_of(addresses.begin(), addresses.end(), own)))
    return;
  Act act{Act::Datagram};
  act.from = ip.source;
  act.to = ip.destination;
  act.ttl = ip.ttl;
  act.tos = ip.tos;
  act.dontFragment = ip.dontFragment;
  act.bytes.assign(payload.begin(), payload.end());
  act.bytes.resize(wireLength);
  if (ip.protocol == IpIcmp) {
    if (payload[0] != EchoRequest) return; // an answer or an error: the kernel's own
    act.kind = Act::Echo;
  } else {
    act.port = loadBe16(payload, 0);
    act.toPort = loadBe16(payload, 2);
    act.bytes.erase(act.bytes.begin(), act.bytes.begin() + 8);
  }
  m_plan.act(first.number, std::move(act));
}

// ---- neighbours

bool fromProgram(Act::Kind kind) {
  return kind == Act::Connect || kind == Act::Datagram || kind == Act::Echo || kind == Act::Write;
}

// A question for an address is asked because something is to be sent there: what follows the answer was wanted before it.
void earlier(RelivePlan& plan, const HostFrame& question) {
  const u32 target = question.headers.arp->target;
  std::optional<MacAddress> mac;
  for (u32 n = question.number + 1; n < plan.frames.size(); ++n) {
    const HostFrame& f = plan.frames[n];
    if (f.way == Way::In && f.headers.arp && f.headers.arp->sender == target) mac = f.headers.arp->senderMac;
    if (f.way != Way::Out || !f.headers.ipv4 || !mac || f.headers.ethernet->destination != *mac) continue;
    const auto acts = plan.acts.find(n);
    if (acts == plan.acts.end() ||
        std::none_of(acts->second.begin(), acts->second.end(), [](const Act& a) { return fromProgram(a.kind); }))
      return;
    auto moved = std::move(acts->second);
    plan.acts.erase(acts);
    for (Act& a : moved) plan.act(question.number, std::move(a));
    return;
  }
}

void planNeighbours(RelivePlan& plan) {
  std::set<u32> asked;
  for (const HostFrame& f : plan.frames) {
    const bool question = f.way == Way::Out && f.headers.arp && f.headers.arp->operation == 1;
    if (!question || !isGroup(f.headers.ethernet->destination)) continue;
    if (f.headers.arp->sender == f.headers.arp->target || !f.headers.arp->sender) continue;
    const u32 target = f.headers.arp->target;
    const bool again = !asked.insert(target).second; // it had forgotten the answer
    if (again) plan.act(f.number, {Act::Command, 0, 0, {}, "ip neigh del " + ipv4Text(target) + " dev eth0"});
    earlier(plan, f);
  }
  for (const auto& [address, mac] : plan.capture.neighbours)
    if (!asked.count(address))
      plan.before.push_back(
          {Act::Command, 0, 0, {}, "ip neigh add " + ipv4Text(address) + " lladdr " + macText(mac) + " dev eth0"});
}

} // namespace

void planDatagrams(RelivePlan& plan) {
  Datagrams datagrams(plan);
  for (const HostFrame& f : plan.frames)
    if (f.way == Way::Out && f.headers.ipv4 && !f.headers.tcp) datagrams.out(f);
  if (!plan.capture.host.loopback) planNeighbours(plan);
}

} // namespace sockwalk::scenario
