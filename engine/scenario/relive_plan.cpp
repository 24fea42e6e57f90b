#include "engine/scenario/relive_plan.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {

using Role = RelivedConnection::Role;

bool asks(const CapturedSegment& s) { return s.has(TcpSyn) && !s.has(TcpAck); }

// A SYN of a connection that is there already is a new one if it does not repeat the first; nor if the other end has asked,
// too, and has not been answered: then both connect to one another.
bool beginsAnew(const CapturedSegment& s, const std::vector<CapturedSegment>& sofar) {
  if (s.has(TcpSyn | TcpAck)) // the answer to one that the capture missed
    return std::ranges::any_of(
        sofar, [&](const CapturedSegment& o) { return o.has(TcpSyn) && o.out == s.out && o.seq != s.seq; });
  if (!asks(s)) return false;
  if (std::ranges::all_of(sofar, [&](const CapturedSegment& o) { return asks(o) && o.out != s.out; })) return false;
  return std::none_of(sofar.begin(), sofar.end(),
                      [&](const CapturedSegment& o) { return o.has(TcpSyn) && o.out == s.out && o.seq == s.seq; });
}

const CapturedSegment* firstWith(const std::vector<CapturedSegment>& segments, bool out, u8 flags, u8 without = 0) {
  const auto it = std::find_if(segments.begin(), segments.end(), [&](const CapturedSegment& s) {
    return s.out == out && s.has(flags) && !(s.tcp().flags & without);
  });
  return it == segments.end() ? nullptr : &*it;
}

Role roleOf(const std::vector<CapturedSegment>& segments) {
  const bool resetsOnly =
      std::none_of(segments.begin(), segments.end(), [](const CapturedSegment& s) { return s.out && !s.has(TcpRst); });
  const bool any = std::any_of(segments.begin(), segments.end(), [](const CapturedSegment& s) { return s.out; });
  if (firstWith(segments, true, TcpSyn, TcpAck)) return Role::Client;
  if (firstWith(segments, false, TcpSyn, TcpAck)) {
    if (firstWith(segments, true, TcpSyn | TcpAck)) return Role::Server;
    if (any && resetsOnly) return Role::Refused;
    if (!any) return Role::Ignored;
    return Role::Adopted;
  }
  return any && resetsOnly ? Role::Refused : Role::Adopted;
}

// Can our kernel not go through the handshake as the file has it, though both ends did? An answer was missed; what was said
// in a SYN is cut off; or its data was taken with it, as TCP Fast Open does.
bool handshakeIsBroken(const std::vector<CapturedSegment>& segments) {
  if (std::ranges::none_of(segments, speaks)) return false;
  const auto cut = [](const CapturedSegment& s) {
    return s.has(TcpSyn) && s.tcp().offset + s.tcp().length > s.frame->bytes.size();
  };
  if (std::ranges::any_of(segments, cut)) return true;
  for (const bool out : {true, false}) { // who asked
    const CapturedSegment* syn = firstWith(segments, out, TcpSyn, TcpAck);
    if (!syn) continue;
    const CapturedSegment *answer = firstWith(segments, !out, TcpSyn | TcpAck, TcpRst),
                          *asked = firstWith(segments, !out, TcpSyn, TcpAck);
    if (answer) return after(answer->tcp().acknowledgement, syn->seq + 1);
    return !asked && std::ranges::any_of(segments, [&](const CapturedSegment& s) { return s.out != out && speaks(s); });
  }
  return std::ranges::any_of(segments, [](const CapturedSegment& s) { return s.has(TcpSyn); }); // an answer alone
}

// The numbers that the kernel would draw by chance. Time stamps count milliseconds from a start of their own.
void wishFor(RelivedConnection& c, const std::vector<CapturedSegment>& segments, s64 phase) {
  for (const CapturedSegment& s : segments) {
    if (!s.out) continue;
    if (s.has(TcpSyn) && !s.has(TcpRst)) c.wish.sequence = s.seq;
    if (s.options.stamps && !c.wish.timeStampOffset)
      c.wish.timeStampOffset = s.options.stamps->first - static_cast<u32>((phase + s.frame->time) / 1'000'000);
    // A SYN-ACK is sent by no socket yet and has none of its numbers.
    const bool ofSocket = !(s.has(TcpSyn | TcpAck)) && !s.has(TcpRst);
    if (ofSocket && !c.wish.identification) c.wish.identification = s.frame->headers.ipv4->id;
  }
}

// Nobody has seen how the windows are scaled; most hosts begin with about 64 KiB.
u8 likelyScale(u16 window) {
  u8 scale = 0;
  while (scale < 14 && u32(window) << (scale + 1) < 0x10400 && window) ++scale;
  return scale;
}

