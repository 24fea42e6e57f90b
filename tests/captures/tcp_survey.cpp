#include "tests/captures/tcp_survey.h"
#include "engine/memory/constants/inet.h"
#include "engine/scenario/capture_player.h"
#include "engine/scenario/played_session.h"
#include "engine/scenario/relived.h"
#include "engine/tell/packets/packet_list.h"
#include "engine/tell/relive/relive.h"
#include "engine/tell/values.h"
#include <algorithm>

namespace sockwalk::testing {

using namespace scenario;
using tell::PacketFate;

namespace {

constexpr std::string_view Reason = "SKB_DROP_REASON_";

std::string reasonOf(const PacketFate& fate) {
  const std::string name = tell::dropReason(fate.reason);
  return name.starts_with(Reason) ? name.substr(Reason.size()) : name;
}

// A relived session that has run out, and what is asked of it.
class Survey {
public:
  Survey(const PlayedSession& session, TcpSurvey& told)
      : m_journal(session.journal()), m_relived(*session.relived()), m_told(told) {
    m_packets.update(m_journal);
  }
  void take();

private:
  struct Connection {
    u32 resets = 0, ours = 0; // that the captured host sent, and that our kernel did
    bool complete = false;
  };
  void sortConnections();
  void arrivals();
  void judge(u32 frame, const std::vector<int>& packets);
  void resets();
  bool sentTo(const RelivedConnection& c, u32 frame) const {
    const FrameHeaders& h = m_relived.plan.frames[frame].headers;
    return h.ipv4->destination == c.ends.local && h.tcp->destination == c.ends.localPort;
  }
  // Nobody answers one, so the file does not tell whether the host had a socket for it.
  bool isReset(u32 frame) const { return m_relived.plan.frames[frame].headers.tcp->flags & TcpRst; }
  bool withTcp(EventIndex event) const;
  bool reached(const PacketFate& fate) const;
  std::string fateOf(const PacketFate& fate) const;
  void wrong(u32 frame, const std::string& what) {
    m_told.wrong.push_back("frame " + std::to_string(frame + 1) + ": " + what);
  }

