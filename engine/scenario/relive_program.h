// A program of the relived host: a task with the calls that it makes. But for receiveFrom() and a connect() that may, none
// of its calls sleeps: it does as a server does that is woken when something can be done, so one task serves any number of
// connections.
#pragma once
#include "engine/scenario/player.h"

namespace sockwalk::scenario {

class Program {
public:
  // Throws PlayError: there are as many tasks as the machine has memory for.
  // `of`: a thread of that task, with its descriptors; 0: a process.
  Program(Stage& stage, const std::string& name, kernel::TaskId of = 0);

  kernel::TaskId task() const { return m_task; }
  s64 socket(int type, int protocol = 0);
  s64 bind(s64 fd, Endpoint to) { return withAddress("bind", fd, to); }
  s64 connect(s64 fd, Endpoint to) { return withAddress("connect", fd, to); }
  void block(s64 fd) { m_blocking = fd; } // its connect() may sleep
  s64 listen(s64 fd, int backlog);
  s64 accept(s64 fd);
  s64 send(s64 fd, ByteView bytes, bool urgent = false); // urgent: its last byte
  s64 sendTo(s64 fd, ByteView bytes, Endpoint to);
  s64 receive(s64 fd); // up to 256 KiB; received() has them
  u32 receiveFrom(
      s64 fd); // a datagram; sleeps until there is one. The call's stimulus, whose result is received()'s count
  ByteView received(s64 count) const { return {m_incoming, static_cast<size_t>(count)}; }
  s64 shutdown(s64 fd); // its sending side
  s64 close(s64 fd);
  s64 option(s64 fd, int level, int name, const std::string& words, std::vector<s32> value);

  // What the kernel has for a descriptor; nullptr: nothing. To be read only.
  const struct kernel::sock* sockOf(s64 fd) const;

private:
  u32 begin(const char* name, std::string text, std::array<u64, 6> arguments, const void* to = nullptr,
            std::vector<u8> bytes = {}); // its stimulus
  s64 call(const char* name, std::string text, std::array<u64, 6> arguments, const void* to = nullptr,
           std::vector<u8> bytes = {});
  s64 withAddress(const char* name, s64 fd, Endpoint to);
  bool told() const { return m_stage->machine.options().recording; }

  Stage* m_stage;
  kernel::TaskId m_task;
  s64 m_blocking = -1;
  const u8 *m_outgoing, *m_incoming, *m_small; // in its user memory
};

} // namespace sockwalk::scenario
