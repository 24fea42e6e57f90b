// TCP of a capture of lo: both ends are sockets of the machine. One listens where the host took connections, the other
// connects when its SYN was captured; what each was captured sending its program sends at that time, and the other's reads
// what came. Acknowledgements and all else come from the kernel by themselves. A connection that began before the capture
// is opened when its first segment comes.
#pragma once
#include "engine/scenario/relive_frames.h"
#include "engine/scenario/relive_program.h"
#include <map>

namespace sockwalk::scenario {

class LoopbackTcp {
public:
  explicit LoopbackTcp(Stage& stage) : m_stage(stage) {}
  void listen(const CapturePlan& plan); // before the first frame, wherever a connection was not refused
  // Does what a program did so that this frame was sent. False: none did; the kernel sends such by itself.
  bool play(const HostFrame& frame);

private:
  using Address = std::pair<u32, u16>; // and port
  struct Ends {
    Address client, server;
    auto operator<=>(const Ends&) const = default;
  };
  struct Side { // of one connection
    Program* program = nullptr;
    s64 fd = -1;             // -1: it has none, or closed it
    bool shut = false;       // it sent all that it will
    u64 unread = 0;          // bytes that the other sent, and it has not read
    std::optional<u32> next; // sequence number, in the capture, of what it sends next
  };
  struct Connection {
    std::unique_ptr<Program> client;
    Side from, to; // the client's, the server's
  };
  struct Listener {
    Program program;
    s64 fd;
  };

  void listenAt(const Address& at);
  Connection* connectionOf(const FrameHeaders& h, bool& byClient);
  Connection* open(const Ends& ends);
  void send(Side& side, Side& other, const HostFrame& frame);
  void finish(Side& side, Side& other, bool reset);
  void read(Side& side);

  Stage& m_stage;
  std::map<Address, Listener> m_listeners;
  std::map<Ends, Connection> m_connections;
  size_t m_opened = 0;
};

} // namespace sockwalk::scenario
