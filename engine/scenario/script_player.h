// Plays a packetdrill script: system calls of its tasks, packets in, packets expected, and Sockwalk's own lines.
// What does not go as written becomes a Failure with its place, and the play goes on.
#pragma once
#include "engine/scenario/code.h"
#include "engine/scenario/frame_builder.h"
#include "engine/scenario/player.h"
#include "engine/scenario/prepared_call.h"
#include "engine/scenario/tcp_connections.h"

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
  using Descriptors = std::map<s64, s64>; // a script's number -> the kernel's
  struct Running {                        // a call that has not returned
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
  void act(const Event& event, const SignalSend& send);
  void act(const Event& event, const PeerService& service);
  void act(const Event& event, const Idle& idle);

  // ---- time
  s64 targetOf(const EventTime& time) const;
  void advanceTo(s64 time);
  void settle(); // the peer answers; calls that have returned are looked at
  void waitFor(kernel::TaskId task, Position at, s64 until);
  s64 toleranceAt(s64 expected) const;

  // ---- calls
  kernel::TaskId taskNamed(const std::string& name);
  kernel::TaskId taskFor(const Event& event,
                         const SystemCall& call); // a second thread, if the call blocks while others are made
  bool callsMeanwhile(const Event& event, const SystemCall& call) const;
  u64 tableOf(kernel::TaskId task) const; // the table of descriptors that it uses
  s64 kernelFd(kernel::TaskId task, s64 fd, Position at) const;
  u16 remotePortOf(kernel::TaskId task, s64 kernelFd) const;
  void noteBefore(const SystemCall& call, const PreparedCall& prepared); // what the call means for the connections
  void noteAfter(const SystemCall& call, const PreparedCall& prepared, kernel::TaskId task, s64 result);
  void returned(Running& running, kernel::TaskId task);
  void compareResult(const SystemCall& call, const PreparedCall& prepared, kernel::TaskId task, s64 result);
  void rememberDescriptor(const SystemCall& call, kernel::TaskId task, s64 result);
  void forgetDescriptors(kernel::TaskId task);
  void remember(kernel::TaskId task, s64 wanted, s64 fd, Position at);

  // ---- packets
  using Keep = std::function<bool(ByteView sent)>;
  using Differs = std::function<std::optional<std::string>(ByteView sent)>;
  void expectSent(const Event& event, const Keep& mine, const Differs& differs);
  void expectSegment(const Event& event, const Packet& packet);
  std::optional<Wire::Sent> nextSent(const Event& event, const Keep& mine); // waits for it as long as the script says
  void holdTime(const Event& event, s64 sent);
  Bytes frameFor(const Packet& packet);
  void inject(const Event& event, Bytes first);
  s64 timeStampTick() const; // ns; 0: time stamps are not compared

  // ---- code
  std::map<std::string, s64> tcpInfo(Position at); // of the connection under test, by a call

  static constexpr const char* MainTask = "main";
  static constexpr s64 CaseTail = 30'000'000;        // ns that a recording goes on after its call
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
  s64 m_caseUntil = 0; // ns; what comes later is not part of it
  bool m_stopped = false;
  std::string m_currentTask;
  std::string m_home; // the network namespace of a task that names none
  std::map<std::string, kernel::TaskId> m_tasks;
  std::map<kernel::TaskId, kernel::TaskId> m_threads; // a task's second thread
  std::map<u64, Descriptors> m_descriptors;           // by table
  std::map<kernel::TaskId, Running> m_running;
  TcpConnections m_tcp;
  CodeVariables m_codeVariables;
};

} // namespace sockwalk::scenario
