#include "engine/tell/sockets/ladder.h"
#include "engine/feed/tcp_options.h"
#include "engine/memory/structures.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace sockwalk::tell {

namespace {

bool isOf(const LadderFlow& flow, const FrameHeaders& h, bool& forward) {
  if (!h.ipv4 || (flow.tcp ? !h.tcp : !h.udp)) return false;
  const u16 from = h.tcp ? h.tcp->source : h.udp->source, to = h.tcp ? h.tcp->destination : h.udp->destination;
  forward = h.ipv4->source == flow.first && from == flow.firstPort;
  const bool backward = h.ipv4->source == flow.second && from == flow.secondPort;
  const u32 other = forward ? flow.second : flow.first;
  const u16 otherPort = forward ? flow.secondPort : flow.firstPort;
  return (forward || backward) && h.ipv4->destination == other && to == otherPort;
}

// ---- rungs
class Builder {
public:
  Builder(Playhead& past, const Record& record, const LadderFlow& flow)
      : m_journal(past.journal()), m_record(record), m_past(past) {
    m_ladder.flow = flow;
    m_ladder.ends[0].address = ipv4Text(flow.first) + ":" + std::to_string(flow.firstPort);
    m_ladder.ends[1].address = ipv4Text(flow.second) + ":" + std::to_string(flow.secondPort);
  }

  Ladder build() {
    for (const int packet : m_ladder.flow.packets) add(packet);
    findSockets();
    addReads();
    auto& rungs = m_ladder.rungs;
    std::ranges::stable_sort(rungs, {}, &LadderRung::event);
    findLost();
    setTicks();
    return std::move(m_ladder);
  }

private:
  // The same frame at two places: all that a router leaves as it was.
  struct Key {
    bool forward;
    u16 id;
    u32 sequence, acknowledgement;
    u8 flags;
    size_t payload;
    auto operator<=>(const Key&) const = default;
  };

  void add(int packet) {
    const PacketList& packets = m_record.packets;
    const EventIndex event = packets.eventOf(packet);
    const ByteView bytes = m_journal.frame(m_journal[event]);
    const FrameHeaders h = parseHeaders(bytes);
    bool forward;
    if (!isOf(m_ladder.flow, h, forward)) return;
    if (packets.onLoopback(m_journal, packet)) return leaveAndArrive(packet, h, bytes, forward);
    if (!packets.cameIn(packet)) {
      if (!packets.carried(packet)) leave(packet, h, bytes, forward); // else it only passes a router
    } else if (packets.fate(packet).kind != PacketFate::Forwarded) {
      arrive(packet, h, bytes, forward);
    }
  }

  static Key keyOf(const FrameHeaders& h, bool forward) {
    return {forward,
            h.ipv4->id,
            h.tcp ? h.tcp->sequence : 0,
            h.tcp ? h.tcp->acknowledgement : 0,
            h.tcp ? h.tcp->flags : u8(0),
            h.wirePayloadLength};
  }

  LadderRung& newRung(int packet, const FrameHeaders& h, ByteView bytes, bool forward) {
    LadderRung& rung = m_ladder.rungs.emplace_back();
    rung.forward = forward;
    rung.kind = kindOf(h);
    rung.numbers = h.tcp ? numbersOf(packet, h, bytes) : std::to_string(h.wirePayloadLength);
    if (h.tcp) noteSequence(rung, h);
    return rung;
  }
  void leave(int packet, const FrameHeaders& h, ByteView bytes, bool forward) {
    LadderRung& rung = newRung(packet, h, bytes, forward);
    rung.packet = packet;
    rung.left = m_record.packets.eventOf(packet);
    m_ladder.ends[forward ? 0 : 1].simulated = true;
    m_onTheWay[keyOf(h, forward)].push_back(m_ladder.rungs.size() - 1);
  }
  void arrive(int packet, const FrameHeaders& h, ByteView bytes, bool forward) {
    m_ladder.ends[forward ? 1 : 0].simulated = true;
    auto& waiting = m_onTheWay[keyOf(h, forward)];
    LadderRung* rung;
    if (waiting.empty()) {
      rung = &newRung(packet, h, bytes, forward);
    } else {
      rung = &m_ladder.rungs[waiting.front()];
      waiting.pop_front();
    }
    rung->arrival = packet;
    rung->arrived = m_record.packets.eventOf(packet);
  }
  void leaveAndArrive(int packet, const FrameHeaders& h, ByteView bytes, bool forward) {
    LadderRung& rung = newRung(packet, h, bytes, forward);
    rung.packet = rung.arrival = packet;
    rung.left = rung.arrived = m_record.packets.eventOf(packet);
    m_ladder.ends[0].simulated = m_ladder.ends[1].simulated = true;
  }

