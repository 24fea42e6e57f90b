#include "engine/scenario/relive_player.h"
#include "engine/scenario/capture_frames.h"
#include "engine/scenario/capture_loopback.h"
#include "engine/scenario/commands.h"
#include "engine/scenario/play_error.h"

namespace sockwalk::scenario {

namespace {
constexpr size_t MostTold = 20;              // of what could not be done
constexpr s64 Millisecond = 1'000'000;       // ns
constexpr s64 Afterwards = 10 * Millisecond; // that timers have which were due when the file ends
} // namespace

RelivePlayer::RelivePlayer(RelivePlan plan, Stage& stage, UdpReaders::Received received)
    : m_relived{std::move(plan), 0, 0, {}, {}}, m_stage(stage), m_connections(m_relived, stage),
      m_datagrams(m_relived, stage, std::move(received)) {
  m_relived.stimulusOf.assign(m_relived.plan.frames.size(), Relived::NoStimulus);
  for (const std::string& w : m_relived.plan.capture.file.warnings()) stage.notices.push_back(w);
  for (const std::string& n : m_relived.plan.capture.notices) stage.notices.push_back(n);
  if (const std::string left = loopbackLeftOut(m_relived.plan.capture); !left.empty()) stage.notices.push_back(left);
  m_name = stemOf(m_relived.plan.capture.file.path());
  stage.machine.setMaxOpenFiles(1 << 16);
}

void RelivePlayer::next() {
  if (m_stage.machine.panicked()) return stop("the kernel has stopped: " + m_stage.machine.panicText());
  const size_t step = m_step++;
  const std::vector<HostFrame>& frames = m_relived.plan.frames;
  if (step == 0) return begin();
  if (step <= frames.size()) return play(frames[step - 1]);
  advanceTo(m_relived.start + frames.back().time + Afterwards);
  const std::vector<std::string>& missed = m_relived.missed;
  for (size_t i = 0; i < missed.size() && i < MostTold; ++i) m_stage.notices.push_back(missed[i]);
  if (missed.size() > MostTold)
    m_stage.notices.push_back("and " + std::to_string(missed.size() - MostTold) + " more that could not be done");
}

void RelivePlayer::stop(const std::string& why) {
  m_stage.failures.push_back(
      {m_relived.plan.capture.file.path() + ": frame " + std::to_string(m_step) + ": " + why, m_stage.lastStimulus()});
  m_step = m_relived.plan.frames.size() + 2;
}

// What was so before the file begins. Its time begins where a step of the host's time stamps falls as it did there.
void RelivePlayer::begin() {
  for (const Act& act : m_relived.plan.before) perform(act, 0);
  m_datagrams.begin();
  const s64 now = m_stage.machine.now(), step = now - now % Millisecond + Millisecond;
  m_relived.start = step + m_relived.plan.phase;
  for (RelivedConnection& c : m_relived.plan.connections)
    if (c.wish.timeStampOffset) *c.wish.timeStampOffset -= static_cast<u32>(step / Millisecond);
  m_stage.machine.wishes.identifications = m_relived.plan.identifications;
  advanceTo(m_relived.start);
  m_relived.firstEvent = m_stage.machine.journal().size();
}

void RelivePlayer::play(const HostFrame& frame) {
  const auto acts = m_relived.plan.acts.find(frame.number);
  if (frame.way == Way::Others && acts == m_relived.plan.acts.end()) return;
  advanceTo(m_relived.start + frame.time);
  const u32 first = m_stage.lastStimulus() + 1;
  if (acts != m_relived.plan.acts.end())
    for (const Act& act : acts->second) perform(act, frame.number);
  if (frame.way == Way::In) arrive(frame);
  else if (m_relived.plan.capture.host.loopback) passed(frame, first);
}

// On lo what one end sends has arrived at the other when the call returns.
void RelivePlayer::passed(const HostFrame& frame, u32 first) {
  m_connections.arrived(frame.number);
  m_datagrams.arrived(frame);
  if (m_stage.machine.options().recording && m_stage.lastStimulus() >= first)
    m_stage.cases.push_back({m_name + "_frame_" + std::to_string(frame.number + 1), first, m_stage.lastStimulus() + 1});
}

void RelivePlayer::arrive(const HostFrame& frame) {
  const std::vector<Bytes> frames = arrivalsOf(m_relived.plan.capture.file.frame(frame.number));
  if (frames.empty()) return;
  m_connections.arriving(frame);
  const u32 first = m_stage.wire.inject(frames);
  m_relived.stimulusOf[frame.number] = first;
  m_connections.arrived(frame.number);
  m_datagrams.arrived(frame);
  m_stage.wire.sent().clear();
  if (m_stage.machine.options().recording)
    m_stage.cases.push_back({m_name + "_frame_" + std::to_string(frame.number + 1), first, m_stage.lastStimulus() + 1});
}

// A segment of which only the headers are known: its data is zeros, cut as the connection's segments are.
void RelivePlayer::arriveUnseen(const Act& act, u32 frame) {
  const RelivedConnection& c = m_relived.plan.connections[act.flow];
  const FrameHeaders h = parseHeaders(act.bytes);
  if (!h.ipv4) return;
  const size_t length = h.ipv4->offset + h.ipv4->totalLength;
  CapturedFrame made{};
  made.bytes = act.bytes;
  made.originalLength = static_cast<u32>(length);
  made.facts.partialChecksum = true;
  made.facts.segmentSize = length > act.bytes.size() ? c.segment : u16(0);
  m_stage.wire.inject(arrivalsOf(made));
  m_connections.arrived(frame);
  m_connections.wake(act.flow);
  m_stage.wire.sent().clear();
}

void RelivePlayer::perform(const Act& act, u32 frame) {
  try {
    if (act.kind == Act::Command) runCommand(act.text, m_stage);
    else if (act.kind == Act::Arrive) arriveUnseen(act, frame);
    else if (act.kind == Act::Datagram || act.kind == Act::Echo) m_datagrams.send(act);
    else m_connections.perform(act);
  } catch (const PlayError& e) {
    m_relived.missed.push_back("frame " + std::to_string(frame + 1) + ": " + e.what);
  }
}

void RelivePlayer::advanceTo(s64 time) {
  m_stage.advanceTo(time, [this] { m_datagrams.collect(); });
}

} // namespace sockwalk::scenario