// What the SYNs say, as far as they are there.
void agreed(RelivedConnection& c, const std::vector<CapturedSegment>& syns) {
  for (const CapturedSegment& s : syns) {
    if (s.tcp().offset + s.tcp().length > s.frame->bytes.size()) continue;
    if (!s.out && s.options.mss) c.peerMss = *s.options.mss;
    if (s.has(TcpAck)) c.sack = s.options.sackPermitted;
    if (s.has(TcpAck) && !s.options.windowScale) c.ownScale = c.peerScale = 0;
    else if (s.options.windowScale) (s.out ? c.ownScale : c.peerScale) = s.options.windowShift();
  }
}

void adopt(RelivedConnection& c, const std::vector<CapturedSegment>& segments) {
  const CapturedSegment* sent = firstWith(segments, true, TcpAck, TcpRst);
  const CapturedSegment* got = firstWith(segments, false, TcpAck, TcpRst);
  const CapturedSegment& first = segments.front();
  c.sendNext = sent ? sent->seq : got ? got->tcp().acknowledgement : 0;
  c.receiveNext = !first.out ? first.seq : sent ? sent->tcp().acknowledgement : got ? got->seq : 0;
  if (sent && before(sent->tcp().acknowledgement, c.receiveNext)) c.receiveNext = sent->tcp().acknowledgement;
  c.peerWindow = got ? got->tcp().window : u16(65535);
  c.ownWindow = sent ? sent->tcp().window : u16(65535);
  c.peerScale = likelyScale(c.peerWindow);
  c.ownScale = likelyScale(c.ownWindow);
  for (const CapturedSegment& s : segments) {
    if (!s.options.sacks.empty() || s.options.stamps) c.sack = true;
    if (!s.options.stamps) continue;
    if (s.out && !c.stampAtStart)
      c.stampAtStart = s.options.stamps->first - static_cast<u32>(s.frame->time / 1'000'000);
    c.stamps = true;
  }
}

// When within a millisecond the host's clock steps on: each time stamp says that its step was not later than the frame.
s64 phaseOf(const std::vector<std::vector<CapturedSegment>>& all) {
  constexpr s64 Step = 1'000'000;
  const std::vector<CapturedSegment>* most = nullptr;
  const auto stamped = [](const std::vector<CapturedSegment>& segments) {
    return std::count_if(segments.begin(), segments.end(),
                         [](const CapturedSegment& s) { return s.out && s.options.stamps; });
  };
  for (const auto& segments : all)
    if (!most || stamped(segments) > stamped(*most)) most = &segments;
  if (!most || !stamped(*most)) return 0;
  std::optional<s64> phase;
  u32 base = 0;
  for (const CapturedSegment& s : *most) {
    if (!s.out || !s.options.stamps) continue;
    if (!phase) base = s.options.stamps->first;
    const s64 least = s64(static_cast<s32>(s.options.stamps->first - base)) * Step - s.frame->time;
    phase = phase ? std::max(*phase, least) : least;
  }
  constexpr s64 Call = 20'000; // ns that pass between a stamp and the frame's way to the wire, about
  const s64 least = (*phase % Step + Step) % Step;
  return std::min(least + Call, Step - 1'000);
}

// The connection is taken up behind its handshake. Gives that.
std::vector<CapturedSegment> leaveOutHandshake(RelivePlan& plan, RelivedConnection& c,
                                               std::vector<CapturedSegment>& segments) {
  std::vector<CapturedSegment> syns;
  std::ranges::copy_if(segments, std::back_inserter(syns), [](const CapturedSegment& s) { return s.has(TcpSyn); });
  std::erase_if(segments, [](const CapturedSegment& s) { return s.has(TcpSyn); });
  for (const CapturedSegment& s : syns) {
    HostFrame& f = plan.frames[s.frame->number];
    f.way = Way::Others;
    f.leftOut = LeftOut::Handshake;
    c.handshake.push_back(f.number);
  }
  std::erase_if(c.frames, [&](u32 n) { return plan.frames[n].leftOut == LeftOut::Handshake; });
  c.firstFrame = c.frames.front();
  ++plan.handshakes;
  return syns;
}

// Sorts the segments of a capture into connections. On lo both ends are the host's, and each has a connection of its own.
class Sorter {
public:
  explicit Sorter(RelivePlan& plan) : m_plan(plan) {
    plan.connectionOf.assign(plan.frames.size(), -1);
    plan.receiverOf = plan.connectionOf;
  }
  void take(const HostFrame& f) {
    const FlowEnds ends = endsOf(f);
    const s32 own = static_cast<s32>(add(f, ends));
    m_plan.connectionOf[f.number] = own;
    if (m_plan.capture.host.loopback) m_plan.receiverOf[f.number] = static_cast<s32>(add(f, ends.seenFromThere()));
    else if (f.way == Way::In) m_plan.receiverOf[f.number] = own;
  }
  std::vector<std::vector<CapturedSegment>> segments; // by connection

private:
  u32 add(const HostFrame& f, const FlowEnds& ends) {
    const CapturedSegment s = segmentOf(f, ends);
    auto known = m_current.find(ends);
    if (known == m_current.end() || beginsAnew(s, segments[known->second])) {
      known = m_current.insert_or_assign(ends, static_cast<u32>(segments.size())).first;
      segments.emplace_back();
      m_plan.connections.push_back({});
      m_plan.connections.back().ends = ends;
      m_plan.connections.back().firstFrame = f.number;
    }
    RelivedConnection& c = m_plan.connections[known->second];
    segments[known->second].push_back(s);
    c.frames.push_back(f.number);
    c.lastFrame = f.number;
    return known->second;
  }

  RelivePlan& m_plan;
  std::map<FlowEnds, u32> m_current;
};

} // namespace

