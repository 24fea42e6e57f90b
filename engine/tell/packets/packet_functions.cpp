#include "engine/tell/packets/packet_functions.h"
#include "engine/journal/queries.h"
#include <algorithm>

namespace sockwalk::tell {

bool PacketFunctions::update(const Journal& j, const PacketList& list, EventIndex events) {
  const BufferLives& lives = list.lives();
  m_calls.resize(lives.all().size());
  const EventIndex end = std::min(j.size(), list.seen());
  for (; m_seen < end && events; ++m_seen, --events) {
    const Event& e = j[m_seen];
    if (e.type != EventType::Call) continue;
    const u64 buffer = bufferOf(j, e);
    const int life = buffer ? lives.at(buffer, m_seen) : -1;
    if (life < 0) continue;
    m_calls[size_t(life)].push_back({m_seen, e.b});
  }
  return m_seen >= end;
}

void PacketFunctions::add(int life, EventIndex from, EventIndex to, std::vector<u16>& out) const {
  if (size_t(life) >= m_calls.size()) return;
  for (const Call& call : m_calls[size_t(life)])
    if (call.event >= from && call.event <= to) out.push_back(call.function);
}

void PacketFunctions::addDescendants(const BufferLives& lives, int life, std::vector<u16>& out) const {
  for (std::vector<int> todo = lives.childrenOf(life); !todo.empty();) {
    const int child = todo.back();
    todo.pop_back();
    add(child, 0, NoEvent, out);
    const auto more = lives.childrenOf(child);
    todo.insert(todo.end(), more.begin(), more.end());
  }
}

void PacketFunctions::of(const PacketList& list, int packet, std::vector<u16>& out) const {
  const int life = list.lifeOf(packet);
  if (life < 0) return;
  const BufferLives& lives = list.lives();
  add(life, 0, NoEvent, out);
  if (list.cameIn(packet)) return addDescendants(lives, life, out);
  for (int child = life; lives.life(child).from >= 0; child = lives.life(child).from) {
    const int older = lives.life(child).sibling;
    add(lives.life(child).from, older < 0 ? 0 : lives.life(older).born, lives.life(child).born, out);
  }
}

} // namespace sockwalk::tell