  static LadderRung::Kind kindOf(const FrameHeaders& h) {
    if (!h.tcp) return LadderRung::Datagram;
    if (h.tcp->flags & TcpRst) return LadderRung::Rst;
    if (h.tcp->flags & TcpSyn) return LadderRung::Syn;
    if (h.tcp->flags & TcpFin) return LadderRung::Fin;
    return h.wirePayloadLength ? LadderRung::Data : LadderRung::Ack;
  }

  // "SYN 0:1 win 64240", "1:1001 (1000) PSH win 502", "ack 1001 win 501 sack 2001:3001"
  std::string numbersOf(int packet, const FrameHeaders& h, ByteView bytes) const {
    const TcpBases::Relative at = m_record.packets.tcpNumbers(packet);
    const u8 flags = h.tcp->flags;
    const u32 size = u32(h.wirePayloadLength), counted = size + !!(flags & TcpSyn) + !!(flags & TcpFin);
    std::string out;
    const auto put = [&out](const std::string& word) { out += (out.empty() ? "" : " ") + word; };
    for (const auto& [bit, name] : {std::pair(TcpSyn, "SYN"), {TcpFin, "FIN"}, {TcpRst, "RST"}})
      if (flags & bit) put(name);
    if (counted) put(std::to_string(at.sequence) + ":" + std::to_string(at.sequence + counted));
    if (size) put("(" + std::to_string(size) + ")");
    if (flags & TcpPsh) put("PSH");
    if (flags & TcpAck) put("ack " + std::to_string(at.acknowledgement));
    if (!(flags & TcpRst)) put("win " + std::to_string(h.tcp->window));
    const u32 base = h.tcp->acknowledgement - at.acknowledgement;
    for (const auto& [from, to] : tcpOptionsOf(bytes, *h.tcp).sacks)
      put("sack " + std::to_string(from - base) + ":" + std::to_string(to - base));
    return out;
  }

  // What begins below what was sent already is sent again.
  void noteSequence(LadderRung& rung, const FrameHeaders& h) {
    const bool carries = h.wirePayloadLength || h.tcp->flags & (TcpSyn | TcpFin);
    if (!carries || rung.kind == LadderRung::Rst) return;
    auto& sent = m_sent[rung.forward];
    const u32 end = h.tcp->sequence + u32(h.wirePayloadLength) + !!(h.tcp->flags & (TcpSyn | TcpFin));
    rung.again = sent && s32(*sent - h.tcp->sequence) > 0 && !(h.tcp->flags & TcpSyn && *sent != end);
    if (!sent || s32(end - *sent) > 0 || h.tcp->flags & TcpSyn) sent = end;
  }

