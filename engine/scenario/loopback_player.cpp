#include "engine/scenario/loopback_player.h"
#include "engine/scenario/capture_loopback.h"
#include "engine/scenario/play_error.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {
constexpr size_t LongestDatagram = 65535;
} // namespace

LoopbackPlayer::LoopbackPlayer(CapturePlan plan, Stage& stage, UdpReaders::Received received)
    : m_plan(std::move(plan)), m_stage(stage), m_name(stemOf(m_plan.file.path())),
      m_readers(stage, m_plan.file.path(), std::move(received)), m_tcp(stage), m_ends(loopbackEnds(m_plan)),
      m_frames(hostFrames(m_plan)) {
  for (const std::string& w : m_plan.file.warnings()) stage.notices.push_back(w);
  for (const std::string& n : m_plan.notices) stage.notices.push_back(n);
  if (const std::string left = loopbackLeftOut(m_plan); !left.empty()) stage.notices.push_back(left);
  if (m_ends.size() <= UdpReaders::Most) return;
  stage.notices.push_back(m_plan.file.path() + ": the host has " + std::to_string(m_ends.size()) +
                          " UDP ports in it; a program is bound to the first " + std::to_string(UdpReaders::Most));
  m_ends.resize(UdpReaders::Most);
}

double LoopbackPlayer::progress() const {
  return double(m_nextEnd + m_nextFrame) / double(std::max<size_t>(1, m_ends.size() + m_frames.size()));
}

void LoopbackPlayer::next() {
  if (m_stage.machine.panicked()) {
    m_stage.failures.push_back({m_plan.file.path() + ": frame " + std::to_string(m_nextFrame) +
                                    ": the kernel has stopped: " + m_stage.machine.panicText(),
                                m_stage.lastStimulus()});
    m_nextEnd = m_ends.size();
    m_nextFrame = m_frames.size();
    return;
  }
  if (m_nextEnd < m_ends.size()) return m_readers.start(m_ends[m_nextEnd++]);
  if (m_nextFrame == 0) {
    m_tcp.listen(m_plan);
    m_start = m_stage.machine.now();
  }
  while (m_nextFrame < m_frames.size()) {
    const HostFrame& frame = m_frames[m_nextFrame++];
    if (frame.way != Way::In) continue;
    m_stage.advanceTo(m_start + frame.time, [this] { m_readers.collect(); });
    const u32 first = m_stage.lastStimulus() + 1;
    if (!send(frame)) continue;
    if (m_stage.machine.options().recording)
      m_stage.cases.push_back({m_name + "_frame_" + std::to_string(m_nextFrame), first, m_stage.lastStimulus() + 1});
    return;
  }
}

// What one end of a loopback exchange was captured sending.
bool LoopbackPlayer::send(const HostFrame& frame) {
  const auto datagram = loopbackDatagram(m_plan.file.frame(frame.number), m_plan.options.address);
  if (!datagram) return m_tcp.play(frame);
  const UdpReaders::Reader* reader = m_readers.at(datagram->from);
  if (!reader) return false;
  auto sender = m_senders.find(reader->program.task());
  if (sender == m_senders.end()) {
    try {
      const Program thread(m_stage, "port " + std::to_string(reader->bound.port) + " sends", reader->program.task());
      sender = m_senders.try_emplace(reader->program.task(), thread).first;
    } catch (const PlayError&) {
      return false;
    }
  }
  std::vector<u8> data(datagram->payload.begin(), datagram->payload.end());
  data.resize(std::min(datagram->size, LongestDatagram));
  sender->second.sendTo(reader->fd, data, datagram->to);
  m_readers.collect();
  return true;
}

} // namespace sockwalk::scenario
