#include "engine/tell/live_objects.h"
#include "engine/journal/reflection.h"
#include "engine/tell/fields.h"

namespace sockwalk::tell {

// For each type whether its objects are sockets: those that begin with a struct sock.
static std::vector<char> socketTypes() {
  std::vector<char> out;
  for (const LayoutInfo& layout : layouts()) out.push_back(beginsWith(layout, "sock"));
  return out;
}

void LiveObjects::reset(const Journal* journal) {
  *this = {};
  m_journal = journal;
  update();
}

void LiveObjects::update() {
  if (!m_journal) return;
  static const TypeId task = typeNamed("task_struct"), net = typeNamed("net"), task26 = typeNamed("2.6/task_struct");
  static const std::vector<char> sockets = socketTypes();
  const auto& all = m_journal->allocations();
  for (; m_done < all.size(); ++m_done) {
    const u16 type = all[m_done].type;
    if (type == task) m_tasks.push_back(u32(m_done));
    if (type == task26) m_tasks26.push_back(u32(m_done));
    if (type == net) m_nets.push_back(u32(m_done));
    if (type < sockets.size() && sockets[type]) m_sockets.push_back(u32(m_done));
  }
}

std::vector<u64> LiveObjects::alive(const std::vector<u32>& allocations, EventIndex position) const {
  std::vector<u64> out;
  for (u32 index : allocations) {
    const Allocation& a = m_journal->allocations()[index];
    if (a.born >= position) break;
    if (a.died >= position) out.push_back(Arena::addressOf(a.offset));
  }
  return out;
}

std::vector<u64> LiveObjects::namespaces(EventIndex position) const {
  std::vector<u64> out = alive(m_nets, position);
  if (const DataSymbol* first = Symbols::get().dataNamed("init_net"))
    out.insert(out.begin(), Arena::addressOf(first->offset));
  return out;
}

} // namespace sockwalk::tell
