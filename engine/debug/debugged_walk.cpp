#include "engine/debug/debugged_walk.h"
#include "engine/debug/machine_memory.h"
#include <algorithm>

namespace sockwalk::debug {

DebuggedWalk::DebuggedWalk(const Journal& journal, EventIndex position)
    : m_journal(journal), m_functions(Era::Linux61), m_at(journal), m_look(journal) {
  seek(position);
}

void DebuggedWalk::seek(EventIndex position) {
  m_at.seek(position);
  m_stack = stackAt(m_at, m_functions);
}

DebuggedWalk::Place DebuggedWalk::placeAt(EventIndex position) {
  m_look.seek(position);
  const CallStack stack = stackAt(m_look, m_functions);
  return {stack.innermost, stack.instruction};
}

// The function that runs when so many events have happened; nullptr: none.
const FunctionInfo* DebuggedWalk::functionAt(EventIndex position) const {
  if (!position) return nullptr;
  const Event& last = m_journal[position - 1];
  const EventIndex call =
      last.type == EventType::Return ? m_journal.callerOf(last.where) : m_journal.callAround(position - 1);
  return call == NoEvent ? nullptr : &m_journal.function(m_journal[call]);
}

// Only in a function that has a breakpoint is it worth while to ask for the line.
bool DebuggedWalk::breaksAt(EventIndex position) {
  const FunctionInfo* info = functionAt(position);
  if (!info) return m_breakpoints.contains(m_functions.outside()) && beginsAt(position);
  const Function& f = m_functions.of(*info);
  if (m_journal[position - 1].type == EventType::Call) return m_breakpoints.contains(f.entry);
  const auto inBody = m_breakpoints.lower_bound(f.body);
  if (inBody == m_breakpoints.end() || *inBody >= f.body + f.lines * Functions::LineSize) return false;
  return m_breakpoints.contains(placeAt(position).instruction) && beginsAt(position);
}

std::optional<u64> DebuggedWalk::watchedBy(EventIndex event) const {
  const Event& e = m_journal[event];
  if (m_watches.empty() || (e.type != EventType::Write && e.type != EventType::Fill)) return std::nullopt;
  const Journal::Change change = m_journal.change(e);
  const u64 from = Arena::addressOf(change.offset), to = from + change.size;
  for (const auto& [address, size] : m_watches)
    if (address < to && from < address + size) return std::max(address, from);
  return std::nullopt;
}

DebuggedWalk::Stop DebuggedWalk::step(bool forward) {
  EventIndex position = m_at.position();
  const EventIndex end = forward ? m_journal.size() : 0;
  if (position == end) return {forward ? Why::End : Why::Begin};
  do position += forward ? 1 : -1;
  while (position != end && !beginsAt(position));
  seek(position);
  return {Why::Stepped};
}

// Going back, a write is undone first: then one stands before it.
DebuggedWalk::Stop DebuggedWalk::run(bool forward) {
  EventIndex position = m_at.position();
  const EventIndex end = forward ? m_journal.size() : 0;
  while (position != end) {
    const EventIndex event = forward ? position : position - 1;
    position += forward ? 1 : -1;
    if (const auto written = watchedBy(event)) return seek(position), Stop{Why::Written, *written};
    if (!m_breakpoints.empty() && breaksAt(position)) return seek(position), Stop{Why::Breakpoint};
  }
  seek(position);
  return {forward ? Why::End : Why::Begin};
}

std::optional<std::string> DebuggedWalk::read(u64 address, u64 size) const {
  constexpr char NoOperation = '\x90';
  if (address >= m_functions.begin() && address < m_functions.end())
    return std::string(std::min(size, m_functions.end() - address), NoOperation);
  const u64 inside = address - m_stack.stack;
  if (address >= m_stack.stack && inside < m_stack.memory.size()) return m_stack.memory.substr(inside, size);
  return readMemory(m_at, address, size);
}

} // namespace sockwalk::debug
