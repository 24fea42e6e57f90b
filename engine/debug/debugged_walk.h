// A walk as a debugger moves in it, forward and backward: from place to place, to breakpoints at addresses of functions.h, to
// writes into watched memory. A place is an address in a call; where it begins is where a debugger can stop.
#pragma once
#include "engine/debug/call_stacks.h"
#include <optional>
#include <set>

namespace sockwalk::debug {

class DebuggedWalk {
public:
  DebuggedWalk(const Journal& journal, EventIndex position);

  enum class Why : u8 { Stepped, Breakpoint, Written, Begin, End };
  struct Stop {
    Why why;
    u64 address = 0; // of what was written
  };
  Stop step(bool forward);
  Stop run(bool forward); // to the next breakpoint or write, or to an end of the record

  void addBreakpoint(u64 address) { m_breakpoints.insert(address); }
  void removeBreakpoint(u64 address) { m_breakpoints.erase(address); }
  void addWatch(u64 address, u32 size) { m_watches.insert({address, size}); }
  void removeWatch(u64 address, u32 size) { m_watches.erase({address, size}); }

  const CallStack& stack() const { return m_stack; }
  const Functions& functions() const { return m_functions; }
  const Playhead& at() const { return m_at; }
  // Of the machine, of the stack that was made, and of functions, which read as instructions that do nothing.
  std::optional<std::string> read(u64 address, u64 size) const;

private:
  struct Place {
    EventIndex call;
    u64 instruction;
    bool operator==(const Place&) const = default;
  };
  void seek(EventIndex position);
  Place placeAt(EventIndex position);
  bool beginsAt(EventIndex position) { return !position || placeAt(position - 1) != placeAt(position); }
  const FunctionInfo* functionAt(EventIndex position) const;
  bool breaksAt(EventIndex position);
  std::optional<u64> watchedBy(EventIndex event) const;

  const Journal& m_journal;
  Functions m_functions;
  Playhead m_at, m_look; // where it stands, and what looks about
  CallStack m_stack;
  std::set<u64> m_breakpoints;
  std::set<std::pair<u64, u32>> m_watches; // address, bytes
};

} // namespace sockwalk::debug
