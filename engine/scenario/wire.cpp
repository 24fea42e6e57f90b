#include "engine/scenario/wire.h"
#include "engine/feed/summary.h"
#if __has_include("engine/kernel/drivers/net/wire.h")
#include "engine/kernel/drivers/net/wire.h"
#else
namespace sockwalk::kernel { static void receiveFrame(const u8*, u32) {} }
#endif

namespace sockwalk::scenario {

namespace {
constexpr int MostRounds = 1000;      // of question and answer in one settling
constexpr size_t MostKept = 100000;   // frames that no script looked at
}

Wire::Wire(kernel::Machine& machine) : m_machine(machine) {
  machine.onTransmit = [this](u32, const u8* bytes, u32 size) {
    Sent sent{m_machine.now(), Bytes(bytes, bytes + size)};
    if (onSent) onSent(sent.bytes);
    if (m_peer) m_toPeer.push_back(sent);
    if (m_keep && m_sent.size() < MostKept) m_sent.push_back(std::move(sent));
  };
}

u32 Wire::inject(ByteView frame, std::string caseName) {
  const FrameSummary summary = summarize(frame, static_cast<u32>(frame.size()));
  std::string text = "frame on eth0, " + std::to_string(frame.size()) + " bytes: " + summary.info;
  return m_machine.interrupt(
      std::move(text), [frame] { kernel::receiveFrame(frame.data(), static_cast<u32>(frame.size())); },
      std::move(caseName));
}

void Wire::settle() {
  for (int round = 0; !m_toPeer.empty() && round < MostRounds; ++round) {
    const Sent sent = std::move(m_toPeer.front());
    m_toPeer.pop_front();
    for (const Bytes& answer : m_peer->answer(sent.bytes)) {
      m_machine.runUntil(sent.time + RoundTrip);
      inject(answer);
    }
  }
}

} // namespace sockwalk::scenario