  const Journal& m_journal;
  const Relived& m_relived;
  TcpSurvey& m_told;
  tell::PacketList m_packets;
  std::vector<Connection> m_connections;
};

void Survey::sortConnections() {
  for (const RelivedConnection& c : m_relived.plan.connections) {
    Connection& mine = m_connections.emplace_back();
    bool in = false, out = false, ends = false;
    for (const CapturedSegment& s : segmentsOf(m_relived.plan, c)) {
      if (s.has(TcpSyn)) (s.out ? out : in) = true;
      ends |= s.has(TcpFin) || s.has(TcpRst);
      mine.resets += s.out && s.has(TcpRst);
    }
    for (const u32 n : c.handshake) (sentTo(c, n) ? in : out) = true;
    mine.complete = in && out && ends;
    for (const u32 n : c.handshake)
      if (mine.complete && sentTo(c, n)) ++m_told.segments, ++m_told.fates["not played"];
    ++m_told.connections;
    m_told.complete += mine.complete;
  }
}

bool Survey::withTcp(EventIndex event) const {
  for (EventIndex c = m_journal.callAround(event); c != NoEvent; c = m_journal.callerOf(c))
    if (m_journal.function(m_journal[c]).name == std::string_view("tcp_v4_rcv")) return true;
  return false;
}

// A socket has it, or looked at it and let it go for reasons of TCP. Where tcp_v4_rcv() finds no socket, it says so; a
// reason that is not specified is that of a socket which had closed or had only been asked for.
bool Survey::reached(const PacketFate& fate) const {
  if (tell::wentInto(fate.kind) && fate.packet >= 0 && fate.kind != PacketFate::Joined)
    return reached(m_packets.fate(fate.packet));
  const bool took =
      fate.kind == PacketFate::Handled || fate.kind == PacketFate::Delivered || fate.kind == PacketFate::Joined;
  const std::string reason = reasonOf(fate);
  return took || (fate.kind == PacketFate::Dropped && reason != "TCP_CSUM" &&
                  (reason.starts_with("TCP_") || (reason == "NOT_SPECIFIED" && withTcp(fate.event))));
}

std::string Survey::fateOf(const PacketFate& fate) const {
  return std::string(tell::fateName(fate.kind)) + (fate.kind == PacketFate::Dropped ? " " + reasonOf(fate) : "");
}

void Survey::judge(u32 frame, const std::vector<int>& packets) {
  const Connection& c = m_connections[size_t(m_relived.plan.connectionOf[frame])];
  std::string fate = packets.empty() ? "not played" : "";
  bool all = !packets.empty();
  for (const int p : packets) {
    const PacketFate its = m_packets.fate(p);
    if (fate.empty() || !reached(its)) fate = fateOf(its);
    all &= reached(its);
    if (its.kind != PacketFate::Dropped || reasonOf(its) != "NO_SOCKET" || c.resets || isReset(frame)) continue;
    ++m_told.noSocket;
    wrong(frame, "no socket, and the captured host did not say so");
  }
  if (!c.complete) return;
  ++m_told.segments;
  m_told.reached += all;
  ++m_told.fates[fate];
  if (!all) wrong(frame, fate);
}

// What each frame that arrived became: the packets of its stimulus.
void Survey::arrivals() {
  std::map<u32, std::vector<int>> byStimulus;
  const auto& stimuli = m_journal.stimuli();
  for (int p = 0; p < m_packets.size(); ++p) {
    if (!m_packets.cameIn(p)) continue;
    const auto after = std::ranges::upper_bound(stimuli, m_packets.eventOf(p), {}, &Stimulus::event);
    byStimulus[static_cast<u32>(after - stimuli.begin()) - 1].push_back(p);
  }
  for (const HostFrame& f : m_relived.plan.frames)
    if (f.way == Way::In && m_relived.plan.connectionOf[f.number] >= 0)
      judge(f.number, byStimulus[m_relived.stimulusOf[f.number]]);
}

void Survey::resets() {
  for (int p = 0; p < m_packets.size(); ++p) {
    const auto& e = m_journal[m_packets.eventOf(p)];
    HostFrame f{0, m_journal.timeAt(m_packets.eventOf(p)) - m_relived.start, Way::Out, m_journal.frame(e), {}};
    f.headers = parseHeaders(f.bytes);
    if (m_packets.cameIn(p) || !f.headers.tcp || !(f.headers.tcp->flags & TcpRst)) continue;
    const auto& all = m_relived.plan.connections;
    size_t i = all.size();
    while (i-- > 0)
      if (all[i].ends == endsOf(f) && m_relived.plan.frames[all[i].firstFrame].time <= f.time) break;
    if (i >= all.size() || ++m_connections[i].ours <= m_connections[i].resets) continue;
    ++m_told.resets;
    wrong(all[i].lastFrame,
          "a RST of ours in the connection that ends here, after " + std::to_string(f.time / 1'000'000) + " ms");
  }
}

void Survey::take() {
  sortConnections();
  arrivals();
  resets();
  m_told.missed += static_cast<u32>(m_relived.missed.size());
  for (const std::string& m : m_relived.missed) m_told.wrong.push_back("missed: " + m);
}

// The host that is proposed first; only those with TCP.
std::vector<std::string> hostsOf(const CaptureFile& file, size_t most) {
  const CaptureHosts all = findHosts(file);
  std::vector<std::string> names;
  const auto add = [&](const CaptureHost& host) {
    const bool talks = std::ranges::any_of(all.flows, [&](const CaptureFlow& f) {
      return f.protocol == kernel::IPPROTO_TCP && (f.client.mac == host.mac || f.server.mac == host.mac);
    });
    const std::string name = macText(host.mac);
    if (talks && names.size() < most && std::ranges::find(names, name) == names.end()) names.push_back(name);
  };
  if (all.proposed) add(all.hosts[*all.proposed]);
  for (const CaptureHost& host : all.hosts) add(host);
  return names;
}

TcpSurvey surveyAs(Result<CaptureFile> file, const std::string& host) {
  TcpSurvey told;
  told.host = host;
  auto plan = capturePlan(std::move(file), host);
  if (!plan) {
    told.error = plan.error().message;
    return told;
  }
  PlayedSession session(plan->options, {}, {});
  session.setPlayer(capturePlayer(std::move(*plan), session.stage(), {}));
  session.runAll();
  for (const Failure& f : session.failures()) told.error = f.message;
  if (session.relived()) Survey(session, told).take();
  if (const auto relived = tell::relivedCapture(session))
    told.different = relived->totals.different + relived->totals.extraDifferent;
  return told;
}

} // namespace

TcpSurvey& TcpSurvey::operator+=(const TcpSurvey& o) {
  connections += o.connections, complete += o.complete, segments += o.segments, reached += o.reached;
  resets += o.resets, noSocket += o.noSocket, missed += o.missed, different += o.different;
  for (const auto& [fate, count] : o.fates) fates[fate] += count;
  return *this;
}

std::vector<TcpSurvey> surveyTcp(const std::string& name, const std::string& bytes, std::size_t most) {
  const auto file = CaptureFile::read(name, bytes);
  if (!file) return {};
  std::vector<TcpSurvey> all;
  for (const std::string& host : hostsOf(*file, most)) all.push_back(surveyAs(CaptureFile::read(name, bytes), host));
  return all;
}

} // namespace sockwalk::testing