std::vector<CapturedSegment> segmentsOf(const RelivePlan& plan, const RelivedConnection& connection) {
  std::vector<CapturedSegment> all;
  all.reserve(connection.frames.size());
  for (const u32 n : connection.frames) all.push_back(segmentOf(plan.frames[n], connection.ends));
  return all;
}

void planConnections(RelivePlan& plan) {
  Sorter sorter(plan);
  for (const HostFrame& f : plan.frames)
    if (f.way != Way::Others && f.headers.tcp && !f.headers.ipv4->isFragment()) sorter.take(f);
  std::vector<std::vector<CapturedSegment>>& segments = sorter.segments;
  plan.phase = phaseOf(segments);
  for (u32 i = 0; i < segments.size(); ++i) {
    RelivedConnection& c = plan.connections[i];
    const bool broken = handshakeIsBroken(segments[i]);
    const std::vector<CapturedSegment> syns = broken ? leaveOutHandshake(plan, c, segments[i]) : decltype(syns){};
    c.role = broken ? Role::Adopted : roleOf(segments[i]);
    wishFor(c, segments[i], plan.phase);
    if (!isOwn(plan, c.ends.local)) c.role = Role::Foreign;
    if (c.role == Role::Adopted) adopt(c, segments[i]);
    agreed(c, syns);
  }
}

static void tellAdopted(RelivePlan& plan) {
  const auto adopted = static_cast<u32>(std::ranges::count(plan.connections, Role::Adopted, &RelivedConnection::role));
  const std::string file = plan.capture.file.path();
  if (const u32 open = adopted - plan.handshakes)
    plan.capture.notices.push_back(
        file + ": TCP connections that were open before it begins: " + std::to_string(open) +
        ". They are adopted where it first shows them; what their SYNs had agreed on, such as how windows are scaled, "
        "is guessed");
  if (plan.handshakes)
    plan.capture.notices.push_back(
        file +
        ": TCP connections whose handshake is not whole in it, or was TCP Fast Open's, which is not simulated: " +
        std::to_string(plan.handshakes) +
        ". They are adopted behind their handshake; what their SYNs had agreed on, such as how windows are scaled, is "
        "guessed where it is not there");
}

// What nobody knows of the data that passed.
static void tellZeros(RelivePlan& plan) {
  const bool cut = std::ranges::any_of(plan.frames, [](const HostFrame& f) {
    return f.way != Way::Others && f.headers.ipv4 && f.headers.wirePayloadLength > f.headers.payloadLength;
  });
  if (cut)
    plan.capture.notices.push_back(plan.capture.file.path() +
                                   ": of the data that was cut off only the length is known; programs send and get "
                                   "zeros in its place");
  if (plan.unseen)
    plan.capture.notices.push_back(plan.capture.file.path() +
                                   ": bytes that were acknowledged, but are in no frame of it: " +
                                   std::to_string(plan.unseen) + ". Zeros stand for them");
}

RelivePlan relivePlan(CapturePlan capture) {
  RelivePlan plan{std::move(capture), {}, {}, {}, {}, {}, {}, {}};
  plan.frames = hostFrames(plan.capture);
  leaveOutCopies(plan);
  planConnections(plan);
  tellAdopted(plan);
  planSettings(plan);
  for (u32 i = 0; i < plan.connections.size(); ++i) {
    planTcp(plan, i);
    plan.unseen += planMissed(plan, i);
  }
  tellZeros(plan);
  planDatagrams(plan);
  return plan;
}

} // namespace sockwalk::scenario