  // ---- ends
  // The sockets that had the addresses and ports of an end, in the time of the flow.
  void findSockets() {
    if (!m_ladder.flow.tcp) return findHosts();
    const auto& lives = m_record.sockets.all();
    for (int i = 0; i < static_cast<int>(lives.size()); ++i)
      for (int end : {0, 1})
        if (isAt(lives[size_t(i)], end)) m_ladder.ends[end].sockets.push_back(i);
    findHosts();
  }
  bool isAt(const SocketLife& life, int end) const {
    const LadderFlow& f = m_ladder.flow;
    const u32 own = end ? f.second : f.first, other = end ? f.first : f.second;
    const u16 port = end ? f.secondPort : f.firstPort, otherPort = end ? f.firstPort : f.secondPort;
    const auto had = [&](SocketMember m, u64 value) {
      return std::ranges::any_of(life.of(m), [&](const SocketChange& c) { return c.value == value; });
    };
    return had(SocketMember::PeerPort, __builtin_bswap16(otherPort)) && had(SocketMember::Port, port) &&
           had(SocketMember::Address, __builtin_bswap32(own)) &&
           had(SocketMember::PeerAddress, __builtin_bswap32(other));
  }
  void findHosts() {
    std::set<int> found;
    for (const LadderRung& rung : m_ladder.rungs) {
      if (rung.packet >= 0) setHost(found, rung.forward ? 0 : 1, rung.packet);
      if (rung.arrival >= 0) setHost(found, rung.forward ? 1 : 0, rung.arrival);
      if (found.size() == 2) return;
    }
  }
  void setHost(std::set<int>& found, int end, int packet) {
    if (!found.insert(end).second) return;
    const EventIndex event = m_record.packets.eventOf(packet);
    const u32 device = Journal::deviceOf(m_journal[event]);
    if (!device) return;
    m_past.seek(event);
    const auto* dev = m_past.object<kernel::net_device>(Arena::addressOf(device));
    m_ladder.ends[end].host = networkName(m_past, dev->nd_net.net.value);
  }

  // ---- what the programs read
  void addReads() {
    for (int end : {0, 1})
      for (const int socket : m_ladder.ends[end].sockets)
        for (const SocketChange& c : m_record.sockets.all()[size_t(socket)].of(SocketMember::Copied))
          if (c.packet < 0 && m_journal.contextAt(c.event).kind == Context::Task) addRead(end, c.event);
  }
  void addRead(int end, EventIndex event) {
    const int stimulus = m_journal.stimulusAt(event);
    const EventIndex call = m_journal.callAround(event);
    const bool reads = call != NoEvent && m_journal.function(m_journal[call]).name.find("recvmsg") != std::string::npos;
    if (!reads || stimulus < 0 || !m_reads.insert({end, stimulus}).second) return;
    LadderRung& rung = m_ladder.rungs.emplace_back();
    rung.kind = LadderRung::Read;
    rung.forward = end == 0;
    rung.left = event;
  }

  // ---- what came of them
  // A frame is lost if its end is simulated, later ones arrive there, or nothing more is to come: the record is at its end.
  void findLost() {
    for (LadderRung& rung : m_ladder.rungs) {
      const bool farEndLives = m_ladder.ends[rung.forward ? 1 : 0].simulated;
      if (rung.kind == LadderRung::Read || !farEndLives) continue;
      if (rung.left != NoEvent && rung.arrived == NoEvent) rung.lost = arrivedLater(rung);
      if (rung.arrival < 0) continue;
      const PacketFate::Kind fate = m_record.packets.fate(rung.arrival).kind;
      rung.lost |= fate == PacketFate::Dropped || fate == PacketFate::Refused || fate == PacketFate::Lost;
    }
  }
  bool arrivedLater(const LadderRung& lost) const {
    constexpr s64 Long = 1'000'000'000; // ns: longer than any cable of a scenario holds a frame back
    return m_journal.timeAt(m_journal.size() - 1) - m_journal.timeAt(lost.left) > Long ||
           std::ranges::any_of(m_ladder.rungs, [&](const LadderRung& r) {
             return r.forward == lost.forward && r.left != NoEvent && r.left > lost.left && r.arrived != NoEvent;
           });
  }

