// Plays a packetdrill script: system calls of its tasks, packets in, packets expected, and Sockwalk's own lines.
// What does not go as written becomes a Failure with its place, and the play goes on.
#pragma once
#include "engine/scenario/frame_builder.h"
#include "engine/scenario/player.h"
#include "engine/scenario/prepared_call.h"

namespace sockwalk::scenario {

class ScriptPlayer final : public Player {
public:
  // The machine that a script asks for. Error: a device that is not simulated.
  static Result<kernel::MachineOptions> machineFor(const Script& script);

  ScriptPlayer(Script script, Stage& stage);

  bool pending() const override { return m_next <= m_script.events.size(); } // the clean-up is a step too
  void next() override;
  double progress() const override;
  Endpoint local() const override { return m_ends.local; }
  Endpoint remote() const override { return m_ends.remote; }
  kernel::TaskId task() const override { return m_tasks.begin()->second; }

private:
  struct Descriptor { // what a script's number stands for
    kernel::TaskId task;
    s64 fd;
  };
  struct Running { // a call that has not returned
    std::unique_ptr<PreparedCall> prepared;
    const SystemCall* call;
    u32 stimulus;
    s64 due; // ns; when it is to return
  };

  void play(const Event& event);
  void begin(const Event& event);
  void finish();
  void act(const Event& event, const SystemCall& call);
  void act(const Event& event, const Packet& packet);
  void act(const Event& event, const Command& command);
  void act(const Event& event, const Code& code);
  void act(const Event& event, const Frame& frame);
  void act(const Event& event, const CaseMark& mark);
  void act(const Event& event, const NoteMark& note);
  void act(const Event& event, const LimitChange& change);
  void act(const Event& event, const FailureOrder& order);
  void act(const Event& event, const CapabilityChange& change);
  void act(const Event& event, const TaskSwitch& change);
  void act(const Event& event, const PeerService& service);

  // ---- time
  s64 targetOf(const EventTime& time) const;
  void advanceTo(s64 time);
  void settle(); // the peer answers; calls that have returned are looked at
  void waitFor(kernel::TaskId task, Position at, s64 until);
  s64 toleranceAt(s64 expected) const;

  // ---- calls
  kernel::TaskId taskNamed(const std::string& name);
  s64 kernelFd(kernel::TaskId task, s64 fd, Position at) const;
  void returned(Running& running, kernel::TaskId task);
  void compareResult(const SystemCall& call, const PreparedCall& prepared, kernel::TaskId task, s64 result);
  void rememberDescriptor(const SystemCall& call, kernel::TaskId task, s64 result);

  // ---- packets
  void expectSent(const Event& event, bool ipOnly, const std::function<std::optional<std::string>(ByteView)>& differs);
  bool findSent(bool ipOnly);
  void inject(const Event& event, Bytes first);

  static constexpr const char* MainTask = "main";
  static constexpr s64 LongestWait = 60'000'000'000; // ns that a call may block before the play goes on without it

  void openCase(u32 first);
  void closeCase();
  void fail(Position at, const std::string& what);
  void fail(const PlayError& error) { fail(error.position, error.what); }

  const Script m_script;
  Stage& m_stage;
  Ends m_ends;
  size_t m_next = 0;
  s64 m_start = 0, m_last = 0; // ns: the script's time 0; when the event before was over
  bool m_zeroPayload = true;   // the script has sent nothing but zeros
  std::string m_case;          // named, waiting for its call
  kernel::TaskId m_caseTask = 0;
  bool m_caseOpen = false;
  bool m_stopped = false;
  std::string m_currentTask;
  std::map<std::string, kernel::TaskId> m_tasks;
  std::map<s64, Descriptor> m_descriptors;
  std::map<kernel::TaskId, Running> m_running;
};

} // namespace sockwalk::scenario
