// Plays a packetdrill script: system calls of its tasks, packets in, packets expected, and Sockwalk's own lines.
// What does not go as written becomes a Failure with its place, and the play goes on.
//
// The player itself only goes from line to line. What the lines need is in its parts: the clock says when, the calls make
// system calls and wait for them, arrivals and expectations are the packets in and out, and the cases note which part of
// the record bears which name.
#pragma once
#include "engine/scenario/code.h"
#include "engine/scenario/script_arrivals.h"
#include "engine/scenario/script_calls.h"
#include "engine/scenario/script_expectations.h"

namespace sockwalk::scenario {

class ScriptPlayer final : public Player {
public:
  ScriptPlayer(Script script, Stage& stage);

  bool pending() const override { return m_next <= events().size(); } // the clean-up is a step too
  void next() override;
  double progress() const override;
  Endpoint local() const override { return m_context.ends.local; }
  Endpoint remote() const override { return m_context.ends.remote; }
  kernel::TaskId task() const override;
  std::optional<kernel::TaskId> taskNamed(const std::string& name) const override { return m_tasks.find(name); }
  Result<u32> packet(const std::string& line) override;

private:
  friend class ScriptActions; // what each kind of line does with the parts
  const std::vector<Event>& events() const { return m_context.script.events; }
  std::span<const Event> later() const { return std::span(events()).subspan(m_next); }
  void obeyOptions();
  void play(const Event& event);
  void finish();
  void missFaults();
  void kernelStopped(Position at);
  void run(const std::optional<Command>& command); // before the first event, or after the last

  ScriptContext m_context;
  ScriptClock m_clock{m_context};
  ScriptTasks m_tasks{m_context};
  ScriptCases m_cases{m_context};
  ScriptCalls m_calls{m_context, m_clock, m_tasks, m_cases};
  ScriptArrivals m_arrivals{m_context, m_clock, m_cases};
  ScriptExpectations m_expectations{m_context, m_clock};
  CodeVariables m_codeVariables;
  size_t m_next = 0; // event
  bool m_stopped = false;
  std::optional<Event> m_skbOrder; // the last one
  struct Fault {
    Position position;
    std::string function;
    EventIndex from;
    u32 order; // the machine's
  };
  std::vector<Fault> m_faults; // that //@fail ordered
};

} // namespace sockwalk::scenario
