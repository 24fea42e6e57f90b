// The console: one line at a time, as a person types it.
//
//   fd = socket(AF_INET, SOCK_DGRAM, 0)     a call; its result gets a name, if one stands before it. If it sleeps, the
//                                           next line is another thread's, and the name comes when it returns
//   task NAME[@NAMESPACE]                   whom the console speaks for from now on: a task that the script has made, with
//                                           its descriptors, or a new one. //@task NAME is the same
//   limit NAME=N                            nofile or file_max
//   wait SECONDS                            time passes, and timers fire
//   skb push|put|pull N [FUNCTION]          as `//@skb` in scripts: a call that is one too many, see skb_order.h
//   ip, iptables, wire, sysctl ...          as in scripts, see net_commands.h
//   send(fd, {type=RTM_GETLINK, flags=NLM_F_REQUEST|NLM_F_DUMP, family=AF_UNSPEC}, ..., 0)
//                                           netlink messages in words, see netlink_words.h
//   < P. 1:101(100) ack 1 win 257           a packet arrives, as in scripts, in a session that plays one
#pragma once
#include "engine/scenario/evaluate.h"
#include "engine/scenario/player.h"

namespace sockwalk::scenario {

// What a line that is typed at `time` does, ready to be remembered.
Result<SessionStimulus> consoleStimulus(const std::string& line, s64 time);

class Console {
public:
  explicit Console(Stage& stage) : m_stage(stage) {}
  void speaksFor(Player* player) { m_player = player; }
  Result<u32> run(const std::string& line); // a call or a command; gives its stimulus

private:
  Result<u32> packet(const std::string& line);
  bool runsAsCommand(const std::string& line);
  void switchTask(const std::string& name);
  Result<u32> call(const std::string& line);
  void name(const std::string& variable, u32 call); // its result, now or when it returns
  void takeResults();                               // of calls that have returned meanwhile
  std::string unnamed(const std::string& line, Position at) const;
  kernel::TaskId task();
  kernel::TaskId threadOf(kernel::TaskId task);
  bool free(kernel::TaskId task) const;

  Stage& m_stage;
  Player* m_player = nullptr; // whose ends and task are the console's; nullptr: the machine's own
  Variables m_variables;
  kernel::TaskId m_task = 0;
  u32 m_tasksMade = 0;
  std::map<std::string, u32, std::less<>> m_awaited; // what sleeping calls will be named, and their stimuli
  std::map<std::string, kernel::TaskId> m_tasks;     // by the names that `task` was given
  std::map<kernel::TaskId, std::vector<kernel::TaskId>> m_threads; // that speak while their task sleeps
};

} // namespace sockwalk::scenario
