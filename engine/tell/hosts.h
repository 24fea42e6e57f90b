// On which host the kernel works at an event. A walk may have several hosts in its one machine, a network namespace each
// (`ip netns add server`); then a task or a softirq says little without the name of the host. A task is on the host
// that it lives on; a softirq or an interrupt works for the host of the first device, buffer or socket that it is
// handed, and for another as soon as it polls that one's device or receives on it. A host without a name is called
// after its namespace, "init_net".
//
// Read once, front to back, as the journal grows. A machine with a single host costs next to nothing: its answer is "".
#pragma once
#include "engine/journal/playhead.h"
#include "engine/tell/text.h"
#include <memory>

namespace sockwalk::tell {

class Hosts {
public:
  void clear();
  void update(const Journal& journal); // takes in what was recorded since
  const std::string& of(EventIndex event) const;
  EventIndex size() const { return m_done; }

private:
  struct Span {
    EventIndex from;
    std::string host;
  };
  void context(const Context& context);
  void call(EventIndex index, const Event& call);
  void begin(EventIndex from, const std::string& host);
  bool named(const Event& write) const;
  std::string hostOfTask(u32 pid) const;
  std::string hostOfCall(const Event& call) const;

  const Journal* m_journal = nullptr;
  std::unique_ptr<Playhead> m_at; // from the first name on
  std::vector<Span> m_spans;      // by event
  EventIndex m_done = 0, m_outermost = 0;
  bool m_task = false; // in the context of one
  bool m_open = false; // the host of what began at m_outermost is not known yet
};

// A context with its host: "softirq", "server: softirq", "client: task curl"; "client: task" for one of that name.
Text contextText(const Context& context, const std::string& host);

} // namespace sockwalk::tell
