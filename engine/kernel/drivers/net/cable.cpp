#include "engine/kernel/drivers/net/cable.h"
#include "engine/kernel/drivers/net/wire.h"
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/net/tcp.h"
#include <algorithm>

namespace sockwalk::kernel {

static constexpr u32 TimerIds = 0x100; // below any object's address: the cable is not in the machine's memory

Cable::Cable(Machine& machine, u32 oneEnd, u32 otherEnd, CableConditions conditions)
    : m_machine(machine), m_ends{oneEnd, otherEnd} {
  set(conditions);
  machine.cables[oneEnd] = machine.cables[otherEnd] = this;
  machine.onTransmit = [this, before = std::move(machine.onTransmit)](u32 ifindex, const u8* bytes, u32 size) {
    if (ifindex == m_ends[0] || ifindex == m_ends[1]) transmit(ifindex, {bytes, size});
    if (before) before(ifindex, bytes, size);
  };
}

void Cable::set(const CableConditions& conditions) {
  m_conditions = conditions;
  m_chance = conditions.seed * 0x9e3779b97f4a7c15ull + 1;
}

bool Cable::happens(u32 inAMillion) { // xorshift64*; drawn only if it can happen, so that each setting stands alone
  if (!inAMillion) return false;
  m_chance ^= m_chance >> 12;
  m_chance ^= m_chance << 25;
  m_chance ^= m_chance >> 27;
  return (m_chance * 0x2545f4914f6cdd1dull >> 33) % 1'000'000 < inAMillion;
}

// When the frame's last bit has left: a card sends one frame after the other.
s64 Cable::serialized(u32 from, u32 size) {
  const s64 now = m_machine.now();
  if (!m_conditions.bitsPerSecond) return now;
  constexpr u64 Overhead = 24; // preamble, checksum, gap
  const s64 takes = static_cast<s64>((u64(size) + Overhead) * 8 * 1'000'000'000 / m_conditions.bitsPerSecond);
  s64& free = m_free[from];
  return free = std::max(free, now) + takes;
}

void Cable::transmit(u32 from, std::span<const u8> frame) {
  const u32 to = m_ends[m_ends[0] == from ? 1 : 0];
  ++m_counts.sent;
  s64 arrival = serialized(from, static_cast<u32>(frame.size())) + m_conditions.delay;
  if (happens(m_conditions.loss)) {
    ++m_counts.lost;
    NOTE("cable.lost", frame.size());
    return;
  }
  if (happens(m_conditions.reorder)) {
    ++m_counts.reordered;
    NOTE("cable.held_back", frame.size(), m_conditions.heldBack);
    arrival += m_conditions.heldBack;
  }
  travel(to, frame, arrival);
  if (!happens(m_conditions.duplicate)) return;
  ++m_counts.duplicated;
  NOTE("cable.doubled", frame.size());
  travel(to, frame, arrival);
}

void Cable::travel(u32 to, std::span<const u8> frame, s64 arrival) {
  m_underway[to].emplace(std::make_pair(arrival, m_serial++), Frame(frame.begin(), frame.end()));
  arm(to);
}

// The timer knows the card at whose end the frames arrive.
static void framesArrive(const void* card) {
  const u32 ifindex = static_cast<u32>(static_cast<const net_device*>(card)->ifindex);
  machine().cables.at(ifindex)->arrive(ifindex);
}

void Cable::arm(u32 to) {
  const auto& underway = m_underway[to];
  const u32 id = TimerIds + to;
  if (underway.empty() || !deviceAt(to)) return;
  const s64 first = underway.begin()->first.first + m_conditions.gather;
  if (m_machine.timerArmed(id)) m_machine.cancelTimer(id);
  m_machine.armTimer(id, first, {fn<framesArrive>, deviceAt(to)}, "frames arrive");
}

// All that has come by now is in the receiver's ring before the card interrupts.
void Cable::arrive(u32 to) {
  std::vector<Frame> frames;
  auto& underway = m_underway[to];
  while (!underway.empty() && underway.begin()->first.first <= m_machine.now()) {
    frames.push_back(std::move(underway.begin()->second));
    underway.erase(underway.begin());
  }
  m_counts.delivered += frames.size();
  deliverBurst(to, frames);
  arm(to);
}

} // namespace sockwalk::kernel
