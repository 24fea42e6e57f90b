#include "engine/tell/happenings/details.h"
#include <algorithm>
#include <stdexcept>

namespace sockwalk::tell {

static constexpr std::string_view Wanted[] = {"task.sleeps",  "task.waits", "task.waits_for_room", "poll.sleeps",
                                              "epoll.sleeps", "task.woken", "tcp.state",           "tcp.ca_state"};

static std::vector<bool> wanted() {
  const auto& notes = Symbols::get().notes();
  std::vector<bool> out(notes.size(), false);
  for (const std::string_view name : Wanted) {
    const auto note = std::ranges::find(notes, name, [](const NoteInfo* n) { return n->name; });
    if (note == notes.end()) throw std::logic_error("no note of the kernel: " + std::string(name));
    out[(*note)->id] = true;
  }
  return out;
}

void Details::update(const Journal& journal, EventIndex until) {
  if (m_wanted.empty()) m_wanted = wanted();
  for (const EventIndex end = std::min(until, journal.size()); m_seen < end; ++m_seen)
    if (const Event& e = journal[m_seen]; e.type == EventType::Note && m_wanted[e.b]) m_events.push_back(m_seen);
}

} // namespace sockwalk::tell
