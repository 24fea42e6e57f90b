#include "engine/scenario/script_arrivals.h"
#include "engine/memory/constants/netdevice.h"

namespace sockwalk::scenario {

Bytes ScriptArrivals::bytesOf(const Packet& packet) {
  TcpFlow* flow = m_context.connections.current();
  if (auto* tcp = std::get_if<TcpPacket>(&packet.body)) flow = &m_context.connections.forInbound(*tcp);
  const Ends& ends = m_context.ends;
  Bytes ip = packetOf(packet, ends, flow);
  if (!m_context.stage.wire.ethernet()) return ip;
  return ethernetFrame(ends.localMac, ends.remoteMac, kernel::ETH_P_IP, ip);
}

size_t ScriptArrivals::packet(const Event& event, const Packet& packet, std::span<const Event> later) {
  return arrive(event, bytesOf(packet), later);
}

size_t ScriptArrivals::frame(const Event& event, const Frame& frame, std::span<const Event> later) {
  return arrive(event, frame.bytes, later);
}

size_t ScriptArrivals::arrive(const Event& event, Bytes first, std::span<const Event> later) {
  std::vector<Bytes> frames{std::move(first)};
  if (m_context.stage.wire.ethernet()) {
    for (const Event& more : later) {
      const bool same = more.time.kind == TimeKind::Relative && more.time.from == 0;
      const auto* packet = std::get_if<Packet>(&more.action);
      const auto* frame = std::get_if<Frame>(&more.action);
      if (same && packet && packet->direction == Direction::Inbound) frames.push_back(bytesOf(*packet));
      else if (same && frame && frame->direction == Direction::Inbound) frames.push_back(frame->bytes);
      else break;
    }
  }
  const s64 scheduled = m_clock.dueAt(event.time);
  m_clock.advanceTo(scheduled);
  if (!m_cases.takesAlong()) m_cases.close(); // else it answers the call that was recorded
  const u32 stimulus = m_context.stage.wire.inject(frames, m_cases.named());
  m_cases.openFor(0, stimulus);
  m_clock.onPassed();
  m_clock.eventOverAfter(scheduled);
  return frames.size() - 1;
}

} // namespace sockwalk::scenario
