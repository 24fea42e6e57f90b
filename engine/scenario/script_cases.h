// The cases of a script: which stimuli belong to what `//@case NAME` names.
//
// A name waits for the call, the packet or the idle time that follows it. From there the case lasts until the next event
// of the script, but no timer that fires later than CaseTail after the call belongs to it: so long was recorded. A call
// that blocks keeps it open until it has returned.
#pragma once
#include "engine/scenario/script_context.h"

namespace sockwalk::scenario {

class ScriptCases {
public:
  static constexpr s64 CaseTail = 30'000'000; // ns that a recording goes on after its call

  explicit ScriptCases(ScriptContext& context) : m_context(context) {}
  std::function<bool(kernel::TaskId)> isInCall; // asked for the task whose call is the case

  void name(const std::string& name) { m_name = name; }
  void forgetName() { m_name.clear(); } // it was for what could not be done
  const std::string& named() const { return m_name; }

  // What was named begins with this stimulus; nothing does, if nothing was.
  void open(u32 first);
  void openFor(kernel::TaskId task, u32 first); // and it is a call of this task; 0: of none
  void close();                                 // unless its call still goes on
  void closeBefore(s64 time);                   // if it does not last until then
  void lastUntil(s64 time) { m_until = time; }
  void callReturned(kernel::TaskId task);
  bool takesAlong() const; // what comes now, and has no name, belongs to it

private:
  ScriptContext& m_context;
  std::string m_name;
  bool m_open = false;
  kernel::TaskId m_task = 0; // whose call it is; 0: it is none
  s64 m_until = 0;           // ns; what comes later is not part of it
};

} // namespace sockwalk::scenario
