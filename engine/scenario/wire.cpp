#include "engine/scenario/wire.h"
#include "engine/kernel/drivers/net/wire.h"
#include "engine/memory/constants/netdevice.h"
#include "engine/scenario/frame_builder.h"
#include <utility>

namespace sockwalk::scenario {

namespace {
constexpr int MostRounds = 1000;    // of question and answer in one settling
constexpr size_t MostKept = 100000; // frames that no script looked at

// A TCP segment without its data, in place behind it.
Bytes emptied(ByteView frame) {
  Bytes b(frame.begin(), frame.end());
  const size_t ip = 14, tcp = ip + (b[ip] & 15) * 4u, data = tcp + (b[tcp + 12] >> 4) * 4u;
  const u32 seq = loadBe32(b, tcp + 4) + static_cast<u32>(b.size() - data);
  b.resize(data);
  for (size_t i = 0; i < 4; ++i) b[tcp + 4 + i] = static_cast<u8>(seq >> (24 - 8 * i));
  const size_t length = b.size() - ip;
  b[ip + 2] = static_cast<u8>(length >> 8), b[ip + 3] = static_cast<u8>(length);
  return b;
}
} // namespace

Wire::Wire(kernel::Machine& machine) : m_machine(machine), m_ethernet(!machine.options().tun) {
  machine.onTransmit = [this](u32, const u8* bytes, u32 size) {
    Sent sent{m_machine.now(), Bytes(bytes, bytes + size)};
    if (onSent) onSent(sent.bytes);
    if (m_machine.options().recording) count(sent.bytes);
    if (m_peer && !answersAtOnce(sent.bytes)) m_toPeer.push_back(sent);
    if (m_keep && m_sent.size() < MostKept) m_sent.push_back(std::move(sent));
  };
}

// What a host answers by itself was there before the sender went on, on the recorded machine: the interrupt came while the
// call still held the socket, and the poll took so long that the server's answers came in with it.
bool Wire::answersAtOnce(ByteView frame) {
  const kernel::RecordedMachine& recorded = m_machine.options().recorded;
  if (!recorded.answerTakes || !Peer::answersAtOnce(frame)) return false;
  m_burst.emplace_back(frame.begin(), frame.end());
  if (kernel::moreFramesFollow()) return true;
  const bool opening = m_burst.front().size() > 47 && (m_burst.front()[47] & tcpflag::Syn);
  const std::vector<Bytes> answers = answersToBurst();
  if (answers.empty()) return kernel::deliverBurst(Eth0, {}), true;
  const s64 time = opening && std::exchange(m_opened, true) ? recorded.openingAnswerTakes : recorded.answerTakes;
  Recorder& recorder = m_machine.recorder();
  const auto now = m_machine.journal().contexts().back();
  recorder.context(now.kind, now.task, now.name, m_machine.now() + time, recorder.openCall());
  kernel::deliverBurst(Eth0, answers);
  return true;
}

std::vector<Bytes> Wire::answersToBurst() {
  const std::vector<Bytes> burst = std::move(m_burst);
  m_burst.clear();
  std::vector<Bytes> answers;
  const auto heard = [&](ByteView frame) {
    for (Bytes& a : m_peer->answer(frame)) answers.push_back(std::move(a));
  };
  for (const Bytes& frame : burst) heard(frame);
  const bool oneMore = m_machine.options().recorded.emptySegmentAfterBurst;
  if (oneMore && burst.size() > 1 && burst.front().size() == burst.back().size()) heard(emptied(burst.back()));
  for (Bytes& a : m_peer->serve()) answers.push_back(std::move(a));
  return answers;
}

void Wire::count(ByteView frame) {
  const FrameHeaders h = parseHeaders(frame);
  if (h.ipv4 && h.tcp) m_numbers.relative(*h.ipv4, *h.tcp);
}

std::string Wire::counted(const std::vector<Bytes>& frames) {
  std::string first = summarize(frames.front(), static_cast<u32>(frames.front().size()), &m_numbers).info;
  for (size_t i = 1; i < frames.size(); ++i) count(frames[i]);
  return first;
}

u32 Wire::inject(const std::vector<Bytes>& frames, std::string caseName) {
  const Bytes& first = frames.front();
  const std::string info = m_machine.options().recording ? counted(frames) : ""; // else nobody will read of it
  const std::string what = m_ethernet ? "frame on eth0" : "packet on tun0";
  if (frames.size() == 1) {
    std::string text = what + ", " + std::to_string(first.size()) + " bytes: " + info;
    kernel::receiveFrame(m_machine, Eth0, first, std::move(text), std::move(caseName));
  } else {
    std::string text =
        std::to_string(frames.size()) + (m_ethernet ? " frames on eth0" : " packets on tun0") + ", the first: " + info;
    kernel::receiveBurst(m_machine, Eth0, frames, std::move(text), std::move(caseName));
  }
  // Timers do not fire in between, so the stimulus is the last.
  return static_cast<u32>(m_machine.journal().stimuli().size()) - 1;
}

ByteView Wire::ipv4(ByteView sent) const {
  if (!m_ethernet) return !sent.empty() && sent[0] >> 4 == 4 ? sent : ByteView();
  return sent.size() >= 34 && loadBe16(sent, 12) == kernel::ETH_P_IP ? sent.subspan(14) : ByteView();
}

std::string Wire::summary(ByteView sent) const { return summarize(sent, static_cast<u32>(sent.size())).info; }

std::vector<Bytes> Wire::answersTo(ByteView frame) {
  std::vector<Bytes> answers = m_peer->answer(frame);
  if (Peer::answersAtOnce(frame)) // TCP: what its servers have to say goes along
    for (Bytes& a : m_peer->serve()) answers.push_back(std::move(a));
  return answers;
}

void Wire::settle() {
  for (int round = 0; !m_toPeer.empty() && round < MostRounds; ++round) {
    const Sent sent = std::move(m_toPeer.front());
    m_toPeer.pop_front();
    const std::vector<Bytes> answers = answersTo(sent.bytes);
    if (answers.empty()) continue;
    m_machine.runUntil(sent.time + RoundTrip);
    inject(answers);
  }
}

} // namespace sockwalk::scenario