  // Each end of a rung has a row of its own, unless it leaves and arrives with one event.
  void setTicks() {
    std::map<EventIndex, int> ticks;
    for (const LadderRung& r : m_ladder.rungs)
      for (const EventIndex e : {r.left, r.arrived})
        if (e != NoEvent) ticks[e] = 0;
    int next = 0;
    for (auto& [event, tick] : ticks) tick = next++;
    for (LadderRung& r : m_ladder.rungs) {
      r.tickLeft = ticks[r.left != NoEvent ? r.left : r.arrived];
      r.tickArrived = ticks[r.arrived != NoEvent ? r.arrived : r.left];
    }
    m_ladder.ticks = next;
  }

  const Journal& m_journal;
  const Record& m_record;
  Playhead& m_past;
  Ladder m_ladder;
  std::map<Key, std::deque<size_t>> m_onTheWay;
  std::map<bool, std::optional<u32>> m_sent; // by direction: the end of what was sent
  std::set<std::pair<int, int>> m_reads;     // by end and stimulus
};

} // namespace

std::string LadderFlow::name() const {
  return std::string(tcp ? "TCP " : "UDP ") + ipv4Text(first) + ":" + std::to_string(firstPort) + " → " +
         ipv4Text(second) + ":" + std::to_string(secondPort);
}

std::vector<LadderFlow> ladderFlows(const Journal& journal, const PacketList& packets) {
  std::vector<LadderFlow> flows;
  std::map<std::tuple<bool, u32, u16, u32, u16>, size_t> known;
  std::map<std::pair<size_t, bool>, std::pair<int, int>> passed; // out and in, by flow and direction
  for (int packet = 0; packet < packets.size(); ++packet) {
    const EventIndex event = packets.eventOf(packet);
    const FrameHeaders h = parseHeaders(journal.frame(journal[event]));
    if (!h.ipv4 || (!h.tcp && !h.udp)) continue;
    const u16 from = h.tcp ? h.tcp->source : h.udp->source, to = h.tcp ? h.tcp->destination : h.udp->destination;
    const bool tcp = h.tcp.has_value();
    const u32 a = h.ipv4->source, b = h.ipv4->destination;
    const auto back = known.find({tcp, b, to, a, from});
    const auto [place, isNew] =
        back != known.end() ? std::pair(back, false) : known.try_emplace({tcp, a, from, b, to}, flows.size());
    if (isNew) flows.push_back({a, b, from, to, tcp, event, event});
    LadderFlow& flow = flows[place->second];
    flow.end = event;
    flow.packets.push_back(packet);
    // What leaves one simulated host and arrives at another passes twice.
    auto& [out, in] = passed[{place->second, a == flow.first && from == flow.firstPort}];
    ++(packets.cameIn(packet) && !packets.onLoopback(journal, packet) ? in : out);
  }
  for (const auto& [direction, counted] : passed)
    flows[direction.first].frames += std::max(counted.first, counted.second);
  return flows;
}

int flowAt(const std::vector<LadderFlow>& flows, const Journal& journal, const PacketList& packets,
           EventIndex position) {
  bool forward;
  const auto flowOf = [&](int packet) {
    const FrameHeaders h = parseHeaders(journal.frame(journal[packets.eventOf(packet)]));
    const auto found = std::ranges::find_if(flows, [&](const LadderFlow& f) { return isOf(f, h, forward); });
    return found == flows.end() ? -1 : static_cast<int>(found - flows.begin());
  };
  const int handled = position ? packets.arrivalAround(journal, position - 1) : -1;
  if (const int flow = handled < 0 ? -1 : flowOf(handled); flow >= 0) return flow;
  for (int packet = packets.before(position); packet >= 0; --packet)
    if (const int flow = flowOf(packet); flow >= 0) return flow;
  return flows.empty() ? -1 : 0;
}

Ladder readLadder(Playhead& past, const Record& record, const LadderFlow& flow) {
  return Builder(past, record, flow).build();
}

} // namespace sockwalk::tell
